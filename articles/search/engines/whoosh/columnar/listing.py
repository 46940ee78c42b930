"""The postings of one field in one segment, as arrays.

The postings of term i stand from starts[i] to starts[i + 1]: `documents` ascending within a term, and as many
`frequencies`. The positions of all postings stand one after the other in `places`, those of term i from place_starts[i]
to place_starts[i + 1], as many for each posting as its frequency says. Fields of other formats than ours hold `weights`
(left out where all are 1) and `values`, bytes that the format reads, in the place of frequencies and positions.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile
from articles.search.engines.whoosh.columnar.terms import FieldTerms

TEXT, TEXT_STARTS, STARTS = "text", "text_starts", "starts"
DOCUMENTS, WEIGHTS, VALUES, VALUE_STARTS = "documents", "weights", "values", "value_starts"
FREQUENCIES, PLACES, PLACE_STARTS = "frequencies", "places", "place_starts"
LARGE, LARGE_AT = "large", "large_at"


FEW = 32  # of fewer documents than one in so many each is looked up by itself


def array_name(field: str, *parts: str) -> str:
    return "/".join((field, *parts))


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers that are almost all small; `small` holds its highest value where a number is larger.

    The larger numbers are `large`; `large_at` are their indexes, ascending.
    """

    small: Array
    large: Array
    large_at: Array

    def part(self, begin: int, end: int) -> Array:
        """Some numbers in a row: as they lie in the file, where all are small."""
        held = self.small[begin:end]
        if not len(self.large_at):
            return held
        first, last = np.searchsorted(self.large_at, [begin, end])
        if first == last:
            return held
        widened = held.astype(self.large.dtype)
        widened[(self.large_at[first:last] - begin).astype(np.int64)] = self.large[first:last]
        return widened

    def parts(self, spans: list[tuple[int, int]]) -> Array:
        """As `part`, of several stretches one behind the other."""
        held = np.concatenate([self.small[begin:end] for begin, end in spans])
        if not len(self.large_at) or int(held.max(initial=0)) < np.iinfo(held.dtype).max:
            return held
        return np.concatenate([self.part(begin, end) for begin, end in spans])


class FieldPostings:
    """The arrays of a field; `lengths` are the codes of its length in each document, if it has any."""

    def __init__(self, file: ArrayFile, field: str, lengths: Array | None) -> None:
        self._file = file
        self._field = field
        self.lengths = lengths
        self.starts = self._array(STARTS)
        self.terms = FieldTerms(self._array(TEXT), self._array(TEXT_STARTS), self.starts)

    def _array(self, *parts: str) -> Array:
        return self._file[array_name(self._field, *parts)]

    def _optional(self, *parts: str) -> Array | None:
        return self._file.get(array_name(self._field, *parts))

    def _counts(self, name: str) -> Counts | None:
        small = self._optional(name)
        return None if small is None else Counts(small, self._array(name, LARGE), self._array(name, LARGE_AT))

    @cached_property
    def documents(self) -> Array:
        return self._array(DOCUMENTS)

    @cached_property
    def frequencies(self) -> Counts | None:
        return self._counts(FREQUENCIES)

    @cached_property
    def places(self) -> Counts | None:
        return self._counts(PLACES)

    @cached_property
    def place_starts(self) -> Array:
        return self._array(PLACE_STARTS)

    @cached_property
    def weights(self) -> Array | None:
        return self._optional(WEIGHTS)

    @cached_property
    def values(self) -> Array | None:
        return self._optional(VALUES)

    @cached_property
    def value_starts(self) -> Array:
        return self._array(VALUE_STARTS)

    # Of one term

    def span(self, number: int) -> tuple[int, int]:
        """Its first posting and the one after its last."""
        return int(self.starts[number]), int(self.starts[number + 1])

    def documents_of(self, number: int) -> Array:
        begin, end = self.span(number)
        return self.documents[begin:end]

    def frequencies_of(self, number: int) -> Array:
        """How often each document holds the term, its weight where the field has a format of its own."""
        begin, end = self.span(number)
        if self.frequencies is not None:
            return self.frequencies.part(begin, end)
        if self.weights is not None:
            return self.weights[begin:end]
        return np.ones(end - begin, dtype=np.uint8)

    def together(self, numbers: list[int]) -> tuple[Array, Array]:
        """The documents and frequencies of several terms, one behind the other."""
        spans = [self.span(number) for number in numbers]
        documents = np.concatenate([self.documents[begin:end] for begin, end in spans])
        if self.frequencies is None:
            return documents, np.concatenate([self.frequencies_of(number) for number in numbers])
        return documents, self.frequencies.parts(spans)

    def weight_of(self, number: int) -> float:
        """All its frequencies together."""
        if self.places is not None:
            return float(int(self.place_starts[number + 1]) - int(self.place_starts[number]))
        return float(self.frequencies_of(number).sum())

    def places_of(self, number: int) -> Array:
        """Its positions in all documents, one after the other; none where the field has no positions."""
        if self.places is None:
            return np.zeros(0, dtype=np.uint16)
        return self.places.part(int(self.place_starts[number]), int(self.place_starts[number + 1]))

    def values_of(self, number: int) -> list[bytes]:
        """What a format of its own says of each posting."""
        begin, end = self.span(number)
        if self.values is None:
            return [b""] * (end - begin)
        edges = self.value_starts[begin : end + 1].tolist()
        return [self.values[a:b].tobytes() for a, b in zip(edges, edges[1:], strict=False)]


def places_in(
    listed: FieldPostings, number: int, wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Where a term stands in the `wanted` documents (ascending): indexes into `wanted`, and positions."""
    documents = listed.documents_of(number)
    indexes, taken = _met(wanted, documents)
    counts = listed.frequencies_of(number).astype(np.int64)
    ends = np.cumsum(counts)
    kept = counts[taken]
    places = listed.places_of(number)
    if len(taken) == len(documents):
        return np.repeat(indexes, kept), places
    steps = np.repeat(ends[taken] - np.cumsum(kept), kept) + np.arange(int(kept.sum()))
    return np.repeat(indexes, kept), places[steps]


def _met(wanted: NDArray[np.int64], documents: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where two ascending lists have the same document: its indexes in the one and in the other."""
    most = max(int(wanted[-1]), int(documents[-1])) + 1
    if most < FEW * min(len(wanted), len(documents)):  # through an array of the index of each wanted document
        numbers = np.full(most, -1, dtype=np.int64)
        numbers[wanted] = np.arange(len(wanted))
        found = numbers.take(documents)
        taken = np.flatnonzero(found >= 0)
        return found.take(taken), taken
    if len(wanted) < len(documents):
        found = np.searchsorted(documents, wanted.astype(documents.dtype))
        found = np.minimum(found, len(documents) - 1)
        indexes = np.flatnonzero(documents[found] == wanted)
        return indexes, found[indexes]
    found = np.minimum(np.searchsorted(wanted, documents), len(wanted) - 1)
    taken = np.flatnonzero(wanted[found] == documents)
    return found[taken], taken
