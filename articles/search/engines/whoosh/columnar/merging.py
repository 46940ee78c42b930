"""Several segments as one, without their deleted documents, a stretch at a time: memory does not grow with them.

Terms are in the same order in every segment, and so are the postings of a term: what a stretch of the merged terms
holds of one segment lies in one piece there. Each piece is moved to its place in the stretch, which is then written.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar import columns, documents
from articles.search.engines.whoosh.columnar.arrays import TERMS, SegmentArrays, open_arrays
from articles.search.engines.whoosh.columnar.documents import (
    COUNT,
    DEFAULTS,
    STORED,
    STORED_STARTS,
    TOTAL_LENGTHS,
)
from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile, ArrayWriter, smallest
from articles.search.engines.whoosh.columnar.listing import FieldPostings, array_name
from articles.search.engines.whoosh.columnar.matcher import LENGTHS
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.columnar.slabs import (
    ANY_PLACE,
    Expected,
    FieldStreams,
    Slab,
    Starts,
    place_type,
    runs,
)
from articles.search.engines.whoosh.columnar.terms import FieldTerms

TERMS_AT_A_TIME = 32_768  # of all segments together
ITEMS_AT_A_TIME = 400_000  # postings and positions together
DOCUMENTS_AT_A_TIME = 4_096

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Source:
    """A segment that is merged: which documents are `kept`, and the new number of each."""

    arrays: SegmentArrays
    kept: NDArray[np.bool_] | None
    renumbered: Numbers

    @property
    def total(self) -> int:
        """The documents that are kept."""
        return self.arrays.count if self.kept is None else int(np.count_nonzero(self.kept))


def merge(folder: Path, segments: Sequence[ColumnarSegment]) -> ColumnarSegment:
    """Write one segment of all documents of these that are not deleted.

    Raises IndexDamaged where one is not what was written: in the new file damage would have the right checksums.
    """
    sources: list[Source] = []
    count = 0
    for segment in segments:
        arrays = open_arrays(folder, segment)
        arrays.check()
        live = segment.live()
        sources.append(Source(arrays, live if segment.deleted else None, np.cumsum(live) - 1 + count))
        count += sources[-1].total
    merged = ColumnarSegment(segments[0].indexname, count)
    with ArrayWriter(folder / merged.make_filename(documents.EXTENSION)) as writer:
        _merge_documents(writer, sources, count)
    with ArrayWriter(folder / merged.make_filename(TERMS)) as writer:
        for field in sorted({field for source in sources for field in source.arrays.fields}):
            FieldMerge(writer, field, sources, count).write()
        writer.finish({})
    return merged


# Documents


def _merge_documents(writer: ArrayWriter, sources: list[Source], count: int) -> None:
    facts = [source.arrays.documents.facts for source in sources]
    defaults: dict[str, Any] = {name: value for each in facts for name, value in each[DEFAULTS].items()}
    for name in dict.fromkeys(name for source in sources for name in source.arrays.documents):
        field, _, part = name.rpartition("/")
        match part:
            case _ if name == STORED:
                _merge_lists(writer, STORED, STORED_STARTS, sources)
            case documents.LENGTHS:
                writer.add(name, _joined(sources, name, np.dtype(np.uint8), 0))
            case columns.NUMBERS:
                dtype = next(each[name].dtype for each in _documents(sources) if name in each)
                writer.add(name, _joined(sources, name, dtype, defaults[field]))
            case columns.CODES:
                _merge_codes(writer, field, sources)
            case columns.LIST_STARTS:
                _merge_lists(writer, field, name, sources)
    writer.finish({COUNT: count, TOTAL_LENGTHS: _total_lengths(sources), DEFAULTS: defaults})


def _documents(sources: list[Source]) -> Iterator[ArrayFile]:
    return (source.arrays.documents for source in sources)


def _kept(source: Source, values: Array) -> Array:
    return values if source.kept is None else values[source.kept]


def _joined(sources: list[Source], name: str, dtype: np.dtype[Any], missing: Any) -> Array:
    """An array of one value a document; `missing` for those of segments without it."""
    parts = [
        _kept(source, file[name]) if name in file else np.full(source.total, missing, dtype=dtype)
        for source, file in zip(sources, _documents(sources), strict=True)
    ]
    return np.concatenate(parts)


def _total_lengths(sources: list[Source]) -> dict[str, int]:
    """The lengths of each field in all documents together, as the codes tell them: so does Whoosh when it merges."""
    totals: Counter[str] = Counter()
    for source in sources:
        for field in source.arrays.documents.facts[TOTAL_LENGTHS]:
            codes = source.arrays.lengths(field)
            if codes is not None:
                totals[field] += int(LENGTHS[_kept(source, codes)].sum())
    return dict(totals)


def _merge_codes(writer: ArrayWriter, field: str, sources: list[Source]) -> None:
    held = [
        source.arrays.coded(field) or ([b""], np.zeros(source.arrays.count, dtype=np.uint8))
        for source in sources
    ]
    used = [np.unique(_kept(source, codes)) for source, (_table, codes) in zip(sources, held, strict=True)]
    values = sorted(
        {table[code] for (table, _codes), own in zip(held, used, strict=True) for code in own.tolist()}
    )
    numbers = {value: number for number, value in enumerate(values)}
    parts = []
    for source, (table, codes) in zip(sources, held, strict=True):
        renumbered = np.array([numbers.get(value, 0) for value in table], dtype=smallest(len(values)))
        parts.append(renumbered[_kept(source, codes)])
    columns.write_table(writer, field, values)
    writer.add(array_name(field, columns.CODES), np.concatenate(parts))


def _merge_lists(writer: ArrayWriter, items: str, starts: str, sources: list[Source]) -> None:
    """Several items a document, one after the other."""
    total = sum(len(file[items]) for file in _documents(sources) if items in file)
    dtype = next(file[items].dtype for file in _documents(sources) if items in file)
    stream, begun = writer.stream(items, dtype), Starts(writer.stream(starts, smallest(total)))
    for source, file in zip(sources, _documents(sources), strict=True):
        if items not in file:
            begun.extend(np.zeros(source.total, dtype=np.int64))
            continue
        for begin in range(0, source.arrays.count, DOCUMENTS_AT_A_TIME):
            edges = file[starts][begin : begin + DOCUMENTS_AT_A_TIME + 1].astype(np.int64)
            counts, values = np.diff(edges), file[items][edges[0] : edges[-1]]
            if source.kept is not None:
                kept = source.kept[begin : begin + DOCUMENTS_AT_A_TIME]
                counts, values = counts[kept], values[np.repeat(kept, counts)]
            begun.extend(counts)
            stream.extend(values)
            file.release()
    writer.end_streams()


# Terms


class Merged(NamedTuple):
    """Some terms of all segments in order, and for each source the numbers it has among them and its own first."""

    terms: list[bytes]
    numbers: list[Numbers]
    firsts: list[int]


def merged_terms(sources: Sequence[FieldTerms], at_a_time: int) -> Iterator[Merged]:
    """The terms of several dictionaries, each once; about so many at a time."""
    firsts = [0] * len(sources)
    step = max(1, at_a_time // max(1, len(sources)))
    while any(first < len(terms) for first, terms in zip(firsts, sources, strict=True)):
        parts = [
            terms.part(first, min(first + step, len(terms)))
            for first, terms in zip(firsts, sources, strict=True)
        ]
        # Beyond the last term of a part its dictionary may hold terms that belong between those of the others.
        limits = [
            part[-1]
            for part, first, terms in zip(parts, firsts, sources, strict=True)
            if first + len(part) < len(terms)
        ]
        if limits:
            parts = [part[: bisect_right(part, min(limits))] for part in parts]
        terms_of_all = sorted(set().union(*parts))
        numbers = {term: number for number, term in enumerate(terms_of_all)}
        yield Merged(
            terms_of_all,
            [np.fromiter(map(numbers.__getitem__, part), dtype=np.int64, count=len(part)) for part in parts],
            firsts,
        )
        firsts = [first + len(part) for first, part in zip(firsts, parts, strict=True)]


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
        for merged in merged_terms([each.terms for each in self.postings], TERMS_AT_A_TIME):
            for begin, end in self._stretches(merged):
                self._write_stretch(merged, begin, end)
                for source in self.sources:
                    source.arrays.terms.release()
        self.streams.close()

    def _stretches(self, merged: Merged) -> Iterator[tuple[int, int]]:
        """Runs of terms whose postings can be held in memory; a term that is too large for that stands alone."""
        sizes = np.zeros(len(merged.terms), dtype=np.int64)
        for listed, numbers, first in zip(self.postings, merged.numbers, merged.firsts, strict=True):
            span = slice(first, first + len(numbers) + 1)
            sizes[numbers] += lengths(listed.starts[span])
            if self.has_places:
                sizes[numbers] += lengths(listed.place_starts[span])
        begin, total = 0, np.cumsum(sizes)
        while begin < len(sizes):
            done = int(total[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(total, done + ITEMS_AT_A_TIME, side="right")))
            yield begin, end
            begin = end

    def _write_stretch(self, merged: Merged, begin: int, end: int) -> None:
        pieces = []
        for source, listed, numbers, first in zip(
            self.sources, self.postings, merged.numbers, merged.firsts, strict=True
        ):
            low, high = np.searchsorted(numbers, [begin, end]).tolist()
            if low < high:
                own = numbers[low:high] - begin
                pieces.append(self._piece(source, listed, own, first + low, end - begin))
        counts = np.sum([piece.counts for piece in pieces], axis=0)
        held = np.nonzero(counts)[0]
        if len(held):
            self.streams.extend(
                self._slab([merged.terms[begin + number] for number in held.tolist()], held, pieces)
            )

    def _piece(self, source: Source, listed: FieldPostings, own: Numbers, first: int, size: int) -> Piece:
        """`own` are the numbers of its terms in the stretch, `first` that of the first of them in its dictionary."""
        starts = listed.starts[first : first + len(own) + 1].astype(np.int64)
        begin, end = int(starts[0]), int(starts[-1])
        documents = listed.documents[begin:end]
        owners = np.repeat(own, np.diff(starts))
        frequencies, places, value_lengths, values = NOTHING, NOTHING, NOTHING, NO_BYTES
        if listed.frequencies is not None and listed.places is not None:
            frequencies = listed.frequencies.part(begin, end)
            last = first + len(own)
            places = listed.places.part(int(listed.place_starts[first]), int(listed.place_starts[last]))
        elif self.has_weights:
            frequencies = (
                listed.weights[begin:end] if listed.weights is not None else np.ones(end - begin, "<f4")
            )
        if self.has_values and listed.values is not None:
            edges = listed.value_starts[begin : end + 1].astype(np.int64)
            value_lengths, values = np.diff(edges), listed.values[edges[0] : edges[-1]]
        elif self.has_values:
            value_lengths = np.zeros(end - begin, dtype=np.int64)
        if source.kept is not None:
            kept = source.kept[documents]
            places = places[np.repeat(kept, frequencies)] if self.has_places else places
            values = values[np.repeat(kept, value_lengths)] if self.has_values else values
            owners, documents = owners[kept], documents[kept]
            frequencies = frequencies[kept] if len(frequencies) else frequencies
            value_lengths = value_lengths[kept] if len(value_lengths) else value_lengths
        weights = frequencies if self.has_places else None
        return Piece(
            np.bincount(owners, minlength=size),
            np.bincount(owners, weights=weights, minlength=size).astype(np.int64),
            source.renumbered[documents],
            frequencies,
            places,
            values,
            value_lengths,
        )

    def _slab(self, terms: list[bytes], held: Numbers, pieces: list[Piece]) -> Slab:
        counts = [piece.counts for piece in pieces]
        place_counts = [piece.place_counts for piece in pieces]
        value_lengths = None
        if self.has_values:
            value_lengths = gathered([piece.value_lengths for piece in pieces], counts)
        frequencies = None
        if self.has_places or self.has_weights:
            frequencies = gathered([piece.frequencies for piece in pieces], counts)
        return Slab(
            terms,
            np.sum(counts, axis=0)[held],
            gathered([piece.documents for piece in pieces], counts),
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
    if len(parts) == 1:
        return parts[0]
    if len(counts[0]) == 1:
        return np.concatenate(parts)
    begins = runs(np.sum(counts, axis=0))
    found = np.empty(sum(map(len, parts)), dtype=np.result_type(*parts))
    for part, own in zip(parts, counts, strict=True):
        found[np.repeat(begins - runs(own), own) + np.arange(len(part))] = part
        begins = begins + own
    return found
