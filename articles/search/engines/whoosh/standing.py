"""What can be said of an index without reading it: whatever state it is in, this much is told."""

import fcntl
from datetime import UTC, datetime
from pathlib import Path

from whoosh.fields import Schema

from articles.search.engines.contract import IndexDamaged, Standing
from articles.search.engines.whoosh.columnar.contents import read_contents
from articles.search.engines.whoosh.damage import reading
from articles.search.engines.whoosh.documents import layout
from articles.search.engines.whoosh.generations import RULES_FILE, IndexFolder, read_rules
from articles.search.engines.whoosh.integrity import noted_damage

SEGMENTS = "*.terms"  # one file a segment


def standing(folder: IndexFolder) -> Standing:
    """The size and the dates of the live generation, and whether somebody writes now; nothing is raised."""
    current = folder.current()
    files = [path for path in current.iterdir() if path.is_file()] if current else []
    moments = [moment for path in files if (moment := _changed(path))]
    return Standing(
        exists=current is not None,
        built_at=_changed(current / RULES_FILE) if current else None,
        changed_at=max(moments, default=None),
        size=sum(_size(path) for path in files),
        segments=sum(path.match(SEGMENTS) for path in files),
        is_being_written=_is_locked(folder.path / "write.lock"),
        damage=noted_damage(folder),
    )


def rules(folder: IndexFolder, declared: Schema) -> str | None:
    """The fingerprint of the rules that built the live index; empty where its fields are others, None without one."""
    generation = folder.current()
    if generation is None:
        return None
    found = read_rules(generation)
    try:
        with reading(generation):
            return found if found and layout(read_contents(generation).schema) == layout(declared) else ""
    except IndexDamaged:
        return ""


def _changed(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:  # a writer removed it meanwhile
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_locked(path: Path) -> bool:
    """Whether a process holds the lock; the kernel lets go of it when that process dies."""
    try:
        with path.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
