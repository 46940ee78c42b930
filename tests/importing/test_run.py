"""The import as a whole: what becomes of items, what is stored, and that it all adds up."""

import json
import shutil
from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.curation import save_correction
from articles.importing import deriving
from articles.importing import run as run_module
from articles.importing.options import OUTCOMES
from articles.importing.reading import ReadOptions
from articles.importing.store import rows as rows_module
from articles.importing.store.lock import Busy, only_import
from articles.models import article as article_models
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.collection import Collection
from articles.models.evidence import CURATOR
from articles.models.import_run import ImportItem, ImportRun
from articles.models.source import Source
from tests.factories import make_article
from tests.importing.samples import BODY, FIRST, PAGE, SECOND, TITLE, record

pytestmark = pytest.mark.django_db


def totals(summary):
    return {outcome: count for outcome, count in summary.counts.items() if count}


def rows():
    return {
        model.__name__: model.objects.count()
        for model in (Article, Capture, ImportItem, ImportRun, Source, Collection)
    }


def test_a_page_becomes_an_article_with_its_capture_and_its_outcome(importer, write):
    path = write("page.txt", PAGE)
    summary = importer(path)
    article = Article.objects.get()
    capture = article.captures.get()
    item = ImportItem.objects.get()
    assert totals(summary) == {"new": 1}
    assert (article.title, article.body, article.status, article.language) == (TITLE, BODY, "published", "ar")
    assert article.evidence["title"] == {"place": "first line", "text": TITLE}
    assert article.stale_since is not None
    assert importer.store.read(capture.sha256) == PAGE.encode()
    assert (capture.origin, capture.locator, capture.size) == (str(path), "", len(PAGE.encode()))
    assert (capture.media_type, capture.charset, capture.run) == ("text/plain", "utf-8", item.run)
    assert (item.outcome, item.article, item.origin) == ("new", article, str(path))
    assert importer.reports[0].public_id == article.public_id


def test_a_record_brings_all_its_fields(importer, write_json):
    importer(
        write_json(
            "a.json",
            [
                record(
                    1,
                    author="هدى سالم",
                    section="ثقافة",
                    city="صيدا",
                    country="لبنان",
                    id=7,
                    crawled_at="2020-01-02 03:04:05",
                )
            ],
        )
    )
    article = Article.objects.select_related("source").get()
    assert (article.source.name, article.author, article.section) == ("صحيفة المرفأ", "هدى سالم", "ثقافة")
    assert (article.city, article.country, article.external_id) == ("صيدا", "لبنان", "7")
    assert (str(article.published_on), article.published_precision) == ("2016-03-12", "day")
    assert article.evidence["published_on"] == {"place": "column date", "text": "2016-03-12"}
    capture = Capture.objects.get()
    assert (capture.url, capture.captured_at.isoformat()) == (article.url, "2020-01-02T03:04:05+00:00")
    assert json.loads(importer.store.read(capture.sha256))["id"] == 7


def test_the_second_import_of_the_same_input_adds_nothing(importer, write, write_json, tmp_path):
    write("a.txt", PAGE)
    write_json("b.json", [record(number) for number in range(5)])
    importer(tmp_path / "inputs")
    before = rows()
    summary = importer(tmp_path / "inputs")
    assert totals(summary) == {"unchanged": 6}
    assert rows() == before | {"ImportRun": 2}
    assert {report.public_id for report in importer.reports} == set(
        Article.objects.values_list("public_id", flat=True)
    )


def test_the_same_bytes_in_another_file_are_unchanged(importer, write):
    importer(write("a.txt", PAGE))
    assert totals(importer(write("b.txt", PAGE))) == {"unchanged": 1}
    assert totals(
        importer(write("c.txt", PAGE + "\n" * 3), write("d.txt", PAGE + "\n" * 3), on_duplicate="skip")
    ) == {"duplicate": 2}


def test_a_file_given_twice_is_imported_once(importer, write):
    path = write("a.jsonl", f'{json.dumps(record(1))}\n{{"title": \n{{"x": 1}}\n')
    assert totals(importer(path, path)) == {"new": 1, "unchanged": 1, "failed": 2, "rejected": 2}
    assert Capture.objects.count() == 3


@pytest.mark.parametrize("in_one_file", [True, False])
class TestKnownArticle:
    """An item whose article the archive knows, from an earlier run or from earlier in the same file."""

    def import_both(self, importer, write_json, in_one_file, first, second, **options):
        if in_one_file:
            return importer(write_json("both.json", [first, second]), **options)
        importer(write_json("first.json", [first]))
        return importer(write_json("second.json", [second]), **options)

    def test_its_bytes_are_kept_as_a_capture_and_the_text_stays(self, importer, write_json, in_one_file):
        summary = self.import_both(importer, write_json, in_one_file, record(1), record(1, title="عنوان آخر"))
        article = Article.objects.get()
        assert (summary.counts["captured"], article.title) == (1, f"{TITLE} 1")
        assert article.captures.count() == 2
        assert importer.reports[-1].public_id == article.public_id

    def test_skip_keeps_nothing(self, importer, write_json, in_one_file):
        summary = self.import_both(
            importer, write_json, in_one_file, record(1), record(1, title="عنوان آخر"), on_duplicate="skip"
        )
        assert (summary.counts["duplicate"], Capture.objects.count()) == (1, 1)
        assert len(list(importer.store.folder.rglob("*.gz"))) == 1

    def test_update_takes_over_the_text_and_keeps_what_the_new_one_is_silent_about(
        self, importer, write_json, in_one_file
    ):
        second = record(1, title="عنوان آخر", section="", author="هدى سالم")
        summary = self.import_both(
            importer, write_json, in_one_file, record(1, section="ثقافة"), second, on_duplicate="update"
        )
        article = Article.objects.get()
        assert (summary.counts["updated"], article.captures.count()) == (1, 2)
        assert (article.title, article.section, article.author) == ("عنوان آخر", "ثقافة", "هدى سالم")
        assert article.stale_since is not None

    def test_a_makeshift_does_not_replace_the_real_thing(self, importer, write_json, in_one_file):
        newer = {"url": record(1)["url"], "body": SECOND, "crawled_at": "2020-01-02 03:04:05"}
        self.import_both(importer, write_json, in_one_file, record(1), newer, on_duplicate="update")
        article = Article.objects.get()
        assert (article.title, article.title_is_derived, article.body) == (f"{TITLE} 1", False, SECOND)
        assert (str(article.published_on), article.date_is_from_crawl) == ("2016-03-12", False)

    def test_an_address_is_known_in_any_spelling(self, importer, write_json, in_one_file):
        other = record(1, url="HTTPS://EXAMPLE.org:443/souq/1?utm_source=x#top", body=FIRST)
        assert self.import_both(importer, write_json, in_one_file, record(1), other).counts["captured"] == 1

    def test_without_an_address_the_record_s_number_counts_within_its_source(
        self, importer, write_json, in_one_file
    ):
        first = record(1, url="", id="17")
        same = record(1, url="", id="17", body=FIRST, source="صحيفه المرفا")
        assert self.import_both(importer, write_json, in_one_file, first, same).counts["captured"] == 1
        assert Source.objects.count() == 1

    def test_the_number_of_another_source_is_another_article(self, importer, write_json, in_one_file):
        summary = self.import_both(
            importer,
            write_json,
            in_one_file,
            record(1, url="", id="17"),
            record(1, url="", id="17", source="مجلة الميناء"),
        )
        assert (summary.counts["captured"], Article.objects.count()) == (0, 2)

    def test_without_address_and_number_the_words_count_within_the_source(
        self, importer, write_json, in_one_file
    ):
        first = record(1, url="")
        same = record(1, url="", title=f"«{TITLE}» 1!", author="هدى سالم")
        assert self.import_both(importer, write_json, in_one_file, first, same).counts["captured"] == 1

    def test_the_words_under_another_address_are_another_article(self, importer, write_json, in_one_file):
        other = {**record(1), "url": "https://example.org/other"}
        assert self.import_both(importer, write_json, in_one_file, record(1), other).counts["captured"] == 0
        assert Article.objects.count() == 2


def test_an_item_repeated_in_one_file_is_imported_once(importer, write_json):
    assert totals(importer(write_json("a.json", [record(1), record(2), record(1)]))) == {
        "new": 2,
        "unchanged": 1,
    }
    assert Capture.objects.count() == 2


def test_a_withdrawn_article_stays_withdrawn(importer, write_json):
    importer(write_json("a.json", [record(1)]))
    Article.objects.update(status="withdrawn")
    importer(write_json("b.json", [record(1, body=FIRST)]), on_duplicate="update")
    assert Article.objects.get().status == "withdrawn"


def test_what_a_curator_gave_is_not_overwritten(importer, write_json):
    importer(write_json("a.json", [record(1)]))
    article = Article.objects.get()
    article.title, article.published_on = "عنوان مصحَّح", date(2016, 3, 11)
    save_correction(article, ["title", "published_on"])
    newer = record(1, title="عنوان آخر", date="2016-03-13", author="هدى سالم", body=SECOND)
    importer(write_json("b.json", [newer]), on_duplicate="update")
    article.refresh_from_db()
    assert (article.title, str(article.published_on)) == ("عنوان مصحَّح", "2016-03-11")
    assert (article.body, article.author) == (SECOND, "هدى سالم")
    assert article.evidence["title"]["place"] == CURATOR == rows_module.CURATOR
    assert article.evidence["author"]["place"] == "column author"


def test_a_text_that_a_curator_corrected_is_known_again(importer, write_json):
    path = write_json("a.json", [record(1, url="")])
    importer(path)
    article = Article.objects.get()
    article.body = "نص مصحَّح"
    save_correction(article, ["body"])
    assert totals(importer(write_json("b.json", [record(1, url="", author="هدى سالم")]))) == {"captured": 1}


def test_a_record_without_text_is_rejected_and_its_bytes_are_kept(importer, write_json):
    summary = importer(write_json("a.json", [record(1), {"url": "https://example.org/x", "title": ""}]))
    assert totals(summary) == {"new": 1, "rejected": 1}
    item = ImportItem.objects.get(outcome="rejected")
    assert (item.code, item.locator, item.article) == ("empty", "item 2", None)
    assert b"example.org/x" in importer.store.read(Capture.objects.get(article=None).sha256)


def test_what_failed_once_is_tried_again_and_its_capture_finds_its_article(importer, write_json):
    path = write_json("a.json", [{"kind": BODY}])
    assert totals(importer(path)) == {"rejected": 1}
    assert totals(importer(path)) == {"rejected": 1}
    assert Capture.objects.count() == 1
    assert totals(importer(path, column_map={"kind": "body"})) == {"new": 1}
    assert Capture.objects.get().article == Article.objects.get()
    assert totals(importer(path)) == {"unchanged": 1}


def test_unreadable_items_are_told_with_their_place_and_kept_where_they_can_be(importer, write):
    summary = importer(write("a.jsonl", f'{json.dumps(record(1))}\n{{"title": \n'))
    assert totals(summary) == {"new": 1, "failed": 1}
    report = importer.reports[1]
    assert (report.outcome, report.code, report.locator) == ("failed", "bad_json", "line 2")
    assert importer.store.read(Capture.objects.get(article=None).sha256) == b'{"title":'


def test_a_mistake_of_ours_costs_one_item_and_keeps_its_bytes(importer, write_json, monkeypatch, caplog):
    extract = deriving.extract_record

    def stumble(fields, plan):
        if fields["url"].endswith("/2"):
            raise IndexError("off by one")
        return extract(fields, plan)

    monkeypatch.setattr(deriving, "extract_record", stumble)
    summary = importer(write_json("a.json", [record(number) for number in (1, 2, 3)]))
    assert totals(summary) == {"new": 2, "failed": 1}
    assert (importer.reports[1].code, importer.reports[1].message) == (
        "extraction_error",
        "IndexError: off by one",
    )
    assert Capture.objects.filter(article=None).count() == 1
    assert "item 2" in caplog.text


def test_a_row_that_the_database_refuses_costs_one_item(importer, write_json, monkeypatch):
    names = iter(["taken", *(f"free{number}" for number in range(20))])
    make_article(public_id="taken")
    field = Article._meta.get_field("public_id")
    # The whole chunk meets the taken name first, and so does its first item when they are tried one by one.
    answers = iter(["taken", "a1", "a2", "taken", "b1", "b2", *names])
    monkeypatch.setattr(field, "default", lambda: next(answers))
    monkeypatch.setattr(field, "_get_default", lambda: next(answers))
    summary = importer(write_json("a.json", [record(number) for number in (1, 2, 3)]))
    assert totals(summary) == {"failed": 1, "new": 2}
    assert importer.codes == ["database_error", "", ""]
    assert Capture.objects.filter(article=None).count() == 1
    run = ImportRun.objects.get()
    assert (run.read, run.new, run.failed) == (3, 2, 1)


def test_an_item_that_repeats_one_the_database_refused_fails_with_it(importer, write_json, monkeypatch):
    make_article(public_id="taken")
    field = Article._meta.get_field("public_id")
    monkeypatch.setattr(field, "_get_default", lambda: "taken")
    summary = importer(write_json("a.json", [record(1), record(1, body=FIRST)]))
    assert totals(summary) == {"failed": 2}
    assert Article.objects.count() == 1


def test_the_very_bytes_of_one_the_database_refused_are_not_unchanged(importer, write_json, monkeypatch):
    make_article(public_id="taken")
    monkeypatch.setattr(Article._meta.get_field("public_id"), "_get_default", lambda: "taken")
    assert totals(importer(write_json("a.json", [record(1), record(1)]))) == {"failed": 2}
    run = ImportRun.objects.get()
    assert (run.read, run.failed, Article.objects.count()) == (2, 2, 1)


def test_an_article_deleted_while_the_import_runs_costs_one_item(importer, write_json, monkeypatch):
    importer(write_json("a.json", [record(1)]))
    keep = importer.store.__class__.write

    def delete_meanwhile(store, sha256, content):
        Capture.objects.update(article=None)
        Article.objects.all().delete()
        return keep(store, sha256, content)

    path = write_json("b.json", [record(1, body=FIRST), record(2)])
    known = run_module._Import._identify

    def identify(self, works):
        known(self, works)
        Capture.objects.update(article=None)
        Article.objects.all().delete()

    monkeypatch.setattr(run_module._Import, "_identify", identify)
    assert totals(importer(path)) == {"failed": 1, "new": 1}


def test_the_run_keeps_its_counts_its_inputs_and_its_options(importer, write_json):
    path = write_json("a.json", [record(1), {"title": ""}])
    importer(path, source="مجلة الميناء", status="draft")
    run = ImportRun.objects.get()
    assert (run.state, run.read, run.new, run.rejected) == ("finished", 2, 1, 1)
    assert run.finished_at is not None
    assert (run.inputs, run.options["source"]) == ([str(path)], "مجلة الميناء")
    assert Article.objects.get().status == "draft"


def test_a_run_left_running_by_a_killed_process_is_marked_as_stopped(importer, write):
    dead = ImportRun.objects.create()
    importer(write("a.txt", PAGE))
    dead.refresh_from_db()
    assert dead.state == "stopped"


def test_a_second_import_at_the_same_time_is_refused(importer, write):
    with only_import(importer.store.folder), pytest.raises(Busy):
        importer(write("a.txt", PAGE))
    assert ImportRun.objects.count() == 0


def test_a_run_that_breaks_off_is_marked_as_stopped(importer, write, monkeypatch):
    monkeypatch.setattr(
        importer.store.__class__, "sync", lambda store: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(OSError, match="No space"):
        importer(write("a.txt", PAGE))
    assert (ImportRun.objects.get().state, Article.objects.count()) == ("stopped", 0)


def test_the_source_given_counts_only_where_the_item_names_none(importer, write_json):
    importer(write_json("a.json", [record(1), record(2, source="")]), source="مجلة الميناء")
    first, second = Article.objects.order_by("pk")
    assert (first.source.name, second.source.name) == ("صحيفة المرفأ", "مجلة الميناء")
    assert second.evidence["source"] == {"place": "--source", "text": "مجلة الميناء"}
    assert importer.reports[1].notes[-1].code == "source_given"


def test_new_captured_and_updated_articles_go_into_the_collections(importer, write_json):
    importer(write_json("a.json", [record(1), record(2), record(3)]))
    Article.objects.update(stale_since=None)
    path = write_json("b.json", [record(1), record(2, body=FIRST), record(4)])
    importer(path, collections=("هبة", "ملف السوق"))
    assert [collection.articles.count() for collection in Collection.objects.all()] == [2, 2]
    assert Article.objects.needing_index().count() == 2
    again = write_json("c.json", [record(2, body=SECOND)])
    importer(again, collections=("هبه",), on_duplicate="update")
    assert Collection.objects.get(name="هبة").articles.count() == 2


def test_the_limit_ends_the_reading(importer, write_json):
    path = write_json("a.json", [record(number) for number in range(10)])
    assert importer(path, limit=3).read == 3
    assert ImportRun.objects.get().state == "finished"


@pytest.mark.parametrize(("most_errors", "read"), [(1, 2), (2, 4), (3, 5)])
def test_the_import_stops_at_the_limit_of_errors_with_everything_before_it_stored(
    importer, write_json, most_errors, read
):
    path = write_json("a.json", [record(1), {"title": ""}, record(3), {"title": " "}, record(5)])
    summary = importer(path, most_errors=most_errors)
    assert (summary.read, summary.stopped) == (read, most_errors < 3)
    run = ImportRun.objects.get()
    assert (run.read, run.state) == (read, "stopped" if most_errors < 3 else "finished")
    assert len(list(importer.store.folder.rglob("*.gz"))) == read == Capture.objects.count()


def test_a_dry_run_tells_the_same_and_writes_nothing(importer, write, write_json, tmp_path):
    write("a.txt", PAGE)
    write_json(
        "b.json", [record(1), record(1), record(1, body=FIRST), {"title": ""}, record(2, url="", id=3)]
    )
    before = rows()
    dry = importer(tmp_path / "inputs", dry_run=True)
    assert rows() == before
    assert not importer.store.folder.exists()
    dry_outcomes = importer.outcomes
    wet = importer(tmp_path / "inputs")
    assert (dry.counts, dry_outcomes) == (wet.counts, importer.outcomes)
    assert totals(importer(tmp_path / "inputs", dry_run=True)) == {"unchanged": 5, "rejected": 1}


def test_a_dry_run_knows_an_article_met_many_chunks_before(importer, write_json, monkeypatch):
    monkeypatch.setattr(run_module, "CHUNK_ITEMS", 2)
    path = write_json("a.json", [record(number % 5) for number in range(10)] + [record(1, body=FIRST)])
    dry = totals(importer(path, dry_run=True))
    assert dry == {"new": 5, "unchanged": 5, "captured": 1}
    assert totals(importer(path)) == dry


def test_chunks_are_bounded_in_items_and_in_bytes(
    importer, write_json, monkeypatch, django_assert_max_num_queries
):
    path = write_json("a.json", [record(number) for number in range(200)])
    with django_assert_max_num_queries(60):  # for one chunk of 200, with SQLite's limit of values in a query
        importer(path)
    monkeypatch.setattr(run_module, "CHUNK_BYTES", 10)
    chunks = []
    import_chunk = run_module._Import._import_chunk
    monkeypatch.setattr(
        run_module._Import,
        "_import_chunk",
        lambda self, works: (chunks.append(len(works)), import_chunk(self, works)),
    )
    importer(path, limit=5)
    assert chunks == [1] * 5


def test_notes_of_an_item_stand_in_its_outcome(importer, write):
    importer(write("a.txt", f"{PAGE}\nGo to W3Schools!", encoding="windows-1256"))
    notes = ImportItem.objects.get().notes
    assert notes == [
        {"code": "furniture_english", "text": "Go to W3Schools!"},
        {"code": "charset_guessed", "text": "windows-1256"},
    ]


def test_related_headlines_are_kept_beside_the_article(importer, write):
    importer(write("a.txt", f"{PAGE}\nاقرأ أيضاً\nسوق آخر - https://example.org/2\nحرفيون يعودون"))
    assert Article.objects.get().related_links == [
        {"title": "سوق آخر", "url": "https://example.org/2"},
        {"title": "حرفيون يعودون"},
    ]


def test_files_passed_over_are_counted_and_are_no_items(importer, write, tmp_path):
    write("a.txt", PAGE)
    write("README.md", "x")
    summary = importer(tmp_path / "inputs")
    assert (summary.read, dict(summary.passed_over)) == (1, {"its name tells no format": 1})


def test_all_formats_and_charsets_of_one_text_make_the_same_article(importer, write, write_json):
    csv_row = f'title,body,url\n"{TITLE}","{BODY}",https://example.org/9\n'
    fields = {"title": TITLE, "body": BODY, "url": "https://example.org/9"}
    paths = [
        write_json("a.json", [fields]),
        write("b.jsonl", json.dumps(fields)),
        write("c.csv", csv_row),
        write("d.csv", csv_row, encoding="utf-16"),
        write("e.csv", csv_row, encoding="windows-1256"),
    ]
    assert totals(importer(*paths)) == {"new": 1, "captured": 4}
    assert set(Capture.objects.values_list("charset", flat=True)) == {"utf-8", "utf-16-le", "windows-1256"}
    article = Article.objects.get()
    assert (article.title, article.body) == (TITLE, BODY)


ITEMS = st.lists(
    st.sampled_from(
        [
            record(1),
            record(2),
            record(1, body=FIRST),
            record(1, url=""),
            record(1, url="", id=4),
            {"title": ""},
            {"x": 1},
        ]
    ).map(lambda fields: json.dumps(fields, ensure_ascii=False))
    | st.sampled_from(
        [
            "[1]",
            "{",
            '{"title": "\\ud800"}',
            "نص",
            '{"\\ud800\\u0000": 1}',
            '{"title": "أ", "date": "\\ud800\\u0000"}',
        ]
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=ITEMS,
    on_duplicate=st.sampled_from(["capture", "skip", "update"]),
    dry_run=st.booleans(),
    chunk=st.integers(1, 5),
)
def test_totals_sum_to_the_items_read_and_the_second_run_adds_nothing(
    importer, write, monkeypatch, lines, on_duplicate, dry_run, chunk
):
    shutil.rmtree(importer.store.folder, ignore_errors=True)
    for model in (ImportItem, Capture, Article):
        model.objects.all().delete()
    monkeypatch.setattr(run_module, "CHUNK_ITEMS", chunk)
    path = write("any.jsonl", "\n".join(lines) or " ")
    summary = importer(path, on_duplicate=on_duplicate, dry_run=dry_run, reading=ReadOptions("jsonl"))
    assert (
        summary.read == len(lines) == len(importer.reports) == sum(summary.counts[name] for name in OUTCOMES)
    )
    before = (Article.objects.count(), Capture.objects.count())
    again = importer(path, on_duplicate=on_duplicate, reading=ReadOptions("jsonl"))
    if not dry_run:
        assert again.counts["new"] == 0
        assert (Article.objects.count(), Capture.objects.count()) == before
    for sha256 in Capture.objects.values_list("sha256", flat=True):
        importer.store.read(sha256)


def test_the_refusal_of_the_database_is_a_real_one():
    make_article(public_id="taken")
    with pytest.raises(IntegrityError):
        make_article(public_id="taken")


def test_public_ids_come_from_the_model():
    assert article_models.new_public_id() != article_models.new_public_id()
