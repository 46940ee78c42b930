"""One import at a time: a lock on the folder of captures, which the system lets go when its process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "import.lock"


class Busy(Exception):
    """Another import is running; the message says which process."""


@contextmanager
def only_import(folder: Path) -> Iterator[None]:
    """Hold the folder for one import; raises Busy at once when another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Busy(f"another import is running (process {lock.read().strip() or 'unknown'})") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
