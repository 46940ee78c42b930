"""Dates told from the day they were read on: what is certain in every Arab time zone, and no more."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.records import PartialDate
from articles.importing.relative_dates import parse

NOON = datetime(2017, 3, 15, 12, tzinfo=UTC)


def day(year, month, number):
    return PartialDate(date(year, month, number), "day")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("منذ 3 ساعات", day(2017, 3, 15)),
        ("قبل ٣ ساعات", day(2017, 3, 15)),
        ("منذ ساعتين", day(2017, 3, 15)),
        ("منذ ثلاث ساعات", day(2017, 3, 15)),
        ("منذ ساعة واحدة", day(2017, 3, 15)),
        ("قبل 25 دقيقة", day(2017, 3, 15)),
        ("اليوم 10:15", day(2017, 3, 15)),
        ("أمس", day(2017, 3, 14)),
        ("يوم أمس، 22:40", day(2017, 3, 14)),
        ("أول من أمس", day(2017, 3, 13)),
        ("منذ يوم", day(2017, 3, 14)),
        ("قبل يومين", day(2017, 3, 13)),
        ("منذ 5 أيام", day(2017, 3, 10)),
        ("خمسة أيام مضت", day(2017, 3, 10)),
        ("نشر منذ 5 أيام", day(2017, 3, 10)),
        ("3 hours ago", day(2017, 3, 15)),
        ("2 days ago", day(2017, 3, 13)),
        ("yesterday", day(2017, 3, 14)),
        ("قبل أسبوع", PartialDate(date(2017, 3, 1), "month")),
        ("منذ شهر", PartialDate(date(2017, 1, 1), "year")),
        ("منذ 2 أسابيع", PartialDate(date(2017, 1, 1), "year")),
        ("منذ شهرين", PartialDate()),
        ("قبل سنة", PartialDate()),
    ],
)
def test_a_relative_date_is_as_fine_as_it_is_certain(text, known):
    assert parse(text, NOON) == known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "منذ",
        "منذ زمن",
        "ساعة",
        "3 ساعات",
        "منذ الأحد",
        "قبل الحرب",
        "منذ 99999 ساعة",
        "منذ 400 يوم",
        "اليوم الوطني",
        "كانت أمس هنا",
    ],
)
def test_other_words_tell_no_date(text):
    assert parse(text, NOON) == PartialDate()


def test_near_midnight_the_day_depends_on_the_zone_and_stays_unknown():
    late = datetime(2017, 3, 15, 22, 30, tzinfo=UTC)
    assert parse("أمس", late) == PartialDate(date(2017, 3, 1), "month")
    assert parse("منذ ساعة", datetime(2017, 3, 1, 1, tzinfo=UTC)) == PartialDate(date(2017, 1, 1), "year")


def test_a_capture_that_knows_its_zone_needs_no_guessing():
    late = datetime(2017, 3, 15, 22, 30, tzinfo=timezone(timedelta(hours=3)))
    assert parse("أمس", late) == day(2017, 3, 14)


@given(st.integers(0, 20), st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)))
def test_hours_ago_never_tell_a_day_that_is_wrong_anywhere(hours, captured):
    captured = captured.replace(tzinfo=UTC)
    known = parse(f"منذ {hours} ساعة", captured)
    possible = {
        (
            captured.astimezone(timezone(timedelta(hours=zone))) - timedelta(hours=hours, minutes=minutes)
        ).date()
        for zone in range(5)
        for minutes in (0, 59)
    }
    assert known.precision != "day" or possible == {known.day}


@given(st.text(max_size=60) | st.text("منذ قبلأيامساعة0123456789 ", max_size=30), st.datetimes())
def test_any_text_tells_a_date_or_none(text, captured):
    known = parse(text, captured.replace(tzinfo=UTC))
    assert (known.day is None) == (known.precision == "unknown")
