"""The index folder: generations switch in one step, leftovers go, and there is one writer at a time."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from articles.search.engines.contract import IndexBusy
from articles.search.engines.whoosh.generations import IndexFolder, read_rules, write_rules

HOLDER = """
import sys
from pathlib import Path
from articles.search.engines.whoosh.generations import IndexFolder
with IndexFolder(Path(sys.argv[1])).writing(0):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "index")


def names(folder: IndexFolder) -> list[str]:
    return sorted(path.name for path in (folder.path / "generations").iterdir())


def test_reading_makes_no_folder(folder: IndexFolder) -> None:
    assert folder.current() is None
    assert not folder.path.exists()


def test_a_new_generation_is_not_live_before_the_switch(folder: IndexFolder) -> None:
    first = folder.new_generation()
    assert folder.current() is None
    folder.switch_to(first)
    second = folder.new_generation()
    assert folder.current() == first
    folder.switch_to(second)
    assert folder.current() == second


def test_a_pointer_can_be_read_at_every_moment_of_a_switch(folder: IndexFolder) -> None:
    folder.switch_to(folder.new_generation())
    seen: list[Path | None] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(folder.current())

    reader = threading.Thread(target=look)
    reader.start()
    for _time in range(50):
        folder.switch_to(folder.new_generation())
    done.set()
    reader.join()
    assert seen
    assert None not in seen


def test_the_generation_before_the_live_one_is_kept_for_its_readers(folder: IndexFolder) -> None:
    for _time in range(4):
        folder.switch_to(folder.new_generation())
    assert names(folder) == ["00000003", "00000004"]


def test_numbers_are_never_used_again(folder: IndexFolder) -> None:
    folder.switch_to(folder.new_generation())
    folder.new_generation()
    assert folder.new_generation().name == "00000002"  # the one that never went live is gone
    folder.switch_to(folder.new_generation())
    assert folder.new_generation().name == "00000003"


def test_leftovers_of_a_build_that_died_are_removed(folder: IndexFolder) -> None:
    live = folder.new_generation()
    folder.switch_to(live)
    died = folder.new_generation()
    (died / "half.seg").write_bytes(b"half")
    folder.new_generation()
    assert live.is_dir()
    assert not (died / "half.seg").exists()


def test_a_pointer_to_nowhere_is_no_index(folder: IndexFolder) -> None:
    live = folder.new_generation()
    folder.switch_to(live)
    live.rmdir()
    assert folder.current() is None


def test_a_second_writer_is_told_that_the_index_is_busy(folder: IndexFolder) -> None:
    with (
        folder.writing(0),
        pytest.raises(IndexBusy, match="another process"),
        IndexFolder(folder.path).writing(0),
    ):
        pytest.fail("two writers at once")


def test_a_second_writer_waits_for_the_first(folder: IndexFolder) -> None:
    wrote: list[str] = []
    waiting = threading.Event()

    def write_second() -> None:
        waiting.set()
        with IndexFolder(folder.path).writing(60):
            wrote.append("second")

    second = threading.Thread(target=write_second)
    with folder.writing(0):
        second.start()
        waiting.wait()
        wrote.append("first")
    second.join()
    assert wrote == ["first", "second"]


def test_the_lock_is_free_after_an_error(folder: IndexFolder) -> None:
    with pytest.raises(ZeroDivisionError), folder.writing(0):
        raise ZeroDivisionError
    with folder.writing(0):
        pass


def test_the_lock_dies_with_its_holder(folder: IndexFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy), folder.writing(0):
            pytest.fail("two writers at once")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with folder.writing(0):
            pass


def test_rules_are_read_as_they_were_noted(tmp_path: Path) -> None:
    write_rules(tmp_path, "0123456789ab")
    assert read_rules(tmp_path) == "0123456789ab"


@pytest.mark.parametrize("note", [None, "", "{", "[]", '{"other": 1}', "\udcff"])
def test_a_note_that_cannot_be_read_names_no_rules(tmp_path: Path, note: str | None) -> None:
    if note is not None:
        (tmp_path / "rules.json").write_bytes(note.encode("utf-8", "surrogateescape"))
    assert read_rules(tmp_path) == ""
