"""The marked words of an article's body, numbered, so that a reader can go from one to the next.

Those of the title are left out: they are in sight when the page opens, and a heading has no room for a counter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from articles.search.reading import MarkedArticle
from articles.search.results import Piece

MOST_NUMBERED = 300  # each takes some 150 bytes of the page


@dataclass(frozen=True, slots=True)
class NumberedPiece:
    """A run of text; `number` is its place among the marked words, 0 for what has none."""

    text: str
    matched: bool
    number: int


@dataclass(frozen=True, slots=True)
class NumberedMarks:
    """A body with its `total` marks numbered, as far as `last`."""

    paragraphs: tuple[tuple[NumberedPiece, ...], ...]
    total: int
    last: int


def numbered(marked: MarkedArticle) -> NumberedMarks:
    """The same pieces with numbers, for as many marks as may be gone through one by one."""
    numbers = count(1)
    paragraphs = tuple(tuple(_numbered(pieces, numbers)) for pieces in marked.paragraphs)
    total = next(numbers) - 1
    return NumberedMarks(paragraphs, total, min(total, MOST_NUMBERED))


def _numbered(pieces: tuple[Piece, ...], numbers: Iterator[int]) -> Iterator[NumberedPiece]:
    for piece in pieces:
        number = next(numbers) if piece.matched else 0
        yield NumberedPiece(piece.text, piece.matched, number if number <= MOST_NUMBERED else 0)
