"""How far an import has come in its inputs, in bytes: of items nobody knows how many there are."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from articles.importing.inputs import InputFile, is_stream


@dataclass(slots=True)
class Meter:
    """`total` is 0 where the inputs cannot be measured before they are read."""

    total: int = 0
    passed: int = 0  # of files that are done with
    stream: IO[bytes] | None = None

    @classmethod
    def of(cls, paths: Sequence[str]) -> "Meter":
        """A meter for these inputs; a folder that cannot be read counts nothing."""
        if any(is_stream(path) for path in paths):
            return cls()
        return cls(total=sum(size for path in paths for size in _sizes(path)))

    @property
    def position(self) -> int:
        """The bytes that are done with, never more than there are."""
        return min(self.passed + self._within(), self.total) if self.total else 0

    def watch(self, file: InputFile) -> InputFile:
        """The file, which from now on tells the meter where it is being read."""

        def open_watched() -> IO[bytes]:
            self.stream = file.open()
            return self.stream

        return replace(file, open=open_watched)

    def leave(self) -> None:
        """The file that was watched last is done with, even if it was not read to its end."""
        if self.stream:
            self.passed += _size_of(self.stream)
            self.stream = None

    def _within(self) -> int:
        try:
            return self.stream.tell() if self.stream else 0
        except ValueError:  # closed: the reader is done with it
            return 0


def _sizes(path: str) -> Iterator[int]:
    for folder, _folders, names in os.walk(path):
        for name in names:
            try:
                yield (Path(folder) / name).stat().st_size
            except OSError:
                continue
    if Path(path).is_file():
        yield Path(path).stat().st_size


def _size_of(stream: IO[bytes]) -> int:
    return Path(stream.name).stat().st_size if Path(stream.name).exists() else 0
