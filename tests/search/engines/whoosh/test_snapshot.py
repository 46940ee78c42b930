"""One process's view of the index: it follows every commit, keeps what it has read, and knows damage."""

import gc
import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.fields import NUMERIC, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.reading import SegmentReader

from articles.arabic.analysis import fingerprint
from articles.search.engines.contract import (
    EngineProblem,
    IndexDamaged,
    IndexMissing,
    IndexOutdated,
    Question,
)
from articles.search.engines.deadline import Deadline
from articles.search.engines.schema import KEY, SOURCE, STATUS
from articles.search.engines.whoosh import byte_cache
from articles.search.engines.whoosh.finding import find
from articles.search.engines.whoosh.generations import RULES_FILE, write_rules
from articles.search.engines.whoosh.snapshot import forget, live_index
from articles.search.engines.whoosh.writing import all_in_one, open_writer
from articles.search.request import FacetName
from articles.search.syntax import Everything, Phrase, Wildcard, Word
from tests.search.engines.shelf import Shelf, article

DOCUMENTS = 40


def test_without_an_index_there_is_nothing_to_read(shelf: Shelf) -> None:
    with pytest.raises(IndexMissing, match="there is no search index"):
        shelf.find(Everything())


def test_nothing_is_read_again_while_nothing_changes(shelf: Shelf) -> None:
    shelf.put(article(1))
    assert shelf.snapshot is shelf.snapshot


def test_what_is_kept_has_more_room_in_a_large_archive(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_cache, "ROOM_FOR", 2)
    shelf.put(article(1))
    small = shelf.snapshot
    shelf.put(*(article(number) for number in range(2, 5)))
    large = shelf.snapshot
    assert large.kept.most_bytes == 2 * small.kept.most_bytes
    assert large.postings.most_bytes == 2 * small.postings.most_bytes


def test_a_commit_is_seen_by_a_process_that_has_the_index_open(shelf: Shelf) -> None:
    shelf.put(article(1))
    assert shelf.keys(Everything()) == {1}
    shelf.put(article(2))
    assert shelf.keys(Everything()) == {1, 2}


def test_a_deletion_is_seen_too(shelf: Shelf) -> None:
    shelf.put(article(1), article(2))
    assert shelf.snapshot.live_count == 2
    shelf.take(2)
    assert shelf.snapshot.live_count == 1


def test_a_switch_of_generations_is_seen(shelf: Shelf) -> None:
    shelf.put(article(1))
    before = shelf.snapshot
    shelf.backend.delete_index()
    assert shelf.snapshot is not before
    assert shelf.keys(Everything()) == set()


def test_an_index_made_anew_in_the_place_of_the_old_one_is_seen(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط"))
    assert shelf.keys(Word("نفط")) == {1}
    shutil.rmtree(shelf.folder.path)
    shelf.put(article(1, title="غاز"))
    assert (shelf.generation.name, shelf.keys(Word("نفط"))) == ("00000001", set())


def test_a_search_that_has_begun_keeps_its_state(shelf: Shelf) -> None:
    shelf.put(article(1))
    before = shelf.snapshot
    shelf.put(article(2))
    assert (before.live_count, shelf.snapshot.live_count) == (1, 2)


def test_columns_of_unchanged_segments_are_read_once(shelf: Shelf) -> None:
    shelf.put(article(1))
    before = shelf.snapshot.segments
    shelf.put(article(2))
    after = shelf.snapshot.segments
    assert all(after[name] is columns for name, columns in before.items())
    assert len(after) == 2


def test_threads_share_one_snapshot(shelf: Shelf) -> None:
    shelf.put(article(1))
    seen: list[object] = []
    threads = [
        threading.Thread(target=lambda: seen.append(Shelf(shelf.folder.path).snapshot)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert all(snapshot is shelf.snapshot for snapshot in seen)


def test_threads_may_search_at_once(shelf: Shelf) -> None:
    shelf.put(*(article(key, body=f"رئيس الوزراء {key % 7}") for key in range(1, 200)))
    wanted = {str(number): shelf.keys(Word(str(number))) for number in range(7)}
    problems: list[object] = []

    def search(number: str) -> None:
        for _time in range(20):
            found = Shelf(shelf.folder.path).keys(Word(number))
            if found != wanted[number] or len(shelf.keys(Phrase(("رئيس", "الوزراء")))) != 199:
                problems.append((number, found))

    threads = [threading.Thread(target=search, args=(number,)) for number in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_the_files_of_a_state_that_nobody_uses_are_closed(shelf: Shelf) -> None:
    def open_files() -> int:
        gc.collect()
        return len(list(Path("/proc/self/fd").iterdir()))

    shelf.put(article(1))
    shelf.keys(Word("خبر"))
    before = open_files()
    for key in range(2, 12):
        shelf.put(article(key))
        shelf.keys(Word("خبر"))
    assert open_files() < before + 20
    forget(shelf.folder)


def test_the_columns_are_what_was_written(shelf: Shelf) -> None:
    shelf.put(article(7, source="alufuq"), article(3, source="almadar", status="draft"))
    snapshot = shelf.snapshot
    sources, statuses = snapshot.texts[SOURCE], snapshot.texts[STATUS]
    assert snapshot.numbers[KEY].tolist() == [7, 3]
    assert [sources.values[code] for code in sources.codes] == ["alufuq", "almadar"]
    assert [statuses.values[code] for code in statuses.codes] == ["published", "draft"]


# Damage


def test_an_index_of_other_analysis_rules_is_refused(shelf: Shelf) -> None:
    shelf.put(article(1))
    write_rules(shelf.generation, "other rules")
    forget(shelf.folder)
    with pytest.raises(IndexOutdated, match="other analysis rules"):
        shelf.find(Everything())
    assert shelf.backend.rules() == "other rules"


def test_an_index_with_other_fields_is_refused(shelf: Shelf) -> None:
    shelf.put(article(1))
    del shelf.backend.declared_schema()._fields[SOURCE]
    with pytest.raises(IndexOutdated, match="other fields"):
        shelf.find(Everything())
    assert shelf.backend.rules() == ""


def test_a_search_goes_on_when_a_writer_has_removed_its_files(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط", source="alufuq"))
    before = shelf.snapshot
    shelf.put(article(1, title="قمح", source="almadar"))
    open_writer(open_dir(str(shelf.generation))).commit(mergetype=all_in_one)
    assert not any(path.name.startswith(tuple(before.segments)) for path in shelf.generation.iterdir())
    assert find(before, Question(Word("نفط")), Deadline(1)).keys == (1,)
    assert before.texts[SOURCE].values == ["alufuq"]


def test_a_state_replaced_while_it_is_read_is_left_for_the_new_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(article(1, source="alufuq"))
    shelf.put(article(2, source="almadar"))
    opened = SegmentReader.__init__

    def overtaken(reader: SegmentReader, *args: object, **options: object) -> None:
        """A writer in another process writes all segments into one just as ours are opened."""
        monkeypatch.setattr(SegmentReader, "__init__", opened)
        opened(reader, *args, **options)
        open_writer(open_dir(str(shelf.generation))).commit(mergetype=all_in_one)

    forget(shelf.folder)
    monkeypatch.setattr(SegmentReader, "__init__", overtaken)
    assert shelf.keys(Everything(), filters={FacetName.SOURCE: ("alufuq",)}) == {1}
    assert len(shelf.snapshot.readers) == 1


def spoiled(shelf: Shelf, suffix: str, spoil: Callable[[Path], object]) -> None:
    """Damage the files that end so, as a process sees them that opens the index afresh."""
    shelf.put(*(article(key, title=f"خبر{key}", body="رئيس الوزراء " * 9) for key in range(1, DOCUMENTS + 1)))
    forget(shelf.folder)
    gc.collect()
    found = list(shelf.generation.glob(f"*{suffix}"))
    assert found
    for path in found:
        spoil(path)


def outcome(shelf: Shelf) -> set[int] | str:
    """What every kind of search finds, or the message it is refused with."""
    try:
        for tree in (Word("خبر7"), Wildcard("خبر*"), Phrase(("رئيس", "الوزراء"))):
            shelf.find(tree)
        return shelf.keys(Word("رئيس")) & shelf.keys(Phrase(("الوزراء", "رئيس")))
    except EngineProblem as problem:
        return str(problem)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kept", [0, 1, 3, 10, 50, 90, 99])
@pytest.mark.parametrize("suffix", [".toc", ".terms", ".docs"])
def test_a_file_cut_short_is_told_and_never_answered_from(shelf: Shelf, suffix: str, kept: int) -> None:
    spoiled(shelf, suffix, lambda path: os.truncate(path, path.stat().st_size * kept // 100))
    found = outcome(shelf)
    assert isinstance(found, str)
    assert "rebuild_index" in found


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("suffix", [".toc", ".terms", ".docs"])
def test_a_foreign_file_is_told(shelf: Shelf, suffix: str) -> None:
    spoiled(shelf, suffix, lambda path: path.write_bytes(b"%PDF-1.7 not an index at all\n" * 50))
    found = outcome(shelf)
    assert isinstance(found, str)
    assert "rebuild_index" in found


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("suffix", [".toc", ".terms", ".docs"])
def test_a_missing_file_is_told(shelf: Shelf, suffix: str) -> None:
    spoiled(shelf, suffix, Path.unlink)
    found = outcome(shelf)
    assert isinstance(found, str)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_can_be_made_anew(shelf: Shelf) -> None:
    spoiled(shelf, ".toc", lambda path: path.write_bytes(b""))
    with pytest.raises(IndexDamaged):
        shelf.put(article(1))
    assert shelf.backend.rules() == ""
    shelf.backend.delete_index()
    shelf.put(article(1))
    assert shelf.keys(Everything()) == {1}


def test_files_that_are_not_ours_do_no_harm(shelf: Shelf) -> None:
    shelf.put(article(1))
    (shelf.generation / "notes.txt").write_text("left by an operator")
    (shelf.generation.parent / "README").write_text("left by an operator")
    (shelf.generation / "_MAIN_x.toc").write_text("no number")
    shelf.put(article(2))
    assert shelf.keys(Everything()) == {1, 2}
    assert live_index(shelf.folder).snapshot().size == 2


def test_an_index_of_an_earlier_version_is_outdated_not_damaged(shelf: Shelf) -> None:
    folder = shelf.folder.new_generation()
    index = create_in(str(folder), Schema(text=TEXT(), key=NUMERIC(int, bits=64, sortable=True)))
    with index.writer() as writer:
        writer.add_document(text="نفط", key=1)
    (folder / RULES_FILE).write_text(json.dumps({"analysis": fingerprint()}))
    shelf.folder.switch_to(folder)
    with pytest.raises(IndexOutdated, match="rebuild_index"):
        shelf.keys(Everything())
    assert shelf.backend.rules() == ""
