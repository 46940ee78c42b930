"""Whether the files of the live index are what was written: each read once a week and machine, beside the searches.

    index/verified.json    of each file which one it was, when it was read, and what was wrong with it
    index/verified.lock    held by the one process that reads

A search looks at no checksum, so an array that the disk changed would answer wrongly and say nothing. Small files are
read when they are opened (`SegmentArrays.look`), all others here. What is found is kept with the arrays, and told with
every answer that may come from them; here it is logged too.
"""

import fcntl
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from articles.search.engines.whoosh.columnar.layout import ArrayFile, changed
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search.engines.whoosh.snapshot import Snapshot

NOTES, LOCK = "verified.json", "verified.lock"
VALID_SECONDS = 7 * 24 * 3600  # after which a file is read again: disks forget

logger = logging.getLogger(__name__)


class Note(NamedTuple):
    """That a file was read: its inode, size and moment of change (ns), when, and the names of its damaged arrays."""

    file: tuple[int, int, int]
    read_at: float
    wrong: tuple[str, ...]


def verify(
    folder: IndexFolder, snapshot: Snapshot, rest: Callable[[], None], now: Callable[[], float] = time.time
) -> tuple[str, ...]:
    """What is wrong with the files of a state, a line each: from the notes, and where they say nothing by reading.

    `rest` is called after each megabyte and may wait or raise. Where another process reads, what it has noted is told.
    """
    notes = read_notes(folder)
    with _reading_alone(folder) as is_alone:
        for file in _files(snapshot):
            name = _name(folder, file.path)
            with suppress(
                FileNotFoundError
            ):  # merged away meanwhile: its successor was checked before it was written
                identity = _identity(file.path)
                note = notes.get(name)
                if note and note.file == identity and note.read_at > now() - VALID_SECONDS:
                    continue
                if is_alone:
                    notes[name] = Note(identity, now(), tuple(file.damage(rest)))
                    _tell(file.path, notes[name])
                    _write_notes(folder, notes)
    return _marked(folder, snapshot, notes)


def noted_damage(folder: IndexFolder) -> tuple[str, ...]:
    """What the notes say is wrong with files of the live generation; nothing is read."""
    current = folder.current()
    return tuple(
        told(path, note)
        for name, note in sorted(read_notes(folder).items())
        if note.wrong
        and (path := folder.path / "generations" / name).parent == current
        and _is_same(path, note)
    )


def told(path: Path, note: Note) -> str:
    return changed(path, note.wrong)


def _marked(folder: IndexFolder, snapshot: Snapshot, notes: dict[str, Note]) -> tuple[str, ...]:
    """Tell the arrays in memory what is wrong with their files."""
    problems: list[str] = []
    for arrays, _offset in snapshot.parts():
        paths = [file.path for file in (arrays.documents, arrays.terms)]
        pairs = [(path, notes.get(_name(folder, path))) for path in paths]
        noted = [told(path, note) for path, note in pairs if note and note.wrong]
        arrays.problems = tuple(dict.fromkeys([*arrays.problems, *noted]))
        problems += arrays.problems
    return tuple(problems)


def _tell(path: Path, note: Note) -> None:
    if note.wrong:
        logger.error("the search index is damaged: %s; run manage.py rebuild_index", told(path, note))


def _files(snapshot: Snapshot) -> Iterator[ArrayFile]:
    for arrays, _offset in snapshot.parts():
        yield from (arrays.documents, arrays.terms)


def _name(folder: IndexFolder, path: Path) -> str:
    return str(path.relative_to(folder.path / "generations"))


def _identity(path: Path) -> tuple[int, int, int]:
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def _is_same(path: Path, note: Note) -> bool:
    try:
        return _identity(path) == note.file
    except OSError:
        return False


# Notes


def read_notes(folder: IndexFolder) -> dict[str, Note]:
    """The notes by the file's path below `generations`; none where they cannot be read: then all is read again."""
    try:
        held: dict[str, Any] = json.loads((folder.path / NOTES).read_text("utf-8"))
        return {
            str(name): Note((int(inode), int(size), int(changed)), float(read_at), tuple(map(str, wrong)))
            for name, ((inode, size, changed), read_at, wrong) in held.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_notes(folder: IndexFolder, notes: dict[str, Note]) -> None:
    """Keep the notes of files that are still there; the caller holds the lock."""
    generations = folder.path / "generations"
    kept = {name: note for name, note in notes.items() if (generations / name).exists()}
    draft = folder.path / f"{NOTES}.{os.getpid()}"
    with suppress(OSError):  # a reader that may not write to the folder reads for itself
        draft.write_text(json.dumps(kept), "utf-8")
        draft.replace(folder.path / NOTES)


@contextmanager
def _reading_alone(folder: IndexFolder) -> Iterator[bool]:
    """Whether this process is to read: no other one does."""
    try:
        lock = (folder.path / LOCK).open("a")
    except OSError:  # a folder that may only be read: each process reads for itself
        yield True
        return
    with lock:
        try:
            fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
