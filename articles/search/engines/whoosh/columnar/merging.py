"""Several segments as one, without their deleted documents, a stretch at a time: memory does not grow with them.

Terms are in the same order in every segment, and so are the postings of a term: what a stretch of the merged terms
holds of one segment lies in one piece there. Each piece is moved to its place in the stretch, which is then written.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar import documents
from articles.search.engines.whoosh.columnar.arrays import TERMS
from articles.search.engines.whoosh.columnar.layout import Array, ArrayWriter
from articles.search.engines.whoosh.columnar.listing import FieldPostings
from articles.search.engines.whoosh.columnar.merging_documents import Source, merge_documents, open_sources
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.columnar.slabs import (
    ANY_PLACE,
    Expected,
    FieldStreams,
    Slab,
    place_type,
    runs,
)
from articles.search.engines.whoosh.columnar.terms import FieldTerms

TERMS_AT_A_TIME = 131_072  # of all segments together
ITEMS_AT_A_TIME = 400_000  # postings and positions together
COUNTS_AT_A_TIME = 500_000  # of a stretch: one for each term and segment
POSTINGS_AT_A_TIME = 50_000  # of a term that has more of them

Numbers = NDArray[np.int64]


def merge(folder: Path, segments: Sequence[ColumnarSegment]) -> ColumnarSegment:
    """Write one segment of all documents of these that are not deleted.

    Raises IndexDamaged where one is not what was written: in the new file damage would have the right checksums.
    """
    sources = open_sources(folder, segments)
    for source in sources:
        source.arrays.check()
    merged = ColumnarSegment(segments[0].indexname, sum(source.total for source in sources))
    with ArrayWriter(folder / merged.make_filename(documents.EXTENSION)) as writer:
        merge_documents(writer, sources, merged.count)
    with ArrayWriter(folder / merged.make_filename(TERMS)) as writer:
        for field in fields_of(sources):
            FieldMerge(writer, field, sources, merged.count).write()
        writer.finish({})
    return merged


def fields_of(sources: Sequence[Source]) -> list[str]:
    """The fields that have terms in any of the sources."""
    return sorted({field for source in sources for field in source.arrays.fields})


class Merged(NamedTuple):
    """Some terms of all segments in order, and for each source the numbers it has among them and its own first."""

    terms: list[bytes]
    numbers: list[Numbers]
    firsts: list[int]


def merged_terms(
    sources: Sequence[FieldTerms], at_a_time: int, read: Callable[[int], None] = lambda _source: None
) -> Iterator[Merged]:
    """The terms of several dictionaries, each once; about so many at a time.

    `read` is called with the number of a source when some of it has been read.
    """

    def part(source: int, first: int, end: int) -> list[bytes]:
        terms = sources[source].part(first, end)
        read(source)
        return terms

    firsts = [0] * len(sources)
    step = max(1, at_a_time // max(1, len(sources)))
    while any(first < len(terms) for first, terms in zip(firsts, sources, strict=True)):
        ends = [min(first + step, len(terms)) for first, terms in zip(firsts, sources, strict=True)]
        # Beyond the last term of a part its dictionary may hold terms that belong between those of the others.
        limits = [terms[end - 1] for end, terms in zip(ends, sources, strict=True) if end < len(terms)]
        if limits:
            limit = min(limits)
            ends = [
                terms.end_of_part(first, end, limit)
                for first, end, terms in zip(firsts, ends, sources, strict=True)
            ]
        parts = [part(*span) for span in zip(range(len(sources)), firsts, ends, strict=True)]
        terms_of_all = sorted(set().union(*parts))
        numbers = {term: number for number, term in enumerate(terms_of_all)}
        yield Merged(
            terms_of_all,
            [np.fromiter(map(numbers.__getitem__, part), dtype=np.int64, count=len(part)) for part in parts],
            firsts,
        )
        firsts = ends


class Piece(NamedTuple):
    """What one source holds of a stretch of terms, all in a row in its arrays.

    `counts` and `place_counts` are indexed by term of the stretch, deleted documents left out.
    """

    counts: Numbers
    place_counts: Numbers
    documents: Array
    frequencies: Array
    places: Array
    values: Array
    value_lengths: Array

    def copied(self) -> "Piece":
        """The piece without any page of its file, of which many sources would have many in memory."""
        return Piece(*map(np.array, self))


class Spans(NamedTuple):
    """Where a stretch lies in a source: the numbers of its terms in the stretch, and where the postings and the
    positions of each begin, with the end of the last."""

    own: Numbers
    starts: Numbers
    place_starts: Numbers


class FieldMerge:
    """The postings of one field out of several segments."""

    def __init__(self, writer: ArrayWriter, field: str, sources: list[Source], count: int) -> None:
        self.sources = [source for source in sources if field in source.arrays.fields]
        self.postings = [source.arrays.postings(field) for source in self.sources]
        self.has_places = any(each.places is not None for each in self.postings)
        self.has_weights = any(each.weights is not None for each in self.postings)
        self.has_values = any(each.values is not None for each in self.postings)
        self.streams = FieldStreams(writer, field, self._expected(count))

    def _expected(self, count: int) -> Expected:
        places = [each.places for each in self.postings if each.places is not None]
        total = sum(len(each.small) for each in places)
        large = sum(len(each.small) if each.small.dtype == ANY_PLACE else len(each.large) for each in places)
        return Expected(
            documents=count,
            postings=sum(len(each.documents) for each in self.postings),
            text=sum(len(each.terms.text) for each in self.postings),
            places=total if self.has_places else None,
            place_type=place_type(total, large),
            weights=self.has_weights,
            values=sum(len(each.values) for each in self.postings if each.values is not None)
            if self.has_values
            else None,
        )

    def write(self) -> None:
        terms = [each.terms for each in self.postings]
        for merged in merged_terms(terms, TERMS_AT_A_TIME, self._release):
            for begin, end, is_large in self._stretches(merged):
                if is_large:
                    self._write_alone(merged, begin)
                else:
                    self._write_stretch(merged, begin, end)
        self.streams.close()

    def _release(self, source: int) -> None:
        """Let go of a source's pages: of many, all together take more than what is made of them."""
        self.sources[source].arrays.terms.release()

    def _parts(self, merged: Merged) -> Iterator[tuple[Source, FieldPostings, Numbers, int]]:
        """What each source has of merged terms."""
        return zip(self.sources, self.postings, merged.numbers, merged.firsts, strict=True)

    def _stretches(self, merged: Merged) -> Iterator[tuple[int, int, bool]]:
        """Runs of terms whose postings can be held in memory; a term that is too large for that stands alone.

        Values have lengths of their own, and belong to fields whose terms are in few documents: those are held.
        """
        sizes = np.zeros(len(merged.terms), dtype=np.int64)
        for source, listed, numbers, first in self._parts(merged):
            span = slice(first, first + len(numbers) + 1)
            sizes[numbers] += lengths(listed.starts[span])
            if self.has_places:
                sizes[numbers] += lengths(listed.place_starts[span])
            source.arrays.terms.release()
        begin, total, most = 0, np.cumsum(sizes), max(1, COUNTS_AT_A_TIME // len(self.sources))
        while begin < len(sizes):
            done = int(total[begin - 1]) if begin else 0
            end = int(np.searchsorted(total, done + ITEMS_AT_A_TIME, side="right"))
            end = min(max(begin + 1, end), begin + most)
            yield (
                begin,
                end,
                int(sizes[begin]) > ITEMS_AT_A_TIME and not self.has_values and not self.has_weights,
            )
            begin = end

    def _write_stretch(self, merged: Merged, begin: int, end: int) -> None:
        pieces = []
        for source, listed, numbers, first in self._parts(merged):
            low, high = np.searchsorted(numbers, [begin, end]).tolist()
            if low < high:
                spans = Spans(numbers[low:high] - begin, *self._edges(listed, first + low, first + high))
                pieces.append(self._piece(source, listed, spans, end - begin).copied())
                source.arrays.terms.release()
        counts = np.sum([piece.counts for piece in pieces], axis=0)
        held = np.nonzero(counts)[0]
        if len(held):
            self.streams.extend(
                self._slab([merged.terms[begin + number] for number in held.tolist()], held, pieces)
            )

    def _edges(self, listed: FieldPostings, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Where the postings and the positions of some terms in a row begin, and at last end."""
        starts = listed.starts[first : last + 1].astype(np.int64)
        if listed.places is None:
            return starts, starts
        return starts, listed.place_starts[first : last + 1].astype(np.int64)

    def _write_alone(self, merged: Merged, number: int) -> None:
        """Write a term whose postings are too many to be held in memory, some of one source at a time."""
        total = places = 0
        for piece in self._pieces_of_one(merged, number):
            total += int(piece.counts[0])
            places += int(piece.place_counts[0])
            self.streams.extend(self._slab([], NOTHING, [piece]))
        if total:
            self.streams.extend(self._end_of_one(merged.terms[number], total, places))

    def _pieces_of_one(self, merged: Merged, number: int) -> Iterator[Piece]:
        for source, listed, numbers, first in self._parts(merged):
            low, high = np.searchsorted(numbers, [number, number + 1]).tolist()
            if low == high:
                continue
            (begin, end), (place, _last) = self._edges(listed, first + low, first + high)
            for start in range(int(begin), int(end), POSTINGS_AT_A_TIME):
                stop = min(start + POSTINGS_AT_A_TIME, int(end))
                held = place
                if listed.frequencies is not None:
                    held = place + int(listed.frequencies.part(start, stop).sum(dtype=np.int64))
                spans = Spans(np.zeros(1, np.int64), np.array([start, stop]), np.array([place, held]))
                yield self._piece(source, listed, spans, 1)
                source.arrays.terms.release()
                place = held

    def _end_of_one(self, term: bytes, total: int, places: int) -> Slab:
        """What is written of a term when its postings are."""
        numbers = NOTHING if self.has_places else None
        return Slab(
            [term],
            np.array([total]),
            NOTHING,
            frequencies=numbers,
            place_counts=np.array([places]) if self.has_places else None,
            places=numbers,
        )

    def _piece(self, source: Source, listed: FieldPostings, spans: Spans, size: int) -> Piece:
        """What a source holds of a stretch of so many terms."""
        begin, end = int(spans.starts[0]), int(spans.starts[-1])
        documents = listed.documents[begin:end]
        frequencies, places, value_lengths, values = NOTHING, NOTHING, NOTHING, NO_BYTES
        if listed.frequencies is not None and listed.places is not None:
            frequencies = listed.frequencies.part(begin, end)
            places = listed.places.part(int(spans.place_starts[0]), int(spans.place_starts[-1]))
        elif self.has_weights:
            frequencies = (
                listed.weights[begin:end] if listed.weights is not None else np.ones(end - begin, "<f4")
            )
        if self.has_values and listed.values is not None:
            edges = listed.value_starts[begin : end + 1].astype(np.int64)
            value_lengths, values = np.diff(edges), listed.values[edges[0] : edges[-1]]
        elif self.has_values:
            value_lengths = np.zeros(end - begin, dtype=np.int64)
        counts, place_counts = (spread_over(spans.own, lengths(edges), size) for edges in spans[1:])
        piece = Piece(
            counts, place_counts, source.numbers(documents), frequencies, places, values, value_lengths
        )
        return piece if source.kept is None else self._without_deleted(piece, source.kept[documents])

    def _without_deleted(self, piece: Piece, kept: NDArray[np.bool_]) -> Piece:
        size = len(piece.counts)
        owners = np.repeat(np.arange(size), piece.counts)[kept]
        counted = piece.frequencies
        frequencies = counted[kept] if len(counted) else counted
        value_lengths = piece.value_lengths[kept] if self.has_values else piece.value_lengths
        weights = frequencies if self.has_places else None
        return Piece(
            np.bincount(owners, minlength=size),
            np.bincount(owners, weights=weights, minlength=size).astype(np.int64),
            piece.documents[kept],
            frequencies,
            piece.places[np.repeat(kept, counted)] if self.has_places else piece.places,
            piece.values[np.repeat(kept, piece.value_lengths)] if self.has_values else piece.values,
            value_lengths,
        )

    def _slab(self, terms: list[bytes], held: Numbers, pieces: list[Piece]) -> Slab:
        counts = [piece.counts for piece in pieces]
        place_counts = [piece.place_counts for piece in pieces]
        where = targets(counts)
        value_lengths = placed([piece.value_lengths for piece in pieces], where) if self.has_values else None
        frequencies = None
        if self.has_places or self.has_weights:
            frequencies = placed([piece.frequencies for piece in pieces], where)
        return Slab(
            terms,
            np.sum(counts, axis=0)[held],
            placed([piece.documents for piece in pieces], where),
            frequencies=frequencies if self.has_places else None,
            place_counts=np.sum(place_counts, axis=0)[held] if self.has_places else None,
            places=gathered([piece.places for piece in pieces], place_counts) if self.has_places else None,
            weights=frequencies if self.has_weights and not self.has_places else None,
            values=self._values(pieces, counts) if self.has_values else None,
            value_lengths=value_lengths,
        )

    def _values(self, pieces: list[Piece], counts: list[Numbers]) -> Array:
        """The bytes of all values: for each piece as many of each term as its values are long together."""
        lengths = []
        for piece, own in zip(pieces, counts, strict=True):
            owners = np.repeat(np.arange(len(own)), own)
            weights = np.bincount(owners, weights=piece.value_lengths, minlength=len(own))
            lengths.append(weights.astype(np.int64))
        return gathered([piece.values for piece in pieces], lengths)


def spread_over(own: Numbers, counts: Numbers, size: int) -> Numbers:
    """Counts of some terms as those of all terms of a stretch."""
    found = np.zeros(size, dtype=np.int64)
    found[own] = counts
    return found


def lengths(edges: Array) -> Numbers:
    """How long each of the stretches is that begin and end at the edges."""
    found: Numbers = edges[1:].astype(np.int64) - edges[:-1].astype(np.int64)
    return found


NOTHING: Array = np.zeros(0, dtype=np.int64)
NO_BYTES: Array = np.zeros(0, dtype=np.uint8)


def gathered(parts: list[Array], counts: list[Numbers]) -> Array:
    """Items of several sources by term, within a term by source; counts[s][t] items of term t stand in parts[s].

    >>> gathered([np.array([1, 2, 5]), np.array([3, 4])], [np.array([2, 1]), np.array([1, 1])]).tolist()
    [1, 2, 3, 5, 4]
    """
    return placed(parts, targets(counts))


def targets(counts: list[Numbers]) -> list[Numbers]:
    """For each source where its items go when all are gathered."""
    if len(counts) == 1:
        return [NOTHING]
    begins = runs(np.sum(counts, axis=0))
    found: list[Numbers] = []
    for own in counts:
        steps = np.repeat(begins - runs(own), own)
        steps += np.arange(len(steps))
        found.append(steps)
        begins += own
    return found


def placed(parts: list[Array], where: list[Numbers]) -> Array:
    """The parts as one, each item at its target; of one part all stay where they are."""
    if len(parts) == 1:
        return parts[0]
    found = np.empty(sum(map(len, parts)), dtype=np.result_type(*parts))
    for part, own in zip(parts, where, strict=True):
        found[own] = part
    return found
