"""The folder of an export: a BagIt bag (RFC 8493), which other archives know, with a manifest of ours in it.

    bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt     BagIt's own
    manifest.json                                                            format, version, counts, every file
    data/...                                                                 what the archive holds

Nothing in it depends on when or where it was made: the same archive makes the same bytes.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT, VERSION = "warraq-archive", 1
MANIFEST = "manifest.json"
PAYLOADS = "data"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class NoRoom(Exception):
    """A place where no export can be written; the message says why."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the manifest says of a file: its path in the bag, with / between folders."""

    path: str
    size: int
    sha256: str


@dataclass(slots=True)
class Payload:
    """A file in the making; `size` is also the offset of what is written next."""

    folder: Path
    path: str
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    file: Any = None

    def __post_init__(self) -> None:
        whole = self.folder / self.path
        whole.parent.mkdir(parents=True, exist_ok=True)
        self.file = whole.open("wb")

    def write(self, content: bytes) -> None:
        self.file.write(content)
        self.digest.update(content)
        self.size += len(content)

    def close(self) -> FileFacts:
        self.file.close()
        return FileFacts(self.path, self.size, self.digest.hexdigest())


@contextmanager
def written_beside(folder: Path) -> Iterator[Path]:
    """A folder that takes the place of `folder` when everything is in it; gone if something went wrong.

    What a killed export left is removed. Raises NoRoom where something stands in the place already.
    """
    refuse_taken(folder)
    part = folder.with_name(f"{folder.name}.part")
    part.mkdir(parents=True, exist_ok=True)
    held = os.open(part, os.O_RDONLY)
    try:
        _hold(held, part)
        _empty(part)
        try:
            yield part
            os.sync()
            refuse_taken(folder)
            part.replace(folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    finally:
        os.close(held)


def refuse_taken(folder: Path) -> None:
    """Raise NoRoom where a file, or a folder with something in it, stands there."""
    if folder.is_dir():
        if any(folder.iterdir()):
            raise NoRoom(f"{folder} is not empty; an export is written into a folder of its own")
    elif folder.exists() or folder.is_symlink():
        raise NoRoom(f"{folder} is no folder")


def _hold(held: int, part: Path) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise NoRoom(f"another export is being written to {part}") from error


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def close(folder: Path, files: list[FileFacts], facts: Mapping[str, object]) -> None:
    """Write what tells of the payload files; `facts` (the counts and so on) go into our manifest."""
    files = sorted(files, key=lambda file: file.path)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        **facts,
        "files": [{"path": file.path, "bytes": file.size, "sha256": file.sha256} for file in files],
    }
    size = sum(file.size for file in files)
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": f"Bag-Software-Agent: Warraq, {FORMAT} {VERSION}\nPayload-Oxum: {size}.{len(files)}\n",
        "manifest-sha256.txt": "".join(f"{file.sha256}  {file.path}\n" for file in files),
        MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1) + "\n",
    }
    digests = []
    for name, text in tags.items():
        content = text.encode()
        (folder / name).write_bytes(content)
        digests.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (folder / "tagmanifest-sha256.txt").write_text(
        "".join(sorted(digests, key=lambda line: line[64:])), "utf-8"
    )
