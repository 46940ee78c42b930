"""The calendar: every dated article has one place in it, and what has no day has a place of its own."""

from urllib.parse import quote

import pytest
from django.test import Client

from articles.views.dates import weeks
from articles.views.periods import day_of, period
from tests.conftest import Archive
from tests.views.conftest import Read


def test_a_year_shows_its_twelve_months_and_leads_to_those_that_have_something(
    archive: Archive, read: Read
) -> None:
    archive.add("خبر", published_on="2015-07-21")
    archive.add("خبر", published_on="2015-07")
    page = read("/dates/2015/")
    assert "تموز / يوليو مقالان" in page.text
    assert "آب / أغسطس لا مقالات" in page.text
    assert "/dates/2015/7/" in page.links
    assert "/dates/2015/8/" not in page.links


def test_an_article_known_to_the_month_has_its_place_under_the_month(archive: Archive, read: Read) -> None:
    archive.add("خبر الشهر", published_on="2015-11")
    archive.add("خبر اليوم", published_on="2015-11-01")
    month = read("/dates/2015/11/").text
    assert "الشهر معروف واليوم غير معروف" in month
    assert "خبر الشهر" in month
    assert "1: مقال واحد" in month
    assert "خبر الشهر" not in read("/dates/2015/11/1/").text
    assert "خبر اليوم" in read("/dates/2015/11/1/").text
    assert "خبر الشهر" not in read("/dates/2015/").text


def test_an_article_known_to_the_year_has_its_place_under_the_year(archive: Archive, read: Read) -> None:
    archive.add("خبر السنة", published_on="2016")
    archive.add("خبر يناير", published_on="2016-01-01")
    year = read("/dates/2016/").text
    assert "السنة معروفة والشهر غير معروف" in year
    assert "خبر السنة" in year
    assert "كانون الثاني / يناير مقال واحد" in year
    assert "مقالان" in year
    assert "خبر السنة" not in read("/dates/2016/1/").text
    assert "خبر السنة" not in read("/dates/2016/1/1/").text


def test_what_has_no_date_has_a_page(archive: Archive, read: Read) -> None:
    archive.add("خبر بلا يوم")
    archive.add("خبر اليوم", published_on="2015-11-01")
    text = read("/dates/undated/").text
    assert "خبر بلا يوم" in text
    assert "خبر اليوم" not in text


def test_the_week_begins_on_saturday() -> None:
    july = period(2015, 7)
    assert july is not None
    rows = weeks(july, {day_of(july.start): 4})
    assert [cell and cell.period.start.day for cell in rows[0]] == [None, None, None, None, 1, 2, 3]
    assert (rows[0][4].count, rows[0][4].heat, rows[0][5].heat) == (4, 4, 0)  # type: ignore[union-attr]


def test_a_month_is_a_table_with_hijri_beside(archive: Archive, client: Client, read: Read) -> None:
    archive.add("خبر", published_on="2015-07-17")
    assert "رمضان – شوال 1436 هـ" in read("/dates/2015/7/").text
    html = client.get("/dates/2015/7/").content.decode()
    assert html.index("سبت") < html.index("أحد") < html.index("جمعة")
    assert '<span class="hijri-number" aria-hidden="true">1</span>' in html
    assert "/dates/2015/7/18/" not in html


@pytest.mark.parametrize("address", ["1/1", "9999/12", "1899/6"])
def test_a_month_outside_the_hijri_tables_is_a_month_still(
    address: str, archive: Archive, read: Read
) -> None:
    assert "سبت" in read(f"/dates/{address}/").text


def test_a_day_sets_its_articles_under_their_sources(archive: Archive, read: Read, client: Client) -> None:
    archive.add("خبر الساحل", source="وكالة الساحل", published_on="2015-07-21")
    archive.add("خبر الأفق", source="جريدة الأفق", published_on="2015-07-21")
    archive.add("خبر يتيم", published_on="2015-07-21")
    text = read("/dates/2015/7/21/").text
    assert "بلا مصدر معروف" in text
    one = read("/dates/2015/7/21/?source=" + quote("جريدة-الأفق")).text
    assert "خبر الأفق" in one
    assert "خبر الساحل" not in one
    assert "3 مقالات" in one


def test_the_pages_of_one_source_of_a_day_keep_the_source(archive: Archive, read: Read) -> None:
    for number in range(51):
        archive.add(f"خبر {number}", source="الأفق", published_on="2015-07-21")
    archive.add("خبر الساحل", source="الساحل", published_on="2015-07-21")
    links = read("/dates/2015/7/21/?source=" + quote("الأفق")).links
    assert "?source=" + quote("الأفق") + "&page=2" in links


def test_the_years_are_a_chart_whose_bars_lead_into_the_calendar(archive: Archive, read: Read) -> None:
    for day in ("2012-03-09", "2015-07-21", "2015-08-01"):
        archive.add("خبر", published_on=day)
    page = read("/dates/")
    assert "2015: مقالان" in page.text
    assert "2013: لا مقالات" in page.text
    assert "بلا مقالات: 2013 – 2014" in page.text
    assert page.links.count("/dates/2012/") == 3  # the bar, the table's row, the tile
    assert "/dates/2013/" not in page.links
