from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from articles.models.article import Precision
from articles.templatetags.dates import hijri, month_name, written_date, written_moment

DAY = date(2017, 2, 14)


@pytest.mark.parametrize(
    "precision, arabic, english",
    [
        (Precision.DAY, "14 شباط / فبراير 2017", "14 February 2017"),
        (Precision.MONTH, "شباط / فبراير 2017", "February 2017"),
        (Precision.YEAR, "2017", "2017"),
        (Precision.UNKNOWN, "بلا تاريخ", "Undated"),
    ],
)
def test_a_date_says_no_more_than_is_known(precision: str, arabic: str, english: str) -> None:
    assert written_date(DAY, precision) == arabic
    with translation.override("en"):
        assert written_date(DAY, precision) == english


def test_no_date_is_written_as_such() -> None:
    assert written_date(None, Precision.UNKNOWN) == "بلا تاريخ"


def test_every_month_has_its_own_names_in_both_languages() -> None:
    arabic = {month_name(month) for month in range(1, 13)}
    with translation.override("en"):
        english = {month_name(month) for month in range(1, 13)}
    assert len(arabic) == len(english) == 12
    assert arabic.isdisjoint(english)


@pytest.mark.parametrize("precision", [Precision.MONTH, Precision.YEAR, Precision.UNKNOWN])
def test_there_is_no_hijri_day_where_the_day_is_not_known(precision: str) -> None:
    assert hijri(DAY, precision) == ""


def test_the_hijri_day_is_named_in_the_language_of_the_reader() -> None:
    assert hijri(DAY) == "17 جمادى الأولى 1438 هـ"
    with translation.override("en"):
        assert hijri(DAY) == "17 Jumada al-Ula 1438 AH"


@pytest.mark.parametrize("outside", [date(1, 1, 1), date(1924, 7, 31), date(9999, 12, 31)])
def test_days_that_the_hijri_tables_do_not_hold_have_none(outside: date) -> None:
    assert hijri(outside) == ""


def test_a_moment_is_told_with_its_time_zone() -> None:
    moment = datetime(2017, 2, 15, 9, 41, tzinfo=UTC)
    assert written_moment(moment) == "15 شباط / فبراير 2017 09:41 UTC"
