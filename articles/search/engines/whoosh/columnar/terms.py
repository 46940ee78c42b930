"""The terms of one field in one segment, in the order of their bytes.

`text` has a line for each term; term i stands from starts[i] to the line end before starts[i + 1]. A pattern is a
search in that text, a prefix is a run of numbers, and a term is found by halving. Only whole values may hold a line
end of their own, and nobody looks through those for patterns.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar.layout import Array

LINE_END = b"\n"
SAMPLED = 256  # every so many terms one is kept as bytes: halving goes on from there
HIGHEST = 0xFF  # of bytes


def after_all(prefix: bytes) -> bytes:
    """What comes after every term that begins with a prefix; empty where nothing does.

    >>> after_all(b"ab"), after_all(b"a" + bytes([255])), after_all(b"")
    (b'ac', b'b', b'')
    """
    kept = prefix.rstrip(bytes([HIGHEST]))
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else b""


class FieldTerms:
    """Terms are numbered; `posting_starts` has for each its first posting, and at its end their number."""

    def __init__(self, text: Array, starts: Array, posting_starts: Array) -> None:
        self.text = text.data
        self.bytes = text
        self.starts = starts
        self.posting_starts = posting_starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self.text[int(self.starts[number]) : int(self.starts[number + 1]) - 1])

    @cached_property
    def _samples(self) -> list[bytes]:
        numbers = np.arange(0, len(self), SAMPLED)
        starts, ends = self.starts[numbers].tolist(), self.starts[numbers + 1].tolist()
        text = self.text
        return [bytes(text[start : end - 1]) for start, end in zip(starts, ends, strict=True)]

    def first_from(self, term: bytes) -> int:
        """The number of the first term that is not before this one; their number where there is none."""
        begin = max(0, bisect_right(self._samples, term) - 1) * SAMPLED
        end = min(begin + SAMPLED, len(self))
        return bisect_left(range(len(self)), term, lo=begin, hi=end, key=self.__getitem__)

    def find(self, term: bytes) -> int | None:
        """The number of a term, None where the field does not hold it."""
        number = self.first_from(term)
        return number if number < len(self) and self[number] == term else None

    def beginning_with(self, prefix: bytes) -> range:
        """The numbers of the terms that begin so."""
        after = after_all(prefix)
        return range(self.first_from(prefix), self.first_from(after) if after else len(self))

    def part(self, begin: int, end: int) -> list[bytes]:
        """The terms of these numbers."""
        if begin >= end:
            return []
        text = bytes(self.text[int(self.starts[begin]) : int(self.starts[end]) - 1])
        lines = text.split(LINE_END)
        if len(lines) == end - begin:
            return lines
        edges = self.starts[begin : end + 1].tolist()  # a term holds a line end
        first = edges[0]
        return [text[a - first : b - first - 1] for a, b in zip(edges, edges[1:], strict=False)]

    def end_of_part(self, begin: int, end: int, last: bytes) -> int:
        """The number of the first term from `begin` on that comes after `last`, at most `end`."""
        return bisect_right(range(end), last, lo=begin, key=self.__getitem__)

    def __iter__(self) -> Iterator[bytes]:
        for begin in range(0, len(self), SAMPLED):
            yield from self.part(begin, min(begin + SAMPLED, len(self)))

    def lines(self, numbers: range) -> str:
        """Some terms in a row, each with its line end."""
        return str(self.text[int(self.starts[numbers.start]) : int(self.starts[numbers.stop])], "utf-8")

    def document_frequencies(self, numbers: Array) -> NDArray[np.int64]:
        """How many documents hold each of the terms, deleted ones included."""
        held: NDArray[np.int64] = (self.posting_starts[numbers + 1] - self.posting_starts[numbers]).astype(
            np.int64
        )
        return held

    def document_frequency(self, number: int) -> int:
        return int(self.posting_starts[number + 1]) - int(self.posting_starts[number])

    def written(self, numbers: Iterable[int]) -> Iterator[tuple[str, int]]:
        """Terms and how many documents hold them."""
        return ((self[number].decode(), self.document_frequency(number)) for number in numbers)


NO_TERMS = FieldTerms(np.zeros(0, np.uint8), np.zeros(1, np.uint8), np.zeros(1, np.uint8))


def as_lines(terms: Iterable[bytes]) -> tuple[Array, Array]:
    """The text of terms, and where each begins without the last end."""
    lines = [term + LINE_END for term in terms]
    lengths = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    return np.frombuffer(b"".join(lines), dtype=np.uint8), np.cumsum(lengths) - lengths
