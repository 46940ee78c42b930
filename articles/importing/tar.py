"""The files in a .tar, read as they come: nothing is unpacked under a name of the archive's.

The standard library gathers long names and extended headers without a bound: headers are read here, one block each.
"""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from articles.importing import naming
from articles.importing.inputs import InputFile, opener, printable
from articles.importing.limits import MAX_HEAD, MAX_NESTED, READ_SIZE, SPOOL_IN_MEMORY
from articles.importing.records import PassedOver, Unreadable

BLOCK = tarfile.BLOCKSIZE
LONG_NAME, LONG_LINK, EXTENDED, EXTENDED_ALL = b"L", b"K", b"x", b"g"
LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)


class BrokenTar(Exception):
    """The archive cannot be read on; the message says why."""


@dataclass(slots=True)
class _Header:
    name: str
    size: int
    kind: bytes


def members(file: InputFile, *, any_name: bool = False) -> Iterator[InputFile | PassedOver | Unreadable]:
    """Each file in the archive, gone when the next is asked for, and word of those that cannot be read."""
    with file.open() as stream:
        try:
            for header in _headers(stream):
                name = header.name.replace("\\", "/")
                origin = f"{file.origin}!{printable(name)}"
                refused = _refusal(origin, name, header)
                if refused:
                    _skip(stream, header.size)
                    yield refused
                else:
                    yield from _member(stream, origin, name, header.size, any_name=any_name)
                _skip(stream, -header.size % BLOCK)
        except BrokenTar as problem:
            yield Unreadable(file.origin, "", "damaged_archive", str(problem))


def _refusal(origin: str, name: str, header: _Header) -> PassedOver | Unreadable | None:
    if naming.leads_out(name):
        return Unreadable(origin, "", "unsafe_member", "its name leads out of the archive")
    if header.kind in LINKS:
        return Unreadable(origin, "", "unsafe_member", "it is a link, not a file")
    if header.kind not in tarfile.REGULAR_TYPES:
        return PassedOver(origin, "no regular file")
    if header.size > MAX_NESTED:
        return Unreadable(
            origin, "", "too_large", f"it is larger than {MAX_NESTED:,} bytes; unpack the archive first"
        )
    return PassedOver(origin, "hidden") if naming.is_hidden(name) else None


def _member(
    stream: IO[bytes], origin: str, name: str, size: int, *, any_name: bool
) -> Iterator[InputFile | PassedOver]:
    with _copied(stream, origin, name, size) as copy:
        if any_name or naming.tells_format(name, copy.open):
            yield copy
        else:
            yield PassedOver(origin, naming.NO_FORMAT)


@contextmanager
def _copied(stream: IO[bytes], origin: str, name: str, size: int) -> Iterator[InputFile]:
    """The next bytes of the archive as a file that can be opened any number of times."""
    last = naming.parts(name)[-1]
    if size <= SPOOL_IN_MEMORY:
        content = _take(stream, size)
        yield InputFile(origin, last, lambda: BytesIO(content))
        return
    with NamedTemporaryFile(prefix="import_articles-") as copy:
        for taken in range(0, size, READ_SIZE):
            copy.write(_take(stream, min(READ_SIZE, size - taken)))
        copy.flush()
        yield InputFile(origin, last, opener(Path(copy.name)))


def _headers(stream: IO[bytes]) -> Iterator[_Header]:
    """The header of each member; the stream stands behind it, and the caller takes the member's blocks."""
    name, size = "", None
    while block := _take_some(stream, BLOCK):
        if not block.strip(b"\x00"):
            return
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise BrokenTar(f"a header that cannot be read: {error}") from error
        if info.size < 0:
            raise BrokenTar("a member of less than no bytes")
        if info.type in (LONG_NAME, LONG_LINK, EXTENDED, EXTENDED_ALL):
            told = _extension(stream, info.size)
            if info.type == LONG_NAME:
                name = told.rstrip(b"\x00").decode("utf-8", "replace")
            elif info.type == EXTENDED:
                name, size = _extended(told, name, size)
            continue
        yield _Header(name or info.name, size if size is not None else _size(info), info.type)
        name, size = "", None


def _size(info: tarfile.TarInfo) -> int:
    """Links and folders say a size now and then, and have no bytes."""
    return info.size if info.type in tarfile.REGULAR_TYPES else 0


def _extension(stream: IO[bytes], size: int) -> bytes:
    if size > MAX_HEAD:
        raise BrokenTar(f"a header of {size:,} bytes; {MAX_HEAD:,} are read")
    told = _take(stream, size)
    _skip(stream, -size % BLOCK)
    return told


def _extended(told: bytes, name: str, size: int | None) -> tuple[str, int | None]:
    """The name and the size that «12 path=...» lines say."""
    while told:
        length, _blank, rest = told.partition(b" ")
        if not length.isdigit() or not 0 < int(length) <= len(told):
            raise BrokenTar("an extended header that cannot be read")
        key, _equals, value = told[len(length) + 1 : int(length)].rstrip(b"\n").partition(b"=")
        if key == b"path":
            name = value.decode("utf-8", "replace")
        elif key == b"size" and value.isdigit() and len(value) < 19:
            size = int(value)
        told = told[int(length) :]
    return name, size


def _take_some(stream: IO[bytes], size: int) -> bytes:
    """A block, or nothing at the end of a stream that ends without the blocks that should end it."""
    taken = stream.read(size)
    if taken and len(taken) < size:
        raise BrokenTar("the archive is cut short")
    return taken


def _take(stream: IO[bytes], size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) < size:
        raise BrokenTar("the archive is cut short")
    return taken


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(_take(stream, min(size, READ_SIZE)))
