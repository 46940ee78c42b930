"""The rules of sources at an import: which pages they hold for, and what a capture says of them."""

import pytest

from articles.importing import second_process
from articles.importing.columns import Plan
from articles.importing.deriving import derive
from articles.importing.pages.rules import SourceRules
from articles.importing.rule_book import Outlet, RuleBook
from articles.importing.second_process import Derivers
from articles.importing.store import ruling
from articles.importing.store.ruling import TooManyRules, rule_book
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.extraction import ExtractionRules
from tests.factories import make_source
from tests.importing.crawls import Crawl, address, page
from tests.importing.samples import FIRST, SECOND, TITLE, record
from tests.importing.test_second_process import document

PAPER = "صحيفة المرفأ"
LINE = "غرفة الأخبار في المرفأ تستقبل رسائل القراء مساءً"
BODY = f'<p class="by">هدى سالم</p><p>{FIRST}</p><p>{LINE}</p><p>{SECOND}</p>' * 2

pytestmark = pytest.mark.django_db


def rules(name=PAPER, *, homepage="", **values):
    return ExtractionRules.objects.create(source=make_source(name, homepage=homepage), **values)


def test_rules_hold_for_pages_of_their_hosts_and_no_others(importer, write):
    rules(hosts="news.example.org", author=".by", drop_lines=LINE)
    text = page(1, body=BODY)
    importer(
        write(
            "a.warc.gz",
            Crawl().with_page(1, text=text).with_response("https://b.example/1", text.encode()).content,
        )
    )
    ours, other = Article.objects.order_by("pk")
    assert (ours.source.name, ours.author, LINE in ours.body) == (PAPER, "هدى سالم", False)
    assert ours.evidence["author"]["place"] == "source rule .by"
    assert (other.source, other.author, LINE in other.body) == (None, "", True)


def test_without_hosts_the_homepage_of_the_source_counts(importer, write):
    rules(homepage="https://www.example.org/ar/", drop_lines=LINE)
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=BODY)).content))
    assert (Article.objects.get().source.name, LINE in Article.objects.get().body) == (PAPER, False)


def test_a_saved_page_is_of_the_host_that_it_names_itself(importer, write):
    rules(hosts="news.example.org", drop_lines=LINE, title="h2")
    head = f'<link rel="canonical" href="{address(1)}">'
    importer(write("a.html", page(1, body=BODY, head=head)))
    article = Article.objects.get()
    assert (article.source.name, LINE in article.body, article.url) == (PAPER, False, address(1))
    assert Capture.objects.get().extractor.startswith("1+")


def test_a_record_and_a_page_of_text_lose_the_lines_of_their_source(importer, write_json, write):
    rules(drop_lines=LINE)
    importer(write_json("a.json", [record(1, source=PAPER, body=f"{FIRST}\n{LINE}\n{SECOND}")]))
    importer(write("a.txt", f"{TITLE}\n\n{FIRST}\n\n{LINE}\n\n{SECOND}"), source=PAPER)
    assert [LINE in body for body in Article.objects.values_list("body", flat=True)] == [False, False]
    assert importer.reports[0].notes[-1].code == "dropped_by_rule"
    assert len(set(Capture.objects.values_list("extractor", flat=True))) == 1


def test_every_capture_of_an_article_says_what_read_it(importer, write, write_json):
    importer(write_json("a.json", [record(1), {"title": ""}]))
    assert list(Capture.objects.order_by("pk").values_list("extractor", flat=True)) == ["1", ""]


def test_evidence_that_becomes_an_article_later_says_what_read_it(importer, write_json):
    path = write_json("a.json", [{"x": "خبر", "y": "متن"}])
    importer(path)
    importer(path, column_map={"x": "title", "y": "body"})
    assert Capture.objects.get().extractor == "1"


def test_a_dry_run_reads_by_the_rules_too(importer, write):
    rules(hosts="news.example.org", drop_lines=LINE)
    importer(write("a.warc.gz", Crawl().with_page(1, text=page(1, body=BODY)).content), dry_run=True)
    assert "dropped_by_rule" in {note.code for note in importer.reports[0].notes}


def test_the_second_process_has_the_rules_too(monkeypatch):
    monkeypatch.setattr(second_process, "WORTH_IT", 30)
    book = RuleBook.of([Outlet(PAPER, ("news.example.org",), SourceRules(drop_lines=(LINE,)))])
    items = [
        document(
            number, page(number, body=BODY, head=f'<link rel="canonical" href="{address(number)}">').encode()
        )
        for number in range(60)
    ]
    derivers = Derivers(Plan({}), book)
    try:
        together = derivers.derive(items)
        assert derivers.pool is not None
    finally:
        derivers.close()
    assert together == [derive(item, Plan({}), book) for item in items]
    assert {derived.found.source for derived in together} == {PAPER}


def test_there_is_a_bound_to_the_rules_of_an_import(importer, write_json, monkeypatch):
    monkeypatch.setattr(ruling, "MOST_SOURCES", 1)
    rules()
    assert len(rule_book().by_name) == 1
    rules("وكالة الساحل")
    with pytest.raises(TooManyRules, match="more than 1 "):
        importer(write_json("a.json", [record(1)]))


def test_the_book_is_read_in_two_queries(django_assert_num_queries):
    for number in range(30):
        rules(f"صحيفة {number}", hosts=f"n{number}.example")
    with django_assert_num_queries(2):
        assert len(rule_book().by_host) == 30
