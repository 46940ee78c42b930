"""The live index as one process sees it: one shared searcher, and its columns as arrays.

A snapshot never changes. When another process commits or switches generations, the next search takes a new
snapshot, in which everything read from unchanged segments is kept. Whoosh's file objects remember a position,
so a snapshot is used by one thread at a time, under its `lock`.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import ColumnReader, TranslatingColumnReader
from whoosh.fields import ID, NUMERIC
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader
from whoosh.util.numeric import byte_to_length

from articles.search.engines import schema
from articles.search.engines.contract import IndexBusy, IndexDamaged, IndexMissing
from articles.search.engines.whoosh.damage import check_sizes, reading
from articles.search.engines.whoosh.generations import IndexFolder, read_rules
from articles.search.engines.whoosh.postings import PostingCache
from articles.search.engines.whoosh.segment_words import SegmentWords, read_words, words_path

LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.float32)
SCORED = (
    schema.TEXT, schema.EXACT, schema.LITERAL, schema.TITLE, schema.TITLE_EXACT, schema.TITLE_LITERAL,
    schema.SOURCE_NAME, schema.AUTHOR_NAME, schema.SECTION_NAME, schema.PLACE_NAME, schema.COLLECTION_NAME,
)  # fmt: skip
TEXT_COLUMNS = (
    schema.STATUS, schema.SOURCE, schema.AUTHOR, schema.SECTION, schema.PLACES, schema.COLLECTIONS,
)  # fmt: skip
NUMBER_COLUMNS = (schema.KEY, schema.PUBLISHED, schema.STORY, schema.LEAD)
INDEX_NAME = "MAIN"
COMMIT = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
ATTEMPTS = 20  # to read a state that writers keep replacing

# A generation's name, the number of its newest commit, and when that was written.
Identity = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class SegmentColumns:
    """What is read once of an immutable segment: arrays as long as the segment has documents, and its words.

    `bounds` is read when it is first asked for.
    """

    numbers: dict[str, NDArray[np.int64]]
    texts: dict[str, list[str]]
    lengths: dict[str, NDArray[np.float32]]
    words: dict[str, SegmentWords]
    bounds: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column over all segments: `values[codes[document]]` is the document's value; values are sorted.

    The code is -1 where a document has no value.
    """

    values: list[Any]
    codes: NDArray[np.int32]


@dataclass(slots=True, weakref_slot=True)
class Snapshot:
    """One committed state. Documents are numbered through all segments; `live` is False for deleted ones.

    Its files are closed when the last search that uses it lets go of it.
    """

    reader: IndexReader
    identity: Identity
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
    asked: dict[str, Coded] = field(default_factory=dict)  # columns that SearchQuerySet asked for
    derived: dict[str, Any] = field(default_factory=dict)  # what `ranking` and `baseline` keep of it

    def __post_init__(self) -> None:
        finalize(self, _close, [leaf for leaf, _offset in self.readers])

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    def leaves(self) -> Iterator[tuple[SegmentReader, int, SegmentColumns]]:
        """The readers of the segments with the number of the first document of each, and what is known of it."""
        for leaf, offset in self.readers:
            yield leaf, offset, self.segments[leaf.segment().segment_id()]

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
        """The newest committed state; raises IndexMissing, IndexDamaged or, when writers never rest, IndexBusy."""
        with self._lock:
            for _attempt in range(ATTEMPTS):
                identity = self._identity()
                if self._held is None or self._held.identity != identity:
                    try:
                        self._held = _open(self.folder, identity, self._held)
                    except IndexDamaged:
                        # A writer may have removed files of this state meanwhile: then there is a newer one.
                        if identity == self._identity():
                            raise
                        continue
                return self._held
        raise IndexBusy("the search index changes faster than it can be read")

    def _identity(self) -> Identity:
        generation = self.folder.current()
        if generation is None:
            raise IndexMissing(f"there is no search index in {self.folder.path}")
        return generation.name, *_latest_commit(generation)


_LIVE: dict[Path, LiveIndex] = {}
_LIVE_LOCK = threading.Lock()


def live_index(folder: IndexFolder) -> LiveIndex:
    """The process's LiveIndex for this folder: threads share it, and with it the searcher and its caches."""
    with _LIVE_LOCK:
        return _LIVE.setdefault(folder.path, LiveIndex(folder))


def forget(folder: IndexFolder) -> None:
    """Let go of the searcher of a folder that nobody will ask again, and of its open files."""
    with _LIVE_LOCK:
        _LIVE.pop(folder.path, None)


# A process made by fork shares its parent's open files, and with them their positions: it opens its own.
os.register_at_fork(after_in_child=_LIVE.clear)


def _latest_commit(generation: Path) -> tuple[int, int]:
    """The number of the newest table of contents and when it was written; -1 where there is none."""
    try:
        with os.scandir(generation) as files:
            commits = [(int(found[1]), file) for file in files if (found := COMMIT.fullmatch(file.name))]
        number, file = max(commits, key=itemgetter(0), default=(-1, None))
        return number, file.stat().st_mtime_ns if file else 0
    except FileNotFoundError:
        return -1, 0


def _open(folder: IndexFolder, identity: Identity, held: Snapshot | None) -> Snapshot:
    generation = folder.generation(identity[0])
    with reading(generation), ExitStack() as opened:
        storage = FileStorage(str(generation), readonly=True)
        contents = TOC.read(storage, INDEX_NAME)
        known = held.segments if held else {}  # segments have names of their own in every generation
        leaves = []
        for segment in contents.segments:
            if segment.segment_id() not in known:
                check_sizes(generation, segment)
            leaf = SegmentReader(storage, contents.schema, segment, generation=contents.generation)
            opened.callback(leaf.close)
            leaves.append(leaf)
        snapshot = _read(leaves, contents, known, identity, read_rules(generation))
        opened.pop_all()  # from now on the snapshot closes them
    return snapshot


def _read(
    leaves: list[SegmentReader],
    contents: TOC,
    known: dict[str, SegmentColumns],
    identity: Identity,
    rules: str,
) -> Snapshot:
    reader = _joined_reader(leaves, contents)
    readers = [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.segment() is not None]
    segments = {leaf.segment().segment_id(): leaf for leaf in leaves}
    columns = {name: known.get(name) or _columns_of(leaf) for name, leaf in segments.items()}
    parts = [columns[leaf.segment().segment_id()] for leaf in leaves]
    lengths = {name: _joined([part.lengths[name] for part in parts], np.float32) for name in SCORED}
    live = np.ones(reader.doc_count_all(), dtype=np.bool_)
    for leaf, offset in readers:
        live[[offset + document for document in leaf.segment().deleted_docs()]] = False
    return Snapshot(
        reader=reader,
        identity=identity,
        rules=rules,
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


def _joined_reader(leaves: list[SegmentReader], contents: TOC) -> IndexReader:
    """One reader of all segments, as Whoosh makes it."""
    if len(leaves) == 1:
        return leaves[0]
    return MultiReader(leaves, generation=contents.generation) if leaves else EmptyReader(contents.schema)


def _columns_of(leaf: SegmentReader) -> SegmentColumns:
    count = leaf.doc_count_all()
    return SegmentColumns(
        numbers={name: _numbers(leaf, name, count) for name in NUMBER_COLUMNS},
        texts={name: _texts(leaf, name, count) for name in TEXT_COLUMNS},
        lengths={name: LENGTHS[_length_codes(leaf, name, count)] for name in SCORED},
        words=_words(leaf),
    )


def _words(leaf: SegmentReader) -> dict[str, SegmentWords]:
    """The words of the segment; none where it was written before there was a file of them: it is outdated anyway."""
    if not any(getattr(field, "coding", "") for _name, field in leaf.schema.items()):
        return {}
    return read_words(words_path(leaf.storage(), leaf.segment()))


def _numbers(leaf: SegmentReader, name: str, count: int) -> NDArray[np.int64]:
    column = column_of(leaf, name)
    if column is None or type(leaf.schema[name]) is not NUMERIC:
        return np.zeros(count, dtype=np.int64)
    return np.fromiter((column[document] for document in range(count)), dtype=np.int64, count=count)


def _texts(leaf: SegmentReader, name: str, count: int) -> list[str]:
    column = column_of(leaf, name)
    if column is None or not isinstance(leaf.schema[name], ID):
        return [""] * count
    return [column[document] for document in range(count)]


def column_of(leaf: SegmentReader, name: str, *, translated: bool = True) -> ColumnReader | None:
    """A field's column in one segment, None where the field has no columns or none of its documents has a term.

    Whoosh's own way asks whether the file is there, and takes a file that a writer has just removed for an
    empty column. Raises FileNotFoundError instead.
    """
    if name not in leaf.indexed_field_names() or not leaf.schema[name].column_type:
        return None
    field = leaf.schema[name]
    column = leaf._perdoc.column_reader(name, field.column_type)
    return TranslatingColumnReader(column, field.from_column_value) if translated else column


def _length_codes(leaf: SegmentReader, name: str, count: int) -> NDArray[np.uint8]:
    """The one-byte lengths that Whoosh keeps for each document of a scored field."""
    codes = np.zeros(count, dtype=np.uint8)
    if leaf.field_length(name):
        file, start, length = leaf._perdoc._get_column_file(f"_{name}_len")
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
