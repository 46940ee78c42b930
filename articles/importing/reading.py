"""From paths to items: finds the files, tells their formats and charsets, and hands them to their readers."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from articles.importing import archives, charsets, formats, inputs
from articles.importing.charsets import NotText, TextFile
from articles.importing.inputs import InputFile
from articles.importing.readers import READERS
from articles.importing.records import PassedOver, RawDocument, Unreadable

Item = RawDocument | Unreadable
STANDARD_INPUT_NAME = "standard input"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the operator says of the inputs; empty means: tell it from the file."""

    format: str = ""
    encoding: str = ""


def read(paths: Sequence[str], options: ReadOptions, *, stdin: IO[bytes]) -> Iterator[Item | PassedOver]:
    """Every item behind the paths, one at a time. `paths` come from `inputs.expand`."""
    for path in paths:
        try:
            yield from _read_path(path, options, stdin)
        except OSError as error:
            yield Unreadable(inputs.printable(path), "", "unreadable_file", error.strerror or str(error))


def _read_path(path: str, options: ReadOptions, stdin: IO[bytes]) -> Iterator[Item | PassedOver]:
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
            yield from _read_file(found, options)
        else:
            yield found


def _read_file(file: InputFile, options: ReadOptions) -> Iterator[Item | PassedOver]:
    try:
        if not _is_zip(file):
            yield from _read_text(file, options)
            return
        for member in archives.members(file, any_name=bool(options.format)):
            if isinstance(member, InputFile):
                yield from _read_text(member, options)
            else:
                yield member
    except OSError as error:
        yield Unreadable(file.origin, "", "unreadable_file", error.strerror or str(error))


def _is_zip(file: InputFile) -> bool:
    by_name = formats.by_name(file.name)
    if by_name:
        return by_name == "zip"
    with file.open() as stream:
        return stream.read(4) in formats.ZIP_SIGNATURES


def _read_text(file: InputFile, options: ReadOptions) -> Iterator[Item]:
    """The items of one file; whatever keeps it from being read makes one unreadable item."""
    try:
        with file.open() as stream:
            if not stream.read(1):
                yield Unreadable(file.origin, "", "empty_file", "the file is empty")
                return
        text = TextFile(file.origin, file.open, charsets.tell(file.open, declared=options.encoding))
        yield from READERS[options.format or formats.by_name(file.name) or _by_content(text)](text)
    except NotText as problem:
        yield Unreadable(file.origin, "", problem.code, str(problem))
    except UnicodeDecodeError as error:
        yield Unreadable(
            file.origin, "", "undecodable", f"the file changed while it was read: {error.reason}"
        )
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        yield Unreadable(file.origin, "", "damaged_archive", str(error) or "the .zip is cut short")


def _by_content(text: TextFile) -> str:
    return formats.by_content(next(text.characters(), ""))
