"""Suggestions while typing, where scripts run; without them the box is a plain one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.conftest import Archive


def typed(page: Page, text: str) -> None:
    page.get_by_label("ابحث في الأرشيف").press_sequentially(text)


def test_a_word_is_chosen_with_the_arrow_keys_and_searched_for(library: Archive, scripted: Reader) -> None:
    page = scripted.open("/")
    typed(page, "الموص")
    box = page.get_by_role("combobox", name="ابحث في الأرشيف")
    expect(page.get_by_role("listbox", name="اقتراحات")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_have_text("الموصل")
    expect(box).to_have_value("الموصل")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("27 مقالًا")


def test_up_from_the_first_and_escape_give_back_what_was_typed(library: Archive, scripted: Reader) -> None:
    page = scripted.open("/")
    typed(page, "الموص")
    box = page.get_by_role("combobox")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("ArrowDown")
    box.press("ArrowUp")
    expect(box).to_have_value("الموص")
    box.press("ArrowDown")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("الموص")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_source_says_that_it_is_one_and_leads_to_its_page(library: Archive, scripted: Reader) -> None:
    page = scripted.open("/")
    typed(page, "وكالة الس")
    source = page.get_by_role("option", name=re.compile("وكالة الساحل مصدر"))
    source.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("وكالة الساحل")


@pytest.mark.parametrize("path", ["/", "/search/?q=x"])
def test_enter_without_a_choice_searches_for_what_was_typed(
    path: str, library: Archive, scripted: Reader
) -> None:
    page = scripted.open(path)
    box = page.get_by_role("combobox")
    box.fill("")
    typed(page, "الوثائق")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=%D8%A7%D9%84%D9%88%D8%AB"))


def test_nothing_opens_for_words_that_nobody_wrote(library: Archive, scripted: Reader) -> None:
    page = scripted.open("/")
    with page.expect_response(re.compile("/search/suggest/")):
        typed(page, "zzqqxx")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_scripts_the_box_is_a_plain_one(library: Archive, reader: Reader) -> None:
    page = reader.open("/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_role("searchbox", name="ابحث في الأرشيف")).to_be_visible()
