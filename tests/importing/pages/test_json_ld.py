"""JSON-LD as newsrooms write it: graphs, lists, references, slips."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.json_ld import plain, read
from articles.importing.pages.tree import parse
from tests.importing.pages.samples import FIRST, HEADLINE


def declared(*blocks, titles=()):
    scripts = "".join(
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    )
    return read(parse(f"<html><head>{scripts}</head><body><p>{FIRST}</p></body></html>"), titles=titles)


def value(found, name):
    return next((finding.value for finding in found.findings.get(name, ())), "")


ARTICLE = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2017-03-12"}


@pytest.mark.parametrize(
    "block",
    [
        ARTICLE,
        [ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "المرفأ"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Article", "http://schema.org/NewsArticle"]},
        "<!--" + json.dumps(ARTICLE) + "-->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps(ARTICLE, ensure_ascii=False).replace(HEADLINE, HEADLINE + "\n"),
    ],
    ids=[
        "object",
        "list",
        "graph",
        "main entity",
        "types",
        "comment",
        "cdata",
        "comma",
        "semicolon",
        "escaped",
        "line break",
    ],
)
def test_the_article_is_found_however_it_is_wrapped(block):
    found = declared(block)
    assert (value(found, "title"), value(found, "published")) == (HEADLINE, "2017-03-12")
    assert found.is_article


@pytest.mark.parametrize(
    "block", ["", "{", "null", "12", '"text"', "[[[", "{'a': 1}", "{}" * 5, '{"@type": 7}']
)
def test_a_broken_block_says_nothing(block):
    assert declared(block).findings == {}


def test_a_broken_block_does_not_hide_the_next():
    assert value(declared("{", ARTICLE), "title") == HEADLINE


def test_people_and_outlets_named_by_reference_are_looked_up():
    found = declared(
        {**ARTICLE, "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
        [{"@id": "#p", "@type": "Person", "name": "هدى سالم"}, {"@id": "#o", "name": "المرفأ"}],
    )
    assert (value(found, "author"), value(found, "source")) == ("هدى سالم", "المرفأ")


def test_articles_in_lists_beside_it_are_not_the_article():
    other = {**ARTICLE, "headline": "عنوان مقال آخر في القائمة"}
    found = declared({"@type": "ItemList", "itemListElement": [{"item": other}]}, ARTICLE)
    assert value(found, "title") == HEADLINE


def test_of_several_articles_the_one_with_the_page_s_headline_counts():
    other = {**ARTICLE, "headline": "عنوان مقال آخر في الصفحة"}
    assert value(declared(other, ARTICLE, titles=[HEADLINE]), "title") == HEADLINE


def test_the_section_before_the_article_in_the_breadcrumb_is_its_section():
    steps = [{"name": "الرئيسية"}, {"name": "محليات"}, {"name": HEADLINE}]
    found = declared(ARTICLE, {"@type": "BreadcrumbList", "itemListElement": steps})
    assert value(found, "section") == "محليات"


def test_the_entries_of_a_live_blog_are_its_text():
    entries = [
        {"@type": "BlogPosting", "headline": "أولاً", "articleBody": "نص أول"},
        {"articleBody": "نص ثان"},
    ]
    found = declared({**ARTICLE, "@type": "LiveBlogPosting", "liveBlogUpdate": entries})
    assert found.is_live_blog
    assert found.body == "أولاً\n\nنص أول\n\nنص ثان"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, ""), (2017, "2017"), ({"name": {"@value": "أ"}}, "أ"), ("&amp;quot;", "&quot;")],
)
def test_values_of_any_type_become_text(value, text):
    assert plain(value) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "@type",
                    "@id",
                    "@graph",
                    "headline",
                    "author",
                    "name",
                    "articleBody",
                    "datePublished",
                    "publisher",
                    "itemListElement",
                    "liveBlogUpdate",
                    "mainEntityOfPage",
                    "articleSection",
                    "url",
                )
            ),
            inner | st.sampled_from(("NewsArticle", "BreadcrumbList", "LiveBlogPosting", "WebPage", "#a")),
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_data_says_something_or_nothing(data):
    found = declared(data)
    assert all(finding.value for findings in found.findings.values() for finding in findings)
