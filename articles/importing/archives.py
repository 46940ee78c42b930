"""The files in a .zip, without unpacking it: its table of contents is checked before anything is read.

Nothing is written to disk, so a hostile name can do no harm; it is refused all the same, as is whatever is built
to fill memory. Only stored and deflated files are read: other methods unpack without a bound on memory.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from typing import IO

from articles.importing import naming, wacz
from articles.importing.inputs import InputFile, printable
from articles.importing.limits import (
    MAX_DIRECTORY,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MIB,
    RATIO_MATTERS_FROM,
)
from articles.importing.records import PassedOver, Unreadable

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
NAMES_IN_UTF8 = 0x800

# What zipfile raises for bytes that are no proper archive.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)

END_RECORD, LOCATOR_64, END_RECORD_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
LONGEST_COMMENT = 0xFFFF


class _Unsafe(Exception):
    pass


def members(file: InputFile, *, any_name: bool = False) -> Iterator[InputFile | PassedOver | Unreadable]:
    """Each file in the archive that can be read, and word of those that cannot, in the archive's order."""
    with file.open() as stream:
        try:
            archive = _open(stream)
        except _Unsafe as problem:
            yield Unreadable(file.origin, "", "unsafe_archive", str(problem))
            return
        except DAMAGE as error:
            yield Unreadable(file.origin, "", "damaged_archive", f"not a readable .zip: {error}")
            return
        with archive:
            if wacz.is_wacz(archive.NameToInfo):
                yield from _packaged(archive, file.origin)
                return
            names = {_name(info) for info in archive.infolist()}
            for info in archive.infolist():
                yield from _member(archive, info, file.origin, names, any_name=any_name)


def _packaged(archive: zipfile.ZipFile, container: str) -> Iterator[InputFile | PassedOver | Unreadable]:
    """The crawls in a WACZ that are the ones its package lists."""
    try:
        digests = wacz.digests(archive)
    except wacz.BadPackage as problem:
        yield Unreadable(container, "", problem.code, str(problem))
        return
    except DAMAGE as error:
        yield Unreadable(container, "", "damaged_archive", f"{wacz.PACKAGE} cannot be read: {error}")
        return
    for info in archive.infolist():
        name = _name(info)
        if not name.startswith(wacz.CRAWLS) or name.endswith("/"):
            if not name.endswith("/"):
                yield PassedOver(f"{container}!{printable(name)}", wacz.PART)
            continue
        for found in _member(archive, info, container, set(), any_name=False):
            yield _checked(archive, info, found, digests.get(name)) if isinstance(found, InputFile) else found


def _checked(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, crawl: InputFile, told: str | None
) -> InputFile | Unreadable:
    try:
        wacz.check(archive, info, told)
    except wacz.BadPackage as problem:
        return Unreadable(crawl.origin, "", problem.code, str(problem))
    except DAMAGE as error:
        return Unreadable(crawl.origin, "", "damaged_archive", str(error))
    return crawl


def _open(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive, checked as a whole; raises _Unsafe."""
    size = stream.seek(0, 2)
    count, directory = _announced(stream, size)
    if count > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise _Unsafe(
            f"{count:,} files in a table of {directory:,} bytes; at most {MAX_MEMBERS:,} files are read"
        )
    archive = zipfile.ZipFile(stream)
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _Unsafe(f"{len(infos):,} files; at most {MAX_MEMBERS:,} are read")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _Unsafe(f"its files unpack to more than {MAX_UNPACKED // MIB:,} MiB")
    if sum(info.compress_size for info in infos) > size:
        raise _Unsafe("its files overlap")
    return archive


def _announced(stream: IO[bytes], size: int) -> tuple[int, int]:
    """How many files and how large a table the archive announces, read before zipfile loads the table."""
    tail_size = min(size, LONGEST_COMMENT + 22 + 20)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    place = tail.rfind(END_RECORD)
    if place < 0 or len(tail) - place < 22:
        raise zipfile.BadZipFile("its table of contents is missing; is the file cut short?")
    count, directory = struct.unpack_from("<HL", tail, place + 10)
    locator = tail[max(place - 20, 0) : place]
    if locator.startswith(LOCATOR_64):
        stream.seek(min(struct.unpack_from("<Q", locator, 8)[0], size))
        record = stream.read(56)
        if record.startswith(END_RECORD_64) and len(record) == 56:
            count, directory = struct.unpack_from("<QQ", record, 32)
    return count, directory


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    container: str,
    beside: Collection[str],
    *,
    any_name: bool,
) -> Iterator[InputFile | PassedOver | Unreadable]:
    name = _name(info)
    origin = f"{container}!{printable(name)}"
    if name.endswith("/"):
        return
    code, problem = _problem(info, name)
    if code:
        yield Unreadable(origin, "", code, problem)
    elif naming.is_hidden(name):
        yield PassedOver(origin, "hidden")
    elif naming.stands_in_saved_part(name, beside):
        yield PassedOver(origin, naming.SAVED_PARTS)
    elif any_name or _tells_format(name, _opener(archive, info)):
        yield InputFile(origin, naming.parts(name)[-1], _opener(archive, info))
    else:
        yield PassedOver(origin, naming.NO_FORMAT)


def _tells_format(name: str, open_member: Callable[[], IO[bytes]]) -> bool:
    try:
        return naming.tells_format(name, open_member)
    except DAMAGE:
        return False


def _name(info: zipfile.ZipInfo) -> str:
    """The name with / between folders, as UTF-8 where the archive forgot to say that it is."""
    name = info.filename
    if not info.flag_bits & NAMES_IN_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo, name: str) -> tuple[str, str]:
    """A code and a message for a file that is not read, or two empty strings."""
    if naming.leads_out(name):
        return "unsafe_member", "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "unsafe_member", "it is a link, not a file"
    if info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * info.compress_size:
        return "unsafe_member", f"it would grow more than {MAX_RATIO} times when unpacked"
    if info.flag_bits & ENCRYPTED:
        return "encrypted", "it is encrypted; unpack it with its password first"
    if info.compress_type not in METHODS:
        return "unsupported_compression", "pack it again with the usual method (deflate)"
    return "", ""


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        # zipfile itself stops at the announced size and then compares the checksum.
        try:
            return archive.open(info)
        except DAMAGE as error:
            raise zipfile.BadZipFile(str(error)) from error

    return open_member
