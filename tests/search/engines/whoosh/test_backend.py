"""What Haystack's own methods and commands ask of a backend: writing, forgetting, failing as they are told to."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from haystack import connections
from haystack.exceptions import SearchBackendError, SkipDocument
from haystack.query import SearchQuerySet
from whoosh.qparser import QueryParser

from articles.models.article import Article
from articles.models.source import Source
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, IndexMissing, Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.generations import IndexFolder, write_rules
from articles.search.engines.whoosh.snapshot import forget
from articles.search.syntax import Everything
from tests.search.engines.notes import NoteIndex, note

Backend = Callable[..., ArchiveBackend]


class SkippingIndex(NoteIndex):
    """Leaves out what has no text."""

    def prepare(self, obj: Any) -> dict[str, Any]:
        if not obj.values["text"]:
            raise SkipDocument
        return super().prepare(obj)


@pytest.fixture
def backend(backend_of: Backend) -> ArchiveBackend:
    made = backend_of(NoteIndex())
    made.silently_fail = False
    return made


def texts() -> dict[int, str]:
    return {int(result.pk): result.text for result in SearchQuerySet()}


# Settings


def test_a_connection_needs_a_folder() -> None:
    with pytest.raises(ImproperlyConfigured, match="needs PATH"):
        ArchiveBackend("default")


def test_an_index_in_memory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="STORAGE"):
        ArchiveBackend("default", PATH=str(tmp_path), STORAGE="ram")


def test_a_connection_without_search_indexes_is_refused(backend_of: Backend) -> None:
    with pytest.raises(SearchBackendError, match="no search index"):
        backend_of()


def test_asking_makes_no_folder(backend: ArchiveBackend) -> None:
    assert backend.rules() is None
    with pytest.raises(IndexMissing):
        backend.find(Question(Everything()))
    assert not backend.folder.path.exists()


# Writing


def test_an_update_replaces_what_was_there(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1, "نفط"), note(2, "قمح")])
    backend.update(NoteIndex(), [note(1, "غاز")])
    assert texts() == {1: "غاز", 2: "قمح"}


def test_of_two_rows_with_one_key_the_last_is_kept(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1, "نفط"), note(1, "غاز")])
    assert texts() == {1: "غاز"}


def test_what_its_index_skips_is_left_as_it_is(backend_of: Backend) -> None:
    backend = backend_of(SkippingIndex())
    backend.update(SkippingIndex(), [note(1, "نفط")])
    backend.update(SkippingIndex(), [note(1, ""), note(2, ""), note(3, "قمح")])
    assert texts() == {1: "نفط", 3: "قمح"}


def test_an_index_may_write_itself(backend: ArchiveBackend) -> None:
    index = connections["default"].get_unified_index().get_index(NoteIndex().get_model())
    index.update_object(note(1, "نفط"))
    assert texts() == {1: "نفط"}
    index.remove_object(note(1))
    assert texts() == {}


def test_a_removal_takes_a_row_or_its_identifier(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1), note(2), note(3)])
    backend.remove(note(1))
    backend.remove("articles.collection.2")
    backend.remove("articles.collection.99")
    assert set(texts()) == {3}


def test_a_connection_is_cleared_whole_or_by_models(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1), note(2)])
    backend.clear([Source])
    assert len(texts()) == 2
    backend.clear(models=[NoteIndex().get_model()])
    assert texts() == {}
    backend.update(NoteIndex(), [note(1)])
    backend.clear()
    assert texts() == {}


def test_a_value_that_cannot_be_written_fails_the_whole_batch(backend: ArchiveBackend) -> None:
    with pytest.raises(ValueError):
        backend.update(NoteIndex(), [note(1), note(2, pages="many"), note(3)])
    assert texts() == {}


def test_told_to_be_silent_the_others_are_written_and_the_bad_one_is_logged(
    backend: ArchiveBackend, caplog: pytest.LogCaptureFixture
) -> None:
    backend.silently_fail = True
    with caplog.at_level(logging.ERROR, "haystack"):
        backend.update(NoteIndex(), [note(1), note(2, pages="many"), note(3)])
    assert set(texts()) == {1, 3}
    assert "articles.collection.2" in caplog.text


def test_an_index_class_that_fails_is_never_silent(backend: ArchiveBackend) -> None:
    backend.silently_fail = True

    def rows() -> Iterator[Any]:
        yield note(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        backend.update(NoteIndex(), rows())
    assert texts() == {}


def test_told_to_be_silent_a_busy_index_is_logged(
    backend: ArchiveBackend, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.search.engines.whoosh.backend.SECONDS_TO_WAIT", 0)
    backend.silently_fail = True
    with caplog.at_level(logging.ERROR, "haystack"), IndexFolder(backend.folder.path).writing(0):
        backend.update(NoteIndex(), [note(1)])
        backend.remove("articles.collection.1")
        backend.clear()
    assert [record.message.split(" the ")[0] for record in caplog.records] == [
        "Failed to update",
        "Failed to remove documents from",
        "Failed to clear",
    ]


def test_a_disk_that_cannot_be_written_is_an_engines_problem(backend: ArchiveBackend) -> None:
    backend.folder.path.parent.mkdir(exist_ok=True)
    backend.folder.path.write_text("a file where the folder should be")
    with pytest.raises(EngineProblem, match="cannot be written"):
        backend.update(NoteIndex(), [note(1)])


# Searching while something is wrong


def make_outdated(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1)])
    current = backend.folder.current()
    assert current is not None
    write_rules(current, "other rules")
    forget(backend.folder)


def leave_missing(backend: ArchiveBackend) -> None:
    """No index has been written yet."""


@pytest.mark.parametrize("spoil", [leave_missing, make_outdated])
def test_without_an_index_to_trust_a_search_fails_or_is_empty_and_logged_as_it_is_told(
    backend: ArchiveBackend, caplog: pytest.LogCaptureFixture, spoil: Callable[[ArchiveBackend], None]
) -> None:
    spoil(backend)
    with pytest.raises(SearchBackendError, match="rebuild_index|there is no search index"):
        SearchQuerySet().count()
    backend.silently_fail = True
    with caplog.at_level(logging.ERROR, "haystack"):
        assert SearchQuerySet().count() == 0
    assert "Failed to search" in caplog.text


def test_an_outdated_index_is_not_written_to(backend: ArchiveBackend) -> None:
    make_outdated(backend)
    with pytest.raises(EngineProblem, match="rebuild_index"):
        backend.update(NoteIndex(), [note(2)])


def test_a_search_stops_at_the_connections_timeout(backend: ArchiveBackend) -> None:
    backend.update(NoteIndex(), [note(1)])
    backend.timeout = -1
    with pytest.raises(SearchBackendError, match="used up its time"):
        SearchQuerySet().filter(content="نص").count()


# For tools that know Whoosh


def test_whooshs_own_searcher_reads_the_live_index(backend: ArchiveBackend) -> None:
    with backend.index.searcher() as searcher:
        assert searcher.doc_count() == 0
    backend.update(NoteIndex(), [note(1, "رئيس الوزراء"), note(2, "الوزراء")])
    held = backend.index
    backend.delete_index()
    backend.update(NoteIndex(), [note(3, "رئيس الوزراء")])
    with held.searcher() as searcher:
        asked = QueryParser("text", backend.schema).parse('"رئيس الوزراء"')
        assert [hit["id"] for hit in searcher.search(asked)] == ["articles.collection.3"]


# The archive's own writing


@pytest.mark.django_db
def test_saving_never_fails_while_the_index_is_being_written(archive: Any, index_folder: Path) -> None:
    archive.add(title="نفط")
    archive.index()
    with IndexFolder(index_folder).writing(0):
        changed = archive.add(title="غاز")
        report = indexing.index_stale(wait=0)
    assert "another process is writing" in report.problem
    assert (report.indexed, report.waiting) == (0, 1)
    assert Article.objects.needing_index().get() == changed
    archive.index()
    assert engine().document_count() == 2


@pytest.mark.django_db
def test_deletions_wait_for_the_lock_too(archive: Any, index_folder: Path) -> None:
    gone = archive.add(title="نفط")
    archive.index()
    with IndexFolder(index_folder).writing(0):
        gone.delete()
        assert indexing.index_stale(wait=0).waiting == 1
        assert engine().find(Question(Everything(), hidden=indexing.hidden_keys())).total == 0
    archive.index()
    assert engine().document_count() == 0


@pytest.mark.django_db
def test_a_row_deleted_after_it_was_marked_is_no_trouble(archive: Any) -> None:
    gone = archive.add()
    engine().index_articles([gone.pk, 12345], [777], wait=1)
    assert engine().document_count() == 1


@pytest.mark.django_db
def test_an_index_of_other_rules_is_left_alone_and_mended_by_a_rebuild(
    archive: Any, index_folder: Path
) -> None:
    archive.add()
    archive.index()
    write_rules((index_folder / "current").resolve(), "other rules")
    forget(IndexFolder(index_folder))
    archive.add()
    assert "rebuild_index" in indexing.index_stale().problem
    call_command("rebuild_index", stdout=StringIO(), stderr=StringIO())
    assert engine().document_count() == 2
