"""A merge that several processes share: each writes some fields, and their arrays are moved into one file.

Nothing of a field depends on another one, so any process may write it. The arrays are moved by the system, with the
checksums that they have.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from pathlib import Path

from articles.search.engines.whoosh.columnar import documents
from articles.search.engines.whoosh.columnar.arrays import TERMS
from articles.search.engines.whoosh.columnar.layout import ArrayWriter
from articles.search.engines.whoosh.columnar.listing import LARGE, LARGE_AT
from articles.search.engines.whoosh.columnar.merging import FieldMerge, fields_of
from articles.search.engines.whoosh.columnar.merging_documents import Source, merge_documents, open_sources
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment

LEAST = 1 / 16  # of all bytes: fields are put together until they have so many
PART = ".part"  # behind the name of a file of some fields


def merge_together(folder: Path, segments: Sequence[ColumnarSegment], processes: Executor) -> ColumnarSegment:
    """As `merging.merge`, by several processes; parts are left over where one of them fails."""
    sources = open_sources(folder, segments)
    merged = ColumnarSegment(segments[0].indexname, sum(source.total for source in sources))
    terms = folder / merged.make_filename(TERMS)
    parts: list[tuple[Path, Future[None]]] = []
    for number, fields in enumerate(shares(sizes_of(sources))):
        part = terms.with_name(f"{terms.name}{PART}{number}")
        parts.append((part, processes.submit(write_fields, folder, segments, fields, part)))
    kept = processes.submit(write_documents, folder, segments, merged)
    del sources
    with ArrayWriter(terms) as writer:
        for part, done in parts:
            done.result()
            writer.take(part)
        writer.finish({})
    kept.result()
    return merged


def sizes_of(sources: Sequence[Source]) -> dict[str, int]:
    """The bytes of the postings of each field."""
    sizes: Counter[str] = Counter(dict.fromkeys(fields_of(sources), 0))
    for source in sources:
        for name in source.arrays.terms:
            field = name.removesuffix(f"/{LARGE}").removesuffix(f"/{LARGE_AT}").rpartition("/")[0]
            sizes[field] += source.arrays.terms.nbytes(name)
    return dict(sizes)


def shares(sizes: dict[str, int]) -> list[list[str]]:
    """The fields in lists for one process each, the largest first, so that the last to be written take little time.

    >>> shares({"a": 1, "b": 40, "c": 1, "d": 58})
    [['d'], ['b'], ['a', 'c']]
    """
    least = sum(sizes.values()) * LEAST
    found: list[list[str]] = []
    held = least  # bytes of the last list
    for field in sorted(sizes, key=lambda field: (-sizes[field], field)):
        if held >= least:
            found.append([])
            held = 0
        found[-1].append(field)
        held += sizes[field]
    return found


def write_fields(folder: Path, segments: Sequence[ColumnarSegment], fields: list[str], path: Path) -> None:
    """Write the postings of some fields into a file of their own."""
    sources = open_sources(folder, segments)
    with ArrayWriter(path) as writer:
        for field in fields:
            FieldMerge(writer, field, sources, sum(source.total for source in sources)).write()
        writer.finish({})


def write_documents(folder: Path, segments: Sequence[ColumnarSegment], merged: ColumnarSegment) -> None:
    """Write what is kept of the documents."""
    with ArrayWriter(folder / merged.make_filename(documents.EXTENSION)) as writer:
        merge_documents(writer, open_sources(folder, segments), merged.count)
