"""Pages made to hurt: each gives an article or a coded refusal, in bounded time and memory."""

import time
import tracemalloc

import pytest

from articles.importing.pages.extraction import extract_html
from articles.importing.pages.tree import MAX_BYTES, MAX_MARKUP
from articles.importing.records import ExtractedArticle
from tests.importing.pages.samples import FIRST, TEXT, article, page

SECONDS = 30  # on a busy machine; alone, none takes five
ARTICLE = page().removeprefix("<!doctype html>").partition("<body>")[2]


def around(*pieces):
    return "<html><body>" + "".join(pieces) + ARTICLE


HOSTILE = {
    "50 MB of text": (lambda: b"<html><body>" + b"x" * 50_000_000, "too_large"),
    "more text than an item may have": (
        lambda: "<html><body><p>" + f"{FIRST} " * (MAX_MARKUP // len(FIRST)),
        "too_large",
    ),
    "15 MB of script": (lambda: around("<script>", "var a=1;" * 1_900_000, "</script>"), ""),
    "an embedded picture of 5 MB": (
        lambda: around('<img src="data:image/png;base64,', "A" * 5_000_000, '">'),
        "",
    ),
    "20,000 nested divs": (lambda: around("<div>" * 20_000), "too_deep"),
    "1,500 nested divs": (lambda: around("<div>" * 1_500), ""),
    "1,500 nested share bars": (lambda: around('<div class="share">' * 1_500), ""),
    "600 nested tables": (lambda: around("<table><tr><td>" * 600), ""),
    "300 fonts left open": (lambda: around("<font color=red>" * 300), ""),
    "200,000 tags": (lambda: around("<b>x</b>" * 100_000), "too_large"),
    "20,000 paragraphs of a letter": (lambda: around("<p>x" * 20_000), ""),
    "20,000 lines": (lambda: around("سطر<br>" * 20_000), ""),
    "20,000 share bars": (lambda: around("<i class=share>x</i>" * 20_000), ""),
    "100,000 attributes": (
        lambda: around("<div ", " ".join(f"a{number}=1" for number in range(100_000)), ">"),
        "",
    ),
    "a class of 1 MB": (lambda: around('<div class="', "share " * 200_000, '">'), ""),
    "a title of 200,000 dashes": (lambda: page().replace("<title>", "<title>" + "- " * 100_000), ""),
    "brackets 100,000 deep in JSON-LD": (
        lambda: page(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        "",
    ),
    "tags that never end": (lambda: around("<a " * 50_000), ""),
    "comments that never end": (lambda: page() + "<!--" * 50_000, ""),
    "scripts that never end": (lambda: page() + "<script>" * 50_000, ""),
    "a million entities": (lambda: around("<p>", "&lt;" * 500_000), ""),
    "a million blanks": (lambda: around("<p>", "\u00a0" * 1_000_000), ""),
    "a line of slipped letters": (lambda: around("<p>", "ط§" * 200_000), ""),
    "an external entity": (
        lambda: '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>' + page(),
        "",
    ),
    "entities that multiply": (
        lambda: '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + page("&b;" * 99, *TEXT),
        "",
    ),
    "a frameset": (lambda: "<html><frameset cols='1,2'><frame src=a></frameset></html>", "empty"),
    "zeros": (lambda: b"\0" * 100_000, "binary"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99, "binary"),
    "a portable document": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 99, "binary"),
    "half a surrogate pair": (lambda: page("\ud800", *TEXT), ""),
    "a page cut in a tag": (lambda: page().encode()[:-25] + b"<di", ""),
    "nothing": (lambda: b"", "empty_file"),
    "blanks": (lambda: b" \n", "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_gives_an_article_or_its_code_in_time(name):
    make, code = HOSTILE[name]
    html = make()
    begun = time.process_time()
    found = extract_html(html)
    assert time.process_time() - begun < SECONDS
    assert ("" if isinstance(found, ExtractedArticle) else found.code) == code


@pytest.mark.parametrize(
    "name", ["50 MB of text", "20,000 nested divs", "200,000 tags", "20,000 paragraphs of a letter"]
)
def test_a_hostile_page_takes_bounded_memory(name):
    html = HOSTILE[name][0]()
    tracemalloc.start()
    extract_html(html)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150 * 1024 * 1024


def test_nothing_is_read_from_the_disk_or_the_network():
    found = article('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page("&x;", *TEXT))
    assert "root:" not in found.body


def test_the_largest_page_that_is_read_is_larger_than_any_article():
    assert MAX_BYTES > 10_000_000
