"""A real Chromium looking at a live server, and an archive worth looking at."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from articles.importing.store import versions
from articles.models.version import Cause
from tests.conftest import Archive
from tests.factories import make_capture, make_story

MONTHS = ("2014-03-09", "2015-07-21", "2015-07-22", "2016", "2017-02", "2017-02-14")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def library(archive: Archive, live_server: LiveServer) -> Archive:
    """Two pages of hits for «الموصل», from three sources and four years."""
    for number in range(27):
        article = archive.add(
            f"خبر من الموصل رقم {number}",
            "\n".join(f"فقرة {line}: قال شهود في المَوصِل إن الوثائق نُقلت إلى بغداد." * 2 for line in range(9)),
            source=("جريدة الأفق", "وكالة الساحل", "صحيفة المدار")[number % 3],
            author=("ليلى الحداد", "سامر القيسي", "")[number % 3],
            published_on=MONTHS[number % 6],
            collections=["ملفات الموصل"] if number % 2 else [],
        )
        make_capture(
            article, url="https://alufuq.example/" + "long/" * 30, origin="/in/" + "x" * 90 + ".json"
        )
    wire = [
        archive.add(
            f"زلزال يضرب الساحل {number}", "هزّ زلزال المدينة فجراً.", source=source, published_on="2016-03-09"
        )
        for number, source in enumerate(("جريدة الأفق", "وكالة الساحل"))
    ]
    make_story(*wire)
    before = versions.said_by(wire[0])
    after = replace(before, title="زلزال قوي يضرب الساحل", body="هزّ زلزال قوته 6 درجات المدينة فجراً.")
    versions.add(wire[0], before, after, cause=Cause.CAPTURE)
    archive.add("خبر محجوب", "نص", status="withdrawn")
    archive.add("Mosul: notebooks of the fighters", "An English text on Mosul. " * 9, language="en")
    archive.index()
    return archive


class Reader:
    """A reader's browser window, in which nothing the browser complains of is overlooked."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.page: Page = context.new_page()
        self.home = home
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", self._complain)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _complain(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a reader who goes on before the icon has come
            self.complaints.append(f"{request.url} {request.failure}")

    def open(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page


@pytest.fixture
def reader(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    """A window 1280 px wide; `reader.page.set_viewport_size` makes a phone of it."""
    yield from _window(browser, live_server, with_scripts=False)


@pytest.fixture
def scripted(browser: Browser, live_server: LiveServer) -> Iterator[Reader]:
    """The same with scripts on."""
    yield from _window(browser, live_server, with_scripts=True)


def _window(browser: Browser, live_server: LiveServer, *, with_scripts: bool) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=with_scripts)
    window = Reader(context, live_server.url)
    yield window
    context.close()
    assert window.complaints == []
    assert [url for url in window.requests if not url.startswith(live_server.url + "/")] == []
