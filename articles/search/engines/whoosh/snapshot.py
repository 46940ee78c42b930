"""The live index as one process sees it: one shared searcher, and its columns as arrays.

A snapshot never changes. When another process commits or switches generations, the next search takes a new
snapshot, in which everything read from unchanged segments is kept. Whoosh's file objects remember a position,
so a snapshot is used by one thread at a time, under its `lock`.
"""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.index import EmptyIndexError, FileIndex, IndexVersionError, open_dir
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from articles.search.engines import schema
from articles.search.engines.contract import IndexDamaged, IndexMissing
from articles.search.engines.whoosh.generations import IndexFolder, read_rules
from articles.search.engines.whoosh.postings import PostingCache

LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.float32)
SCORED = (schema.TEXT, schema.EXACT, schema.TITLE, schema.TITLE_EXACT, schema.SOURCE_NAME, schema.AUTHOR_NAME)
TEXT_COLUMNS = (schema.STATUS, schema.SOURCE, schema.AUTHOR, schema.COLLECTIONS)
NUMBER_COLUMNS = (schema.KEY, schema.PUBLISHED)


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """What is read once of an immutable segment: arrays as long as the segment has documents."""

    numbers: dict[str, NDArray[np.int64]]
    texts: dict[str, list[str]]
    lengths: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column over all segments: `values[codes[document]]` is the document's value; values are sorted."""

    values: list[str]
    codes: NDArray[np.int32]


@dataclass(slots=True, weakref_slot=True)
class Snapshot:
    """One committed state. Documents are numbered through all segments; `live` is False for deleted ones.

    Its files are closed when the last search that uses it lets go of it.
    """

    index: FileIndex
    identity: tuple[str, int]
    rules: str
    readers: list[tuple[SegmentReader, int]]
    segments: dict[str, SegmentColumns]
    size: int
    live: NDArray[np.bool_]
    numbers: dict[str, NDArray[np.int64]]
    texts: dict[str, Coded]
    lengths: dict[str, NDArray[np.float32]]
    average_lengths: dict[str, float]
    lock: threading.Lock = field(default_factory=threading.Lock)
    postings: PostingCache = field(default_factory=PostingCache)

    def __post_init__(self) -> None:
        finalize(self, _close, [leaf for leaf, _offset in self.readers])

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    def documents_with_keys(self, keys: list[int]) -> list[int]:
        """The numbers of the live documents of these articles."""
        return np.nonzero(np.isin(self.numbers[schema.KEY], keys) & self.live)[0].tolist()


def _close(readers: list[SegmentReader]) -> None:
    for reader in readers:
        reader.close()


class LiveIndex:
    """Hands out the newest snapshot of an index folder; one in a process for each folder."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self._held: Snapshot | None = None
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The newest committed state; raises IndexMissing or IndexDamaged."""
        generation = self.folder.current()
        if generation is None:
            raise IndexMissing(f"there is no search index in {self.folder.path}")
        with self._lock:
            held = self._held
            identity = (generation.name, _latest_commit(generation))
            if held is None or held.identity != identity:
                self._held = held = _open(generation, held)
            return held


_LIVE: dict[Path, LiveIndex] = {}
_LIVE_LOCK = threading.Lock()


def live_index(folder: IndexFolder) -> LiveIndex:
    """The process's LiveIndex for this folder: threads share it, and with it the searcher and its caches."""
    with _LIVE_LOCK:
        return _LIVE.setdefault(folder.path, LiveIndex(folder))


def _latest_commit(generation: Path) -> int:
    """The number of the newest table of contents, without opening the index; -1 where there is none."""
    commits = [path.name.rpartition("_")[2].partition(".")[0] for path in generation.glob("_MAIN_*.toc")]
    return max((int(commit) for commit in commits if commit.isdigit()), default=-1)


def _open(generation: Path, held: Snapshot | None) -> Snapshot:
    try:
        index = open_dir(str(generation), readonly=True)
        return _read(index, generation, held)
    except (
        EmptyIndexError,
        IndexVersionError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        AttributeError,
    ) as error:
        raise IndexDamaged(f"the search index in {generation} cannot be read: {error}") from error


def _read(index: FileIndex, generation: Path, held: Snapshot | None) -> Snapshot:
    reader = index.reader()
    readers = [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.segment() is not None]
    known = held.segments if held and held.identity[0] == generation.name else {}
    segments = {leaf.segment().segment_id(): leaf for leaf, _offset in readers}
    columns = {name: known.get(name) or _columns_of(leaf) for name, leaf in segments.items()}
    parts = [columns[leaf.segment().segment_id()] for leaf, _offset in readers]
    lengths = {name: _joined([part.lengths[name] for part in parts], np.float32) for name in SCORED}
    live = np.ones(reader.doc_count_all(), dtype=np.bool_)
    for leaf, offset in readers:
        live[[offset + document for document in leaf.segment().deleted_docs()]] = False
    return Snapshot(
        index=index,
        identity=(generation.name, index.latest_generation()),
        rules=read_rules(generation),
        readers=readers,
        segments=columns,
        size=reader.doc_count_all(),
        live=live,
        numbers={name: _joined([part.numbers[name] for part in parts], np.int64) for name in NUMBER_COLUMNS},
        texts={name: _coded([part.texts[name] for part in parts]) for name in TEXT_COLUMNS},
        lengths=lengths,
        average_lengths={name: float(values[values > 0].mean()) if (values > 0).any() else 1.0
                         for name, values in lengths.items()},
    )  # fmt: skip


def _columns_of(leaf: SegmentReader) -> SegmentColumns:
    count = leaf.doc_count_all()
    return SegmentColumns(
        numbers={name: _numbers(leaf, name, count) for name in NUMBER_COLUMNS},
        texts={name: _texts(leaf, name, count) for name in TEXT_COLUMNS},
        lengths={name: LENGTHS[_length_codes(leaf, name, count)] for name in SCORED},
    )


def _numbers(leaf: SegmentReader, name: str, count: int) -> NDArray[np.int64]:
    if not leaf.has_column(name):
        return np.zeros(count, dtype=np.int64)
    column = leaf.column_reader(name)
    return np.fromiter((column[document] for document in range(count)), dtype=np.int64, count=count)


def _texts(leaf: SegmentReader, name: str, count: int) -> list[str]:
    if not leaf.has_column(name):
        return [""] * count
    column = leaf.column_reader(name)
    return [column[document] for document in range(count)]


def _length_codes(leaf: SegmentReader, name: str, count: int) -> NDArray[np.uint8]:
    """The one-byte lengths that Whoosh keeps for each document of a scored field."""
    per_document = leaf._perdoc
    column = f"_{name}_len"
    codes = np.zeros(count, dtype=np.uint8)
    if per_document.has_column(column):
        file, start, length = per_document._get_column_file(column)
        codes[:length] = np.frombuffer(file.get(start, length), dtype=np.uint8)
        file.close()
    return codes


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)


def _coded(parts: list[list[str]]) -> Coded:
    values = sorted({value for part in parts for value in part})
    numbers = {value: number for number, value in enumerate(values)}
    codes = np.fromiter((numbers[value] for part in parts for value in part), dtype=np.int32)
    return Coded(values=values, codes=codes)
