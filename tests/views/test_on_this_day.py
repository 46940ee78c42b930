"""On this day: the same day and month of the years before, by either calendar."""

from datetime import date
from urllib.parse import quote

import pytest
from django.utils import timezone

from articles.views.anniversaries import gregorian_day, hijri_day, year_day
from tests.conftest import Archive
from tests.views.conftest import Read


def test_a_day_gathers_its_years_and_only_articles_dated_to_the_day(archive: Archive, read: Read) -> None:
    archive.add("خبر 2014", published_on="2014-03-01")
    archive.add("خبر 2016", published_on="2016-03-01")
    archive.add("خبر الشهر", published_on="2015-03")
    archive.add("خبر يوم آخر", published_on="2015-03-02")
    archive.add("مسودة", published_on="2015-03-01", status="draft")
    text = read("/on-this-day/?month=3&day=1").text
    assert text.index("خبر 2016") < text.index("خبر 2014")
    assert "مقالان" in text
    assert not [title for title in ("خبر الشهر", "خبر يوم آخر", "مسودة") if title in text]


def test_a_hijri_day_moves_through_our_years(archive: Archive, read: Read) -> None:
    archive.add("أول رمضان 1436", published_on="2015-06-18")
    archive.add("أول رمضان 1437", published_on="2016-06-06")
    archive.add("بعده بيوم", published_on="2016-06-07")
    page = read("/on-this-day/?calendar=hijri&month=9&day=1")
    assert "1 رمضان" in page.text
    assert page.text.index("أول رمضان 1437") < page.text.index("أول رمضان 1436")
    assert "بعده بيوم" not in page.text


def test_the_front_page_remembers_only_where_there_is_something(archive: Archive, read: Read) -> None:
    archive.add("خبر بلا ذكرى")
    assert "في مثل هذا اليوم" not in read("/").text
    earlier = next(gregorian_day(timezone.localdate()).dates())
    archive.add("خبر من سنة مضت", published_on=earlier)
    page = read("/")
    assert "في مثل هذا اليوم" in page.text
    assert "/on-this-day/" in page.links
    assert "خبر من سنة مضت" in read("/on-this-day/").text


@pytest.mark.parametrize(
    "asked",
    ["month=13&day=1", "month=2&day=30", "month=x&day=", "day=5", "month=٣&day=1", "month=0&day=0", "month=-1&day=1",
     "calendar=hijri&month=13&day=1", "calendar=hijri&month=1&day=31", "month=9999999999&day=1"],
)  # fmt: skip
def test_a_day_that_no_year_has_says_so(asked: str, archive: Archive, read: Read) -> None:
    assert "لا يوم كهذا في التقويم" in read("/on-this-day/?" + quote(asked, safe="=&")).text


def test_the_last_day_of_february_comes_in_leap_years_only() -> None:
    shown = year_day(2, 29, date(2026, 11, 22), is_hijri=False)
    assert shown is not None
    assert [day.year for day in shown.dates()][:3] == [2024, 2020, 2016]


def test_a_day_still_to_come_this_year_begins_with_the_year_before() -> None:
    today = date(2026, 11, 22)
    assert next(year_day(12, 1, today, is_hijri=False).dates()) == date(2025, 12, 1)  # type: ignore[union-attr]
    assert next(year_day(11, 1, today, is_hijri=False).dates()) == date(2026, 11, 1)  # type: ignore[union-attr]


def test_outside_the_tables_there_is_no_hijri_day() -> None:
    assert hijri_day(date(1900, 1, 1)) is None
    assert hijri_day(date(2150, 1, 1)) is None
