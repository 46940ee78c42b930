"""Damaged files: a message for the operator instead of whatever Whoosh stumbles over."""

import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from articles.search.engines.contract import EngineProblem, IndexDamaged

UNREADABLE = (OSError, EOFError, UnicodeDecodeError, pickle.UnpicklingError, struct.error, zlib.error)


@contextmanager
def reading(what: object) -> Iterator[None]:
    """Raises IndexDamaged where a file cannot be read.

    Whoosh answers a damaged file with any exception at all, a bare Exception among them: put this around nothing
    but its reading.
    """
    try:
        yield
    except EngineProblem:
        raise
    except Exception as error:
        raise IndexDamaged(f"{what} cannot be read ({error!r}): run rebuild_index") from error


def note_sizes(folder: Path, segment: Any) -> None:
    """Note in a finished segment, which is kept in the table of contents, how large each of its files is."""
    if not hasattr(segment, "sizes"):
        segment.sizes = {path.name: path.stat().st_size for path in folder.glob(f"{segment.segment_id()}.*")}


def check_sizes(folder: Path, segment: Any) -> None:
    """Raises where a file is not as large as it was written: Whoosh takes a short column for a column of defaults."""
    for name, size in getattr(segment, "sizes", {}).items():
        found = (folder / name).stat().st_size
        if found != size:
            raise ValueError(f"{name} has {found} bytes of {size}")
