"""Taking back what a run added: what goes, what stays, and what is left behind when it is stopped."""

import io
import json

import pytest
from django.contrib.auth.models import User

from articles import curation
from articles.importing.options import ImportOptions
from articles.importing.reextraction import reextract
from articles.importing.run import import_paths
from articles.importing.store import undoing
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy, only_import
from articles.importing.store.undoing import (
    BUILT_UPON,
    BY_CURATOR,
    CHANGED,
    OF_OTHERS,
    TAKEN_OVER,
    TAKEN_OVER_LATER,
    Undone,
    preview,
    undo,
)
from articles.importing.store.verifying import find_orphans, verify_captures
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules
from articles.models.import_run import ImportItem, ImportRun
from articles.models.index_removal import IndexRemoval
from articles.models.source import Source
from articles.models.version import ArticleVersion

pytestmark = pytest.mark.django_db


class Desk:
    """Imports, and takes back, in folders of its own."""

    def __init__(self, folder, store):
        self.folder = folder
        self.store = store

    def imports(self, *records, name="news.json", **options):
        """The run that imported the records from a file of this name."""
        path = self.folder / name
        path.write_text(json.dumps(records, ensure_ascii=False), "utf-8")
        summary = import_paths(
            [str(path)], options=ImportOptions(**options), store=self.store, stdin=io.BytesIO()
        )
        return ImportRun.objects.get(pk=summary.run_number)

    def undoes(self, run):
        """What was taken back, and the reasons of what stays."""
        kept = []
        return undo(run, store=self.store, report=kept.append), [item.reason for item in kept]

    def files(self):
        return len(list(self.store.folder.rglob("*.gz")))

    def is_sound(self):
        return not set(verify_captures(self.store)) - {"sound"} and not find_orphans(self.store)


@pytest.fixture
def desk(data_folder, tmp_path):
    return Desk(tmp_path, CaptureStore(data_folder / "captures"))


@pytest.fixture
def curator():
    return User.objects.create(username="منى")


def record(number, body="متن"):
    return {"url": f"https://example.org/{number}", "title": f"خبر {number}", "body": f"{body} {number}."}


def articles():
    return [article.title for article in Article.objects.order_by("pk")]


def test_articles_captures_and_files_of_a_run_go(desk):
    desk.imports(record(1), name="first.json")
    run = desk.imports(record(2), record(3))
    assert desk.undoes(run) == (Undone(articles=2, captures=2, files=2), [])
    assert (articles(), Capture.objects.count(), desk.files(), desk.is_sound()) == (["خبر 1"], 1, 1, True)


def test_the_index_is_left_word_of_every_article_that_goes(desk):
    run = desk.imports(record(1), record(2))
    keys = set(Article.objects.values_list("pk", flat=True))
    desk.undoes(run)
    assert set(IndexRemoval.objects.values_list("article_key", flat=True)) == keys


def test_the_run_keeps_its_row_and_its_items_and_says_that_it_was_undone(desk):
    run = desk.imports(record(1))
    desk.undoes(run)
    run.refresh_from_db()
    assert (run.undone_at is not None, run.new, run.state) == (True, 1, "finished")
    assert list(ImportItem.objects.values_list("run", "outcome", "article")) == [(run.pk, "new", None)]


def test_what_was_undone_can_be_imported_again(desk):
    desk.undoes(desk.imports(record(1)))
    again = desk.imports(record(1))
    assert (again.new, articles(), desk.is_sound()) == (1, ["خبر 1"], True)


def test_evidence_of_rejected_items_goes_too(desk):
    run = desk.imports({"title": ""})
    assert (Capture.objects.count(), desk.undoes(run)[0], desk.files()) == (1, Undone(captures=1, files=1), 0)


def test_a_preview_counts_and_changes_nothing(desk, curator):
    run = desk.imports(record(1), record(2), {"title": ""})
    curation.withdraw(Article.objects.earliest("pk"), by=curator)
    kept = []
    assert preview(run, report=kept.append) == Undone(articles=1, captures=2, kept=1)
    assert (len(kept), Article.objects.count(), desk.files()) == (1, 2, 3)
    assert not ImportRun.objects.get().undone_at


# What stays


def test_an_article_whose_status_a_curator_changed_stays_with_its_captures(desk, curator):
    run = desk.imports(record(1), record(2))
    curation.withdraw(Article.objects.earliest("pk"), by=curator)
    undone, reasons = desk.undoes(run)
    assert (undone.articles, undone.captures, reasons) == (1, 1, [BY_CURATOR])
    assert (articles(), Capture.objects.get().article.title) == (["خبر 1"], "خبر 1")


def test_an_article_that_a_curator_corrected_stays(desk):
    run = desk.imports(record(1))
    article = Article.objects.get()
    article.author = "ليلى"
    curation.save_correction(article, ["author"])
    assert desk.undoes(run) == (Undone(kept=1), [BY_CURATOR])


def test_an_article_changed_by_any_other_hand_stays(desk):
    run = desk.imports(record(1))
    later = Capture.objects.get().stored_at + 2 * undoing.AT_ONCE
    Article.objects.update(updated_at=later)
    assert desk.undoes(run) == (Undone(kept=1), [CHANGED])


def test_an_article_whose_text_was_derived_again_goes(desk):
    run = desk.imports(record(1, "متن\nسطر زائد"), source="صحيفة")
    ExtractionRules.objects.create(source=Source.objects.get(), drop_lines="سطر زائد 1.")
    assert reextract(Article.objects.all(), store=desk.store) == {"changed": 1}
    later = Capture.objects.get().stored_at + 2 * undoing.AT_ONCE
    Article.objects.update(updated_at=later)
    ArticleVersion.objects.update(made_at=later)
    assert desk.undoes(run) == (Undone(articles=1, captures=1, files=1), [])


def test_an_article_that_another_run_captured_stays_until_that_run_is_undone(desk):
    first = desk.imports(record(1))
    second = desk.imports(record(1, "متن آخر"), name="later.json")
    assert desk.undoes(first) == (Undone(kept=1), [OF_OTHERS])
    assert desk.undoes(second) == (Undone(captures=1, files=1), [])
    assert (Article.objects.get().body, Capture.objects.get().run) == ("متن 1.", first)
    assert desk.undoes(first) == (Undone(articles=1, captures=1, files=1), [])


def test_text_that_the_run_took_over_gives_way_to_what_was_said_before(desk):
    first = desk.imports(record(1))
    was = Article.objects.values().get()
    run = desk.imports(
        {**record(1, "متن أحدث"), "author": "هدى سالم"}, name="later.json", on_duplicate="update"
    )
    assert desk.undoes(run) == (Undone(captures=1, files=1, restored=1), [])
    assert Article.objects.values().get() == {**was, "stale_since": Article.objects.get().stale_since}
    assert (Capture.objects.get().run, ArticleVersion.objects.count(), desk.is_sound()) == (first, 0, True)
    assert desk.undoes(run) == (Undone(), [])
    assert desk.undoes(first) == (Undone(articles=1, captures=1, files=1), [])


def test_a_text_that_one_run_took_over_twice_goes_back_to_the_first(desk):
    desk.imports(record(1), name="first.json")
    run = desk.imports({**record(1, "ثان"), "author": "هدى"}, record(1, "ثالث"), on_duplicate="update")
    assert desk.undoes(run) == (Undone(captures=2, files=2, restored=1), [])
    assert Article.objects.values_list("body", "author").get() == ("متن 1.", "")


def test_texts_taken_over_one_after_the_other_are_undone_in_turn(desk):
    desk.imports(record(1), name="first.json")
    second = desk.imports(record(1, "ثان"), name="second.json", on_duplicate="update")
    third = desk.imports(record(1, "ثالث"), name="third.json", on_duplicate="update")
    assert desk.undoes(second) == (Undone(kept=1), [TAKEN_OVER_LATER])
    assert (desk.undoes(third)[0].restored, Article.objects.get().body) == (1, "ثان 1.")
    assert (desk.undoes(second)[0].restored, Article.objects.get().body) == (1, "متن 1.")
    assert ArticleVersion.objects.count() == 0


def test_a_text_taken_over_before_that_was_written_down_stays(desk):
    desk.imports(record(1), name="first.json")
    run = desk.imports(record(1, "متن أحدث"), on_duplicate="update")
    ImportItem.objects.update(before={})
    assert desk.undoes(run) == (Undone(kept=1), [TAKEN_OVER])
    assert (Article.objects.get().body, Capture.objects.count()) == ("متن أحدث 1.", 2)


def test_a_text_taken_over_and_edited_since_stays(desk):
    desk.imports(record(1), name="first.json")
    run = desk.imports(record(1, "متن أحدث"), on_duplicate="update")
    Article.objects.change(section="ثقافة")
    assert desk.undoes(run) == (Undone(kept=1), [CHANGED])
    assert (Article.objects.get().body, ArticleVersion.objects.count()) == ("متن أحدث 1.", 2)


def test_the_versions_of_a_run_go_and_those_of_others_stay(desk):
    desk.imports(record(1), record(2), name="first.json")
    second = desk.imports(record(1, "ثان"), record(2, "ثان"), name="second.json")
    desk.imports(record(1, "ثالث"), name="third.json")
    assert desk.undoes(second)[1] == []
    assert list(ArticleVersion.objects.values_list("body", flat=True)) == ["متن 1.", "ثالث 1."]


def test_what_a_curator_took_from_a_capture_of_the_run_keeps_its_evidence(desk, curator):
    desk.imports(record(1), name="first.json")
    run = desk.imports(record(1, "متن أحدث"))
    article = Article.objects.get()
    curation.take_version(article, article.versions.get(number=2), by=curator)
    assert desk.undoes(run) == (Undone(kept=1), [BUILT_UPON])
    assert (Capture.objects.count(), article.versions.count(), article.body) == (2, 3, "متن أحدث 1.")


def test_an_article_that_its_own_run_updated_goes(desk):
    chunk = [record(number) for number in range(2, 502)]
    run = desk.imports(record(1), *chunk, record(1, "متن أحدث"), on_duplicate="update")
    assert run.updated == 1
    assert desk.undoes(run) == (Undone(articles=501, captures=502, files=502), [])


def test_an_article_captured_twice_by_its_own_run_goes(desk):
    run = desk.imports(record(1), record(1, "متن آخر"))
    assert desk.undoes(run) == (Undone(articles=1, captures=2, files=2), [])


def test_bytes_that_another_run_has_a_capture_of_stay_in_the_store(desk):
    first = desk.imports({"title": ""}, name="first.json")
    desk.imports({"title": ""}, name="second.json")
    assert (Capture.objects.count(), desk.files()) == (2, 1)
    assert desk.undoes(first) == (Undone(captures=1), [])
    assert (desk.files(), desk.is_sound()) == (1, True)


def test_evidence_that_an_earlier_run_kept_outlives_the_article_made_of_it(desk):
    failed = {"headline x": "خبر", "body x": ""}
    desk.imports(failed)
    run = desk.imports(failed, column_map={"headline x": "title"})
    capture = Capture.objects.get()
    assert (run.new, capture.run, capture.article) == (1, run, Article.objects.get())
    assert desk.undoes(run) == (Undone(articles=1), [])
    capture.refresh_from_db()
    assert (capture.article, capture.run, desk.is_sound()) == (None, None, True)


# At work


def test_nothing_is_undone_beside_an_import(desk):
    run = desk.imports(record(1))
    with only_import(desk.store.folder), pytest.raises(Busy):
        desk.undoes(run)
    assert articles() == ["خبر 1"]


def test_a_run_that_was_killed_is_stopped_and_undone(desk):
    run = desk.imports(record(1))
    ImportRun.objects.update(state="running", finished_at=None)
    desk.undoes(run)
    run.refresh_from_db()
    assert (run.state, run.finished_at is not None, articles()) == ("stopped", True, [])


def test_an_undoing_that_was_stopped_goes_on(desk, monkeypatch):
    run = desk.imports(*map(record, range(5)))
    monkeypatch.setattr(undoing, "CHUNK", 2)

    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo(run, store=desk.store, progress=stop)
    assert (Article.objects.count(), desk.is_sound()) == (3, True)
    assert not ImportRun.objects.get().undone_at
    assert desk.undoes(run) == (Undone(articles=3, captures=3, files=3), [])


@pytest.mark.parametrize("chunk", [1, 2, 3, 500])
def test_the_size_of_chunks_changes_nothing(desk, curator, monkeypatch, chunk):
    monkeypatch.setattr(undoing, "CHUNK", chunk)
    run = desk.imports(*map(record, range(7)), {"title": ""})
    curation.withdraw(Article.objects.filter(title__in=["خبر 2", "خبر 5"]), by=curator)
    assert desk.undoes(run) == (Undone(articles=5, captures=6, kept=2, files=6), [BY_CURATOR] * 2)
    assert (articles(), desk.is_sound()) == (["خبر 2", "خبر 5"], True)


def test_queries_go_by_chunks_and_not_by_rows(desk, django_assert_max_num_queries):
    run = desk.imports(*map(record, range(400)))
    with django_assert_max_num_queries(45):
        assert desk.undoes(run)[0].articles == 400
