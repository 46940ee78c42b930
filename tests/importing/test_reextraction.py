"""Text derived again: what changes, what stays, and that an untouched archive stays as it is."""

import csv
import io

import pytest
from django.conf import settings

from articles import curation
from articles.importing import reextraction
from articles.importing.columns import parse_map
from articles.importing.reextraction import reextract
from articles.importing.store.lock import Busy, only_import
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules
from articles.models.version import ArticleVersion
from tests.factories import make_article, make_source
from tests.importing.crawls import Crawl, address, page
from tests.importing.pages.samples import NEWSROOMS
from tests.importing.readers.test_feed import ATOM, ENTRY, rss
from tests.importing.samples import FIRST, SECOND, TITLE, record

pytestmark = pytest.mark.django_db

PAPER = "صحيفة المرفأ"
LINE = "غرفة الأخبار في المرفأ تستقبل رسائل القراء مساءً"
HOST = "news.example.org"
WITH_LINE = f"<p>{FIRST}</p><p>{LINE}</p><p>{SECOND}</p>" * 2


@pytest.fixture
def again(importer):
    """`again(...)` derives everything again: the outcomes counted, and what was reported of each article."""

    def run(articles=None, **options):
        told = []
        everything = Article.objects.all() if articles is None else articles
        counts = reextract(everything, store=importer.store, report=told.append, **options)
        return dict(counts), told

    return run


def rules(**values):
    """Rules of the paper, for the host of the crawls."""
    values = {"hosts": HOST, **values}
    return ExtractionRules.objects.update_or_create(source=make_source(PAPER), defaults=values)[0]


def rows():
    fields = [field.attname for field in Article._meta.concrete_fields if field.name != "stale_since"]
    return list(Article.objects.order_by("pk").values(*fields))


def table(*records):
    text = io.StringIO()
    writer = csv.DictWriter(text, records[0])
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


# An untouched archive


UTF16 = "\ufeff" + table(record(31), record(32))
WINDOWS = '<meta charset="windows-1256">' + page(5).replace('<meta charset="utf-8">', "")
FORMATS = {
    "a.jsonl": '{"title": "خبر", "body": "متن أول."}\n{"id": 7, "title": "خبر", "body": "(أ ف ب) متن"}\n',
    "a.json": '[{"title": "خبر", "body": "<p>متن</p>"}, {"articleBody": "متن بلا عنوان. وجملة.", "date": "2016-03"}]',
    "a.csv": table(record(11), record(12, body=f"{FIRST}\n\n{SECOND}")),
    "semicolons.csv": "title;body\r\nخبر;متن\r\nخبر آخر;متن آخر\r\n",
    "utf16.csv": UTF16.encode("utf-16-le"),
    "old.csv": "title,body\rخبر قديم,متن قديم\r",
    "a.txt": f"{TITLE}\n\n(الموصل – المرفأ – 12 آذار 2016)\n\n{FIRST}\n\n{SECOND}\n",
    "marked.txt": f"\ufeff{TITLE} آخر\n\n{SECOND}\n",
    "old.txt": f"{TITLE} قديم\n\n{SECOND}\n".encode("windows-1256"),
    "a.xml.rss": rss(ENTRY, ENTRY.replace("77", "78").replace("/1<", "/2<")),
    "a.atom": ATOM,
    "saved.html": page(4, head='<link rel="canonical" href="https://saved.example.org/4">'),
    "old.html": WINDOWS.encode("windows-1256"),
    "a.warc.gz": Crawl()
    .with_page(1)
    .with_page(1, moment="2016-05-01T08:00:00Z", text=page(1, body=f"<p>{SECOND}</p>" * 4))
    .with_response(address(2), page(2).encode("windows-1256"), headers=[("Content-Type", "text/html; charset=cp1256")])
    .with_response(address(3), page(3).encode(), kind="resource")
    .content,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_an_untouched_archive_stays_as_it_is(importer, write, again, name):
    importer(write(name, FORMATS[name]), source="جريدة الأفق")
    before, versions = rows(), ArticleVersion.objects.count()
    assert before
    assert again()[0] == {"unchanged": len(before)}
    assert (rows(), ArticleVersion.objects.count()) == (before, versions)


def test_the_seeds_and_the_pages_of_all_newsrooms_stay_as_they_are(importer, again):
    importer(NEWSROOMS / "*.html", settings.BASE_DIR / "seeds")
    before = rows()
    assert again()[0] == {"unchanged": len(before)}
    assert rows() == before


def test_updated_texts_stay_as_they_are(importer, write_json, again):
    importer(write_json("a.json", [record(1, author="هدى سالم"), record(2)]))
    importer(write_json("b.json", [record(1, body="متن أحدث.")]), on_duplicate="update")
    before = rows()
    assert (before[0]["body"], before[0]["author"]) == ("متن أحدث.", "هدى سالم")
    assert (again()[0], rows()) == ({"unchanged": 2}, before)


def test_records_are_read_with_the_map_of_their_own_run(importer, write_json, again):
    importer(write_json("a.json", [{"x": "خبر", "y": "متن"}]), column_map=parse_map(["x=title", "y=body"]))
    importer(
        write_json("b.json", [{"x": "متن ثان", "y": "خبر"}]), column_map=parse_map(["y=title", "x=body"])
    )
    before = rows()
    assert [row["title"] for row in before] == ["خبر", "خبر"]
    assert (again()[0], rows()) == ({"unchanged": 2}, before)


def test_a_source_that_the_operator_named_outlives_its_run(importer, write_json, again):
    importer(write_json("a.json", [{"title": "خبر", "body": "متن"}]), source="جريدة الأفق")
    Capture.objects.update(run=None)
    assert again()[0] == {"unchanged": 1}
    assert Article.objects.get().source.name == "جريدة الأفق"


# Rules that changed


def test_a_line_that_a_rule_drops_goes_and_what_it_said_is_a_version(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=WITH_LINE)).content))
    Article.objects.update(stale_since=None)
    rules(drop_lines=LINE)
    counts, [told] = again()
    article = Article.objects.get()
    assert (counts, LINE in article.body, article.stale_since is not None) == ({"changed": 1}, False, True)
    assert {"body", "source"} <= set(told.changes)
    versions = ArticleVersion.objects.order_by("number")
    assert [(version.number, version.cause, LINE in version.body) for version in versions] == [
        (1, "capture", True),
        (2, "extraction", False),
    ]
    assert versions[1].capture == article.captures.get()


def test_a_rule_taken_back_gives_the_text_back(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=WITH_LINE)).content))
    [before] = rows()
    rules(drop_lines=LINE)
    again()
    ExtractionRules.objects.all().delete()
    assert again()[0] == {"changed": 1}
    [after] = rows()
    assert {**after, "updated_at": before["updated_at"]} == before


def test_a_record_loses_the_lines_that_its_source_drops(importer, write_json, again):
    importer(write_json("a.json", [record(1, body=f"{FIRST}\n{LINE}\n{SECOND}", source=PAPER)]))
    rules(hosts="", drop_lines="غرفه الاخبار فى المرفأ تستقبل رسائل القراء مساء!")
    assert again()[0] == {"changed": 1}
    assert Article.objects.get().body == f"{FIRST}\n{SECOND}"


def test_a_field_that_the_bytes_no_longer_say_goes(importer, write, again):
    body = f'<p class="by author">هدى سالم</p>{WITH_LINE}'
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=body)).content))
    assert Article.objects.get().author == "هدى سالم"
    rules(drop=".by")
    again()
    article = Article.objects.get()
    assert (article.author, "author" in article.evidence) == ("", False)


def test_what_a_curator_corrected_stays(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1).content))
    article = Article.objects.get()
    article.title = "عنوان صحّحه محرر"
    curation.save_correction(article, ["title"])
    rules()
    counts, [told] = again()
    article.refresh_from_db()
    assert (article.title, article.source.name) == ("عنوان صحّحه محرر", PAPER)
    assert (counts, "title" in told.kept, "title" in told.changes) == ({"changed": 1}, True, False)
    assert again()[0] == {"protected": 1}


def test_a_correction_is_not_written_down_as_the_words_of_the_newspaper(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=WITH_LINE)).content))
    article = Article.objects.get()
    headline, article.title = article.title, "عنوان صحّحه محرر"
    curation.save_correction(article, ["title"])
    rules(drop_lines=LINE)
    again()
    versions = ArticleVersion.objects.order_by("number").values_list("cause", "title")
    assert list(versions) == [("capture", headline), ("curator", article.title), ("extraction", headline)]
    article.refresh_from_db()
    assert (article.title, LINE in article.body) == ("عنوان صحّحه محرر", False)


def test_a_rule_that_leaves_no_text_leaves_the_article_alone(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1).content))
    before = rows()
    rules(drop="article p\narticle")
    counts, [told] = again()
    assert (counts, rows()) == ({"not_extractable": 1}, before)
    assert told.message


def test_an_address_that_another_article_has_is_not_taken(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1).content))
    make_article("آخر", url="https://news.example.org/other", url_digest="x")
    head = f'<link rel="canonical" href="{address(1)}">'
    importer(write("b.html", page(2, head=head.replace("/1", "/7"))))
    saved = Article.objects.latest("pk")
    Article.objects.filter(pk=saved.pk).update(url="", url_digest="")
    other = Article.objects.get(title="آخر")
    other.url_digest = saved.url_digest
    other.save()
    _counts, told = again(Article.objects.filter(pk=saved.pk))
    assert "address is that of another article" in told[0].message
    assert Article.objects.filter(url_digest=saved.url_digest).get() == other


# Which articles


def test_only_what_other_rules_read_is_outdated(importer, write, again):
    importer(
        write(
            "a.warc.gz", Crawl().with_page(1).with_response("https://b.example/1", page(2).encode()).content
        )
    )
    assert again(outdated=True)[0] == {}
    rules(title="h1")
    assert again(outdated=True)[0] == {"changed": 1}
    assert again(outdated=True)[0] == {}
    assert sorted(map(len, Capture.objects.values_list("extractor", flat=True))) == [1, 10]


def test_captures_from_before_extractors_were_written_down_are_outdated(importer, write_json, again):
    importer(write_json("a.json", [record(1)]))
    Capture.objects.update(extractor="")
    assert again(outdated=True)[0] == {"unchanged": 1}
    assert Capture.objects.get().extractor == "1"


def test_the_limit_bounds_what_is_derived(importer, write_json, again):
    importer(write_json("a.json", [record(number) for number in range(5)]))
    assert again(limit=3)[0] == {"unchanged": 3}


# What cannot be read again


def test_missing_and_damaged_captures_and_articles_without_any_are_told_apart(importer, write_json, again):
    importer(write_json("a.json", [record(1), record(2), record(3)]))
    make_article("كتبه محرر")
    missing, damaged, _sound = Capture.objects.order_by("pk")
    importer.store.path(missing.sha256).unlink()
    importer.store.path(damaged.sha256).write_bytes(b"no gzip")
    counts, told = again()
    assert counts == {"missing": 1, "damaged": 1, "unchanged": 1, "no_capture": 1}
    assert [reread.title for reread in told][-1] == "كتبه محرر"


# At work


def test_a_dry_run_says_what_would_change_and_changes_nothing(importer, write, again):
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=WITH_LINE)).content))
    before = rows()
    rules(drop_lines=LINE)
    dry = again(dry_run=True)
    assert (rows(), ArticleVersion.objects.count(), Capture.objects.get().extractor) == (before, 0, "1")
    assert dry == again()


def test_nothing_is_derived_beside_an_import(importer, write_json, again):
    importer(write_json("a.json", [record(1)]))
    with only_import(importer.store.folder), pytest.raises(Busy):
        again()
    with only_import(importer.store.folder):
        assert again(dry_run=True)[0] == {"unchanged": 1}


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_the_size_of_portions_changes_nothing(importer, write, again, monkeypatch, batch):
    monkeypatch.setattr(reextraction, "BATCH", batch)
    crawl = Crawl()
    for number in range(5):
        crawl.with_page(number, text=page(number, body=WITH_LINE))
    importer(write("a.warc.gz", crawl.content))
    rules(drop_lines=LINE)
    seen = []
    assert again(progress=seen.append)[0] == {"changed": 5}
    assert sum(seen) == 5


def test_a_run_that_was_stopped_goes_on(importer, write, again, monkeypatch):
    monkeypatch.setattr(reextraction, "BATCH", 2)
    crawl = Crawl()
    for number in range(5):
        crawl.with_page(number, text=page(number, body=WITH_LINE))
    importer(write("a.warc.gz", crawl.content))
    rules(drop_lines=LINE)

    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(progress=stop)
    assert again(outdated=True)[0] == {"changed": 3}
    assert again()[0] == {"unchanged": 5}


def test_queries_go_by_portions_and_not_by_rows(importer, write_json, again, django_assert_max_num_queries):
    importer(write_json("a.json", [record(number) for number in range(150)]))
    with django_assert_max_num_queries(20):
        assert again()[0] == {"unchanged": 150}
