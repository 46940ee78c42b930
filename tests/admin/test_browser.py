"""The desk in a real Chromium, scripts on: a clean page under the site's policy, and a curator's day."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.models.article import Article
from articles.models.extraction import ExtractionRules
from tests.admin.test_rules import HTML, LINE
from tests.admin.window import signed_in_window
from tests.conftest import Archive
from tests.factories import make_capture, make_source

pytestmark = pytest.mark.browser

PAGES = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/?q=الموصل",
    "/admin/articles/article/add/",
    "/admin/articles/source/",
    "/admin/articles/collection/add/",
    "/admin/articles/extractionrules/add/",
    "/admin/articles/repeatedline/",
    "/admin/articles/capture/",
    "/admin/articles/importrun/",
    "/admin/articles/importitem/",
    "/admin/articles/indexremoval/",
    "/admin/articles/takedown/",
)


@pytest.fixture
def stock(archive: Archive, live_server: LiveServer) -> Archive:
    """A page of articles and more, half of them drafts."""
    for number in range(54):
        article = archive.add(
            f"خبر من الموصل رقم {number}",
            "قال شهود إن الوثائق نُقلت إلى بغداد.\n\nوأضافوا أنها كثيرة.",
            source=("جريدة الأفق", "وكالة الساحل")[number % 2],
            status=("published", "draft")[number % 2],
            published_on="2015-07-21",
        )
    make_capture(article, origin="/in/" + "x" * 90 + ".json")
    archive.index()
    return archive


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, stock: Archive) -> Iterator[Page]:
    yield from signed_in_window(browser, live_server)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_keeps_the_policy_and_fits_the_window(window: Page, width: int) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    article = Article.objects.latest("pk")
    for address in (*PAGES, f"/admin/articles/article/{article.pk}/change/"):
        window.goto(address)
        window.wait_for_load_state("networkidle")
        assert overflow(window) == 0, address
        assert window.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_a_curator_publishes_a_page_of_drafts(window: Page) -> None:
    window.goto("/admin/articles/article/?status__exact=draft")
    window.check("#action-toggle")
    window.select_option("[name=action]", "publish")
    window.click("[name=index]")
    window.fill("[name=reason]", "راجعتها")
    window.click("[name=_confirm]")
    window.wait_for_selector(".messagelist .success")
    assert Article.objects.visible().count() == 54
    assert window.locator(".waiting").count() == 0, "they are in the index already"


def test_a_curator_finds_a_draft_corrects_it_and_shows_it_to_readers(window: Page) -> None:
    draft = Article.objects.filter(status="draft").latest("pk")
    window.goto("/admin/articles/article/")
    window.fill("#searchbar", f"الموصل {draft.title.split()[-1]}")
    window.press("#searchbar", "Enter")
    window.click(f"text={draft.title}")
    window.fill("#id_title", "سدّ الموصل لم يتصدّع")
    window.click("[name=_publish]")
    window.wait_for_selector(".messagelist .success")
    window.goto("/search/?q=يتصدع")
    assert window.locator("main").get_by_text("سدّ الموصل لم").count() >= 1


def test_a_source_is_completed_while_it_is_typed(window: Page) -> None:
    window.goto("/admin/articles/article/add/")
    window.click(".field-source .select2-selection")
    window.fill(".select2-search__field", "الافق")
    window.click(".select2-results__option:has-text('جريدة الأفق')")
    assert "جريدة الأفق" in window.inner_text(".field-source .select2-selection")


def test_a_curator_tries_rules_before_saving_them(window: Page) -> None:
    source = make_source("جريدة الأفق")
    window.goto(f"/admin/articles/extractionrules/add/?source={source.pk}")
    window.fill("#id_drop_lines", LINE)
    window.fill("#id_trial-html", HTML)
    window.click("[name=_try]")
    window.wait_for_selector(f".trial del:has-text('{LINE}')")
    assert not ExtractionRules.objects.exists()
    for width in (1280, 360):
        window.set_viewport_size({"width": width, "height": 900})
        assert overflow(window) == 0
    window.click("[name=_save]")
    window.wait_for_selector(".messagelist .success")
    assert ExtractionRules.objects.get().drop_lines == LINE
