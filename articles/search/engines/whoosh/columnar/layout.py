"""A file of named arrays, which are read where they lie, mapped into memory.

    offset 0      header, 64 bytes: magic, version of the format, offset, length and CRC-32 of the directory
    64, ...       the arrays, each of one type, little-endian, beginning at a multiple of 64 bytes
    at the end    the directory, JSON: {"arrays": [[name, type, length, offset, CRC-32], ...], "facts": {...}}

The directory ends where the file ends. Opening a file checks the header, the directory and that every array lies within
the file; `damage` reads all arrays and compares their checksums. A file is written under another name, flushed to the
disk and renamed: under its own name it is always whole.
"""

import json
import mmap
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from struct import Struct
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.contract import IndexDamaged

MAGIC = b"warraq\x1a\n"
VERSION = 1
HEADER = Struct("<8sIIQQ")  # magic, version, CRC-32, offset and length of the directory
ALIGNED = 64
UNFINISHED = ".new"  # behind the name of a file that is being written
TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"})
SPOOLED = 512 * 1024  # bytes of a stream that are held in memory
CHUNK = 1024 * 1024

Array = NDArray[Any]


def damaged(path: Path, why: str) -> IndexDamaged:
    return IndexDamaged(f"the search index is damaged: {path} {why}; run manage.py rebuild_index")


def changed(path: Path, names: Iterable[str]) -> str:
    """That arrays of a file are not what was written."""
    return f"{path}: {', '.join(names)} not what was written"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an array lies in its file."""

    dtype: str
    length: int
    offset: int
    checksum: int

    @property
    def nbytes(self) -> int:
        return self.length * np.dtype(self.dtype).itemsize


class ArrayFile:
    """The arrays of one file. They keep it mapped, so that it may be removed while they are in use."""

    def __init__(self, path: Path) -> None:
        """Raises IndexDamaged where the file is none of ours or is not whole, FileNotFoundError where it is gone."""
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < ALIGNED:
                raise damaged(path, f"has {size} bytes, fewer than its header")
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._entries, self.facts = _directory(path, self._mapped)
        self.release()  # with the directory the system maps what lies around it: much, of many small files

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __getitem__(self, name: str) -> Array:
        """The array of this name, read-only; raises KeyError where there is none."""
        entry = self._entries[name]
        if not entry.length:
            return np.zeros(0, dtype=entry.dtype)
        return np.frombuffer(self._mapped, dtype=entry.dtype, count=entry.length, offset=entry.offset)

    def get(self, name: str) -> Array | None:
        return self[name] if name in self._entries else None

    def entries(self) -> Iterable[tuple[str, Entry]]:
        """The arrays by name, and where they lie."""
        return self._entries.items()

    def nbytes(self, name: str) -> int:
        return self._entries[name].nbytes

    @property
    def size(self) -> int:
        return len(self._mapped)

    def release(self) -> None:
        """Let go of the memory that its pages take until they are read again; the arrays stay as they are."""
        self._mapped.madvise(mmap.MADV_DONTNEED)

    def damage(self, rest: Callable[[], None] = lambda: None) -> list[str]:
        """The names of the arrays that are not what was written; `rest` is called after each megabyte.

        They are read from the file, so that no page is mapped that no search asks for; FileNotFoundError where it went.
        """
        largest = max((entry.nbytes for entry in self._entries.values()), default=0)
        buffer = memoryview(bytearray(min(CHUNK, largest)))
        with self.path.open("rb", buffering=0) as file:
            return [
                name
                for name, entry in self._entries.items()
                if _checksum(file, entry, buffer, rest) != entry.checksum
            ]


def _checksum(file: IO[bytes], entry: Entry, buffer: memoryview, rest: Callable[[], None]) -> int:
    checksum, left = 0, entry.nbytes
    file.seek(entry.offset)
    while left and (read := file.readinto(buffer[: min(left, CHUNK)])):  # type: ignore[attr-defined]
        checksum = crc32(buffer[:read], checksum)
        left -= read
        rest()
    return checksum


def _directory(path: Path, data: mmap.mmap) -> tuple[dict[str, Entry], dict[str, Any]]:
    magic, version, checksum, offset, length = HEADER.unpack_from(data)
    if magic != MAGIC:
        raise damaged(path, "is no file of this index")
    if version != VERSION:
        raise damaged(path, f"is of version {version} of the format, not {VERSION}")
    if offset + length != len(data):
        raise damaged(path, f"has {len(data)} bytes of {offset + length}")
    directory = data[offset : offset + length]
    if crc32(directory) != checksum:
        raise damaged(path, "has a directory that was changed")
    held = json.loads(directory)
    entries = {name: Entry(*place) for name, *place in held["arrays"]}
    for name, entry in entries.items():
        if entry.dtype not in TYPES or not ALIGNED <= entry.offset <= offset - entry.nbytes:
            raise damaged(path, f"has no room for its array {name}")
    return entries, held["facts"]


class ArrayStream:
    """An array that is written piece by piece, beside others of its file."""

    def __init__(self, folder: Path, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)
        self.length = 0
        self.checksum = 0
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=SPOOLED, dir=str(folder))  # noqa: SIM115

    def extend(self, values: Array) -> None:
        if not len(values):
            return
        data = np.ascontiguousarray(values, dtype=self.dtype).data.cast("B")
        self.checksum = crc32(data, self.checksum)
        self.length += len(values)
        self.file.write(data)


class ArrayWriter:
    """Writes a file of arrays; what is not finished leaves nothing under the file's name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unfinished = path.with_name(path.name + UNFINISHED)
        self.entries: dict[str, Entry] = {}
        self.streams: dict[str, ArrayStream] = {}
        self.file = self.unfinished.open("wb")
        self.file.write(bytes(ALIGNED))

    def add(self, name: str, values: Array) -> None:
        """Write a whole array."""
        stored = np.ascontiguousarray(values, dtype=_stored(values.dtype))
        data = stored.data.cast("B") if len(stored) else memoryview(b"")
        self._enter(name, stored.dtype, len(stored), crc32(data))
        self.file.write(data)

    def stream(self, name: str, dtype: Any) -> ArrayStream:
        """An array to be written until `end_streams`."""
        stream = self.streams[name] = ArrayStream(self.path.parent, _stored(np.dtype(dtype)))
        return stream

    def end_streams(self) -> None:
        for name, stream in self.streams.items():
            self._enter(name, stream.dtype, stream.length, stream.checksum)
            stream.file.seek(0)
            shutil.copyfileobj(stream.file, self.file, CHUNK)
            stream.file.close()
        self.streams.clear()

    def take(self, path: Path) -> None:
        """Move the arrays of a finished file in, and remove it; their checksums are known."""
        held = ArrayFile(path)
        self.file.write(bytes(-self.file.tell() % ALIGNED))
        shift = self.file.tell() - ALIGNED
        with path.open("rb") as file:
            file.seek(ALIGNED)
            shutil.copyfileobj(file, self.file, CHUNK)
        for name, entry in held.entries():
            self.entries[name] = replace(entry, offset=entry.offset + shift)
        path.unlink()

    def _enter(self, name: str, dtype: np.dtype[Any], length: int, checksum: int) -> None:
        self.file.write(bytes(-self.file.tell() % ALIGNED))
        self.entries[name] = Entry(dtype.str, length, self.file.tell(), checksum)

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Give the file its name: from now on it is there, whole, whatever happens."""
        self.end_streams()
        arrays = [
            (name, each.dtype, each.length, each.offset, each.checksum) for name, each in self.entries.items()
        ]
        directory = json.dumps({"arrays": arrays, "facts": facts}).encode()
        offset = self.file.tell()
        self.file.write(directory)
        self.file.seek(0)
        self.file.write(HEADER.pack(MAGIC, VERSION, crc32(directory), offset, len(directory)))
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.unfinished.rename(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        for stream in self.streams.values():
            stream.file.close()
        if not self.file.closed:
            self.file.close()
            self.unfinished.unlink(missing_ok=True)


def _stored(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return dtype.newbyteorder("<")


def smallest(largest: int) -> np.dtype[Any]:
    """The smallest type of unsigned numbers that holds one.

    >>> smallest(255).str, smallest(256).str, smallest(1 << 32).str
    ('|u1', '<u2', '<u8')
    """
    return np.dtype(np.min_scalar_type(max(0, largest)))


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
