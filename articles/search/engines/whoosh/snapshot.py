"""The live index as one process sees it: one shared searcher, and its columns as arrays.

A snapshot never changes. When another process commits or switches generations, the next search takes a new snapshot, in
which everything that was made of unchanged segments is kept. Its files are mapped into memory, so that any number of
threads use it at once, and so that a writer may remove them. What segments hold together is joined when it is first
asked for.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, TypeVar
from weakref import finalize

import numpy as np
import numpy.ma
from numpy.typing import NDArray
from whoosh.fields import ID, NUMERIC, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader
from whoosh.util.numeric import byte_to_length

from articles.search.engines import schema
from articles.search.engines.contract import IndexBusy, IndexDamaged, IndexMissing
from articles.search.engines.whoosh.byte_cache import ByteCache, room
from articles.search.engines.whoosh.columnar.arrays import SegmentArrays, open_arrays
from articles.search.engines.whoosh.columnar.contents import INDEX_NAME, read_contents
from articles.search.engines.whoosh.columnar.verifying import check_segment
from articles.search.engines.whoosh.damage import reading
from articles.search.engines.whoosh.documents import layout
from articles.search.engines.whoosh.generations import IndexFolder, check_format, read_rules
from articles.search.engines.whoosh.postings import Postings

LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.float64)  # of Whoosh's codes
SCORED = (
    schema.TEXT, schema.EXACT, schema.LITERAL, schema.TITLE, schema.TITLE_EXACT, schema.TITLE_LITERAL,
    schema.SOURCE_NAME, schema.AUTHOR_NAME, schema.SECTION_NAME, schema.PLACE_NAME, schema.COLLECTION_NAME,
)  # fmt: skip
TEXT_COLUMNS = (
    schema.STATUS, schema.SOURCE, schema.AUTHOR, schema.SECTION, schema.PLACES, schema.COLLECTIONS,
)  # fmt: skip
NUMBER_COLUMNS = (schema.KEY, schema.PUBLISHED, schema.STORY, schema.LEAD)
COMMIT = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
POSTING_BYTES, MOST_TERMS = 64 << 20, 20_000  # the bytes are those of a small archive: see `room`
PART_BYTES, MOST_PARTS = 64 << 20, 5_000
MOST_TABLED = 1 << 21  # numbers as far apart as dates are get their codes through a table
ATTEMPTS = 20  # to read a state that writers keep replacing
SETTLED = 2_000_000_000  # nanoseconds: a folder changed longer ago has another time after its next change
SIGN = np.uint64(1 << 63)  # Whoosh keeps signed numbers of 64 bits with this added to them

# A generation's name, the number of its newest commit, and when that was written.
Identity = tuple[str, int, int]
FolderState = tuple[int, int, int]
Part = tuple[SegmentArrays, int]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column over all segments: `values[codes[document]]` is the document's value; values are sorted.

    The code is -1 where a document has no value.
    """

    values: list[Any]
    codes: NDArray[Any]


def coded(numbers: NDArray[np.int64]) -> Coded:
    """A column of numbers as codes into its different values, in order.

    >>> coded(np.array([20150700, 0, 20150700])).codes.tolist()
    [1, 0, 1]
    """
    least, most = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    before = (
        int(numbers.min(where=numbers > 0, initial=most)) - 1
    )  # no number stands between 0 and the one after it
    if least < 0 or most - before > MOST_TABLED:
        values, codes = np.unique(numbers, return_inverse=True)
        return Coded(values.tolist(), codes.astype(_smallest(len(values))))
    places = np.maximum(numbers - before, 0)
    held = np.zeros(most - before + 1, dtype=np.bool_)
    held[places] = True
    found = np.flatnonzero(held)
    numbering = (np.cumsum(held, dtype=np.int32) - 1).astype(_smallest(len(found)))
    return Coded(np.where(found > 0, found + before, 0).tolist(), numbering[places])


def _smallest(count: int) -> np.dtype[Any]:
    """The type of so many codes from 0: a column takes no more of a process than it must."""
    return np.min_scalar_type(max(0, count - 1))


class Lazy(Mapping[str, Value], Generic[Value]):
    """A mapping whose values are made when they are first asked for."""

    def __init__(self, names: tuple[str, ...], make: Callable[[str], Value]) -> None:
        self._names = names
        self._make = make
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names


@dataclass(slots=True, weakref_slot=True)
class Snapshot:
    """One committed state. Documents are numbered through all segments; `live` is False for deleted ones.

    `readers` and `segments` are Whoosh's readers of the segments and their arrays. Files are let go of when the last
    search that uses them lets go of the snapshot.
    """

    reader: IndexReader
    identity: Identity
    rules: str
    readers: list[tuple[SegmentReader, int]]
    segments: dict[str, SegmentArrays]
    size: int
    live: NDArray[np.bool_]
    numbers: Mapping[str, NDArray[np.int64]]
    texts: Mapping[str, Coded]
    lengths: Mapping[str, NDArray[np.uint8]]  # as Whoosh codes them: see LENGTHS
    average_lengths: Mapping[str, float]
    # Posting lists by field and term, and what `parts` and `evaluation` keep of the parts of queries.
    postings: ByteCache[tuple[str, str], Postings] = field(init=False)
    kept: ByteCache[Hashable, Any] = field(init=False)
    asked: dict[str, Coded] = field(default_factory=dict)  # columns that SearchQuerySet asked for
    derived: dict[Hashable, Any] = field(default_factory=dict)  # what `ranking` and `baseline` keep of it
    _parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.postings = ByteCache(room(POSTING_BYTES, self.size), MOST_TERMS)
        self.kept = ByteCache(room(PART_BYTES, self.size), MOST_PARTS)
        finalize(self, _close, [leaf for leaf, _offset in self.readers])

    @property
    def live_count(self) -> int:
        return int(self.live.sum())

    def parts(self) -> list[Part]:
        """The arrays of each segment, and the number of its first document."""
        return self._parts

    @property
    def is_doubtful(self) -> bool:
        """Whether a file is known not to be what was written (`integrity`)."""
        return any(arrays.problems for arrays, _offset in self._parts)

    def has_fields_of(self, declared: Schema) -> bool:
        """Whether its fields are those that are declared; compared once."""
        if self.derived.get("schema") is not declared and layout(self.reader.schema) == layout(declared):
            self.derived["schema"] = declared
        return self.derived.get("schema") is declared

    def documents_with_keys(self, keys: list[int]) -> list[int]:
        """The numbers of the live documents of these articles."""
        return np.nonzero(np.isin(self.numbers[schema.KEY], keys) & self.live)[0].tolist()

    def damage(self) -> list[str]:
        """What is wrong with each of its files, by name. Reads them whole."""
        return [
            problem
            for leaf, _offset in self.readers
            for problem in check_segment(Path(leaf.storage().folder), leaf.segment())
        ]


def days(snapshot: Snapshot) -> Coded:
    """The dates of all documents as a column; made once."""
    if "dates" not in snapshot.derived:
        snapshot.derived["dates"] = coded(snapshot.numbers[schema.PUBLISHED])
    column: Coded = snapshot.derived["dates"]
    return column


def _close(readers: list[SegmentReader]) -> None:
    for reader in readers:
        reader.close()


class LiveIndex:
    """Hands out the newest snapshot of an index folder; one in a process for each folder."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self._held: Snapshot | None = None
        self._known: tuple[FolderState, Snapshot] | None = (
            None  # what the live folder held when it had settled
        )
        self._lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """The newest committed state; raises IndexMissing, IndexDamaged or, when writers never rest, IndexBusy."""
        state, known = _folder_state(self.folder.live), self._known
        if state is not None and known is not None and known[0] == state:
            return known[1]
        newest = self._newest()
        self._known = None if state is None else (state, newest)
        return newest

    def _newest(self) -> Snapshot:
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
    found = _LIVE.get(folder.path)
    if found is None:
        with _LIVE_LOCK:
            found = _LIVE.setdefault(folder.path, LiveIndex(folder))
    return found


def forget(folder: IndexFolder) -> None:
    """Let go of the searcher of a folder that nobody will ask again, and of its open files."""
    with _LIVE_LOCK:
        _LIVE.pop(folder.path, None)


# A thread of the parent may hold the lock of a cache at the moment of a fork: the child opens an index of its own.
os.register_at_fork(after_in_child=_LIVE.clear)


def _folder_state(pointer: str) -> FolderState | None:
    """What changes with every commit and every switch, in one look; None where it is too new to be trusted.

    The clock of a file system is coarse: two commits of one instant leave a folder the same time.
    """
    try:
        state = os.stat(pointer)  # noqa: PTH116 - a path of strings: it is a part of what a rare word takes
    except OSError:
        return None
    if time.time_ns() - state.st_mtime_ns < SETTLED:
        return None
    return state.st_dev, state.st_ino, state.st_mtime_ns


def _latest_commit(generation: Path) -> tuple[int, int]:
    """The number of the newest table of contents and when it was written; -1 where there is none."""
    for _attempt in range(ATTEMPTS):
        try:
            with os.scandir(generation) as files:
                commits = [(int(found[1]), file) for file in files if (found := COMMIT.fullmatch(file.name))]
            number, file = max(commits, key=itemgetter(0))
            return number, file.stat().st_mtime_ns
        except (FileNotFoundError, ValueError):  # a writer replaced it between the looks
            continue
    return -1, 0


def _open(folder: IndexFolder, identity: Identity, held: Snapshot | None) -> Snapshot:
    generation = folder.generation(identity[0])
    rules = read_rules(generation)
    if identity[1] >= 0:
        check_format(generation)
    with reading(generation), ExitStack() as opened:
        storage = FileStorage(str(generation), readonly=True)
        contents = read_contents(generation)
        leaves = []
        arrays = {segment.segment_id(): open_arrays(generation, segment) for segment in contents.segments}
        for each in arrays.values():
            each.look()
        for segment in contents.segments:
            leaf = SegmentReader(storage, contents.schema, segment, generation=contents.generation)
            opened.callback(leaf.close)
            leaves.append(leaf)
        snapshot = _read(leaves, contents, arrays, identity, rules)
        opened.pop_all()  # from now on the snapshot closes them
    return snapshot


def _read(
    leaves: list[SegmentReader],
    contents: TOC,
    arrays: dict[str, SegmentArrays],
    identity: Identity,
    rules: str,
) -> Snapshot:
    reader = _joined_reader(leaves, contents)
    readers = [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.segment() is not None]
    parts = [(arrays[leaf.segment().segment_id()], offset) for leaf, offset in readers]
    held = [each for each, _offset in parts]
    fields = contents.schema
    lengths = Lazy(SCORED, lambda name: _joined([_lengths(each, name) for each in held], np.uint8))
    return Snapshot(
        reader=reader,
        identity=identity,
        rules=rules,
        readers=readers,
        segments=arrays,
        size=sum(each.count for each in held),
        live=_joined([leaf.segment().live() for leaf, _offset in readers], np.bool_),
        numbers=Lazy(
            NUMBER_COLUMNS, lambda name: _joined([_numbers(each, fields, name) for each in held], np.int64)
        ),
        texts=Lazy(TEXT_COLUMNS, lambda name: _coded([_texts(each, fields, name) for each in held])),
        lengths=lengths,
        average_lengths=Lazy(SCORED, lambda name: _average(lengths[name])),
        _parts=parts,
    )


def _average(codes: NDArray[np.uint8]) -> float:
    """The average length of a field where it is not empty."""
    counts = np.bincount(codes, minlength=len(LENGTHS))
    held = len(codes) - int(counts[0])
    return float(counts @ LENGTHS) / held if held else 1.0


def _joined_reader(leaves: list[SegmentReader], contents: TOC) -> IndexReader:
    """One reader of all segments, as Whoosh makes it."""
    if len(leaves) == 1:
        return leaves[0]
    return MultiReader(leaves, generation=contents.generation) if leaves else EmptyReader(contents.schema)


def _numbers(arrays: SegmentArrays, fields: Schema, name: str) -> NDArray[np.int64]:
    numbers = arrays.numbers(name)
    if numbers is None or name not in fields or type(fields[name]) is not NUMERIC:
        return np.zeros(arrays.count, dtype=np.int64)
    return (numbers ^ SIGN).view(np.int64) if numbers.dtype == np.uint64 else numbers.astype(np.int64)


def _texts(arrays: SegmentArrays, fields: Schema, name: str) -> tuple[list[str], NDArray[Any]]:
    """The values of a column, sorted, and the code of each document's; «» where it has none."""
    coded = arrays.coded(name)
    if coded is None or name not in fields or not isinstance(fields[name], ID):
        return [""], np.zeros(arrays.count, dtype=np.uint8)
    values, codes = coded
    return [value.decode() for value in values], codes


def _lengths(arrays: SegmentArrays, name: str) -> NDArray[np.uint8]:
    codes = arrays.lengths(name)
    return np.zeros(arrays.count, dtype=np.uint8) if codes is None else codes


def _joined(parts: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype)


def _coded(parts: list[tuple[list[str], NDArray[Any]]]) -> Coded:
    """Values are numbered anew over all segments, codes as many at a time as a segment has; one stays in its file."""
    if len(parts) == 1 and len(parts[0][1]):
        return Coded(*parts[0])
    values = sorted({value for own, codes in parts if len(codes) for value in own})
    numbers = {value: number for number, value in enumerate(values)}
    kind = _smallest(len(values))
    # Only a segment without documents has values that are not numbered.
    renumbered = [np.array([numbers.get(value, 0) for value in own], dtype=kind) for own, _codes in parts]
    codes = [new[own] for new, (_values, own) in zip(renumbered, parts, strict=True)]
    return Coded(values=values, codes=_joined(codes, kind))
