"""Writing the postings of a field, some terms at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar import listing
from articles.search.engines.whoosh.columnar.layout import Array, ArrayStream, ArrayWriter, smallest
from articles.search.engines.whoosh.columnar.listing import array_name
from articles.search.engines.whoosh.columnar.terms import as_lines

SMALL_FREQUENCY, SMALL_PLACE, ANY_PLACE = np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4")
RARE = 0.01  # so large a share of numbers may be larger than the small type holds


@dataclass(frozen=True, slots=True)
class Slab:
    """Terms in order and their postings; `counts` has the number of postings of each.

    `place_counts` and `places` are left out in fields without positions, `frequencies` too; `weights`, `values` and
    `value_lengths` (one a posting) belong to fields of other formats than ours.
    """

    terms: list[bytes]
    counts: Array
    documents: Array
    frequencies: Array | None = None
    place_counts: Array | None = None
    places: Array | None = None
    weights: Array | None = None
    values: Array | None = None
    value_lengths: Array | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What a field holds at most, which decides the types of its arrays, and which arrays it has."""

    documents: int
    postings: int
    text: int
    places: int | None = None
    place_type: np.dtype[np.unsignedinteger] = SMALL_PLACE
    values: int | None = None
    weights: bool = False


def place_type(places: int, large: int) -> np.dtype[np.unsignedinteger]:
    """The type of positions of which `large` do not fit into the small one."""
    return SMALL_PLACE if large <= RARE * places else ANY_PLACE


class Starts:
    """Where things begin, written from how many there are of each."""

    def __init__(self, stream: ArrayStream) -> None:
        self.stream = stream
        self.total = 0
        stream.extend(np.zeros(1, dtype=stream.dtype))

    def extend(self, counts: Array) -> None:
        ends = np.cumsum(counts, dtype=np.int64) + self.total
        self.stream.extend(ends)
        self.total = int(ends[-1]) if len(ends) else self.total


class CountStream:
    """Numbers that are almost all small: see `listing.Counts`."""

    def __init__(
        self, writer: ArrayWriter, name: str, small: np.dtype[np.unsignedinteger], expected: int
    ) -> None:
        self.highest = int(np.iinfo(small).max)
        self.small = writer.stream(name, small)
        self.large = writer.stream(array_name(name, listing.LARGE), "<u4")
        self.large_at = writer.stream(array_name(name, listing.LARGE_AT), smallest(expected))

    def extend(self, numbers: Array) -> None:
        at = np.nonzero(numbers >= self.highest)[0]
        if len(at):
            self.large.extend(numbers[at])
            self.large_at.extend(at + self.small.length)
            numbers = np.minimum(numbers, self.highest)
        self.small.extend(numbers)


class FieldStreams:
    """The arrays of one field while they are written; `close` puts them into the file."""

    def __init__(self, writer: ArrayWriter, field: str, expected: Expected) -> None:
        self.writer = writer
        self.field = field
        self.text = self._stream(listing.TEXT, np.uint8)
        self.text_starts = self._starts(listing.TEXT_STARTS, expected.text)
        self.starts = self._starts(listing.STARTS, expected.postings)
        self.documents = self._stream(listing.DOCUMENTS, smallest(expected.documents))
        if expected.places is not None:
            self.frequencies = self._counts(listing.FREQUENCIES, SMALL_FREQUENCY, expected.postings)
            self.places = self._counts(listing.PLACES, expected.place_type, expected.places)
            self.place_starts = self._starts(listing.PLACE_STARTS, expected.places)
        if expected.weights:
            self.weights = self._stream(listing.WEIGHTS, np.float32)
        if expected.values is not None:
            self.values = self._stream(listing.VALUES, np.uint8)
            self.value_starts = self._starts(listing.VALUE_STARTS, expected.values)

    def _stream(self, part: str, dtype: object) -> ArrayStream:
        return self.writer.stream(array_name(self.field, part), dtype)

    def _starts(self, part: str, most: int) -> Starts:
        return Starts(self._stream(part, smallest(most)))

    def _counts(self, part: str, small: np.dtype[np.unsignedinteger], most: int) -> CountStream:
        return CountStream(self.writer, array_name(self.field, part), small, most)

    def extend(self, slab: Slab) -> None:
        text, starts = as_lines(slab.terms)
        self.text.extend(text)
        self.text_starts.extend(np.diff(starts, append=len(text)))
        self.starts.extend(slab.counts)
        self.documents.extend(slab.documents)
        if slab.frequencies is not None and slab.places is not None and slab.place_counts is not None:
            self.frequencies.extend(slab.frequencies)
            self.places.extend(slab.places)
            self.place_starts.extend(slab.place_counts)
        if slab.weights is not None:
            self.weights.extend(slab.weights)
        if slab.values is not None and slab.value_lengths is not None:
            self.values.extend(slab.values)
            self.value_starts.extend(slab.value_lengths)

    def close(self) -> None:
        self.writer.end_streams()


def runs(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of something begins when they follow one another.

    >>> runs(np.array([2, 0, 3])).tolist()
    [0, 2, 2]
    """
    begins: NDArray[np.int64] = np.cumsum(counts, dtype=np.int64) - counts
    return begins
