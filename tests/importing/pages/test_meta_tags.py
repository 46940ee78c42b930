"""Titles, dates and writers in tags and attributes, by the names that newsrooms give them."""

import pytest

from articles.importing.pages.meta_tags import read
from articles.importing.pages.tree import parse


def first(markup, field):
    found = read(parse(f"<html><head>{markup}</head><body>{markup}</body></html>")).get(field, [])
    return found[0].value if found else ""


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        ('<meta property="og:title" content="عنوان">', "title", "عنوان"),
        ('<meta name="og:title" content="عنوان">', "title", "عنوان"),
        ('<meta NAME="DC.Title" CONTENT="عنوان">', "title", "عنوان"),
        ('<meta name="twitter:title" content="عنوان">', "title", "عنوان"),
        ('<meta name="publishdate" content="2017/03/12">', "published", "2017/03/12"),
        ('<meta property="article:published_time" content="2017-03-12">', "published", "2017-03-12"),
        ('<meta name="author" content="هدى سالم">', "author", "هدى سالم"),
        ('<h1 itemprop="headline">عنوان</h1>', "title", "عنوان"),
        ('<span itemprop="author"><b itemprop="name">هدى</b> كاتبة</span>', "author", "هدى"),
        ('<time itemprop="datePublished" datetime="2017-03-12">أمس</time>', "published", "2017-03-12"),
        (
            '<span property="schema:dateCreated" content="2017-03-12">12 مارس</span>',
            "published",
            "2017-03-12",
        ),
        ('<link rel="canonical" href="/a">', "canonical", "/a"),
    ],
)
def test_a_field_is_read_from_its_tag(markup, field, value):
    assert first(markup, field) == value


@pytest.mark.parametrize(
    "markup", ['<meta name="author" content=" ">', "<meta content='x'>", '<meta name="author">', ""]
)
def test_an_empty_tag_says_nothing(markup):
    assert first(markup, "author") == ""


def test_the_writer_of_a_comment_is_not_that_of_the_article():
    comment = '<div itemtype="https://schema.org/Comment"><b itemprop="author">قارئ</b></div>'
    assert first(comment + '<b itemprop="author">هدى</b>', "author") == "هدى"
