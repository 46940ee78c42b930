"""Hijri dates, by the Umm al-Qura calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.date_values import read_dates, write_dates
from articles.search.hijri_dates import FIRST_YEAR, LAST_YEAR, hijri
from articles.search.month_names import HIJRI_MONTHS
from articles.search.syntax import DateRange

TODAY = date(2026, 3, 15)  # 26 Ramadan 1447


def written(text: str) -> str | None:
    reading = read_dates(text, 0, TODAY)
    return write_dates(reading.range) if reading and reading.end == len(text) else None


def mended(text: str) -> tuple[str, ...]:
    reading = read_dates(text, 0, TODAY)
    return reading.mended if reading else ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1436هـ", "2014-10-25..2015-10-13"),
        ("1436 هـ", "2014-10-25..2015-10-13"),
        ("١٤٣٦ هـ", "2014-10-25..2015-10-13"),
        ("1436ه", "2014-10-25..2015-10-13"),
        ("1436 هجرية", "2014-10-25..2015-10-13"),
        ("1436 هجري", "2014-10-25..2015-10-13"),
        ("1436 AH", "2014-10-25..2015-10-13"),
        ("1436", "2014-10-25..2015-10-13"),
        ("رمضان 1438", "2017-05-27..2017-06-24"),
        ("رَمَضَان ١٤٣٨هـ", "2017-05-27..2017-06-24"),
        ("Ramadan 1438", "2017-05-27..2017-06-24"),
        ("12 محرم 1437", "2015-10-25"),
        ("12 محرم 1437 هـ", "2015-10-25"),
        ("1 ربيع الأول 1437", "2015-12-12"),
        ("10 ذي الحجة 1436", "2015-09-23"),
        ("1/9/1438هـ", "2017-05-27"),
        ("1438-09-01", "2017-05-27"),
        ("9/1438", "2017-05-27..2017-06-24"),
        ("رمضان 1438..شوال 1438", "2017-05-27..2017-07-23"),
        ("1436..1438", "2014-10-25..2017-09-20"),
        ("[رمضان 1438 إلى 2018]", "2017-05-27..2018"),
        ("قبل رمضان 1438", "..2017-05-26"),
    ],
)
def test_a_hijri_date(typed: str, meant: str) -> None:
    assert written(typed) == meant
    assert "date_hijri" in mended(typed)


@pytest.mark.parametrize("names", HIJRI_MONTHS, ids=lambda names: names[0])
def test_every_name_of_a_month(names: tuple[str, ...]) -> None:
    number = HIJRI_MONTHS.index(names) + 1
    day = hijri(1437, number, 5, 0)
    assert day is not None
    assert day.period is not None
    assert {written(f"5 {name} 1437") for name in names} == {day.period.first.isoformat()}


def test_a_month_without_a_year_is_the_latest_one() -> None:
    assert written("رمضان") == "2026-02-18..2026-03-19"
    assert written("شوال") == "2025-03-30..2025-04-28"
    assert mended("شوال") == ("date_without_year", "date_hijri")


def test_a_month_of_ours_in_such_a_year_and_a_year_said_to_be_ours_are_ours() -> None:
    assert (written("تموز 1436"), written("1436م")) == ("1436-07م", "1436م")


@pytest.mark.parametrize("typed", ["1299هـ", "1342هـ", "1501 هـ", "رمضان 1501", "1/1/1300هـ", "0000هـ"])
def test_a_year_outside_the_tables_is_no_date(typed: str) -> None:
    assert read_dates(typed, 0, TODAY) is None


def test_a_day_that_does_not_exist_is_its_month_or_year() -> None:
    assert written("30 رمضان 1438") == "2017-05-27..2017-06-24"
    assert written("1438-13-01") == "2016-10-14"
    assert written("1438-13-40") == written("1438")
    assert mended("30 رمضان 1438") == ("date_impossible", "date_hijri")


@given(st.integers(FIRST_YEAR, LAST_YEAR), st.none() | st.integers(0, 40), st.none() | st.integers(0, 40))
def test_any_hijri_date_is_days_of_ours_that_are_read_again(
    year: int, month: int | None, day: int | None
) -> None:
    reading = hijri(year, month, day, 0)
    assert reading is not None
    assert reading.period is not None
    again = read_dates(write_dates(DateRange(*reading.period)), 0, TODAY)
    assert again is not None
    assert (again.range, again.mended) == (DateRange(*reading.period), ())
