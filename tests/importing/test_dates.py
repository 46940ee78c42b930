"""Dates as Arabic papers write them, and what is no date."""

from datetime import UTC, date, datetime

import pytest
from hijridate import Gregorian
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.dates import MONTHS, moment, parse
from articles.importing.records import PartialDate

DAYS = st.dates(date(1930, 1, 1), date(2076, 12, 31))
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LEVANTINE = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
MAGHREBI = (
    *("جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان"),
    *("جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)
MOROCCAN = (
    *("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو"),
    *("يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"),
)
EGYPTIAN = (
    *("يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيه"),
    *("يوليه", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


def known_day(text):
    found = parse(text)
    return found.day if found.precision == "day" else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-03-12", (2017, 3, 12)),
        ("2017-03-12T23:50:00+03:00", (2017, 3, 12)),
        ("2017/3/12", (2017, 3, 12)),
        ("20170312", (2017, 3, 12)),
        ("12/3/2017", (2017, 3, 12)),
        ("12.3.2017", (2017, 3, 12)),
        ("١٢/٣/٢٠١٧", (2017, 3, 12)),
        ("12 آذار 2017", (2017, 3, 12)),
        ("12 آذار/مارس 2017", (2017, 3, 12)),
        ("12 آذار (مارس) 2017م", (2017, 3, 12)),
        ("الأحد، 12 مارس، 2017", (2017, 3, 12)),
        ("الأحد ١٢ آذار ٢٠١٧ - ١٠:٣٠ م", (2017, 3, 12)),
        ("نُشر في: 12/03/2017 الساعة 10:30", (2017, 3, 12)),
        ("12 من آذار عام 2017", (2017, 3, 12)),
        ("مارس 12, 2017", (2017, 3, 12)),
        ("March 12th, 2017", (2017, 3, 12)),
        ("Sun, 12 Mar 2017 08:00:00 +0000", (2017, 3, 12)),
        ("12مارس2017", (2017, 3, 12)),
        ("12 مارس 2017 الساعة الثالثة عصراً", (2017, 3, 12)),
        ("Dimanche 12 mars 2017", (2017, 3, 12)),
        ("12 août 2017", (2017, 8, 12)),
        ("5 كانون الثاني 2015", (2015, 1, 5)),
        ("5 كانون 2 2015", (2015, 1, 5)),
        ("1489276800", (2017, 3, 12)),
        ("14 جمادى الآخرة 1438 هـ الموافق 13 آذار 2017", (2017, 3, 13)),
        ("13 مارس 2017 - 14 جمادى الآخرة 1438هـ", (2017, 3, 13)),
        ("15 شعبان 1438", (2017, 5, 11)),
        ("15/8/1438هـ", (2017, 5, 11)),
        ("1438/8/15", (2017, 5, 11)),
    ],
)
def test_a_day_is_read(text, day):
    assert known_day(text) == date(*day)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("آذار 2017", (2017, 3, 1), "month"),
        ("آذار / مارس 2017", (2017, 3, 1), "month"),
        ("2017-03", (2017, 3, 1), "month"),
        ("3/2017", (2017, 3, 1), "month"),
        ("2017", (2017, 1, 1), "year"),
        ("عام ٢٠١٧", (2017, 1, 1), "year"),
        ("شعبان 1438", (2017, 1, 1), "year"),
    ],
)
def test_what_is_not_said_stays_unknown(text, day, precision):
    assert parse(text) == PartialDate(date(*day), precision)


@pytest.mark.parametrize(
    "text",
    [
        "", "قريباً", "أمس", "الأحد", "12 آذار", "31/2/2017", "2017-13-45", "12-03-17", "99", "1700", "شباط/مارس 2017",
        "12 مارس 2017 و13 مارس 2017", "1438", "30 صفر 1438", "عاد 12 لاعباً في 2017", "صفحة 2017", "٣", "0000-00-00",
    ],
)  # fmt: skip
def test_what_is_no_date_or_no_certain_one_is_unknown(text):
    assert parse(text) == PartialDate()


def test_the_day_stands_first_unless_it_cannot():
    assert known_day("3/4/2017") == date(2017, 4, 3)
    assert known_day("3/25/2017") == date(2017, 3, 25)


@pytest.mark.parametrize(
    "names", [LEVANTINE, MAGHREBI, MOROCCAN, EGYPTIAN], ids=["levant", "maghreb", "morocco", "egypt"]
)
@given(day=DAYS)
def test_every_day_is_read_back_from_every_region_s_month_names(names, day):
    assert known_day(f"{day.day} {names[day.month - 1]} {day.year}") == day


@given(DAYS, st.sampled_from(LEVANTINE), st.sampled_from(EGYPTIAN))
def test_two_names_are_one_date_only_when_they_mean_one_month(day, first, second):
    found = parse(f"1 {first} / {second} {day.year}")
    same = LEVANTINE.index(first) == EGYPTIAN.index(second)
    assert found == (
        PartialDate(date(day.year, LEVANTINE.index(first) + 1, 1), "day") if same else PartialDate()
    )


@given(DAYS)
def test_weekday_and_indian_digits_change_nothing(day):
    text = f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}/{day.year}"
    assert known_day(text.translate(INDIC)) == day


@given(DAYS)
def test_a_hijri_day_is_the_gregorian_day_of_the_umm_al_qura_calendar(day):
    hijri = Gregorian.fromdate(day).to_hijri()
    assert known_day(f"{hijri.day}/{hijri.month}/{hijri.year} هـ") == day


@given(st.text(max_size=60) | st.text("0123456789٠١٢/-.: مارسهـ", max_size=40))
def test_any_text_is_a_date_or_none(text):
    found = parse(text)
    assert (found.day is None) == (found.precision == "unknown")
    assert found.day is None or 1800 <= found.day.year <= 2100


@given(st.text(max_size=60) | st.datetimes().map(str))
def test_any_text_is_a_moment_or_none(text):
    found = moment(text)
    assert found is None or found.tzinfo is UTC


def test_a_moment_without_a_zone_counts_as_utc_and_any_other_is_brought_there():
    assert moment("2015-07-21 02:51:32") == datetime(2015, 7, 21, 2, 51, 32, tzinfo=UTC)
    assert moment("2015-07-21T02:51:32+03:00") == datetime(2015, 7, 20, 23, 51, 32, tzinfo=UTC)


def test_twelve_months_are_known():
    assert sorted(set(MONTHS.values())) == list(range(1, 13))
