"""Pages of crawls in the archive: their evidence, their versions, and that a second import adds nothing."""

from datetime import UTC, datetime

import pytest

from articles.importing import run as run_module
from articles.importing.readers.web import WebFilter
from articles.importing.reading import ReadOptions
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from tests.importing.crawls import Crawl, address, good, http, page, record
from tests.importing.samples import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db

LATER = "2016-05-01T08:00:00Z"


def test_a_page_of_a_crawl_becomes_an_article_with_its_evidence(importer, write):
    path = write("a.warc.gz", Crawl().with_info().with_page(1).content)
    summary = importer(path)
    article = Article.objects.get()
    assert (article.title, article.url) == (f"{TITLE} 1", address(1))
    assert FIRST in article.body
    capture = article.captures.get()
    assert (capture.url, capture.captured_at) == (address(1), datetime(2016, 3, 12, 10, tzinfo=UTC))
    assert (capture.media_type, capture.charset, capture.details["status"]) == ("text/html", "utf-8", 200)
    assert capture.details["record"].startswith("<urn:uuid:")
    assert importer.store.read(capture.sha256) == page(1).encode()
    assert (capture.origin, capture.locator) == (str(path), importer.reports[0].locator)
    assert summary.passed_over == {"warcinfo record": 1}


def test_the_same_crawl_again_adds_nothing_wherever_it_lies(importer, write):
    content = Crawl().with_page(1).with_page(2).with_response(address(3), b"<html>").content
    first = importer(write("a.warc.gz", content))
    before = (Article.objects.count(), Capture.objects.count())
    again = importer(write("b.warc.gz", Crawl().with_page(1).with_page(2).content))
    assert (dict(first.counts), dict(again.counts)) == ({"new": 2, "rejected": 1}, {"unchanged": 2})
    assert (Article.objects.count(), Capture.objects.count()) == before


def test_captures_of_one_address_are_one_article_in_the_order_of_time(importer, write):
    changed = page(1, body=f"<p>{SECOND} وعُدّل النص.</p>" * 3)
    importer(write("a.warc.gz", Crawl().with_page(1).with_page(1, moment=LATER, text=changed).content))
    assert importer.outcomes == ["new", "captured"]
    moments = Article.objects.get().captures.order_by("captured_at").values_list("captured_at", flat=True)
    assert [f"{moment:%Y-%m}" for moment in moments] == ["2016-03", "2016-05"]


@pytest.mark.parametrize("chunk", [1, 500])
def test_the_same_bytes_at_another_moment_are_another_capture(importer, write, monkeypatch, chunk):
    monkeypatch.setattr(run_module, "CHUNK_ITEMS", chunk)
    importer(
        write("a.warc.gz", Crawl().with_page(1).with_page(1, moment=LATER).with_page(1, moment=LATER).content)
    )
    assert importer.outcomes == ["new", "captured", "unchanged"]
    assert Article.objects.get().captures.count() == 2


@pytest.mark.parametrize("chunk", [1, 500])
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_revisit_is_a_capture_of_the_page_it_repeats(importer, write, monkeypatch, chunk, dry_run):
    monkeypatch.setattr(run_module, "CHUNK_ITEMS", chunk)
    importer(write("a.warc.gz", Crawl().with_page(1).with_revisit(1, moment=LATER).content), dry_run=dry_run)
    assert importer.outcomes == ["new", "captured"]
    if not dry_run:
        first, second = Capture.objects.order_by("captured_at")
        assert (second.sha256, second.article) == (first.sha256, first.article)
        assert f"{second.captured_at:%Y-%m}" == "2016-05"


def test_a_revisit_finds_its_page_in_an_earlier_crawl(importer, write):
    importer(write("a.warc.gz", Crawl().with_page(1).content))
    later = write("b.warc.gz", Crawl().with_revisit(1, moment=LATER).content)
    importer(later, dry_run=True)
    assert importer.outcomes == ["captured"]
    importer(later)
    assert importer.outcomes == ["captured"]
    importer(later)
    assert importer.outcomes == ["unchanged"]


def test_a_revisit_of_a_page_that_is_not_there_is_told_and_found_later(importer, write):
    later = write("b.warc.gz", Crawl().with_revisit(1, moment=LATER).content)
    importer(later)
    assert importer.codes == ["revisit_unresolved"]
    assert f"import the crawl that captured {address(1)} first" in importer.reports[0].message
    importer(write("a.warc.gz", Crawl().with_page(1).content), later)
    assert importer.outcomes == ["new", "captured"]


def test_a_revisit_is_never_taken_for_a_damaged_record_of_the_page(importer, write):
    broken = record(http(page().encode()), "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    importer(write("a.warc", broken))
    importer(write("b.warc.gz", Crawl().with_revisit(1, moment=LATER).content))
    assert importer.codes == ["revisit_unresolved"]


def test_a_record_that_failed_is_kept_as_evidence_with_its_address(importer, write):
    importer(write("a.warc", record(http(page().encode()), length=10) + good(2)))
    assert importer.outcomes == ["failed", "new"]
    kept = Capture.objects.get(article=None)
    assert (kept.url, kept.media_type) == (address(1), "application/http")
    assert importer.store.read(kept.sha256) == http(page().encode())


def test_two_addresses_of_the_same_bytes_are_two_articles(importer, write):
    crawl = Crawl().with_response(address(1), page().encode()).with_response(address(2), page().encode())
    importer(write("a.warc.gz", crawl.content))
    assert importer.outcomes == ["new", "new"]


def test_a_saved_page_says_itself_where_it_was_saved_from(importer, write):
    importer(write("خبر.html", page(1, head=f'<link rel="canonical" href="{address(7)}">')))
    article = Article.objects.get()
    assert (article.url, article.captures.get().charset) == (address(7), "utf-8")


def test_a_saved_page_in_windows_1256_is_read(importer, write):
    text = page(1).replace("utf-8", "windows-1256")
    importer(write("خبر.html", text.encode("windows-1256")))
    assert (Article.objects.get().title, Capture.objects.get().charset) == (f"{TITLE} 1", "windows-1256")


def test_a_page_of_plain_text_in_a_crawl_is_read_when_it_is_asked_for(importer, write):
    crawl = Crawl().with_response(
        address(1), f"{TITLE}\n\n{FIRST}\n\n{SECOND}".encode("windows-1256"),
        headers=[("Content-Type", "text/plain; charset=windows-1256")],
    )  # fmt: skip
    importer(
        write("a.warc.gz", crawl.content), reading=ReadOptions(web=WebFilter(media_types=("text/plain",)))
    )
    article = Article.objects.get()
    assert (article.title, article.url, article.captures.get().charset) == (TITLE, address(1), "windows-1256")


def test_passed_over_records_and_items_are_counted_apart(importer, write):
    crawl = Crawl().with_page(1).with_response(address(2), b"", status="404 Not Found")
    summary = importer(write("a.warc.gz", crawl.content))
    run = ImportRun.objects.get()
    assert (summary.read, run.read, summary.passed_over) == (1, 1, {"HTTP 404": 1})
