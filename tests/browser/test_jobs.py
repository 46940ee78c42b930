"""What a researcher comes for, from beginning to end: by mouse, by keyboard, without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.conftest import Archive


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_find_by_a_misspelt_name_narrow_by_source_and_time_read_cite_and_come_back(
    library: Archive, reader: Reader
) -> None:
    page = reader.open("/")
    page.get_by_role("searchbox").fill("الموضل")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="الموصل", exact=True).first.click()
    heading(page, "27 مقالًا")

    page.locator(".facets").get_by_role("link", name=re.compile("^جريدة الأفق")).click()
    heading(page, "9 مقالات")
    page.locator(".timeline, .chart").get_by_role("link", name=re.compile("^2016: ")).click()
    expect(page.get_by_role("link", name=re.compile("أزل السنة"))).to_be_visible()
    narrowed = page.url

    page.locator(".hit h2 a").first.click()
    expect(page.locator(".text mark").first).to_have_text("المَوصِل")
    page.get_by_role("link", name="APA").click()
    expect(page.locator("#apa, [id^=apa]").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="عودة إلى النتائج").click()
    assert page.url == narrowed


def test_the_language_changes_and_the_page_stays(library: Archive, reader: Reader) -> None:
    page = reader.open("/search/?q=%D8%A7%D9%84%D9%85%D9%88%D8%B5%D9%84&year=2015")
    before = page.url
    page.get_by_role("button", name="English").click()
    assert page.url == before
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    heading(page, "articles")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def test_the_theme_switch_holds_from_page_to_page(library: Archive, reader: Reader) -> None:
    page = reader.open("/")
    light = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_role("button", name="داكن").click()
    dark = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert dark != light
    reader.open("/sources/")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == dark
    expect(page.get_by_role("button", name="داكن")).to_have_attribute("aria-pressed", "true")


def test_digits_and_months_are_chosen_and_stay(library: Archive, reader: Reader) -> None:
    page = reader.open("/dates/2017/2/14/")
    page.get_by_role("link", name="خيارات القراءة").click()
    page.get_by_label(re.compile("مشرقية")).check()
    page.get_by_label(re.compile("تونس والجزائر")).check()
    page.get_by_role("button", name="احفظ وعُد إلى حيث كنت").click()
    assert page.url.endswith("/dates/2017/2/14/")
    heading(page, "١٤ فيفري ٢٠١٧")


def test_the_advanced_form_writes_the_query_into_the_box(library: Archive, reader: Reader) -> None:
    page = reader.open("/search/advanced/")
    page.get_by_label("هذه الكلمات كلها").fill("الموصل")
    page.get_by_label("دون هذه الكلمات").fill("النفط")
    page.get_by_label("المصدر").fill("الأفق")
    page.get_by_label("من تاريخ").fill("تموز 2015")
    page.locator("form.boxes").get_by_role("button", name="ابحث").click()
    expect(page.get_by_role("searchbox")).to_have_value("الموصل ليس النفط المصدر:الأفق التاريخ:2015-07..")
    heading(page, "مقال")


def test_a_wrong_date_is_said_at_its_box_and_what_was_typed_stays(library: Archive, reader: Reader) -> None:
    page = reader.open("/search/advanced/")
    page.get_by_label("هذه الكلمات كلها").fill("الموصل")
    page.get_by_label("إلى تاريخ").fill("بعد غد تقريباً")
    page.locator("form.boxes").get_by_role("button", name="ابحث").click()
    expect(page.get_by_label("إلى تاريخ")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("لم يُفهم هذا التاريخ")).to_be_visible()
    expect(page.get_by_label("هذه الكلمات كلها")).to_have_value("الموصل")


def test_a_compact_list_is_one_click_away_and_keeps_the_search(library: Archive, reader: Reader) -> None:
    page = reader.open("/search/?q=%D8%A7%D9%84%D9%85%D9%88%D8%B5%D9%84&sort=newest")
    expect(page.locator(".passages").first).to_be_visible()
    page.get_by_role("link", name="عناوين فقط").click()
    expect(page.locator(".passages")).to_have_count(0)
    expect(page.locator(".hits > li")).to_have_count(20)
    assert "sort=newest" in page.url
