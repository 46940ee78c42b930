"""Memory of processes: proportional, so that pages which several of them share count once."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

EVERY = 0.25  # seconds


def megabytes(pids: Iterable[int]) -> float:
    """PSS of these processes; those that ended count for nothing."""
    return sum(map(_kilobytes, pids)) / 1024


def family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(children).split():
            yield from family(int(child))


def _kilobytes(pid: int) -> int:
    """PSS, and what is swapped out of it."""
    lines = (line.split() for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines())
    return sum(int(line[1]) for line in lines if line[0] in {"Pss:", "SwapPss:"})


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


class PeakMemory:
    """The greatest memory of this process, its descendants and those that `pids` names, while the block runs."""

    def __init__(self, pids: Callable[[Path], list[int]] | None = None, folder: Path = Path()) -> None:
        self.pids, self.folder = pids, folder
        self.megabytes = 0.0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while True:
            others = self.pids(self.folder) if self.pids else []
            watched = {*family(os.getpid()), *(member for pid in others for member in family(pid))}
            self.megabytes = max(self.megabytes, megabytes(watched))
            if self.over.wait(EVERY):
                return
