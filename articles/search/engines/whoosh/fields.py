"""A Whoosh field of Arabic words at one level of analysis, with positions.

Whoosh's own TEXT hands one Token object to each filter for each word and pickles the positions of each
posting; this field takes the whole list of terms at once and stores positions as plain 32-bit numbers.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import Token
from whoosh.analysis.acore import Composable
from whoosh.fields import FieldType
from whoosh.formats import Format

from articles.arabic.analysis import STEM, SURFACE, Analyzer
from articles.arabic.tokenization import words
from articles.search.engines.schema import PART_BREAK, PART_GAP

LEVELS: dict[str, Analyzer] = {"surface": SURFACE, "stem": STEM}
POSITION_BYTES = 4
WILDCARDS = re.compile(r"([*?])")


@lru_cache(maxsize=8)
def placed_words(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a text and their positions. A few results are kept: one text goes into fields of two levels.

    >>> placed_words("كتاب جديد\\x1eخبر")
    (('كتاب', 'جديد', 'خبر'), (0, 1, 102))
    """
    placed: list[str] = []
    places: list[int] = []
    for part in text.split(PART_BREAK):
        start = places[-1] + PART_GAP + 1 if places else 0
        found = words(part)
        placed += found
        places += range(start, start + len(found))
    return tuple(placed), tuple(places)


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


class Positions(Format):
    """Positions as unsigned 32-bit little-endian numbers, ascending; their number is the frequency."""

    def fixed_value_size(self) -> int:
        return -1

    def decode_positions(self, value: bytes) -> list[int]:
        return decode(value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // POSITION_BYTES

    def decode_weight(self, value: bytes) -> float:
        return self.decode_frequency(value) * self.field_boost


def decode(value: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(value, dtype="<u4")


class ArabicText(FieldType):
    """Words at one level of analysis («surface» or «stem»), with positions and lengths."""

    def __init__(self, level: str, *, stored: bool = False, field_boost: float = 1.0) -> None:
        self.level = level
        self.analyzer = LevelAnalyzer(level)
        self.format = Positions(field_boost=field_boost)
        self.scorable = True
        self.stored = stored
        self.unique = False
        self.set_sortable(False)
        self.spelling = False
        self.multitoken_query = "default"
        self.vector = None

    def index(self, value: str, **options: Any) -> Iterator[tuple[Occurrences, int, float, None]]:
        """All occurrences at once, and their number; only the archive's own writer can take them."""
        words, places = placed_words(value)
        cache = LEVELS[self.level].cache
        yield Occurrences([cache[word] for word in words], places), len(words), 1.0, None
