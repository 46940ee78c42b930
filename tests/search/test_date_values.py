"""Dates as readers type them after «التاريخ:»."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.date_values import read_dates, write_dates
from articles.search.month_names import MONTHS
from articles.search.syntax import DateRange

TODAY = date(2026, 3, 15)


def written(text: str) -> str | None:
    """The period at the beginning of a text, as we write it; None where there is none or something is left over."""
    reading = read_dates(text, 0, TODAY)
    return write_dates(reading.range) if reading and reading.end == len(text) else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015", "2015"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("2015م", "2015"),
        ("2015-07", "2015-07"),
        ("7/2015", "2015-07"),
        ("2015-7-3", "2015-07-03"),
        ("3/7/2015", "2015-07-03"),
        ("3.7.2015", "2015-07-03"),
        ("٣ / ٧ / ٢٠١٥", "2015-07-03"),
        ("تموز 2015", "2015-07"),
        ("تموز2015", "2015-07"),
        ("تمّوز، 2015", "2015-07"),
        ("يوليو_2015", "2015-07"),
        ("21 يوليو 2015", "2015-07-21"),
        ("21 تموز/يوليو 2015", "2015-07-21"),
        ("كانون الثاني 2015", "2015-01"),
        ("كانون_الثاني_2015", "2015-01"),
        ("كانون الثاني / يناير 2015", "2015-01"),
        ("تشرين اول 2015", "2015-10"),
        ("جويلية 2015", "2015-07"),
        ("ايلول 2015", "2015-09"),
        ("1 July 2015", "2015-07-01"),
    ],
)
def test_one_date(typed: str, meant: str) -> None:
    assert written(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "2014..2016",
        "2014...2016",
        "2014…2016",
        "2014 .. 2016",
        "2014-2016",
        "2014 – 2016",
        "2014 إلى 2016",
        "2014 الى 2016",
        "2014 حتى 2016",
        "2014 to 2016",
        "[2014 TO 2016]",
        "[ 2014 .. 2016 ]",
        "[2014 إلى 2016",
        "1/1/2014 إلى 31 كانون الأول 2016",
    ],
)
def test_a_period(typed: str) -> None:
    assert written(typed) == "2014..2016"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2014..", "2014.."), ("..2016", "..2016"), ("[* TO 2016]", "..2016"), ("[2014 TO *]", "2014..")],
)
def test_a_period_open_on_one_side(typed: str, meant: str) -> None:
    assert written(typed) == meant


@pytest.mark.parametrize("names", MONTHS, ids=lambda names: names[0])
def test_every_name_of_a_month(names: tuple[str, ...]) -> None:
    assert {written(f"5 {name} 2015") for name in names} == {f"2015-{MONTHS.index(names) + 1:02}-05"}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "نفط",
        "15",
        "215",
        "20155",
        "2015-07-21-3",
        "1299هـ",
        "1501 هـ",
        "آخر نفط",
        "الماضي",
        "قبل بغداد",
        "0000",
        "..",
        "[]",
        "2015x",
        "آبار 2015",
        "مارسيليا",
    ],
)
def test_what_is_no_date_is_left_alone(typed: str) -> None:
    assert written(typed) is None


def test_a_month_without_a_year_is_the_latest_one() -> None:
    assert (written("آذار"), written("نيسان")) == ("2026-03", "2025-04")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2015-13", "2015"),
        ("2015-00-05", "2015"),
        ("2015-02-30", "2015-02"),
        ("31/4/2015", "2015-04"),
        ("7/21/2015", "2015-07-21"),
    ],
)
def test_an_impossible_date_is_the_month_or_year_it_names(typed: str, meant: str) -> None:
    assert written(typed) == meant
    assert read_dates(typed, 0, TODAY).mended == ("date_impossible",)


def test_the_29th_of_february_is_there_every_four_years() -> None:
    assert (written("2016-02-29"), written("2015-02-29")) == ("2016-02-29", "2015-02")


def test_a_period_that_runs_backwards_is_turned_round() -> None:
    assert written("2016-05..2014") == "2014..2016-05"


def test_what_follows_a_date_is_left() -> None:
    reading = read_dates("تموز 2015 في بغداد", 0, TODAY)
    assert reading is not None
    assert reading.end == len("تموز 2015")


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS)
def test_any_period_is_read_as_it_is_written(one: date, other: date) -> None:
    period = DateRange(min(one, other), max(one, other))
    assert read_dates(write_dates(period), 0, TODAY).range == period


@given(DAYS)
def test_any_open_period_is_read_as_it_is_written(day: date) -> None:
    for period in (
        DateRange(day, None),
        DateRange(None, day),
        DateRange(day, min(day, date.max - timedelta(31))),
    ):
        if period.end is None or period.start is None:
            assert read_dates(write_dates(period), 0, TODAY).range == period


@given(st.text(st.sampled_from("0123456789٣ -/._…[]*تموزبآ")))
def test_any_text_is_read(text: str) -> None:
    reading = read_dates(text, 0, TODAY)
    assert reading is None or 0 < reading.end <= len(text)
