"""Every page of the desk in a real Chromium: no barrier that axe-core finds, and nothing wider than the window."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.admin.every_page import DeskPage, pages
from tests.admin.stocking import stock
from tests.admin.test_browser import overflow
from tests.browser.test_accessibility import RULES
from tests.conftest import Archive

pytestmark = pytest.mark.browser


@pytest.fixture
def signed_in(browser: Browser, live_server: LiveServer, archive: Archive) -> Iterator[Page]:
    """A stocked archive, and a curator who may do everything."""
    curator = User.objects.create_superuser("ليلى", password="pw")
    stock(archive, curator)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/admin/")
    page.fill("#id_username", "ليلى")
    page.fill("#id_password", "pw")
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def visited(window: Page) -> Iterator[str]:
    """The name of every page, while it is open."""
    curator = Client()
    curator.force_login(User.objects.get(username="ليلى"))
    for name, page in pages(curator).items():
        come_to(window, page)
        yield name


def come_to(window: Page, page: DeskPage) -> None:
    window.goto(page.address)
    for field, typed in page.fill:
        window.fill(field, typed)
    if page.press:
        with window.expect_navigation():
            window.locator(page.press).first.click()


def test_no_page_runs_over_the_window(signed_in: Page) -> None:
    wide = []
    for name in visited(signed_in):
        for width in (1280, 360, 320):
            signed_in.set_viewport_size({"width": width, "height": 800})
            if (over := overflow(signed_in)) > 0:
                wide.append((name, width, over))
        signed_in.set_viewport_size({"width": 1280, "height": 800})
    assert "\n".join(map(str, wide)) == ""


def test_no_page_has_a_barrier(signed_in: Page) -> None:
    axe, found = Axe(), []
    for name in visited(signed_in):
        for barrier in axe.run(signed_in, options=RULES).response["violations"]:
            found.append((name, barrier["id"], [node["html"][:160] for node in barrier["nodes"][:3]]))
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
