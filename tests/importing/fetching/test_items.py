"""From an address to items: pages, feeds, and what is neither."""

import gzip

import pytest

from articles.importing.fetching.items import Fetching
from articles.importing.fetching.validators import Validators
from articles.importing.records import PassedOver, RawDocument
from tests.importing.crawls import page
from tests.importing.samples import FIRST, TITLE

RSS = f"<rss><channel><item><title>{TITLE}</title><description>{FIRST}</description></item></channel></rss>".encode()


@pytest.fixture
def fetching(client, tmp_path):
    return Fetching(client, Validators(tmp_path / "fetched"))


def test_a_page_comes_with_what_the_server_said(site, fetching):
    site.pages["/a"] = (
        200,
        {"Content-Type": "text/html; charset=windows-1256", "ETag": '"1"'},
        page().encode(),
    )
    (item,) = fetching.items([site.url("/a")])
    assert (item.content, item.charset, item.web.address) == (page().encode(), "windows-1256", site.url("/a"))
    assert item.web.details["headers"]["etag"] == '"1"'
    assert (item.web.captured_at is not None, item.web.is_timeless) == (True, True)


def test_a_page_that_is_compressed_on_its_way_is_undone(site, fetching):
    site.pages["/a"] = (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(page().encode()),
    )
    (item,) = fetching.items([site.url("/a")])
    assert item.content == page().encode()


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", "application/octet-stream"])
def test_a_feed_is_told_by_its_content(site, fetching, kind):
    site.pages["/rss"] = (200, {"Content-Type": kind}, RSS)
    (item,) = fetching.items([site.url("/rss")])
    assert (item.fields["title"], item.origin, item.locator) == (TITLE, site.url("/rss"), "entry 1")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((404, {}, b""), "fetch_failed"),
        ((200, {"Content-Type": "image/png"}, b"\x89PNG"), "not_a_page"),
        ((200, {"Content-Type": "text/html", "Content-Encoding": "zstd"}, b"x"), "unsupported_encoding"),
        ((200, {"Content-Type": "application/rss+xml"}, b""), "empty_file"),
        ((200, {"Content-Type": "application/rss+xml"}, b"<opml>"), "bad_feed"),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "unsafe_address"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_next_address_is_fetched(site, fetching, answer, code):
    site.pages |= {"/a": answer, "/b": page().encode()}
    told, fine = fetching.items([site.url("/a"), site.url("/b")])
    assert (told.code, told.origin, type(fine)) == (code, site.url("/a"), RawDocument)


def test_an_address_that_robots_txt_denies_is_told(site, fetching):
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /"
    assert [item.code for item in fetching.items([site.url("/a")])] == ["robots_denied"]


def test_a_version_that_was_stored_is_not_asked_for_again(site, client, tmp_path):
    def answer(headers):
        if headers.get("if-none-match") == '"1"':
            return 304, {}, b""
        return 200, {"Content-Type": "text/html", "ETag": '"1"'}, page().encode()

    site.pages["/a"] = answer
    for settled, expected in ((False, RawDocument), (True, RawDocument), (True, PassedOver)):
        fetching = Fetching(client, Validators(tmp_path / "fetched"))
        (item,) = fetching.items([site.url("/a")])
        assert type(item) is expected
        if settled:
            fetching.settle()
