"""An archive to look at, and a reader that notices broken pages."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.template.engine import Engine
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models.article import Article
from tests.conftest import Archive
from tests.factories import make_capture, make_source
from tests.views.markup import Page

UNKNOWN_VARIABLE = "‼%s‼"


@pytest.fixture(autouse=True)
def _strict_templates() -> Iterator[None]:
    """A variable that a template names and nobody gave shows on the page."""
    engine = Engine.get_default()
    before, engine.string_if_invalid = engine.string_if_invalid, UNKNOWN_VARIABLE
    yield
    engine.string_if_invalid = before


Read = Callable[..., Page]


@pytest.fixture
def read(client: Client) -> Read:
    """`read("/search/?q=...")`: the page, with everything a strict reader would stumble over already asserted."""

    def read_page(url: str, *, status: int = 200) -> Page:
        response = client.get(url)
        assert response.status_code == status, url
        html = response.content.decode()
        assert "‼" not in html, html[max(0, html.find("‼") - 200) : html.find("‼") + 200]
        page = Page(html)
        assert page.problems == [], url
        assert page.levels.count(1) == 1, url
        return page

    return read_page


@pytest.fixture
def library(archive: Archive) -> Archive:
    """A small archive: two sources, every precision of date, a collection, a draft and a withdrawn article."""
    make_source("جريدة الأفق", country="العراق", homepage="https://alufuq.example")
    archive.add(
        "دفاتر المقاتلين الأجانب في الموصل",
        "وجد الجنود صندوقاً من الوثائق.\nوتقول وثيقة إن بالموصل مئتي مقاتل.",
        source="جريدة الأفق",
        author="ليلى الحداد",
        published_on="2017-02-14",
        collections=["ملفات الموصل"],
        city="الموصل",
        country="العراق",
        section="سياسة",
    )
    archive.add("معركة الموصل في عام", "تاريخ الموصل.", source="جريدة الأفق", published_on="2016")
    archive.add("شهر في الموصل", "عن الموصل والنفط.", source="وكالة الساحل", published_on="2015-11")
    archive.add("بلا تاريخ ولا مصدر", "الموصل مرة أخرى.")
    archive.add(
        "مسودة سرية", "الموصل زعفران.", source="مصدر المسودات", status="draft", collections=["ملف خفي"]
    )
    archive.add(
        "خبر محجوب", "الموصل زعفران.", source="جريدة الأفق", status="withdrawn", published_on="2017-02-14"
    )
    for article in Article.objects.all():
        make_capture(article, origin="/srv/incoming/news.zip!a.json", url="https://alufuq.example/1")
    archive.index()
    return archive


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    """The number of database queries that a page takes."""

    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    return count
