"""What stands below the title of a hit: texts of the archive are escaped, dates are as far as they are known."""

from dataclasses import replace
from datetime import date

from articles.search.results import Hit, Passage, Piece
from articles.templatetags.hits import fact_items, passage_paragraphs

HIT = Hit(
    public_id="a1",
    url="/article/a1/",
    title=(Piece("خبر"),),
    title_text="خبر",
    title_is_derived=False,
    language="ar",
    source="<صحيفة>",
    source_url="/source/x/",
    author="a & b",
    published_on=date(2015, 7, 1),
    published_precision="month",
    date_is_from_crawl=False,
    score=1.0,
    passages=(),
)


def test_source_date_and_author_are_facts_and_escaped() -> None:
    assert fact_items(HIT).split("\n") == [
        '<li><a href="/source/x/"><bdi>&lt;صحيفة&gt;</bdi></a></li>',
        '<li><bdi><time datetime="2015-07">تموز / يوليو 2015</time></bdi></li>',
        "<li><bdi>a &amp; b</bdi></li>",
    ]


def test_what_is_not_known_is_said_or_left_out() -> None:
    bare = replace(HIT, source="", author="", published_on=None, published_precision="unknown")

    assert fact_items(bare) == "<li><bdi>بلا تاريخ</bdi></li>"


def test_a_date_of_a_crawl_and_a_title_made_of_the_text_are_said() -> None:
    facts = fact_items(replace(HIT, date_is_from_crawl=True, title_is_derived=True))

    assert "<bdi>تاريخ الالتقاط <time" in facts
    assert facts.endswith("<li><bdi>عنوان مستخرج</bdi></li>")


def test_a_long_author_is_cut() -> None:
    facts = fact_items(replace(HIT, author="ب" * 200))

    assert facts.endswith(f"<li><bdi>{'ب' * 79}…</bdi></li>")


def test_passages_are_paragraphs() -> None:
    passages = (Passage((Piece("<"), Piece("ب", matched=True))), Passage((Piece("ت"),), cut_before=True))

    assert passage_paragraphs(passages) == "<p>&lt;<mark>ب</mark></p>\n<p>…&nbsp;ت</p>"
