"""The index folder: numbered generations, the pointer to the live one, and the lock of the single writer.

index/current        -> generations/00000003   a symbolic link, switched in one step
index/generations/   one Whoosh index each; the one before the live one is kept for readers still on it
index/drafts/        segments that a large update has written and not committed yet
index/write.lock     held (flock) by the process that writes; the kernel lets go of it when that process dies
index/verified.*     which files were read and found sound: `integrity`
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from articles.search.engines.contract import IndexBusy, IndexOutdated
from articles.search.engines.whoosh.columnar.layout import sync_folder

RULES_FILE = "rules.json"
FORMAT = 2  # of the files of a generation; an index of another one is outdated
POLL_SECONDS = 0.05


class IndexFolder:
    """The folder at `path`; nothing is made before something is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pointer = path / "current"
        self.live = str(self.pointer)  # as the system takes it: every search looks there

    def current(self) -> Path | None:
        """The live generation's folder, None before the first."""
        target = self._target()
        while target is not None and not target.is_dir():
            # Writers may have switched and removed it since the pointer was read: then it points elsewhere.
            before, target = target, self._target()
            if target == before:
                return None
        return target

    def _target(self) -> Path | None:
        try:
            return self.path / self.pointer.readlink()
        except OSError:
            return None

    def generation(self, name: str) -> Path:
        """Where the generation of this name is, or was."""
        return self.path / "generations" / name

    def new_generation(self) -> Path:
        """A new empty folder, numbered after every earlier one; leftovers of builds that died are removed."""
        generations = self.path / "generations"
        generations.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.path / "drafts", ignore_errors=True)
        self._remove_all_but(self.current())
        numbers = [int(folder.name) for folder in generations.iterdir() if folder.name.isdigit()]
        folder = generations / f"{max(numbers, default=0) + 1:08d}"
        folder.mkdir()
        return folder

    @contextmanager
    def drafts(self) -> Iterator[Path]:
        """An empty folder beside the generations, removed at the end; that of a writer that died goes before."""
        folder = self.path / "drafts"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def switch_to(self, folder: Path) -> None:
        """Make `folder` the live generation in one step and keep the one before for readers still on it."""
        before = self.current()
        draft = self.path / f"current.{os.getpid()}"
        draft.unlink(missing_ok=True)
        draft.symlink_to(folder.relative_to(self.path))
        sync_folder(folder.parent)  # what the pointer names is on the disk before it
        draft.replace(self.pointer)
        sync_folder(self.path)
        self._remove_all_but(folder, before)

    def _remove_all_but(self, *kept: Path | None) -> None:
        names = {folder.name for folder in kept if folder}
        for folder in (self.path / "generations").iterdir():
            if folder.name not in names:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Be the only writer; raises IndexBusy when another one is still at it after `wait` seconds."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "write.lock").open("a") as lock:
            self._acquire(lock.fileno(), time.monotonic() + wait)
            yield

    def _acquire(self, handle: int, deadline: float) -> None:
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise IndexBusy("another process is writing to the search index") from error
            time.sleep(POLL_SECONDS)


def write_rules(folder: Path, fingerprint: str) -> None:
    """Note in a generation by which analysis rules it was built, and in which format."""
    with (folder / RULES_FILE).open("w", encoding="utf-8") as file:
        json.dump({"analysis": fingerprint, "format": FORMAT}, file)
        file.flush()
        os.fsync(file.fileno())


def read_rules(folder: Path) -> str:
    """The fingerprint that `write_rules` noted; empty where the note is missing, unreadable or of another format."""
    try:
        note = json.loads((folder / RULES_FILE).read_text("utf-8"))
        return str(note["analysis"]) if note["format"] == FORMAT else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def check_format(folder: Path) -> None:
    """Raises IndexOutdated where a generation was written in another format, or says nothing of it."""
    if not read_rules(folder):
        raise IndexOutdated("the search index was written by another version: run manage.py rebuild_index")
