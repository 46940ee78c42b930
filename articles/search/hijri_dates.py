"""Hijri dates by the Umm al-Qura calendar, as far as it is tabulated: years 1343 to 1500."""

import re
from datetime import date

from hijridate import Gregorian, Hijri

from articles.arabic.characters import TATWEEL
from articles.search.month_names import HIJRI_MONTH, HIJRI_MONTH_NUMBERS, name_key
from articles.search.periods import OneDate, Period, days_before

FIRST_YEAR, LAST_YEAR = 1343, 1500
MARK = rf"(?:\s?(?:[هﻫ]{TATWEEL}*(?:جري(?:[ةه]|ا)?)?|AH)(?![^\W_])\.?)"
SIGN = r"(?P<sign>[-._]|\s*/\s*)"
END = r"(?![^\W_])(?![-/._]\d)"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}}){SIGN}(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?){MARK}",
        rf"(?P<day>\d\d?){SIGN}(?P<month>\d\d?)(?P=sign)(?P<year>\d{{4}}){MARK}",
        rf"(?P<year>\d{{4}}){SIGN}(?P<month>\d\d?){MARK}",
        rf"(?P<month>\d\d?){SIGN}(?P<year>\d{{4}}){MARK}",
        rf"(?:(?P<day>\d\d?)[\s_/.-]*)?(?P<name>{HIJRI_MONTH})(?:[\s_/.,،-]*(?P<year>\d{{4}})(?:{MARK}|{END}))?",
        rf"(?P<year>\d{{4}}){MARK}",
    )
)


def match_hijri(text: str, start: int) -> re.Match[str] | None:
    """A Hijri date that begins at `start`, whether or not its year can be converted."""
    return next((match for form in FORMS if (match := form.match(text, start))), None)


def read_hijri(match: re.Match[str], today: date) -> OneDate | None:
    """The days of a Hijri date; None where its year lies outside the tables."""
    groups = match.groupdict()
    of_month = (
        HIJRI_MONTH_NUMBERS[name_key(groups["name"])] if groups.get("name") else _number(groups, "month")
    )
    of_year, day = _number(groups, "year"), _number(groups, "day")
    if of_year is not None:
        return hijri(of_year, of_month, day, match.end())
    latest = _latest_year(of_month or 1, today)
    reading = hijri(latest, of_month, day, match.end()) if latest else None
    return reading and reading._replace(mended=("date_without_year", *reading.mended))


def _number(groups: dict[str, str | None], name: str) -> int | None:
    typed = groups.get(name)
    return int(typed) if typed else None


def _latest_year(of_month: int, today: date) -> int | None:
    """The Hijri year in which a month last began; None where today is beyond the tables."""
    try:
        now = Gregorian(today.year, today.month, today.day).to_hijri()
    except OverflowError:
        return None
    return now.year - (of_month > now.month)


def hijri(of_year: int, of_month: int | None, day: int | None, end: int) -> OneDate | None:
    """A Hijri year, month or day as days of ours; a date that does not exist as what is around it.

    >>> hijri(1438, 9, None, 0).period.first, hijri(1438, 9, 30, 0).mended
    (datetime.date(2017, 5, 27), ('date_impossible', 'date_hijri'))
    """
    if not FIRST_YEAR <= of_year <= LAST_YEAR:
        return None
    period, exists = _nearest(of_year, of_month, day)
    return OneDate(period, end, ("date_hijri",) if exists else ("date_impossible", "date_hijri"))


def _nearest(of_year: int, of_month: int | None, day: int | None) -> tuple[Period, bool]:
    """The days of a date, or of the month or year around one that does not exist; and whether it exists."""
    if of_month is None:
        return _year(of_year), True
    if day is not None and 1 <= day <= 12 < of_month <= 31:  # the day before the month, the other way round
        return _nearest(of_year, day, of_month)[0], False
    if not 1 <= of_month <= 12:
        return _year(of_year), False
    whole = _month(of_year, of_month)
    if day is None:
        return whole, True
    one = days_before(whole.first, 1 - day)
    return (Period(one, one), True) if whole.first <= one <= whole.last else (whole, False)


def _year(number: int) -> Period:
    return Period(_month(number, 1).first, _month(number, 12).last)


def _month(of_year: int, number: int) -> Period:
    first = Hijri(of_year, number, 1)
    begins = first.to_gregorian()
    day = date(begins.year, begins.month, begins.day)
    return Period(day, days_before(day, 1 - first.month_length()))
