"""Dates that count from today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.date_values import read_dates, write_dates
from articles.search.relative_dates import read_relative

TODAY = date(2026, 3, 15)  # a Sunday


def written(text: str, today: date = TODAY) -> str | None:
    reading = read_dates(text, 0, today)
    return write_dates(reading.range) if reading and reading.end == len(text) else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("اليوم", "2026-03-15"),
        ("today", "2026-03-15"),
        ("أمس", "2026-03-14"),
        ("أَمْسِ", "2026-03-14"),
        ("البارحة", "2026-03-14"),
        ("Yesterday", "2026-03-14"),
        ("هذا الأسبوع", "2026-03-14..2026-03-20"),
        ("هذا الشهر", "2026-03"),
        ("هذه السنة", "2026"),
        ("this year", "2026"),
        ("الأسبوع الماضي", "2026-03-07..2026-03-13"),
        ("الشهر الماضي", "2026-02"),
        ("الشهر الفائت", "2026-02"),
        ("العام الماضي", "2025"),
        ("السنة الماضية", "2025"),
        ("last month", "2026-02"),
        ("last year", "2025"),
        ("آخر يوم", "2026-03-15"),
        ("آخر أسبوع", "2026-03-09..2026-03-15"),
        ("آخر شهر", "2026-02-16..2026-03-15"),
        ("آخر سنة", "2025-03-16..2026-03-15"),
        ("آخر شهرين", "2026-01-16..2026-03-15"),
        ("اخر ٧ ايام", "2026-03-09..2026-03-15"),
        ("آخر 3 أشهر", "2025-12-16..2026-03-15"),
        ("آخر ثلاثة أشهر", "2025-12-16..2026-03-15"),
        ("آخر_3_أشهر", "2025-12-16..2026-03-15"),
        ("past 7 days", "2026-03-09..2026-03-15"),
        ("last 2 weeks", "2026-03-02..2026-03-15"),
        ("منذ شهر", "2026-02-16..2026-03-15"),
        ("منذ أمس", "2026-03-14.."),
        ("قبل أمس", "..2026-03-13"),
        ("2015..اليوم", "2015..2026-03-15"),
        ("من الشهر الماضي إلى أمس", "2026-02..2026-03-14"),
        ("[آخر شهر]", "2026-02-16..2026-03-15"),
        ("آخر 9999 سنة", "0001-01-02..2026-03-15"),
    ],
)
def test_a_date_that_counts_from_today(typed: str, meant: str) -> None:
    assert written(typed) == meant


@pytest.mark.parametrize(
    "typed", ["آخر", "آخر خبر", "هذا", "الماضي", "الحكم الماضي", "آخر 0 أيام", "past", "last stand"]
)
def test_what_only_begins_like_one_is_no_date(typed: str) -> None:
    assert read_dates(typed, 0, TODAY) is None


def test_the_reader_learns_which_days_were_meant() -> None:
    reading = read_dates("آخر شهر", 0, TODAY)
    assert reading is not None
    assert reading.mended == ("date_relative",)


def test_a_month_ago_where_that_month_is_shorter() -> None:
    assert written("آخر شهر", date(2015, 3, 31)) == "2015-03"
    assert written("الشهر الماضي", date(2015, 3, 31)) == "2015-02"
    assert written("الشهر الماضي", date(2016, 1, 1)) == "2015-12"


def test_what_follows_is_left() -> None:
    reading = read_relative("آخر شهر نفط", 0, TODAY)
    assert reading is not None
    assert reading.end == len("آخر شهر")


@given(
    st.dates(),
    st.sampled_from(["آخر 3 أشهر", "آخر أسبوع", "هذا الأسبوع", "العام الماضي", "أمس", "آخر 9999 سنة"]),
)
def test_on_any_day_a_period_runs_forwards(today: date, typed: str) -> None:
    reading = read_relative(typed, 0, today)
    assert reading is not None
    assert reading.period is not None
    assert (
        reading.period.first <= reading.period.last <= today + timedelta(days=min(6, (date.max - today).days))
    )
