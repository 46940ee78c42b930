"""Memory and processor time of processes. Memory is proportional: pages which several of them share count once."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

EVERY = 0.25  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


def megabytes(pids: Iterable[int]) -> float:
    """PSS of these processes; those that ended count for nothing."""
    return sum(map(_kilobytes, pids)) / 1024


def own_megabytes(pid: int) -> float:
    """Of one process what no file stands for: pages of mapped files are cache that the system lets go of."""
    lines = (line.split() for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines())
    return sum(int(line[1]) for line in lines if line[0] in {"Pss_Anon:", "SwapPss:"}) / 1024


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


def processor_seconds(pid: int) -> float:
    """Of a process alone; 0 when it has ended."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


class Watch:
    """What this process, its descendants and those that `pids` names take while the block runs.

    `megabytes` is the greatest memory of all together, `seconds` their processor time: the system adds up that of
    processes one has started oneself, but not that of theirs while they go on.
    """

    def __init__(
        self, pids: Callable[[Path], list[int]] | None = None, folder: Path = Path(), *, itself: bool = True
    ) -> None:
        """`itself` says whether this process counts, which only waits where a command does the work."""
        self.pids, self.folder = pids, folder
        self.left_out = set() if itself else {os.getpid()}
        self.megabytes = 0.0
        self.before: dict[int, float] = {}
        self.after: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    @property
    def seconds(self) -> float:
        return sum(taken - self.before.get(pid, 0.0) for pid, taken in self.after.items())

    def __enter__(self) -> "Watch":
        self.before = {pid: processor_seconds(pid) for pid in self._pids()}
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()
        self._look_once()

    def _look(self) -> None:
        while not self.over.wait(EVERY):
            self._look_once()

    def _look_once(self) -> None:
        watched = self._pids()
        self.megabytes = max(self.megabytes, megabytes(watched))
        for pid in watched:
            self.after[pid] = max(self.after.get(pid, 0.0), processor_seconds(pid))

    def _pids(self) -> set[int]:
        others = self.pids(self.folder) if self.pids else []
        every = {*family(os.getpid()), *(member for pid in others for member in family(pid))}
        return every - self.left_out
