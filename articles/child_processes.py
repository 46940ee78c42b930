"""Processes that work for another one: they leave Ctrl-C to it and never outlive it."""

import os
import signal
import threading
from multiprocessing import connection, parent_process


def end_with_parent() -> None:
    """Leave Ctrl-C to the process that started this one, and end when it ends, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
