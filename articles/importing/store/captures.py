"""The captures' bytes: one compressed file for each SHA-256, written whole or not at all, never changed.

`folder/ab/cd/abcd....gz`. The same bytes always make the same file. A file appears under its name only when it is
complete; `sync` makes what was written safe against loss of power, and comes before the database says it is kept.
"""

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from articles.importing.limits import READ_SIZE

LEVEL = 5  # a fifth quicker than 6, and one in a hundred larger


class CaptureMissing(Exception):
    """The store has no bytes of this digest; the message names it."""


class CaptureDamaged(Exception):
    """The bytes kept under a digest are not those it was made of; the message names the file."""


class CaptureStore:
    """A folder of captures; many may read it, one writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.unsynced = False
        self.folders: set[str] = set()  # known to exist, 65,536 at most

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def write(self, sha256: str, content: bytes) -> bool:
        """Keep bytes under their digest; false when the store has them already."""
        path = self.path(sha256)
        if path.exists():
            return False
        # What an interrupted run left under this name is written over when the same bytes come again.
        part = path.with_suffix(".part")
        if sha256[:4] not in self.folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(sha256[:4])
        part.write_bytes(gzip.compress(content, LEVEL, mtime=0))
        part.replace(path)
        self.unsynced = True
        return True

    def discard(self, sha256: str) -> None:
        """Forget bytes that no capture speaks of."""
        self.path(sha256).unlink(missing_ok=True)

    def sync(self) -> None:
        """Come back when everything written so far has reached the disk."""
        if self.unsynced:
            os.sync()
            self.unsynced = False

    def read(self, sha256: str) -> bytes:
        """The bytes of a digest, checked; raises CaptureMissing or CaptureDamaged."""
        return b"".join(self.stream(sha256))

    def stream(self, sha256: str) -> Iterator[bytes]:
        """The bytes in pieces. CaptureDamaged may come after the last piece: only then is the digest known."""
        path, digest = self.path(sha256), hashlib.sha256()
        try:
            with gzip.open(path) as packed:
                while piece := packed.read(READ_SIZE):
                    digest.update(piece)
                    yield piece
        except FileNotFoundError as error:
            raise CaptureMissing(f"no capture {sha256} in {self.folder}") from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise CaptureDamaged(f"{path} is damaged: {error}") from error
        if digest.hexdigest() != sha256:
            raise CaptureDamaged(f"{path} holds other bytes than its name says")
