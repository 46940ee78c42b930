"""What the shipped tables know of Arabic words: the stems, the affixes each takes, and how likely they are.

A reading of a word is a stem between a prefix and a suffix that the category of the stem allows. Where a
word has several, the likeliest counts: its weight is the sum of the weights of the three parts, in decibels.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from articles.arabic.characters import GHAIN, JEEM
from articles.arabic.datafiles import read_rows, read_table
from articles.arabic.word_lists import NAME, Addition, read_additions

NOTHING = "-"  # how a table writes the empty affix
UNSEEN_STEM = -85
UNWEIGHED_ADDITION = -50  # an addition of the project's own, made after the weights were estimated
UNSEEN_AFFIX = -50
NONE: frozenset[str] = frozenset()
# What the plain perfect has before other readings: تمكن is «he managed» before it is «they (f.) enable».
PLAIN_PERFECT = 6
PERFECT = "PV"
# Hah, thal, sad, dad, zah, ain and qaf.
NATIVE_LETTER = re.compile("[\u062d\u0630\u0635\u0636\u0638\u0639\u0642]")


class Entry(NamedTuple):
    """A stem's headword, its category with the affixes that go with it, and its weight."""

    headword: str
    category: str
    weight: int
    affixes: "CategoryAffixes"


class Reading(NamedTuple):
    """One way to take a word apart."""

    weight: int
    headword: str
    prefix: str
    stem: str
    suffix: str
    category: str


class CategoryAffixes(NamedTuple):
    """What goes with the stems of one category: each prefix with the suffixes that may then follow, and weights."""

    allowed: Mapping[str, frozenset[str]]
    prefix_weights: Mapping[str, int]
    suffix_weights: Mapping[str, int]


@dataclass(frozen=True)
class Affixes:
    """The affixes by category; the weights of prefixes are by part of speech."""

    allowed: Mapping[str, Mapping[str, frozenset[str]]]
    prefix_weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suffix_weights: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def of(self, category: str) -> CategoryAffixes:
        """The affixes of one category."""
        return CategoryAffixes(
            self.allowed[category],
            self.prefix_weights.get(part_of_speech(category), {}),
            self.suffix_weights.get(category, {}),
        )


def part_of_speech(category: str) -> str:
    """The part of speech that a category of stems belongs to: name, verb, function word or noun.

    >>> part_of_speech("IV_yu"), part_of_speech("NapAt"), part_of_speech("FW-Wa"), part_of_speech("Nprop")
    ('verb', 'noun', 'function', 'name')
    """
    if category in (NAME, "Nprop"):
        return "name"
    return {"PV": "verb", "IV": "verb", "CV": "verb", "FW": "function"}.get(category[:2], "noun")


@dataclass(frozen=True)
class Tables:
    """The tables as read: what each says of a stem stands there as text, to be taken apart when first asked for.

    `stems` gives the lexicon's entries (headword/category, the headword left out where it is the stem),
    `names` the weight of a name the lexicon lacks, `weights` those of the other entries, in their order.
    """

    stems: Mapping[str, str]
    affixes: Affixes
    names: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    additions: Mapping[str, list[Addition]] = field(default_factory=dict)


class Lexicon:
    """The stems and affixes of the language, as far as the tables know them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.affixes = tables.affixes
        self.stems = frozenset({*tables.stems, *tables.names, *tables.additions})
        self.known: dict[str, tuple[Entry, ...]] = {}
        self._last: tuple[str, tuple[Reading, ...]] = ("", ())
        self.categories = {category: tables.affixes.of(category) for category in tables.affixes.allowed}
        allowed = tables.affixes.allowed.values()
        self.prefixes = frozenset(prefix for table in allowed for prefix in table)
        self.suffixes = frozenset(suffix for table in allowed for found in table.values() for suffix in found)
        self.longest_prefix = max(map(len, self.prefixes), default=0)
        self.longest_suffix = max(map(len, self.suffixes), default=0)

    def entries(self, stem: str) -> tuple[Entry, ...]:
        """What may be read in a stem: the lexicon's entries, the project's own, and a name."""
        found = self.known.get(stem)
        if found is None:
            found = self.known[stem] = tuple(self.read_entries(stem))
        return found

    def read_entries(self, stem: str) -> Iterator[Entry]:
        tables = self.tables
        weights = iter(map(int, tables.weights.get(stem, "").split()))
        for entry in tables.stems.get(stem, "").split():
            headword, _, category = entry.partition("/")
            yield self.entry(headword or stem, category, next(weights, UNSEEN_STEM))
        for _, headword, category, _ in tables.additions.get(stem, ()):
            yield self.entry(headword, category, next(weights, UNWEIGHED_ADDITION))
        if stem in tables.names:
            yield self.entry(fold_geem(stem), NAME, int(tables.names[stem]))

    def entry(self, headword: str, category: str, weight: int) -> Entry:
        return Entry(headword, category, weight, self.categories[category])

    def ranked(self, word: str) -> tuple[Reading, ...]:
        """The readings of a normalised word, the likeliest first; of equals, the one that leaves more of the word.

        The stem and the roots of a word are asked for one after the other: the last word's readings are kept.
        """
        last, found = self._last
        if last != word:
            found = tuple(sorted(self.readings(word), key=preference, reverse=True))
            self._last = word, found
        return found

    def readings(self, word: str) -> list[Reading]:
        """Every way to read a normalised word."""
        found = []
        for prefix, stem, suffix in self.cuts(word):
            for headword, category, weight, (allowed, prefix_weights, suffix_weights) in self.entries(stem):
                if prefix in allowed and suffix in allowed[prefix]:
                    weight += prefix_weights.get(prefix, UNSEEN_AFFIX)
                    weight += suffix_weights.get(suffix, UNSEEN_AFFIX)
                    if not suffix and stem == headword and category.startswith(PERFECT):
                        weight += PLAIN_PERFECT
                    found.append(Reading(weight, headword, prefix, stem, suffix, category))
        return found

    def cuts(self, word: str) -> list[tuple[str, str, str]]:
        """Every cut of a word into a prefix, a stem and a suffix that are known, whether they agree or not."""
        stems, length = self.stems, len(word)
        suffixes = [
            (end, word[end:])
            for end in range(length, max(0, length - self.longest_suffix - 1), -1)
            if word[end:] in self.suffixes
        ]
        prefixes = [
            (begin, word[:begin])
            for begin in range(min(self.longest_prefix, length - 1) + 1)
            if word[:begin] in self.prefixes
        ]
        return [
            (prefix, word[begin:end], suffix)
            for begin, prefix in prefixes
            for end, suffix in suffixes
            if word[begin:end] in stems
        ]

    def can_read(self, word: str) -> bool:
        """Whether a normalised word has any reading."""
        return bool(self.readings(word))

    def likeliest(self, word: str) -> Reading | None:
        """The reading of a normalised word that weighs most."""
        return next(iter(self.ranked(word)), None)


def fold_geem(name: str) -> str:
    """A foreign name with its g as the Levant writes it: غورباتشوف and جورباتشوف are one man.

    A word with letters that no foreign name is written with keeps its own.

    >>> fold_geem("جورباتشوف"), fold_geem("غورباتشوف"), fold_geem("احتجاجي")
    ('غورباتشوف', 'غورباتشوف', 'احتجاجي')
    """
    return name if NATIVE_LETTER.search(name) else name.replace(JEEM, GHAIN)


def read_affixes(rows: Iterable[list[str]]) -> dict[str, dict[str, frozenset[str]]]:
    """The affixes each category takes, from rows of categories, prefixes and suffixes.

    >>> read_affixes([["N,Ndu", "-,ال", "-"]])["Ndu"]["ال"]
    frozenset({''})
    """
    allowed: dict[str, dict[str, frozenset[str]]] = {}
    for categories, prefixes, suffixes in rows:
        endings = frozenset(map(read_affix, suffixes.split(",")))
        for category in categories.split(","):
            for prefix in prefixes.split(","):
                allowed.setdefault(category, {})[read_affix(prefix)] = endings
    return allowed


def read_affix(written: str) -> str:
    return "" if written == NOTHING else written


def read_affix_weights(rows: Iterable[list[str]]) -> dict[str, dict[str, dict[str, int]]]:
    """The weights of prefixes by part of speech, and of suffixes by category.

    >>> read_affix_weights([["prefix", "noun", "ال=-4", "-=-3"]])
    {'prefix': {'noun': {'ال': -4, '': -3}}}
    """
    weights: dict[str, dict[str, dict[str, int]]] = {}
    for side, group, *fields in rows:
        pairs = (each.split("=") for each in fields)
        weights.setdefault(side, {})[group] = {read_affix(affix): int(weight) for affix, weight in pairs}
    return weights


def needed_additions(additions: Iterable[Addition], stems: Mapping[str, str]) -> dict[str, list[Addition]]:
    """The additions by stem, without the headwords that the lexicon has.

    >>> needed_additions([Addition("كتاب", "كتاب", "Ndu")], {"كتاب": "/Ndu كاتب/N"})
    {}
    """
    needed: dict[str, list[Addition]] = {}
    for addition in additions:
        entries = [entry.partition("/")[0] or addition.stem for entry in stems.get(addition.stem, "").split()]
        if addition.is_trusted or addition.headword not in entries:
            needed.setdefault(addition.stem, []).append(addition)
    return needed


@cache
def lexicon() -> Lexicon:
    """The lexicon that is shipped, read when first needed."""
    affix_weights = read_affix_weights(read_rows("affix_weights.txt"))
    stems = read_table("lexicon.txt")
    return Lexicon(
        Tables(
            stems=stems,
            affixes=Affixes(
                read_affixes(read_rows("affixes.txt")), affix_weights["prefix"], affix_weights["suffix"]
            ),
            names=read_table("names.txt"),
            weights=read_table("weights.txt"),
            additions=needed_additions(read_additions(read_rows("words.txt")), stems),
        )
    )


def headword_for(word: str, known: Lexicon) -> str | None:
    """The headword that a normalised word is the plain form of, else that of its likeliest reading.

    «ألمان» names the German, not two pains: a list of headwords is read more plainly than a text.
    """
    readings = known.readings(word)
    plain = [reading for reading in readings if reading.stem == word or reading.headword == word]
    best = max(
        plain or readings, key=lambda reading: (reading.headword == word, preference(reading)), default=None
    )
    return best.headword if best else None


def preference(reading: Reading) -> tuple[int, int, str]:
    return reading.weight, len(reading.stem), reading.headword
