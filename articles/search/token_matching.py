"""Which leaves of a query the tokens of one text match: words and patterns one by one, phrases in a row.

Leaves go by numbers; a token is compared once at every level that is asked for, and the answer is kept. In a text that
the index holds only the forms are looked for that the index has of the terms asked for: what term a token is of, which
takes long to work out, is then asked of few.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from operator import itemgetter
from typing import NamedTuple

from articles.arabic.analysis import LITERAL, STEM, SURFACE, Analyzer
from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.roots import roots
from articles.arabic.tokenization import words
from articles.search.engines.contract import Spelling
from articles.search.patterns import is_near, pattern_regex
from articles.search.results import Span
from articles.search.spans import Occurrence
from articles.search.syntax import Fuzzy, Level, Phrase, Root, Wildcard, Word

REMEMBERED_WORDS = 20_000

Parts = frozenset[int]
PhrasesByFirst = dict[str, list[tuple[tuple[str, ...], int]]]

NO_PARTS: Parts = frozenset()
Leaf = Word | Phrase | Wildcard | Fuzzy | Root

ANALYZERS = {Level.LITERAL: LITERAL, Level.NORMALISED: SURFACE, Level.STEM: STEM, Level.SYNONYMS: STEM}


@dataclass(frozen=True, slots=True)
class Match(Span):
    """A token that matched.

    `parts` are the numbers of the parts of the query it matched, `leaves` those of the words and patterns that did
    so: the other names of a part are leaves of their own. `whole` is the longest run of text that it matched as part
    of, a phrase or words near each other; None where it matched by itself alone.
    """

    parts: Parts = NO_PARTS
    leaves: Parts = NO_PARTS
    whole: Span | None = None


class Found(NamedTuple):
    """Where a leaf stands in a text, in tokens, and what it matched together with."""

    place: Occurrence
    leaf: int
    whole: Occurrence


class Forms(NamedTuple):
    """Tokens with their letters as written: those that may match by themselves, or begin a phrase of each level."""

    single: frozenset[str]
    firsts: tuple[frozenset[str], ...]


@dataclass(slots=True)
class FieldMatcher:
    """The leaves of a query that one of an article's texts can match, by the terms they match.

    Names of sources and authors match word for word, whatever the level of a leaf.
    """

    holds_names: bool
    literals: dict[str, Parts] = field(default_factory=dict)
    surfaces: dict[str, Parts] = field(default_factory=dict)
    stems: dict[str, Parts] = field(default_factory=dict)
    without: dict[str, Parts] = field(default_factory=dict)  # normalised forms that some leaves do not mean
    patterns: list[tuple[re.Pattern[str], int]] = field(default_factory=list)
    slips: list[tuple[str, int, int]] = field(default_factory=list)  # word, edits, number
    radicals: dict[str, Parts] = field(default_factory=dict)
    literal_phrases: PhrasesByFirst = field(default_factory=dict)
    phrases: PhrasesByFirst = field(default_factory=dict)
    stem_phrases: PhrasesByFirst = field(default_factory=dict)
    forms: Forms | None = None  # where texts are known to hold no others
    known: BoundedCache[Parts] = field(init=False)

    def __post_init__(self) -> None:
        self.known = BoundedCache(self._parts_of, limit=REMEMBERED_WORDS)

    # What to look for

    def add(self, leaf: Leaf, number: int) -> None:
        match leaf:
            case Word(text, level, without, only):
                if only and level is Level.STEM and not self.holds_names:
                    for form in only:
                        _also(self.surfaces, form, number)
                else:
                    self._add_word(text, level or Level.STEM, number)
                for form in without:
                    _also(self.without, SURFACE(form), number)
            case Phrase((text,), level):
                self._add_word(text, level, number)
            case Phrase(several, level):
                analyzer, phrases = self._phrases_at(level)
                terms = tuple(map(analyzer, several))
                phrases.setdefault(terms[0], []).append((terms, number))
            case Wildcard(pattern):
                self.patterns.append((pattern_regex(pattern), number))
            case Fuzzy(text, edits):
                self.slips.append((SURFACE(text), edits, number))
            case Root(radicals):
                _also(self.radicals, radicals, number)

    def _add_word(self, text: str, level: Level, number: int) -> None:
        analyzer = SURFACE if self.holds_names else ANALYZERS[level]
        terms = {"literal": self.literals, "surface": self.surfaces, "stem": self.stems}[analyzer.name]
        _also(terms, analyzer(text), number)

    def _phrases_at(self, level: Level) -> tuple[Analyzer, PhrasesByFirst]:
        if self.holds_names or level is Level.NORMALISED:
            return SURFACE, self.phrases
        return (LITERAL, self.literal_phrases) if level is Level.LITERAL else (STEM, self.stem_phrases)

    def wanted_stems(self) -> set[str]:
        """The stems of the words that are looked for at any level above their letters."""
        surfaces = {*self.surfaces, *self.phrases}
        return {*self.stems, *self.stem_phrases, *map(STEM, surfaces)}

    def read_by(self, spellings: Sequence[Spelling]) -> None:
        """Look for these forms alone, which are all that texts may hold of the wanted stems."""

        def literals(surfaces: Container[str], stems: Container[str]) -> frozenset[str]:
            return frozenset(
                [each.literal for each in spellings if each.normalised in surfaces or each.stem in stems]
            )

        single = literals(self.surfaces, self.stems) | self.literals.keys()
        self.forms = Forms(
            single,
            (frozenset(self.literal_phrases), literals(self.phrases, ()), literals((), self.stem_phrases)),
        )

    def is_empty(self) -> bool:
        by_term = self.literals or self.surfaces or self.stems or self.radicals
        return not (by_term or self.patterns or self.slips or self.has_phrases())

    def has_phrases(self) -> bool:
        return bool(self.phrases or self.literal_phrases or self.stem_phrases)

    # What a text holds of it

    def spans(self, text: str) -> list[Match]:
        """The tokens that match, where every leaf is a part of its own."""
        if self.is_empty():
            return []
        tokens = words(text)
        return matches(text, tokens, self.found(tokens), lambda leaves: leaves)

    def found(self, tokens: Sequence[str]) -> list[Found]:
        """Every leaf wherever it stands, by itself: words and patterns in order, then phrases in theirs."""
        known = self.known
        single = [
            Found((index, index + 1), leaf, (index, index + 1))
            for index in self._single_places(tokens)
            for leaf in known[tokens[index]]
        ]
        if not self.has_phrases():
            return single
        return single + [Found(place, leaf, place) for place, leaf in self._phrase_places(tokens)]

    def _single_places(self, tokens: Sequence[str]) -> Iterable[int]:
        """Where tokens stand that match by themselves; of most, a look at their terms tells that they do not."""
        if self.patterns or self.slips or self.radicals:
            return compress(count(), map(self.known.__getitem__, tokens))
        if self.forms is not None:
            return _places_of(self.forms.single, LITERAL, tokens)
        held = [
            _places_of(terms, analyzer, tokens)
            for analyzer, terms in ((LITERAL, self.literals), (SURFACE, self.surfaces), (STEM, self.stems))
            if terms
        ]
        return sorted(set().union(*held)) if len(held) > 1 else next(iter(held), ())

    def _phrase_places(self, tokens: Sequence[str]) -> Iterator[tuple[Occurrence, int]]:
        """The phrases in the order of their beginnings, at one place the more literal first."""
        levels = ((LITERAL, self.literal_phrases), (SURFACE, self.phrases), (STEM, self.stem_phrases))
        found = [
            (first, level, analyzer, phrases)
            for level, (analyzer, phrases) in enumerate(levels)
            if phrases
            for first in self._firsts(level, analyzer, phrases, tokens)
        ]
        for first, _level, analyzer, phrases in sorted(found, key=itemgetter(0, 1)):
            for wanted, number in phrases[analyzer(tokens[first])]:
                end = first + len(wanted)
                if tuple(map(analyzer, tokens[first:end])) == wanted:
                    yield (first, end), number

    def _firsts(
        self, level: int, analyzer: Analyzer, phrases: PhrasesByFirst, tokens: Sequence[str]
    ) -> Iterable[int]:
        """Where phrases of a level may begin."""
        if self.forms is not None:
            return _places_of(self.forms.firsts[level], LITERAL, tokens)
        return _places_of(phrases, analyzer, tokens)

    def _parts_of(self, word: str) -> Parts:
        """The leaves that a word matches by itself."""
        surface = SURFACE(word)
        found = self.surfaces.get(surface, NO_PARTS)
        if self.literals:
            found |= self.literals.get(LITERAL(word), NO_PARTS)
        if self.stems:
            found |= self.stems.get(STEM(word), NO_PARTS)
        if self.patterns or self.slips:
            found |= {number for pattern, number in self.patterns if pattern.match(surface)}
            found |= {number for text, edits, number in self.slips if is_near(text, surface, edits)}
        if self.radicals:
            found |= {number for root in roots(surface) for number in self.radicals.get(root, ())}
        return found - self.without.get(surface, NO_PARTS) if self.without else found


def _places_of(terms: Container[str], analyzer: Analyzer, tokens: Sequence[str]) -> Iterable[int]:
    """Where tokens stand whose terms are wanted, in order."""
    return compress(count(), map(terms.__contains__, map(analyzer.cache.__getitem__, tokens)))


def _also(parts: dict[str, Parts], term: str, number: int) -> None:
    parts[term] = parts.get(term, NO_PARTS) | {number}


def matches(
    text: str, tokens: Sequence[str], found: Sequence[Found], parts_of: Callable[[Parts], Parts]
) -> list[Match]:
    """The tokens in which something was found, in the order of the text.

    Twice as fast as asking the tokenizer for all places: between two tokens stands no letter, so the first place
    where a token is found is its own.
    """
    if not found:
        return []
    leaves: dict[int, Parts] = {}
    wholes: dict[int, Occurrence] = {}
    for (first, after), leaf, whole in found:
        for index in range(first, after):
            leaves[index] = leaves.get(index, NO_PARTS) | {leaf}
            if whole[1] - whole[0] > 1 and _length(whole) > _length(wholes.get(index, (0, 0))):
                wholes[index] = whole
    ends = _ends(text, tokens[: max(max(place[1], whole[1]) for place, _leaf, whole in found)])
    return [
        Match(
            ends[index] - len(tokens[index]),
            ends[index],
            parts_of(leaves[index]),
            leaves[index],
            _around(tokens, ends, wholes.get(index)),
        )
        for index in sorted(leaves)
    ]


def _length(place: Occurrence) -> int:
    return place[1] - place[0]


def _ends(text: str, tokens: Sequence[str]) -> list[int]:
    find, end = text.index, 0
    return [end := find(token, end) + len(token) for token in tokens]


def _around(tokens: Sequence[str], ends: Sequence[int], place: Occurrence | None) -> Span | None:
    return Span(ends[place[0]] - len(tokens[place[0]]), ends[place[1] - 1]) if place else None
