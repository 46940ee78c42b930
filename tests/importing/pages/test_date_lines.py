"""Dates as they stand near headlines, with hours, writers, labels and last changes around them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.date_lines import in_address, is_believable, read
from articles.importing.records import PartialDate

DAY = PartialDate(date(2017, 3, 12), "day")


@pytest.mark.parametrize(
    "line",
    [
        "12 آذار 2017",
        "الأحد 12 آذار/مارس 2017",
        "الأحد، ١٢ مارس ٢٠١٧",
        "نُشر في: 12/03/2017 الساعة 10:30",
        "تاريخ النشر 12-3-2017",
        "هدى سالم | 12 آذار 2017",
        "هدى سالم - بيروت - 12 آذار 2017 - 10:30 ص",
        "أضيف بتاريخ 12 مارس 2017",
        "12 مارس 2017 | 1432 قراءة",
        "نُشر 12 آذار 2017 | آخر تحديث 14 آذار 2017",
        "آخر تحديث: 14 آذار 2017 - تاريخ النشر: 12 آذار 2017",
        "10:30 بتوقيت القدس 12 آذار 2017",
        "الأحد 13 جمادى الآخرة 1438 هـ الموافق 12 مارس 2017",
        "12 آذار 2017 (10:30 GMT+2)",
        "العدد 5127 - الأحد 12 آذار 2017",
        "أرسله محمد قاسي في 12 مارس 2017",
        "نشر يوم 12 مارس 2017 بواسطة مروان العلي في أسواق",
        "Published: March 12, 2017",
        "12 مارس, 2017",
    ],
)
def test_the_date_of_publication_is_read_out_of_its_line(line):
    assert read(line).published == DAY


@pytest.mark.parametrize(
    "line",
    [
        "آخر تحديث: 12 آذار 2017",
        "تم التحديث في 12/3/2017",
        "Updated 12 March 2017",
        "12 آذار 2017، آخر تحديث 02:21",
    ],
)
def test_a_date_of_change_is_told_apart(line):
    assert (read(line).published, read(line).changed) == (PartialDate(), DAY)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "عدد القراءات 2017",
        "زار الوزير المدينة في 12 آذار 2017 والتقى رئيس البلدية فيها",
        "12 آذار 2017 | 14 آذار 2017",
        "من 12 إلى 14 آذار",
        "هاتف: 01-2017123",
        "12 آذار",
        "31 شباط 2017",
    ],
)
def test_a_line_that_tells_no_certain_date_tells_none(line):
    assert read(line).published == PartialDate()


def test_a_month_stays_a_month():
    assert read("العدد 41 – تموز 2020").published == PartialDate(date(2020, 7, 1), "month")


def test_a_relative_date_counts_from_the_capture():
    captured = datetime(2017, 3, 12, 12, tzinfo=UTC)
    assert read("نشر منذ 3 ساعات", captured).published == DAY
    assert read("هدى سالم | منذ 3 ساعات", captured).published == DAY
    assert read("منذ 3 ساعات").published == PartialDate()


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("https://a.example/2017/03/12/souq", DAY),
        ("https://a.example/news/2017-3-12/souq.html", DAY),
        ("https://a.example/2017/local/3/12/souq", DAY),
        ("https://a.example/2017/03/souq", PartialDate(date(2017, 3, 1), "month")),
        ("https://a.example/2017/souq", PartialDate()),
        ("https://a.example/2017/31/31", PartialDate()),
        ("https://a.example/news/20170312", PartialDate()),
        ("", PartialDate()),
    ],
)
def test_a_date_in_the_path_of_an_address_is_read(address, known):
    assert in_address(address) == known


def test_the_beginning_of_computers_time_and_the_future_are_not_believed():
    captured = datetime(2017, 3, 12, tzinfo=UTC)
    assert not is_believable(PartialDate(date(1970, 1, 1), "day"), None)
    assert not is_believable(PartialDate(date(2017, 3, 20), "day"), captured)
    assert is_believable(PartialDate(date(2017, 3, 13), "day"), captured)


@given(
    st.text(max_size=80) | st.text("0123456789/-: |منذآذار نشرتحديث", max_size=60),
    st.datetimes(min_value=datetime(1900, 1, 1)),
)
def test_any_line_tells_a_date_or_none(line, captured):
    told = read(line, captured.replace(tzinfo=UTC))
    for known in (told.published, told.changed):
        assert (known.day is None) == (known.precision == "unknown")
