"""The captures of an article: found by their address, listed in time, and shown where they can do no harm."""

import contextlib
import doctest
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from articles.importing.fingerprints import bytes_digest, url_digest
from articles.importing.store.captures import CaptureStore
from articles.models.article import Article, Status
from articles.models.capture import Capture
from articles.views import held, originals, timemaps
from tests.conftest import Archive
from tests.factories import make_capture, make_run
from tests.views.conftest import Read

ADDRESS = "https://alufuq.example/news/1?id=7"
A_WHILE = 700  # milliseconds in which a browser would have done what it is going to do
HOSTILE = """<!doctype html><html><head>
<meta http-equiv="refresh" content="0;url={there}/refresh"><base href="{there}/">
<link rel="preconnect" href="{there}"><link rel="dns-prefetch" href="{there}">
<link rel="prefetch" href="{there}/prefetch"><link rel="stylesheet" href="{there}/style.css">
<script src="{there}/script.js"></script>
<style>@import "{there}/import.css"; body {{ background: url({there}/background.png) }}</style></head>
<body onload="document.title='ran'; document.body.textContent='ran'; fetch('{there}/onload')">
<p id="words">نص محفوظ</p>
<script>document.body.textContent = 'ran'; parent.document.title = 'ran'</script>
<img src="{there}/picture.png" onerror="document.body.textContent = 'ran'">
<iframe src="{there}/frame"></iframe><embed src="{there}/embed">
<object data="{there}/object"></object><video src="{there}/video"></video>
<svg onload="document.body.textContent = 'ran'"></svg>
<a id="script" href="javascript:document.body.textContent='ran'">script</a>
<a id="top" href="{there}/top" target="_top" ping="{there}/ping">top</a>
<a id="window" href="{there}/window" target="_blank">window</a>
<a id="away" href="{there}/away">away</a>
<form id="form" action="{there}/form" method="post"><button id="send">send</button></form>
</body></html>"""


def kept(article: Article, content: bytes, **values: Any) -> Capture:
    """A capture whose bytes are in the store."""
    CaptureStore(settings.CAPTURES_DIR).write(bytes_digest(content), content)
    return make_capture(
        article, content=content, **{"media_type": "text/html", "charset": "windows-1256", **values}
    )


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, 30, 5, tzinfo=UTC)


def page_of(capture: Capture) -> str:
    assert capture.article
    return f"{capture.article.get_absolute_url()}captures/{capture.sha256}/"


@pytest.fixture
def news(archive: Archive) -> Article:
    """A published article captured twice at its address."""
    article = archive.add("خبر من الأفق", "متن", url=ADDRESS, url_digest=url_digest(ADDRESS))
    kept(article, "<p>قديم</p>".encode("cp1256"), url=ADDRESS, captured_at=at(2015), details={"status": 200})
    kept(article, "<p>جديد</p>".encode("cp1256"), url=ADDRESS, captured_at=at(2017, 2, 14), run=make_run())
    return article


@pytest.mark.parametrize(
    "asked",
    [
        ADDRESS,
        "http://alufuq.example/news/1?id=7",
        "https:/alufuq.example/news/1?id=7",
        "alufuq.example/news/1?id=7",
        "HTTPS://ALUFUQ.example:443/news/1?id=7&utm_source=x",
        quote(ADDRESS, safe=""),
    ],
)
def test_an_address_leads_to_its_article_however_it_is_written(
    asked: str, news: Article, client: Client
) -> None:
    response = client.get(f"/url/{asked}")
    assert (response.status_code, response["Location"]) == (302, news.get_absolute_url())
    assert {"private", "no-cache"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("written", ["http://alufuq.example/خبر", "http://alufuq.example/%D8%AE%D8%A8%D8%B1"])
def test_an_address_that_only_a_capture_has_leads_to_its_article(
    written: str, archive: Archive, client: Client
) -> None:
    article = archive.add("خبر")
    make_capture(article, url=written)
    for asked in ("alufuq.example/خبر", "http://alufuq.example/%D8%AE%D8%A8%D8%B1"):
        assert client.get(f"/url/{asked}").headers.get("Location") == article.get_absolute_url()


@pytest.mark.parametrize(
    "asked",
    [
        "https://alufuq.example/news/1",
        "https://alufuq.example/news/1?id=8",
        "ftp://alufuq.example/news/1?id=7",
        "javascript:alert(1)",
        "http://[broken",
        "%00",
        "<script>alert(1)</script>",
    ],
)
def test_an_address_that_is_not_held_is_told_so_in_arabic(asked: str, news: Article, read: Read) -> None:
    page = read(f"/url/{asked}", status=404)
    assert "لا يحفظ الأرشيف مقالاً منشوراً من هذا العنوان" in page.text


def test_a_timemap_lists_the_captures_of_an_address_in_time(news: Article, client: Client) -> None:
    response = client.get(f"/timemap/link/{ADDRESS}")
    old, new = Capture.objects.order_by("captured_at")
    assert response["Content-Type"] == "application/link-format"
    assert response.content.decode().splitlines() == [
        f'<{ADDRESS}>; rel="original",',
        '<http://testserver/timemap/link/https://alufuq.example/news/1%3Fid=7>; rel="self"; '
        'type="application/link-format"; from="Thu, 01 Jan 2015 12:30:05 GMT"; '
        'until="Tue, 14 Feb 2017 12:30:05 GMT",',
        f'<http://testserver{page_of(old)}>; rel="first memento"; datetime="Thu, 01 Jan 2015 12:30:05 GMT",',
        f'<http://testserver{page_of(new)}>; rel="last memento"; datetime="Tue, 14 Feb 2017 12:30:05 GMT"',
    ]


def test_the_address_that_a_timemap_gives_itself_answers_the_same(news: Article, client: Client) -> None:
    itself = "/timemap/link/https://alufuq.example/news/1%3Fid=7"
    assert client.get(itself).content == client.get(f"/timemap/link/{ADDRESS}").content


def test_the_same_bytes_obtained_again_are_one_memento_and_two_rows(archive: Archive, client: Client) -> None:
    article = archive.add("خبر")
    for year in (2016, 2015):
        make_capture(article, content=b"same", url="http://a.example/x", captured_at=at(year))
    timemap = client.get("/timemap/link/a.example/x").content.decode()
    assert timemap.count("memento") == 1
    assert 'rel="first last memento"; datetime="Thu, 01 Jan 2015' in timemap
    assert [row["timestamp"][:4] for row in client.get("/timemap/json/a.example/x").json()] == [
        "2015",
        "2016",
    ]


def test_a_timemap_as_json_has_the_words_of_cdx(news: Article, client: Client) -> None:
    row = client.get(f"/timemap/json/{ADDRESS}").json()[0]
    old = Capture.objects.earliest("captured_at")
    assert row == {
        "urlkey": "example,alufuq)/news/1?id=7",
        "timestamp": "20150101123005",
        "original": ADDRESS,
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": old.sha256,
        "length": str(old.size),
        "article": f"http://testserver{news.get_absolute_url()}",
        "memento": f"http://testserver{page_of(old)}",
    }


def test_captures_of_another_address_or_without_a_time_are_in_no_timemap(
    news: Article, client: Client
) -> None:
    make_capture(news, url="https://elsewhere.example/", captured_at=at(2018))
    make_capture(news, url=ADDRESS)
    assert len(client.get(f"/timemap/json/{ADDRESS}").json()) == 2
    assert len(client.get("/timemap/json/elsewhere.example").json()) == 1


def test_a_long_timemap_keeps_the_newest(
    news: Article, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_CAPTURES", 1)
    assert [row["timestamp"][:4] for row in client.get(f"/timemap/json/{ADDRESS}").json()] == ["2017"]


@pytest.mark.parametrize("form", ["link", "json"])
def test_an_address_without_captures_has_no_timemap(form: str, news: Article, client: Client) -> None:
    assert client.get(f"/timemap/{form}/https://alufuq.example/other").status_code == 404


def test_the_list_says_of_each_capture_what_is_known(news: Article, read: Read) -> None:
    page = read(f"{news.get_absolute_url()}captures/")
    old, new = Capture.objects.order_by("captured_at")
    for known in ("HTTP 200", "text/html; windows-1256", old.sha256, "في عملية الاستيراد رقم", "12:30 UTC"):
        assert known in page.text
    assert "من غير عملية استيراد مسجلة" in page.text
    assert page.text.index(old.sha256) < page.text.index(new.sha256)
    assert {page_of(old), page_of(new), f"/timemap/link/{quote(ADDRESS, safe='/:=')}"} <= set(page.links)


def test_the_article_leads_to_its_captures(news: Article, read: Read) -> None:
    assert f"{news.get_absolute_url()}captures/" in read(news.get_absolute_url()).links


def test_a_capture_without_a_time_is_listed_last(news: Article, read: Read) -> None:
    undated = make_capture(news)
    text = read(f"{news.get_absolute_url()}captures/").text
    assert text.index("وقت غير معروف") < text.index(undated.sha256)
    assert text.rindex("12:30 UTC") < text.index("وقت غير معروف")


def test_a_long_list_comes_in_pages(news: Article, read: Read) -> None:
    for _number in range(55):
        make_capture(news)
    assert "?page=2" in read(f"{news.get_absolute_url()}captures/").links
    assert "عددها: 57" in read(f"{news.get_absolute_url()}captures/?page=2").text


@pytest.mark.parametrize("path", ["/captures/", "timemap", "url"])
def test_many_captures_take_as_many_queries_as_two(
    path: str, news: Article, queries: Callable[[str], int]
) -> None:
    url = f"{news.get_absolute_url()}captures/" if path == "/captures/" else f"/{path}/{ADDRESS}"
    url = url.replace("/timemap/", "/timemap/link/")
    few = queries(url)
    for number in range(30):
        make_capture(news, url=ADDRESS, captured_at=at(2018), run=make_run(), locator=f"{number}")
    assert queries(url) == few <= 4


def test_the_original_stands_in_a_frame_that_allows_nothing(
    news: Article, read: Read, client: Client
) -> None:
    old = Capture.objects.earliest("captured_at")
    read(page_of(old))
    response = client.get(page_of(old))
    assert f'<iframe src="{page_of(old)}raw/"' in response.content.decode()
    assert 'sandbox=""' in response.content.decode()
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Memento-Datetime"] == "Thu, 01 Jan 2015 12:30:05 GMT"
    assert f'<{ADDRESS}>; rel="original", <http://testserver/timemap/link/' in response["Link"]


def test_the_frame_is_allowed_also_when_the_page_has_not_changed(news: Article, client: Client) -> None:
    url = page_of(Capture.objects.earliest("captured_at"))
    again = client.get(url, headers={"If-None-Match": client.get(url)["ETag"]})
    assert again.status_code == 304
    assert "frame-src 'self'" in again["Content-Security-Policy"]


def test_stored_bytes_come_without_any_power(news: Article, client: Client) -> None:
    content = HOSTILE.format(there="https://hostile.example").encode()
    hostile = kept(news, content, charset="utf-8")
    response = client.get(page_of(hostile) + "raw/")
    assert response.getvalue() == content.replace(b"<link", b"<meta").replace(b"iframe", b"object")
    policy = response["Content-Security-Policy"].split("; ")
    assert policy[:4] == ["sandbox", "default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"]
    assert set(policy[4:]) == {"form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'"}
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_stored_bytes_can_be_saved_exactly_as_they_are(news: Article, client: Client, read: Read) -> None:
    content = HOSTILE.format(there="https://hostile.example").encode()
    hostile = kept(news, content)
    assert page_of(hostile) + "raw/?save" in read(page_of(hostile)).links
    response = client.get(page_of(hostile) + "raw/?save")
    assert response.getvalue() == content
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_nothing_that_connects_is_left_wherever_the_bytes_are_cut(encoding: str) -> None:
    content = "خبر <LiNk rel=preconnect><IFRAME src=a></iframe><p>".encode(encoding)
    wanted = "خبر <meta rel=preconnect><object src=a></object><p>".encode(encoding)
    for cut in range(len(content)):
        assert b"".join(originals.disarmed(iter([content[:cut], content[cut:]]))) == wanted


def test_no_link_is_hidden_between_escapes() -> None:
    assert b"".join(originals.disarmed(iter([b"<\x1b(Blink rel=preconnect>"]))) == b"< (Blink rel=preconnect>"


def test_stored_bytes_are_never_answered_with_not_modified(news: Article, client: Client) -> None:
    url = page_of(Capture.objects.earliest("captured_at")) + "raw/"
    response = client.get(url)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    again = client.get(url, headers={"If-None-Match": "*"})
    assert (again.status_code, again["Content-Security-Policy"][:8]) == (200, "sandbox;")


@pytest.mark.parametrize(
    "media_type, charset, answered",
    [
        ("text/html", "windows-1256", "text/html; charset=windows-1256"),
        ("TEXT/HTML", "", "text/html"),
        ("text/html", "utf-8; x=y", "text/html"),
        ("text/plain", "utf-8", "text/plain; charset=utf-8"),
        ("text/xml", "", "text/plain"),
    ],
)
def test_text_is_shown_in_its_recorded_charset(
    media_type: str, charset: str, answered: str, news: Article, client: Client
) -> None:
    capture = kept(news, b"<b>x</b>", media_type=media_type, charset=charset)
    response = client.get(page_of(capture) + "raw/")
    assert response["Content-Type"] == answered
    assert "Content-Disposition" not in response


@pytest.mark.parametrize(
    "media_type", ["application/xhtml+xml", "image/svg+xml", "application/json", "application/pdf", ""]
)
def test_what_is_no_text_can_only_be_saved(
    media_type: str, news: Article, client: Client, read: Read
) -> None:
    capture = kept(news, b"<svg onload='alert(1)'/>", media_type=media_type)
    response = client.get(page_of(capture) + "raw/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{capture.sha256[:16]}.')
    assert page_of(capture) + "raw/?save" in read(page_of(capture)).links
    assert "<iframe" not in client.get(page_of(capture)).content.decode()


def test_a_capture_too_large_to_be_shown_is_not(
    news: Article, read: Read, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = kept(news, b"x", size=originals.LARGEST + 1)
    assert "أكبر من أن تُعرض" in read(page_of(large)).text
    assert client.get(page_of(large) + "raw/").status_code == 413


def test_no_more_bytes_are_sent_than_were_recorded() -> None:
    assert b"".join(originals.capped(iter([b"abc", b"def", b"ghi"]), 4)) == b"abcd"


def test_bytes_that_the_store_has_lost_are_not_found_and_are_logged(
    news: Article, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    lost = make_capture(news, media_type="text/html")
    assert client.get(page_of(lost) + "raw/").status_code == 404
    assert f"no capture {lost.sha256}" in caplog.text


@pytest.mark.parametrize("status, answers", [(Status.DRAFT, {404}), (Status.WITHDRAWN, {404, 410})])
def test_what_is_not_published_is_shown_nowhere(
    status: str, answers: set[int], news: Article, client: Client
) -> None:
    capture = Capture.objects.earliest("captured_at")
    urls = (
        f"/url/{ADDRESS}",
        f"/timemap/link/{ADDRESS}",
        f"/timemap/json/{ADDRESS}",
        f"{news.get_absolute_url()}captures/",
        page_of(capture),
        page_of(capture) + "raw/",
    )
    assert {client.get(url).status_code for url in urls} == {200, 302}
    Article.objects.change(status=status)
    assert {client.get(url).status_code for url in urls} == answers


def test_a_capture_answers_only_under_its_own_article(
    news: Article, archive: Archive, client: Client
) -> None:
    other = archive.add("خبر آخر")
    capture = Capture.objects.earliest("captured_at")
    assert client.get(f"{other.get_absolute_url()}captures/{capture.sha256}/raw/").status_code == 404


@pytest.mark.parametrize("path", ["captures/", "url", "timemap/link"])
def test_captures_are_read_not_written(path: str, news: Article, client: Client) -> None:
    capture = Capture.objects.earliest("captured_at")
    url = page_of(capture) + "raw/" if path == "captures/" else f"/{path}/{ADDRESS}"
    assert client.post(url).status_code == 405
    assert client.head(url).status_code in (200, 302)


@pytest.mark.parametrize("module", [held, originals, timemaps], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.attempted > 0, result.failed) == (True, 0)


class Listener:
    """A machine elsewhere that notes every connection made to it."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.connections: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _peer = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.2)
                try:
                    self.connections.append(connection.recv(200))
                except TimeoutError:
                    self.connections.append(b"")


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    listener = Listener()
    with closing(listener.socket):
        yield listener


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def hostile(archive: Archive, live_server: LiveServer, elsewhere: Listener) -> str:
    """The address of a captured page that tries everything to reach elsewhere."""
    content = HOSTILE.format(there=elsewhere.address).encode()
    return live_server.url + page_of(kept(archive.add("خبر"), content, charset="utf-8"))


@pytest.mark.browser
def test_in_its_frame_a_capture_runs_no_script_and_asks_nothing(
    hostile: str, window: Page, elsewhere: Listener
) -> None:
    window.goto(hostile)
    frame = window.frame_locator("iframe")
    for target in ("#script", "#send", "#top", "#window"):
        frame.locator(target).click(no_wait_after=True)
    window.wait_for_timeout(A_WHILE)
    assert frame.locator("#words").inner_text() == "نص محفوظ"
    assert window.title().startswith("الأصل كما حُفظ")
    assert (window.url, len(window.context.pages)) == (hostile, 1)
    assert elsewhere.connections == []


@pytest.mark.browser
def test_a_link_in_the_frame_sends_nothing_when_it_is_clicked(
    hostile: str, window: Page, elsewhere: Listener
) -> None:
    window.goto(hostile)
    window.frame_locator("iframe").locator("#away").click(no_wait_after=True)
    window.wait_for_timeout(A_WHILE)
    assert window.url == hostile
    assert [sent for sent in elsewhere.connections if sent] == []


@pytest.mark.browser
def test_opened_alone_a_capture_runs_no_script_and_asks_nothing(
    hostile: str, window: Page, elsewhere: Listener
) -> None:
    window.goto(hostile + "raw/")
    for target in ("#script", "#send", "#window"):
        window.locator(target).click(no_wait_after=True)
    window.wait_for_timeout(A_WHILE)
    assert window.locator("#words").inner_text() == "نص محفوظ"
    assert (window.title(), window.url) == ("", hostile + "raw/")
    assert elsewhere.connections == []


@pytest.mark.browser
def test_the_same_page_without_its_seal_would_reach_elsewhere(window: Page, elsewhere: Listener) -> None:
    with contextlib.suppress(Error):  # it leads away while it is being written
        window.set_content(HOSTILE.format(there=elsewhere.address), wait_until="commit", timeout=3000)
    window.wait_for_timeout(A_WHILE)
    assert elsewhere.connections != []
