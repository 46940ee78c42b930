"""What is kept between two searches for copies: a sketch of every article, and the pairs found alike.

<folder>/<version>/rows        one ROW an article, in no order
<folder>/<version>/part-*      rows written since; the last of an article counts
<folder>/<version>/pairs.npz   the pairs, and which texts have been compared with all others

All of it can be made again from the articles. What another version wrote is removed. Every file is written beside its
place and moved there whole: a search that dies leaves what it had finished.
"""

import fcntl
import mmap
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.duplicates.sketches import HASHES

# `changed` is the article's own moment of change in microseconds, `text` the number of its text, `length` the words of
# title and body, `words` those that are compared, `day` an ordinal, 0 where it is not known to the day.
FACTS = [
    ("key", "<i8"), ("changed", "<i8"), ("text", "<u8"), ("length", "<u4"), ("words", "<u4"),
    ("day", "<i4"), ("source", "<i4"),
]  # fmt: skip
ROW = np.dtype([*FACTS, ("sketch", "<u2", (HASHES,))])
FACT = np.dtype(FACTS)
PAIR = np.dtype(
    [("one", "<u8"), ("other", "<u8"), ("similarity", "<f4"), ("contained", "<f4"), ("numbers", "<f4")]
)
ROWS_AT_A_TIME = 8192

Table = NDArray[np.void]  # of ROW, FACT or PAIR
Keys = NDArray[np.int64]
Texts = NDArray[np.uint64]


class Busy(Exception):
    """Another search for copies is running; the message says which process."""


class SketchFolder:
    """The files of one version under `path`; used by the process that holds it."""

    def __init__(self, path: Path, version: str) -> None:
        self.path = path / version
        self.path.mkdir(parents=True, exist_ok=True)
        for other in path.iterdir():
            if other.is_dir() and other.name != version:
                shutil.rmtree(other)

    def clear(self) -> None:
        """Forget everything."""
        for file in self.path.iterdir():
            file.unlink()

    # Rows

    def facts(self) -> Table:
        """FACT of every article, of each the last that was written."""
        parts = [
            block[list(FACT.names or ())].astype(FACT) for file in self._files() for block in _blocks(file)
        ]
        facts = np.concatenate(parts) if parts else np.zeros(0, dtype=FACT)
        return facts[_last_of_each(facts["key"])]

    def add(self, rows: Table) -> None:
        """Keep rows, at once and whole; they win over earlier ones of the same articles."""
        numbers = [int(file.name.partition("-")[2]) for file in self._files() if file.name != "rows"]
        _write(self.path / f"part-{max(numbers, default=0) + 1:08d}", rows.tobytes())

    def settle(self, keys: Keys) -> None:
        """Make one file of all rows, without those of articles that are not among `keys` (sorted) any more."""
        files = self._files()
        held = [block["key"].copy() for file in files for block in _blocks(file)]
        everything = np.concatenate(held) if held else np.zeros(0, dtype=np.int64)
        stays = np.zeros(len(everything), dtype=np.bool_)
        stays[_last_of_each(everything)] = True
        stays &= np.isin(everything, keys)
        if files == [self.path / "rows"] and stays.all():
            return
        start = 0
        with (self.path / "rows.new").open("wb") as new:
            for file in files:
                for block in _blocks(file):
                    new.write(block[stays[start : start + len(block)]].tobytes())
                    start += len(block)
        (self.path / "rows.new").replace(self.path / "rows")
        for file in files:
            if file.name != "rows":
                file.unlink()

    @contextmanager
    def sketches(self, places: Keys) -> Iterator["Sketches"]:
        """The sketches of the rows at `places` of the settled file."""
        with (self.path / "rows").open("rb") as file:
            yield Sketches(file.fileno(), places)

    def settled(self) -> Table:
        """FACT of every row of the settled file, in its order."""
        blocks = [block[list(FACT.names or ())].astype(FACT) for block in _blocks(self.path / "rows")]
        return np.concatenate(blocks) if blocks else np.zeros(0, dtype=FACT)

    def _files(self) -> list[Path]:
        rows = self.path / "rows"
        return [*([rows] if rows.exists() else []), *sorted(self.path.glob("part-????????"))]

    # Pairs

    def pairs(self) -> tuple[Table, Texts]:
        """The PAIRs found so far, and the texts (sorted) that have been compared with all others."""
        file = self.path / "pairs.npz"
        if not file.exists():
            return np.zeros(0, dtype=PAIR), np.zeros(0, dtype=np.uint64)
        with np.load(file, allow_pickle=False) as held:
            return held["pairs"], held["compared"]

    def keep_pairs(self, pairs: Table, compared: Texts) -> None:
        new = self.path / "pairs.new.npz"
        np.savez(new, pairs=pairs, compared=compared)
        new.replace(self.path / "pairs.npz")


class Sketches:
    """Sketches by number: their bands one by one, or whole sketches of a few."""

    def __init__(self, descriptor: int, places: Keys) -> None:
        self.places = places
        self.map = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ) if len(places) else None
        self.rows = np.frombuffer(self.map or b"", dtype=ROW)

    def band(self, number: int) -> NDArray[np.uint32]:
        """One band of them all, in order."""
        columns = []
        for start in range(0, len(self.rows), ROWS_AT_A_TIME):
            block = self.rows["sketch"][start : start + ROWS_AT_A_TIME, 2 * number : 2 * number + 2]
            columns.append(np.ascontiguousarray(block))
            self._let_go()
        return np.concatenate(columns).view(np.uint32)[:, 0][self.places]

    def gather(self, numbers: Keys) -> NDArray[np.uint16]:
        sketches = self.rows["sketch"][self.places[numbers]]
        self._let_go()
        return sketches

    def _let_go(self) -> None:
        """Mapped pages count as ours until they are given back; the system keeps them in its cache."""
        if self.map is not None:
            self.map.madvise(mmap.MADV_DONTNEED)


@contextmanager
def only_search(path: Path) -> Iterator[None]:
    """Hold the folder for one search; raises Busy at once when another has it. A process that dies lets go of it."""
    path.mkdir(parents=True, exist_ok=True)
    with (path / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise Busy(f"another search for copies is running (process {holder})") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _blocks(file: Path) -> Iterator[Table]:
    with file.open("rb") as rows:
        while data := rows.read(ROWS_AT_A_TIME * ROW.itemsize):
            yield np.frombuffer(data, dtype=ROW)


def _last_of_each(keys: Keys) -> NDArray[Any]:
    """Where each key stands last, in order."""
    _values, from_the_end = np.unique(keys[::-1], return_index=True)
    return np.sort(len(keys) - 1 - from_the_end)


def _write(path: Path, data: bytes) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
