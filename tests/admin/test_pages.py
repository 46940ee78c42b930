"""Every page of the desk in a real Chromium: no barrier that axe-core finds, and nothing wider than the window."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles import curation
from articles.models.article import Article
from tests.admin.test_browser import overflow
from tests.browser.test_accessibility import RULES
from tests.conftest import Archive
from tests.factories import make_capture, make_group, make_item, make_run, make_story

pytestmark = pytest.mark.browser

NARROWED = (
    "/admin/articles/article/?q=الموصل&status__exact=draft&since=2014&source_named=الأفق&surety=0.9&story=any"
)


@pytest.fixture
def signed_in(browser: Browser, live_server: LiveServer, archive: Archive) -> Iterator[Page]:
    """An archive with a row in most lists, and a curator who may do everything."""
    curator = User.objects.create_superuser("ليلى", password="pw")
    doubt = {"author": {"place": "dateline", "text": "(ديما)", "confidence": 0.4}}
    for number in range(53):
        archive.add(
            f"خبر من الموصل رقم {number} وفيه عنوان طويل يمتد على أكثر من سطر في النافذة الضيقة",
            "قال شهود إن الوثائق نُقلت إلى بغداد.",
            source=("جريدة الأفق", "وكالة الساحل")[number % 2],
            status=("draft", "published")[number % 2],
            published_on="2015-07-21",
            collections=["ملفات الموصل"],
            evidence=doubt,
        )
    article, copy = Article.objects.order_by("pk")[:2]
    make_story(article, Article.objects.order_by("pk")[2])
    make_capture(article, url="https://x.example/" + "long/" * 30, origin="/in/" + "x" * 90 + ".json")
    make_item(make_run(), article=article, origin="/in/" + "y" * 90 + ".json")
    make_group("داعش", "تنظيم الدولة")
    article.title = "خبر صُحح عنوانه"
    curation.save_correction(article, ["title"], by=curator)
    curation.withdraw(copy, by=curator)
    archive.index()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "ليلى")
    page.fill("#id_password", "pw")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def addresses() -> list[str]:
    """The list of every desk, and lists that were narrowed."""
    lists = [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry]
    return ["/admin/", NARROWED, *lists, "/admin/articles/articleversion/?edits=all"]


def test_no_page_runs_over_the_window(signed_in: Page) -> None:
    wide = []
    for address in addresses():
        signed_in.goto(address)
        for width in (1280, 360, 320):
            signed_in.set_viewport_size({"width": width, "height": 800})
            if (over := overflow(signed_in)) > 0:
                wide.append((address, width, over))
    assert wide == []


def test_no_page_has_a_barrier(signed_in: Page) -> None:
    axe, found = Axe(), []
    for address in addresses():
        signed_in.goto(address)
        for barrier in axe.run(signed_in, options=RULES).response["violations"]:
            found.append((address, barrier["id"], [node["html"][:120] for node in barrier["nodes"][:2]]))
    assert "\n".join(map(str, found)) == ""


def test_on_a_phone_the_filters_are_folded_away_until_they_are_asked_for(signed_in: Page) -> None:
    signed_in.set_viewport_size({"width": 360, "height": 800})
    signed_in.goto("/admin/articles/article/")
    assert not signed_in.locator("#changelist-filter").is_visible()
    signed_in.click(".all-filters > summary")
    assert signed_in.locator("#changelist-filter").is_visible()
    signed_in.set_viewport_size({"width": 1280, "height": 800})
    signed_in.goto("/admin/articles/article/")
    assert signed_in.locator("#changelist-filter").is_visible()


def test_a_curator_narrows_the_list_by_a_date_and_lets_go_of_it_again(signed_in: Page) -> None:
    signed_in.goto("/admin/articles/article/?status__exact=draft")
    signed_in.click("summary:has-text('من تاريخ إلى تاريخ')")
    signed_in.fill("[name=since]", "تموز 2016")
    signed_in.press("[name=since]", "Enter")
    signed_in.wait_for_selector(".chip:has-text('تموز 2016')")
    assert signed_in.locator("#result_list tbody tr").count() == 0
    signed_in.click(".chip:has-text('تموز 2016')")
    signed_in.wait_for_selector("#result_list tbody tr")
    assert signed_in.locator(".chip").all_inner_texts()[0].startswith("الحالة")
