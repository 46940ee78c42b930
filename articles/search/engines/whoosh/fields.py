"""Whoosh fields of Arabic words: at one level of analysis with positions, and what else an article's words tell.

Whoosh's own TEXT hands one Token object to each filter for each word and pickles the positions of each
posting; these fields take the whole list of terms at once and store positions as plain numbers.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import IDAnalyzer, Token
from whoosh.analysis.acore import Composable
from whoosh.fields import FieldType
from whoosh.formats import Existence, Format

from articles.arabic.analysis import LITERAL, STEM, SURFACE, Analyzer
from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.roots import roots
from articles.arabic.sentences import segmented
from articles.search.engines.schema import (
    BODY_START,
    FORM_BREAK,
    PARAGRAPH_STARTS,
    PART_BREAK,
    PART_GAP,
    SENTENCE_STARTS,
)

LEVELS: dict[str, Analyzer] = {"literal": LITERAL, "surface": SURFACE, "stem": STEM}
WILDCARDS = re.compile(r"([*?])")
NARROW, WIDE = np.dtype("<u2"), np.dtype("<u4")
WIDE_MARK = b"\x00"  # before positions of four bytes: the length of such a value is odd
KNOWN_WORDS = 200_000


class Placed(NamedTuple):
    """The words of a text with their positions, and the positions at which something begins.

    `body` is that of the first word of the second part, None where there is none.
    """

    words: tuple[str, ...]
    places: tuple[int, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    body: int | None


@lru_cache(maxsize=8)
def placed(text: str) -> Placed:
    """The words of a text in their places. A few results are kept: one text goes into several fields.

    >>> placed("كتاب جديد\\x1eخبر")
    Placed(words=('كتاب', 'جديد', 'خبر'), places=(0, 1, 102), sentences=(0, 102), paragraphs=(0, 102), body=102)
    """
    found: list[str] = []
    places: list[int] = []
    sentences: list[int] = []
    paragraphs: list[int] = []
    body: int | None = None
    for number, part in enumerate(text.split(PART_BREAK)):
        begin = places[-1] + PART_GAP + 1 if places else 0
        segments = segmented(part)
        found += segments.words
        places += range(begin, begin + len(segments.words))
        sentences += [begin + start for start in segments.sentence_starts]
        paragraphs += [begin + start for start in segments.paragraph_starts]
        if number == 1 and segments.words:
            body = begin
    return Placed(tuple(found), tuple(places), tuple(sentences), tuple(paragraphs), body)


def placed_words(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a text and their positions."""
    return placed(text)[:2]


class LevelAnalyzer(Composable):
    """Our analysis behind Whoosh's interface, for its query parser; it keeps the level's name to be picklable."""

    def __init__(self, level: str) -> None:
        self.level = level

    def __call__(self, value: str, tokenize: bool = True, mode: str = "", **options: Any) -> Iterator[Token]:
        # Whoosh asks for no tokenizing where it has one word or pattern already, a lone `*` among them.
        if not tokenize:
            yield _token(folded(value), 0, mode)
            return
        for word, place in zip(*placed_words(value), strict=True):
            yield _token(LEVELS[self.level](word), place, mode)


def folded(pattern: str) -> str:
    """A pattern with its letters normalised, never stemmed; `*` and `?` stay.

    >>> folded("أخبا*"), folded("Index?")
    ('اخبا*', 'index?')
    """
    return "".join(part if part in "*?" else SURFACE(part) for part in WILDCARDS.split(pattern) if part)


def _token(text: str, position: int, mode: str) -> Token:
    return Token(
        text=text, original=text, pos=position, startchar=0, endchar=0, boost=1.0, stopped=False,
        positions=True, chars=True, removestops=True, mode=mode,
    )  # fmt: skip


class Occurrences(NamedTuple):
    """The terms of one text in order, and their positions."""

    terms: list[str]
    places: tuple[int, ...]


class TermSet(NamedTuple):
    """The different terms of one text."""

    terms: set[str]


class Given(int):
    """Stands for a text that was analysed with a whole batch (`analysing`): the number of its terms.

    The pool is given the terms by themselves.
    """


class Positions(Format):
    """Positions, ascending, as unsigned 16-bit little-endian numbers; 32-bit ones after a mark where one needs them."""

    def fixed_value_size(self) -> int:
        return -1

    def decode_positions(self, value: bytes) -> list[int]:
        return decode(value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return count(value)

    def decode_weight(self, value: bytes) -> float:
        return count(value) * self.field_boost

    def combine(self, values: list[bytes]) -> bytes:
        """The positions of several terms in one document as one value."""
        return encode(np.unique(np.concatenate([decode(value) for value in values])))


def decode(value: bytes) -> NDArray[np.uint32]:
    """
    >>> decode(b"\\x01\\x00\\x02\\x00").tolist(), decode(b"\\x00\\x01\\x00\\x01\\x00").tolist()
    ([1, 2], [65537])
    """
    if len(value) % 2:
        return np.frombuffer(value, dtype=WIDE, offset=len(WIDE_MARK)).astype(np.uint32)
    return np.frombuffer(value, dtype=NARROW).astype(np.uint32)


def encode(places: NDArray[Any]) -> bytes:
    """
    >>> encode(np.array([1, 2])), encode(np.array([65537]))
    (b'\\x01\\x00\\x02\\x00', b'\\x00\\x01\\x00\\x01\\x00')
    """
    if len(places) and places.max() > np.iinfo(NARROW).max:
        return WIDE_MARK + places.astype(WIDE).tobytes()
    return places.astype(NARROW).tobytes()


def count(value: bytes) -> int:
    """How many positions a value holds."""
    return len(value) // (WIDE.itemsize if len(value) % 2 else NARROW.itemsize)


class PlacedField(FieldType):
    """Terms with positions; only the archive's own writer can take them."""

    def __init__(self, analyzer: Any, *, scorable: bool, stored: bool, field_boost: float) -> None:
        super().__init__(Positions(field_boost=field_boost), analyzer, scorable=scorable, stored=stored)
        self.coding = "columns"  # kept with the index: one that was written otherwise must be built anew


class ArabicText(PlacedField):
    """Words at one level of analysis («literal», «surface» or «stem»), with positions and lengths."""

    def __init__(self, level: str, *, stored: bool = False, field_boost: float = 1.0) -> None:
        self.level = level
        super().__init__(LevelAnalyzer(level), scorable=True, stored=stored, field_boost=field_boost)

    def index(
        self, value: str | Given, **options: Any
    ) -> Iterator[tuple[Occurrences | Given, int, float, None]]:
        """All occurrences at once, and their number."""
        if isinstance(value, Given):
            yield value, value, 1.0, None
            return
        found = placed(value)
        cache = LEVELS[self.level].cache
        terms = [cache[word] for word in found.words]
        yield Occurrences(terms, found.places), len(terms), 1.0, None


class Bounds(PlacedField):
    """Where the sentences, the paragraphs and the body of a text begin."""

    def __init__(self) -> None:
        super().__init__(IDAnalyzer(), scorable=False, stored=False, field_boost=1.0)

    def index(
        self, value: str | Given, **options: Any
    ) -> Iterator[tuple[Occurrences | Given, int, float, None]]:
        if isinstance(value, Given):
            yield value, value, 1.0, None
            return
        found = placed(value)
        body = () if found.body is None else (found.body,)
        for term, places in (
            (SENTENCE_STARTS, found.sentences),
            (PARAGRAPH_STARTS, found.paragraphs),
            (BODY_START, body),
        ):
            yield Occurrences([term] * len(places), places), len(places), 1.0, None


def form(word: str) -> str:
    """A word at its three levels, as a term of FORMS; what is the same as the level before is left out.

    >>> form("إيرانُ").split(FORM_BREAK), form("نفط").split(FORM_BREAK)
    (['ايران', '', 'إيران'], ['نفط', '', ''])
    """
    stem, surface, literal = STEM(word), SURFACE(word), LITERAL(word)
    return FORM_BREAK.join((stem, surface if surface != stem else "", literal if literal != surface else ""))


def rooted_stems(word: str) -> tuple[str, ...]:
    """The roots of a word, each with its stem, as terms of ROOTS."""
    return tuple(root + FORM_BREAK + STEM(word) for root in roots(SURFACE(word)))


class DistinctTerms(FieldType):
    """What the different words of a text tell («forms» or «roots»): terms and their documents, nothing else."""

    known: dict[str, BoundedCache[tuple[str, ...]]] = {
        "forms": BoundedCache(lambda word: (form(word),), limit=KNOWN_WORDS),
        "roots": BoundedCache(rooted_stems, limit=KNOWN_WORDS),
    }

    def __init__(self, told: str) -> None:
        self.told = told
        super().__init__(Existence(), IDAnalyzer())

    def index(self, value: str | Given, **options: Any) -> Iterator[tuple[TermSet | Given, int, float, None]]:
        if isinstance(value, Given):
            yield value, value, 1.0, None
            return
        known = self.known[self.told]
        terms = {term for word in set(placed(value).words) for term in known[word]}
        yield TermSet(terms), len(terms), 1.0, None
