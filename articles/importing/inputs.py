"""The files behind the paths an operator types: files, folders, globs and standard input."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from articles.exporting.verifying import is_export
from articles.importing import naming
from articles.importing.charsets import OpenBytes
from articles.importing.limits import MAX_SPOOLED, READ_SIZE
from articles.importing.records import PassedOver, Unreadable

STANDARD_INPUT = "-"


class MissingInput(Exception):
    """A path that leads to no file; the message names it."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A stream of bytes that can be opened any number of times; `name` is what may tell its format."""

    origin: str
    name: str
    open: OpenBytes


def expand(paths: Sequence[str]) -> list[str]:
    """The paths with globs expanded, for shells that leave them alone; raises MissingInput."""
    expanded: list[str] = []
    for path in paths:
        if path == STANDARD_INPUT or os.path.lexists(path):
            expanded.append(path)
        elif found := sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - hidden files stay hidden here
            expanded += found
        else:
            raise MissingInput(f"{printable(path)}: no such file or folder")
    return expanded


def find(path: str, *, any_name: bool = False) -> Iterator[InputFile | PassedOver | Unreadable]:
    """The file, or the files of a folder and the folders in it, in the order of their names.

    In a folder, only files whose names or first bytes tell a format are read, unless `any_name`.
    """
    if Path(path).is_dir():
        yield from _walk(path, any_name=any_name)
    else:
        yield regular_file(path)


def regular_file(path: str) -> InputFile:
    return InputFile(printable(os.path.normpath(path)), Path(path).name, opener(Path(path)))


def opener(path: Path) -> OpenBytes:
    def open_file() -> IO[bytes]:
        return path.open("rb")

    return open_file


def is_stream(path: str) -> bool:
    """Whether the bytes can be read only once: standard input, a pipe, a shell's <(...)."""
    if path == STANDARD_INPUT:
        return True
    mode = Path(path).stat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def spooled(stream: IO[bytes], origin: str, *, name: str = "", most: int = 0) -> Iterator[InputFile]:
    """A copy of a stream in a temporary file, for as long as it is read; raises OSError when it is too large."""
    with NamedTemporaryFile(prefix="import_articles-") as copy:
        size, most = 0, most or MAX_SPOOLED
        while piece := stream.read(READ_SIZE):
            size += len(piece)
            if size > most:
                raise OSError(f"{origin} is larger than {most:,} bytes; save it to a file first")
            copy.write(piece)
        copy.flush()
        yield InputFile(origin, name, opener(Path(copy.name)))


def printable(path: str) -> str:
    """A path as text that any database takes: bytes that are no UTF-8 become question marks."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\x00", "")


def _walk(folder: str, *, any_name: bool) -> Iterator[InputFile | PassedOver | Unreadable]:
    if is_export(Path(folder)):
        message = "an export is restored by itself: import_articles with this folder alone"
        yield Unreadable(printable(os.path.normpath(folder)), "", "export", message)
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(printable(folder), "", "unreadable_file", error.strerror or str(error))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        origin = printable(os.path.normpath(entry.path))
        if entry.name.startswith("."):
            yield PassedOver(origin, "hidden")
        elif entry.is_dir(follow_symlinks=False):
            if naming.is_saved_part(entry.name, names):
                yield PassedOver(origin, naming.SAVED_PARTS)
            else:
                yield from _walk(entry.path, any_name=any_name)
        elif not entry.is_file():
            yield PassedOver(origin, "no regular file")
        elif any_name or _tells_format(entry):
            yield regular_file(entry.path)
        else:
            yield PassedOver(origin, naming.NO_FORMAT)


def _tells_format(entry: os.DirEntry[str]) -> bool:
    try:
        return naming.tells_format(entry.name, opener(Path(entry.path)))
    except OSError:
        return False
