"""From the front page to an article without a word typed: by the calendar, by keyboard, on a telephone."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader
from tests.conftest import Archive

MOST_TABS = 80


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus, as a reader without a mouse does."""
    element = wanted.first.element_handle()
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not get there")


def test_the_keyboard_goes_from_home_by_the_calendar_to_an_article(library: Archive, reader: Reader) -> None:
    page = reader.open("/")
    bar = page.locator(".bars a").filter(has_text="2015")
    tab_to(page, bar)
    expect(page.get_by_text("2015: 10 مقالات")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2015")

    tab_to(page, page.get_by_role("link", name=re.compile("^تموز")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("تموز / يوليو 2015")

    tab_to(page, page.get_by_role("link", name=re.compile(r"^21\b")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("الثلاثاء 21 تموز / يوليو 2015")

    tab_to(page, page.locator(".entry-title a"))
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_contain_text("خبر من الموصل")


def test_time_runs_as_the_page_is_read(library: Archive, reader: Reader) -> None:
    page = reader.open("/dates/")

    def ends() -> tuple[float, float]:
        boxes = [bar.bounding_box() for bar in page.locator(".bars li").all()]
        assert boxes[0] and boxes[-1]
        return boxes[0]["x"], boxes[-1]["x"]

    first, last = ends()
    assert first > last
    page.get_by_role("button", name="English").click()
    first, last = ends()
    assert first < last


@pytest.mark.parametrize("width", [320, 1280])
def test_every_bar_and_every_day_is_large_enough_to_press(
    width: int, library: Archive, reader: Reader
) -> None:
    reader.page.set_viewport_size({"width": width, "height": 740})
    for path, targets in (("/", ".bars a"), ("/dates/2015/7/", ".month a"), ("/dates/2015/", ".months a")):
        boxes = [target.bounding_box() for target in reader.open(path).locator(targets).all()]
        assert boxes
        assert [box for box in boxes if not box or min(box["width"], box["height"]) < 24] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_browsing_page_is_wider_than_its_window(width: int, library: Archive, reader: Reader) -> None:
    for year in range(1990, 2014):
        library.add("خبر قديم", source="وكالة الساحل", author="ليلى الحداد", published_on=str(year))
    reader.page.set_viewport_size({"width": width, "height": 740})
    for path in (
        "/", "/dates/", "/dates/2015/", "/dates/2015/7/", "/dates/2015/7/21/", "/dates/undated/", "/authors/",
        "/authors/" + quote("ليلى الحداد") + "/", "/sources/", "/sources/" + quote("وكالة-الساحل") + "/",
        "/collections/" + quote("ملفات-الموصل") + "/", "/on-this-day/?month=7&day=21",
    ):  # fmt: skip
        page = reader.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_numbers_of_a_chart_open_as_a_table(library: Archive, reader: Reader) -> None:
    page = reader.open("/dates/")
    row = page.get_by_role("row", name=re.compile("^2015"))
    expect(row).to_be_hidden()
    page.get_by_text("الأعداد في جدول").click()
    expect(row).to_contain_text("10")


def test_bars_stand_beside_each_other_however_long_their_names(library: Archive, reader: Reader) -> None:
    for year in range(1990, 2014):
        library.add("خبر قديم", published_on=str(year))
    reader.page.set_viewport_size({"width": 360, "height": 740})
    boxes = [bar.bounding_box() for bar in reader.open("/dates/").locator(".bars a").all()]
    starts = sorted(box["x"] for box in boxes if box)
    assert len(starts) == len(boxes) > 20
    assert all(later - earlier >= 24 for earlier, later in zip(starts, starts[1:], strict=False))
    assert all(box["width"] <= 24 for box in boxes if box)
