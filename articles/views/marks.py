"""The marked words of an article, numbered, so that a reader can go from one to the next."""

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
    """An article's text with its marks numbered from the title on; `last` is the highest number."""

    title: tuple[NumberedPiece, ...]
    paragraphs: tuple[tuple[NumberedPiece, ...], ...]
    last: int


def numbered(marked: MarkedArticle) -> NumberedMarks:
    """The same pieces with numbers, for as many marks as may be gone through one by one."""
    numbers = count(1)
    return NumberedMarks(
        title=tuple(_numbered(marked.title, numbers)),
        paragraphs=tuple(tuple(_numbered(pieces, numbers)) for pieces in marked.paragraphs),
        last=min(next(numbers) - 1, MOST_NUMBERED),
    )


def _numbered(pieces: tuple[Piece, ...], numbers: Iterator[int]) -> Iterator[NumberedPiece]:
    for piece in pieces:
        number = next(numbers) if piece.matched else 0
        yield NumberedPiece(piece.text, piece.matched, number if number <= MOST_NUMBERED else 0)
