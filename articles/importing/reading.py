"""From paths to items: finds the files, tells their formats and charsets, and hands them to their readers."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from articles.importing import archives, charsets, formats, inputs, tar
from articles.importing.charsets import NotText, TextFile
from articles.importing.inputs import InputFile
from articles.importing.limits import MAX_DEPTH, MAX_MEMBERS, MAX_NESTED
from articles.importing.meter import Meter
from articles.importing.readers import BYTE_READERS, READERS
from articles.importing.readers.members import Damaged, Unpacked
from articles.importing.readers.web import ByteFile, WebFilter
from articles.importing.records import PassedOver, RawDocument, Unreadable

Item = RawDocument | Unreadable
STANDARD_INPUT_NAME = "standard input"
# What reading compressed bytes may raise, at any piece of them.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the operator says of the inputs; empty means: tell it from the file."""

    format: str = ""
    encoding: str = ""
    web: WebFilter = field(default_factory=WebFilter)


def read(
    paths: Sequence[str], options: ReadOptions, *, stdin: IO[bytes], meter: Meter | None = None
) -> Iterator[Item | PassedOver]:
    """Every item behind the paths, one at a time; `meter` tells how far. `paths` come from `inputs.expand`."""
    for path in paths:
        try:
            yield from _read_path(path, options, stdin, meter or Meter())
        except OSError as error:
            yield Unreadable(inputs.printable(path), "", "unreadable_file", error.strerror or str(error))


def read_files(
    files: Iterable[InputFile], options: ReadOptions, *, meter: Meter | None = None
) -> Iterator[Item | PassedOver]:
    """Every item of files that somebody else named, one at a time; `meter` tells how far."""
    meter = meter or Meter()
    for file in files:
        yield from _read_file(meter.watch(file), options)
        meter.leave()


def _read_path(
    path: str, options: ReadOptions, stdin: IO[bytes], meter: Meter
) -> Iterator[Item | PassedOver]:
    if inputs.is_stream(path):
        is_stdin = path == inputs.STANDARD_INPUT
        name = STANDARD_INPUT_NAME if is_stdin else inputs.printable(path)
        with (
            nullcontext(stdin) if is_stdin else Path(path).open("rb") as stream,
            inputs.spooled(stream, name) as file,
        ):
            yield from _read_file(file, options)
        return
    for found in inputs.find(path, any_name=bool(options.format)):
        if isinstance(found, InputFile):
            yield from _read_file(meter.watch(found), options)
            meter.leave()
        else:
            yield found


def _read_file(file: InputFile, options: ReadOptions) -> Iterator[Item | PassedOver]:
    return _Reading(options).file(file, depth=0)


class _Reading:
    """One file, with everything that is packed in it: the number of all its members is bounded."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options
        self.members = 0

    def file(self, file: InputFile, depth: int) -> Iterator[Item | PassedOver]:
        """The items of a file or an archive; whatever keeps it from being read makes one unreadable item."""
        try:
            with file.open() as stream:
                head = stream.read(formats.HEAD)
            if not head:
                yield Unreadable(file.origin, "", "empty_file", "the file is empty")
                return
            yield from self._as(self._format(file, head), file, depth)
        except OSError as error:
            yield Unreadable(file.origin, "", "unreadable_file", error.strerror or str(error))
        except Damaged as damage:
            yield Unreadable(file.origin, "", damage.problem.code, damage.problem.message)
        except DAMAGE as error:
            yield Unreadable(file.origin, "", "damaged_archive", str(error) or "the archive is cut short")
        except NotText as problem:
            yield Unreadable(file.origin, "", problem.code, str(problem))
        except UnicodeDecodeError as error:
            message = f"the file changed while it was read: {error.reason}"
            yield Unreadable(file.origin, "", "undecodable", message)

    def _format(self, file: InputFile, head: bytes) -> str:
        """What the first bytes prove, what the operator says, what the name tells; empty when all are silent."""
        proven, named = formats.by_signature(head), formats.by_name(file.name)
        if proven == "gzip" and named in BYTE_READERS:
            return named
        if proven in formats.ARCHIVES:
            return proven
        if named in formats.ARCHIVES and not proven:
            return named
        return self.options.format or proven or named

    def _as(self, format: str, file: InputFile, depth: int) -> Iterator[Item | PassedOver]:
        if format in formats.ARCHIVES and depth >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} archives stand in each other; unpack the outer ones first"
            yield Unreadable(file.origin, "", "nested_archives", message)
        elif format == "gzip":
            yield from self._gzip(file, depth)
        elif format in ("zip", "tar"):
            yield from self._archive(format, file, depth)
        elif format in BYTE_READERS:
            yield from BYTE_READERS[format](ByteFile(file.origin, file.open, self.options.web))
        else:
            text = TextFile(file.origin, file.open, charsets.tell(file.open, declared=self.options.encoding))
            yield from READERS[format or _by_content(text)](text)

    def _gzip(self, file: InputFile, depth: int) -> Iterator[Item | PassedOver]:
        """The file inside; a crawl keeps its members, by which its records are found."""
        inner = InputFile(file.origin, _inner_name(file.name), _unpacker(file))
        with inner.open() as stream:
            proven = formats.by_signature(stream.read(formats.HEAD))
        if proven in ("warc", "arc"):
            yield from self._as(proven, file, depth)
        else:
            yield from self.file(inner, depth + 1)

    def _archive(self, format: str, file: InputFile, depth: int) -> Iterator[Item | PassedOver]:
        any_name = bool(self.options.format)
        with ExitStack() as stack:
            if format == "zip" and depth:  # a .zip is read from its end, and back and forth
                stream = stack.enter_context(file.open())
                file = stack.enter_context(
                    inputs.spooled(stream, file.origin, name=file.name, most=MAX_NESTED)
                )
            members = archives.members if format == "zip" else tar.members
            for member in members(file, any_name=any_name):
                self.members += 1
                if self.members > MAX_MEMBERS:
                    message = f"at most {MAX_MEMBERS:,} files are read, archives in archives included"
                    yield Unreadable(file.origin, "", "unsafe_archive", message)
                    return
                if isinstance(member, InputFile):
                    yield from self.file(member, depth + 1)
                else:
                    yield member


def _unpacker(file: InputFile) -> Callable[[], IO[bytes]]:
    return lambda: Unpacked(file.open())  # type: ignore[return-value]  # as much of a stream as readers use


def _inner_name(name: str) -> str:
    """The name of what a .gz holds.

    >>> _inner_name("a.json.gz"), _inner_name("a.tgz"), _inner_name("")
    ('a.json', 'a.tar', '')
    """
    if name.casefold().endswith(".tgz"):
        return f"{name[:-4]}.tar"
    return name[:-3] if name.casefold().endswith(".gz") else ""


def _by_content(text: TextFile) -> str:
    return formats.by_content(next(text.characters(), ""))
