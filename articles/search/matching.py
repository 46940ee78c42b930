"""Where the original text of an article matches a query: the one answer to «what matched?».

It finds what the engine finds: words by their stems, phrases and patterns over normalised words, names of
sources and authors word for word. Spans are whole tokens of the text as printed; nothing excluded is marked.
"""

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.tokenization import words
from articles.search.results import Span
from articles.search.syntax import And, FieldName, In, Node, Or, Phrase, Wildcard, Word

REMEMBERED_WORDS = 20_000


class TextField(StrEnum):
    """The texts of an article that can be marked."""

    TITLE = "title"
    BODY = "body"
    SOURCE = "source"
    AUTHOR = "author"


SEARCHED_BY_DEFAULT = frozenset({TextField.TITLE, TextField.BODY})
NAMES = frozenset({TextField.SOURCE, TextField.AUTHOR})

Part = Word | Phrase | Wildcard
Parts = frozenset[int]

NO_PARTS: Parts = frozenset()


@dataclass(frozen=True, slots=True)
class Match(Span):
    """A token that matched; `parts` are the numbers of the parts of the query it matched."""

    parts: Parts = NO_PARTS


class Matcher:
    """A query made ready to be found again in many texts; `parts` are its words, phrases and patterns.

    >>> Matcher(Word("كتاب")).spans("قرأ الكتابَ", TextField.BODY)
    [Match(start=4, end=11, parts=frozenset({0}))]
    """

    def __init__(self, tree: Node) -> None:
        wanted = list(dict.fromkeys(_positive(tree, None)))
        self.parts: tuple[Part, ...] = tuple(part for part, _field in wanted)
        self._fields = {name: FieldMatcher(name in NAMES) for name in TextField}
        for number, (part, only_in) in enumerate(wanted):
            for name in [TextField(only_in)] if only_in else SEARCHED_BY_DEFAULT:
                self._fields[name].add(part, number)

    def spans(self, text: str, field: TextField) -> list[Match]:
        """The matching tokens of a text, in order; `field` says which of an article's texts it is."""
        return self._fields[field].spans(text)


def _positive(node: Node, field: FieldName | None) -> Iterator[tuple[Part, FieldName | None]]:
    """The parts of a tree that a hit may hold, with the field each is looked for in."""
    match node:
        case Word() | Phrase() | Wildcard():
            yield node, field
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part, field)
        case In(inner, part):
            yield from _positive(part, inner)


@dataclass(slots=True)
class FieldMatcher:
    """The parts of a query that one of an article's texts can match, by the terms they match."""

    holds_names: bool
    stems: dict[str, Parts] = field(default_factory=dict)
    surfaces: dict[str, Parts] = field(default_factory=dict)
    patterns: list[tuple[re.Pattern[str], int]] = field(default_factory=list)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)  # by first term
    known: BoundedCache[Parts] = field(init=False)

    def __post_init__(self) -> None:
        self.known = BoundedCache(self._parts_of, limit=REMEMBERED_WORDS)

    def add(self, part: Part, number: int) -> None:
        match part:
            case Word(text) if not self.holds_names:
                self._also(self.stems, STEM(text), number)
            case Word(text) | Phrase((text,)):
                self._also(self.surfaces, SURFACE(text), number)
            case Phrase(several):
                terms = tuple(map(SURFACE, several))
                self.phrases.setdefault(terms[0], []).append((terms, number))
            case Wildcard(pattern):
                self.patterns.append((re.compile(fnmatch.translate(pattern.replace("[", "[[]"))), number))

    def spans(self, text: str) -> list[Match]:
        if not (self.stems or self.surfaces or self.patterns or self.phrases):
            return []
        tokens = words(text)
        parts = [self.known[token] for token in tokens]
        if self.phrases:
            self._mark_phrases(tokens, parts)
        return list(_located(text, tokens, parts)) if any(parts) else []

    def _parts_of(self, word: str) -> Parts:
        """The parts that a word matches by itself, whatever stands beside it."""
        surface = SURFACE(word)
        by_pattern = {number for pattern, number in self.patterns if pattern.match(surface)}
        by_stem = self.stems.get(STEM(word), NO_PARTS) if self.stems else NO_PARTS
        return by_stem | self.surfaces.get(surface, NO_PARTS) | by_pattern

    def _mark_phrases(self, tokens: list[str], parts: list[Parts]) -> None:
        """Add each phrase to the parts of the tokens of its occurrences."""
        surfaces = list(map(SURFACE, tokens))
        for start, surface in enumerate(surfaces):
            for terms, number in self.phrases.get(surface, ()):
                end = start + len(terms)
                if tuple(surfaces[start:end]) == terms:
                    parts[start:end] = [matched | {number} for matched in parts[start:end]]

    @staticmethod
    def _also(parts: dict[str, Parts], term: str, number: int) -> None:
        parts[term] = parts.get(term, NO_PARTS) | {number}


def _located(text: str, tokens: list[str], parts: list[Parts]) -> Iterator[Match]:
    """The tokens that matched, with their places; twice as fast as asking the tokenizer for all places.

    Between two tokens stands no letter, so the first place where a token is found is its own.
    """
    end = 0
    for token, matched in zip(tokens, parts, strict=True):
        start = text.index(token, end)
        end = start + len(token)
        if matched:
            yield Match(start, end, matched)
