"""The index follows the database: marks are set with the change and cleared only by an index that has seen it."""

from collections.abc import Iterator
from typing import Any

import pytest

from articles.models.article import Article
from articles.models.index_removal import IndexRemoval
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.whoosh import building
from articles.search.request import SearchRequest
from articles.search.searching import search

pytestmark = pytest.mark.django_db


def test_what_is_indexed_no_longer_waits(archive) -> None:
    archive.add(title="نفط")
    assert indexing.waiting() == 1
    report = indexing.index_stale()
    assert (report.indexed, report.waiting, report.problem) == (1, 0, "")


def test_a_second_run_has_nothing_to_do(archive) -> None:
    archive.add(title="نفط")
    archive.index()
    assert indexing.index_stale().indexed == 0


def test_a_row_changed_while_it_is_indexed_stays_marked(archive) -> None:
    archive.add(title="نفط")
    archive.index()
    Article.objects.all().change(title="غاز")

    def change_again(_count: int) -> None:
        Article.objects.all().change(title="قمح")

    marks = list(Article.objects.needing_index().values_list("pk", "stale_since"))
    change_again(1)
    indexing._clear(marks)
    assert indexing.waiting() == 1
    archive.index()
    assert search(SearchRequest(text="قمح")).total == 1


def test_marks_are_taken_off_with_one_statement_and_to_the_microsecond(
    archive, django_assert_num_queries
) -> None:
    for number in range(5):
        archive.add(title=f"نفط {number}")
    marks = indexing.Marks()
    marks.note(Article.objects.needing_index().values_list("pk", "stale_since"))
    Article.objects.filter(title="نفط 3").change(title="غاز")
    (some,) = marks.batches()
    with django_assert_num_queries(1):
        indexing._clear(some)
    assert list(Article.objects.needing_index().values_list("title", flat=True)) == ["غاز"]


def test_a_rebuild_takes_every_article_and_clears_every_mark(archive) -> None:
    for number in range(5):
        archive.add(title=f"نفط {number}")
    assert indexing.rebuild().indexed == 5
    assert indexing.waiting() == 0
    assert search(SearchRequest(text="نفط")).total == 5


def test_a_rebuild_forgets_what_was_deleted(archive) -> None:
    archive.add(title="نفط أول").delete()
    archive.add(title="نفط ثان")
    indexing.rebuild()
    assert (IndexRemoval.objects.count(), search(SearchRequest(text="نفط")).total) == (0, 1)


def test_articles_changed_during_a_rebuild_are_caught_up(archive) -> None:
    changed = archive.add(title="نفط")

    def change(_count: int) -> None:
        if changed.title == "نفط":
            changed.title = "غاز"
            changed.touch()
            changed.save()

    indexing.rebuild(progress=change)
    assert search(SearchRequest(text="غاز")).total == 1
    assert search(SearchRequest(text="نفط")).total == 0


def test_a_lost_index_is_built_of_all_articles_not_of_marked_ones_only(archive, index_folder) -> None:
    archive.add(title="نفط")
    archive.index()
    (index_folder / "current").unlink()
    archive.add(title="نفط جديد")
    archive.index()
    assert search(SearchRequest(text="نفط")).total == 2


def test_more_articles_than_a_batch_are_all_indexed(archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 3)
    for number in range(10):
        archive.add(title=f"نفط {number}")
    counts: list[int] = []
    indexing.index_stale(progress=counts.append)
    assert counts == [3, 3, 3, 1]
    assert search(SearchRequest(text="نفط")).total == 10


def test_many_waiting_articles_are_written_some_a_commit(archive, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "MANY_WAITING", 5)
    monkeypatch.setattr(building, "SEGMENT_ARTICLES", 2)
    archive.add(title="نفط قديم").delete()
    for number in range(5):
        archive.add(title=f"نفط {number}")
    archive.index()
    Article.objects.all().change(title="غاز")
    commits: list[int] = []
    report = indexing.index_stale(progress=commits.append)
    assert (report.indexed, report.removed, report.waiting, commits) == (5, 0, 0, [2, 2, 1])
    assert (search(SearchRequest(text="غاز")).total, search(SearchRequest(text="نفط")).total) == (5, 0)


def test_a_row_changed_while_many_are_written_stays_marked(archive, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "MANY_WAITING", 2)
    archive.add(title="نفط")
    second = archive.add(title="نفط")
    archive.index()
    Article.objects.all().change(title="غاز")
    rows = building.article_documents

    def change_behind(alias: str, keys: list[int]) -> Iterator[dict[str, Any]]:
        found = list(rows(alias, keys))
        Article.objects.filter(pk=second.pk).change(title="قمح")
        return iter(found)

    monkeypatch.setattr(building, "article_documents", change_behind)
    assert indexing.index_stale().waiting == 1
    assert list(Article.objects.needing_index()) == [second]


def test_what_a_large_update_that_died_had_written_is_gone_after_the_next(archive, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "MANY_WAITING", 1)
    archive.add(title="نفط")
    archive.index()
    drafts = engine().folder.path / "drafts"
    drafts.mkdir()
    (drafts / "MAIN_0123456789abcdef.terms").write_bytes(b"half")
    Article.objects.all().change(title="غاز")
    assert indexing.index_stale().waiting == 0
    assert (drafts.exists(), search(SearchRequest(text="غاز")).total) == (False, 1)
