"""Bulk actions in a real Chromium: three hundred articles published through their preview, a duplicate confirmed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.story import Story
from tests.admin.test_browser import overflow
from tests.admin.window import signed_in_window
from tests.conftest import Archive
from tests.factories import make_story

pytestmark = pytest.mark.browser


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, archive: Archive) -> Iterator[Page]:
    yield from signed_in_window(browser, live_server)


def fits(page: Page) -> None:
    """The page is no wider than the window, on a desk and on a phone."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0, width
    page.set_viewport_size({"width": 1280, "height": 900})


def test_three_hundred_found_articles_are_published_through_the_preview(
    window: Page, archive: Archive
) -> None:
    for number in range(300):
        archive.add(f"خبر من الموصل {number}", status="draft", source="جريدة الأفق")
    archive.add("أسعار النفط", status="draft")
    archive.index()
    window.goto("/admin/articles/article/?q=الموصل")
    window.check("#action-toggle")
    window.click(".actions .question a")
    window.select_option("[name=action]", "publish")
    window.click("[name=index]")
    window.wait_for_selector(".bulk")
    expect(window.locator(".bulk")).to_contain_text("عدد المقالات المختارة: 300")
    expect(window.locator(".bulk tbody tr")).to_have_count(20)
    fits(window)
    window.fill("[name=reason]", "راجعتها")
    window.click("[name=_confirm]")
    expect(window.locator(".job")).to_contain_text("أُنجز 0 من 300")
    do_waiting()
    expect(window.locator(".job")).to_contain_text("اكتمل", timeout=20_000)
    expect(window.locator(".job .outcomes")).to_contain_text("300")
    assert Article.objects.visible().count() == 300
    window.goto("/search/?q=الموصل")
    expect(window.get_by_role("heading", level=1)).to_contain_text("300")


def test_a_duplicate_is_confirmed_merged_and_its_old_address_leads_on(window: Page, archive: Archive) -> None:
    lead = archive.add("زلزال يضرب الساحل", "هزّ زلزال المدينة.", published_on="2016-03-09", source="الأفق")
    copy = archive.add("زلزال في الساحل", "هزّ زلزال المدينة.", published_on="2016-03-10", source="المدار")
    story = make_story(lead, copy)
    archive.index()
    window.goto(f"/admin/articles/story/{story.pk}/change/")
    window.click("[name=_confirm]")
    window.wait_for_selector(".messagelist .success")
    assert Story.objects.get().state == "confirmed"
    window.click("[name=_merge]")
    fits(window)
    window.fill("[name=reason]", "نسخة واحدة")
    window.click("[name=_confirm]")
    expect(window.locator(".errornote")).to_contain_text("أيام مختلفة")
    window.check("[name=day][value='2016-03-09']")
    window.click("[name=_confirm]")
    window.wait_for_selector(".messagelist .success")
    assert list(Article.objects.all()) == [lead]
    window.goto(copy.get_absolute_url())
    window.wait_for_url(f"**{lead.get_absolute_url()}")


def test_values_are_previewed_before_they_are_given(window: Page, archive: Archive) -> None:
    article = archive.add("خبر", "متن", author="سعاد")
    window.goto("/admin/articles/article/")
    window.check("[name=_selected_action]")
    window.select_option("[name=action]", "set_author")
    window.click("[name=index]")
    window.fill("[name=author]", "ليلى الحداد")
    window.click("text=عاين ما سيتغيّر")
    expect(window.locator(".bulk ins")).to_have_text("ليلى الحداد")
    fits(window)
    window.click("[name=_confirm]")
    window.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert article.author == "ليلى الحداد"
