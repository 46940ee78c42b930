"""The files of the live index are compared with their checksums once a week and machine, and what is wrong is told."""

import gc
import logging
from pathlib import Path

import pytest

from articles.search.engines.whoosh.columnar import arrays
from articles.search.engines.whoosh.columnar.layout import ArrayFile
from articles.search.engines.whoosh.integrity import VALID_SECONDS, noted_damage, read_notes, verify
from articles.search.engines.whoosh.snapshot import forget
from articles.search.syntax import Word
from tests.search.engines.shelf import Shelf, article


class Reader:
    """Verifies at the moment that the test says, and counts the megabytes that it reads, begun ones too."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.read = 0
        self.now = 1e9

    def rest(self) -> None:
        self.read += 1

    def verify(self) -> tuple[str, ...]:
        self.read = 0
        return verify(self.shelf.folder, self.shelf.snapshot, self.rest, now=lambda: self.now)


@pytest.fixture
def reader(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Of an index whose files are too large to be read when they are opened."""
    monkeypatch.setattr(arrays, "SOON_READ", 0)
    shelf.put(article(1, "نفط"), article(2, "غاز"))
    return Reader(shelf)


def damaged(shelf: Shelf) -> Path:
    """Change one byte of the postings of one file, as a process sees it that opens the index afterwards."""
    [path] = list(shelf.generation.glob("*.terms"))[:1]
    entry = ArrayFile(path)._entries["text/text"]
    data = bytearray(path.read_bytes())
    data[entry.offset] ^= 1
    path.write_bytes(data)
    forget(shelf.folder)
    gc.collect()
    return path


def test_damage_in_small_files_is_told_from_the_first_answer_on(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    assert not shelf.find(Word("نفط")).doubtful
    path = damaged(shelf)
    assert shelf.find(Word("نفط")).doubtful
    [told] = verify(shelf.folder, shelf.snapshot, lambda: None)
    assert told == f"{path}: text/text not what was written"
    shelf.put(article(2, "غاز"))
    assert shelf.find(Word("غاز")).doubtful, "it is still there after a commit"


def test_files_are_read_once(reader: Reader) -> None:
    assert reader.verify() == ()
    assert reader.read > 0
    assert reader.verify() == ()
    assert reader.read == 0


def test_only_what_a_commit_added_is_read_then(reader: Reader) -> None:
    reader.verify()
    whole = set(read_notes(reader.shelf.folder))
    reader.shelf.put(article(3, "قمح"))
    reader.verify()
    assert reader.read > 0
    assert len(set(read_notes(reader.shelf.folder)) - whole) == 2


def test_files_that_went_are_no_longer_noted(reader: Reader) -> None:
    reader.verify()
    before = set(read_notes(reader.shelf.folder))
    reader.shelf.put(article(3, "قمح"))
    reader.shelf.merge()
    reader.verify()
    assert not before & set(read_notes(reader.shelf.folder))


def test_after_a_week_they_are_read_again(reader: Reader) -> None:
    reader.verify()
    reader.now += VALID_SECONDS + 1
    reader.verify()
    assert reader.read > 0


def test_damage_is_logged_noted_and_told_with_every_answer(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    path = damaged(reader.shelf)
    assert not reader.shelf.find(Word("نفط")).doubtful, "nobody knows it yet"
    with caplog.at_level(logging.ERROR):
        [told] = reader.verify()
    assert path.name in told
    assert "text/text" in told
    assert "rebuild_index" in caplog.text
    assert path.name in caplog.text
    assert noted_damage(reader.shelf.folder) == reader.shelf.backend.standing().damage == (told,)
    assert reader.shelf.find(Word("نفط")).doubtful


def test_a_process_that_reads_nothing_itself_is_told_by_the_notes(reader: Reader) -> None:
    damaged(reader.shelf)
    told = reader.verify()
    forget(reader.shelf.folder)
    gc.collect()
    assert reader.verify() == told
    assert reader.read == 0
    assert reader.shelf.find(Word("غاز")).doubtful


def test_what_was_built_anew_is_sound_again(reader: Reader) -> None:
    damaged(reader.shelf)
    reader.verify()
    reader.shelf.backend.delete_index()
    assert reader.verify() == noted_damage(reader.shelf.folder) == ()
    assert not reader.shelf.find(Word("نفط")).doubtful


def test_while_another_process_reads_only_its_notes_are_told(reader: Reader) -> None:
    second = Reader(reader.shelf)
    told: list[tuple[str, ...]] = []
    verify(reader.shelf.folder, reader.shelf.snapshot, lambda: told.append(second.verify()))
    assert set(told) == {()}
    assert second.read == 0


def test_a_folder_that_cannot_be_written_is_read_all_the_same(reader: Reader) -> None:
    path = damaged(reader.shelf)
    for name in ("verified.json", "verified.lock"):
        (
            reader.shelf.folder.path / name
        ).mkdir()  # stands for a folder of another user: nothing can be written there
    [told] = reader.verify()
    assert path.name in told
    assert reader.shelf.find(Word("غاز")).doubtful
