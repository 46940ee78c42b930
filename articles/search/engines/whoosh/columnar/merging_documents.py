"""What several segments keep of their documents, as one: the other half of `merging`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar import columns, documents
from articles.search.engines.whoosh.columnar.arrays import SegmentArrays, open_arrays
from articles.search.engines.whoosh.columnar.documents import (
    COUNT,
    DEFAULTS,
    STORED,
    STORED_STARTS,
    TOTAL_LENGTHS,
)
from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile, ArrayWriter, smallest
from articles.search.engines.whoosh.columnar.listing import array_name
from articles.search.engines.whoosh.columnar.matcher import LENGTHS
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.columnar.slabs import Starts

DOCUMENTS_AT_A_TIME = 4_096


@dataclass(frozen=True, slots=True)
class Source:
    """A segment that is merged. Its documents count on from `first`.

    Where some of them are deleted, `kept` tells which are not, and `renumbered` the new number of each.
    """

    arrays: SegmentArrays
    first: int
    kept: NDArray[np.bool_] | None
    renumbered: NDArray[np.int64] | None

    @property
    def total(self) -> int:
        """The documents that are kept."""
        return self.arrays.count if self.kept is None else int(np.count_nonzero(self.kept))

    def numbers(self, documents: Array) -> Array:
        """The new numbers of documents that are kept."""
        if self.renumbered is not None:
            return self.renumbered[documents]
        return documents.astype(np.uint32) + np.uint32(self.first)


def open_sources(folder: Path, segments: Sequence[ColumnarSegment]) -> list[Source]:
    """The segments in their order, each behind what is left of those before it."""
    sources: list[Source] = []
    first = 0
    for segment in segments:
        kept = segment.live() if segment.deleted else None
        renumbered = None if kept is None else np.cumsum(kept) - 1 + first
        sources.append(Source(open_arrays(folder, segment), first, kept, renumbered))
        first += sources[-1].total
    return sources


def merge_documents(writer: ArrayWriter, sources: list[Source], count: int) -> None:
    """Write what is kept of the documents of all sources."""
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
    """Those of a segment's values that are kept, copied: no page of its file stays in memory for them."""
    held = values.copy() if source.kept is None else values[source.kept]
    source.arrays.documents.release()
    return held


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
