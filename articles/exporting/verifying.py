"""An export that is to be read back: recognised by its manifest, and every file held against it."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.exporting.bag import FORMAT, MANIFEST, PAYLOADS, VERSION, FileFacts
from articles.importing import naming
from articles.importing.limits import MAX_DIRECTORY, READ_SIZE

HEAD = 256  # bytes of a manifest in which the format is named
SHOWN = 10  # damaged files that a message names

Progress = Callable[[int], object]


class BadExport(Exception):
    """An export that cannot be relied on, or not by this program; the message says why, and names the files."""


@dataclass(frozen=True, slots=True)
class Export:
    """A folder with an export in it. `counts` are the rows of each kind."""

    folder: Path
    scope: str
    counts: dict[str, int]
    files: tuple[FileFacts, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def has(self, path: str) -> bool:
        return any(file.path == path for file in self.files)


def is_export(folder: Path) -> bool:
    """Whether a folder holds an export, whole or not: told by the first lines of its manifest."""
    try:
        with (folder / MANIFEST).open("rb") as manifest:
            head = manifest.read(HEAD)
    except OSError:
        return False
    return f'"format": "{FORMAT}"'.encode() in head


def opened(folder: Path) -> Export:
    """The export as its manifest tells it; raises BadExport and OSError."""
    with (folder / MANIFEST).open("rb") as file:
        content = file.read(MAX_DIRECTORY + 1)
    _check_manifest(folder, content)
    try:
        told = json.loads(content)
        version, files = int(told["version"]), tuple(map(_facts, told["files"]))
        counts = {str(name): int(count) for name, count in told["counts"].items()}
        export = Export(folder, str(told["scope"]), counts, files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadExport(f"{MANIFEST} is not as export_archive writes it: {error}") from error
    if version > VERSION:
        raise BadExport(
            f"a newer program made this export (format {version}, known is {VERSION}); update first"
        )
    if unsafe := [file.path for file in files if not _is_payload(file.path)]:
        raise BadExport(f"{MANIFEST} names files outside of {PAYLOADS}/: {unsafe[0][:100]!r}")
    return export


def verify(export: Export, progress: Progress | None = None) -> None:
    """Read every file and hold it against the manifest; raises BadExport that names those that do not agree.

    `progress` hears of the bytes read.
    """
    problems = [problem for file in export.files if (problem := _problem(export.folder, file, progress))]
    listed = {file.path for file in export.files}
    problems += [f"{path}: not in the manifest" for path in _payloads(export.folder) if path not in listed]
    if problems:
        more = f"; and {len(problems) - SHOWN:,} more" if len(problems) > SHOWN else ""
        raise BadExport(f"{len(problems):,} files are damaged: {'; '.join(problems[:SHOWN])}{more}")


def _check_manifest(folder: Path, content: bytes) -> None:
    """The manifest itself is vouched for by BagIt's list of tag files."""
    if len(content) > MAX_DIRECTORY:
        raise BadExport(f"{MANIFEST} is larger than {MAX_DIRECTORY:,} bytes")
    digest = hashlib.sha256(content).hexdigest()
    lines = (folder / "tagmanifest-sha256.txt").read_text("utf-8").splitlines()
    if f"{digest}  {MANIFEST}" not in lines:
        raise BadExport(f"{MANIFEST} is damaged: it is not the file that tagmanifest-sha256.txt was made for")


def _facts(told: dict[str, Any]) -> FileFacts:
    return FileFacts(str(told["path"]), int(told["bytes"]), str(told["sha256"]))


def _is_payload(path: str) -> bool:
    return path.startswith(f"{PAYLOADS}/") and not naming.leads_out(path)


def _problem(folder: Path, file: FileFacts, progress: Progress | None) -> str:
    path, size, digest = folder / file.path, 0, hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(READ_SIZE):
                size += len(piece)
                digest.update(piece)
                if progress:
                    progress(len(piece))
    except OSError as error:
        return f"{file.path}: {error.strerror or error}"
    if size != file.size:
        return f"{file.path}: {size:,} bytes, the manifest says {file.size:,}"
    return "" if digest.hexdigest() == file.sha256 else f"{file.path}: other bytes than the manifest says"


def _payloads(folder: Path) -> Iterator[str]:
    for place, _folders, names in os.walk(folder / PAYLOADS):
        for name in sorted(names):
            yield (Path(place) / name).relative_to(folder).as_posix()
