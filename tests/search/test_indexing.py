"""The index follows the database: marks are set with the change and cleared only by an index that has seen it."""

import pytest

from articles.models.article import Article
from articles.models.index_removal import IndexRemoval
from articles.search import indexing
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
