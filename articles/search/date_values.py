"""Reads the dates and periods that a query may hold after «التاريخ:», and writes them back.

Day first, as Arabic newspapers write dates; ISO dates too; the month as a number or by any of its names.
A date that does not exist is read as the month or the year it names, and said so.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import NamedTuple

from articles.arabic.characters import SUPERSCRIPT_ALEF, TATWEEL
from articles.arabic.normalization import normalize
from articles.arabic.numerals import to_ascii_digits
from articles.search.operators import OperatorName, spellings
from articles.search.syntax import DateRange

MONTHS = (
    ("كانون الثاني", "كانون ثاني", "يناير", "جانفي", "january", "jan"),
    ("شباط", "فبراير", "فيفري", "february", "feb"),
    ("آذار", "مارس", "march", "mar"),
    ("نيسان", "أبريل", "أفريل", "april", "apr"),
    ("أيار", "مايو", "ماي", "may"),
    ("حزيران", "يونيو", "يونيه", "جوان", "june", "jun"),
    ("تموز", "يوليو", "يوليه", "جويلية", "july", "jul"),
    ("آب", "أغسطس", "أوت", "غشت", "august", "aug"),
    ("أيلول", "سبتمبر", "شتنبر", "september", "sept", "sep"),
    ("تشرين الأول", "تشرين أول", "أكتوبر", "october", "oct"),
    ("تشرين الثاني", "تشرين ثاني", "نوفمبر", "نونبر", "november", "nov"),
    ("كانون الأول", "كانون أول", "ديسمبر", "دجنبر", "december", "dec"),
)
MONTH_NUMBERS = {normalize(name): number for number, names in enumerate(MONTHS, 1) for name in names}

SAME_LETTER = {"ا": "[اأإآ]", "ي": "[يىئی]", "ه": "[هة]"}
BLANK = r"[\s_]"
# What people put on the names of months. All the marks of all scripts, at every letter, take a second to compile.
MARKS = f"{TATWEEL}\u064b-\u065f{SUPERSCRIPT_ALEF}"


def spelled(name: str) -> str:
    """A regular expression for a normalised name as people type it: with marks, hamzas, underscores."""
    words = (
        "".join(f"{SAME_LETTER.get(letter, letter)}[{MARKS}]*" for letter in word) for word in name.split()
    )
    return f"{BLANK}+".join(words)


MONTH = (
    "(?:"
    + "|".join(spelled(name) for name in sorted(MONTH_NUMBERS, key=len, reverse=True))
    + r")(?![^\W\d_])"
)
SIGN = r"(?P<sign>[-._]|\s*/\s*)"
# «2015م» is still 2015; «1436هـ» is not, and a date with one number too many is no date.
END = r"(?:\s?م)?(?![^\W_])(?![-/._]\d)"
YEAR_END = r"(?:\s?م)?(?![^\W_])(?![/._]\d)(?!-\d(?!\d{3}(?!\d)))"  # 2014-2016 is a period
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<year>\d{{4}}){SIGN}(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?){END}",
        rf"(?P<day>\d\d?){SIGN}(?P<month>\d\d?)(?P=sign)(?P<year>\d{{4}}){END}",
        rf"(?P<year>\d{{4}}){SIGN}(?P<month>\d\d?){END}",
        rf"(?P<month>\d\d?){SIGN}(?P<year>\d{{4}}){END}",
        rf"(?:(?P<day>\d\d?)[\s_/.-]*)?(?P<name>{MONTH})(?:\s*/\s*{MONTH})?(?:[\s_/.,،-]*(?P<year>\d{{4}}){END})?",
        rf"(?P<year>\d{{4}}){YEAR_END}",
    )
)

DOTS = re.compile(r"\s*(?:\.{2,3}|…)")
TO_WORDS = "|".join(spelled(normalize(word)) for word in spellings(OperatorName.PERIOD) if word.isalpha())
TO = re.compile(rf"\s*(?:\.{{2,3}}|…)\s*|\s+(?:{TO_WORDS}|[-–])\s+|[-–](?=\d{{4}})", re.IGNORECASE)
BRACKET = re.compile(r"\[\s*")
CLOSING_BRACKET = re.compile(r"\s*\]")
OPEN_END = re.compile(r"\*")


class Period(NamedTuple):
    """The first and the last day of a year, a month or a day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DateReading:
    """A period as it was read from a text up to `end`, with the codes of what was mended."""

    range: DateRange
    end: int
    mended: tuple[str, ...] = ()


class OneDate(NamedTuple):
    """One end of a period; `period` is None where that side is left open."""

    period: Period | None
    end: int
    mended: tuple[str, ...] = ()


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def month(number: int, of_year: int) -> Period:
    last = calendar.monthrange(of_year, number)[1]
    return Period(date(of_year, number, 1), date(of_year, number, last))


def read_dates(text: str, start: int, today: date) -> DateReading | None:
    """The date or period that begins at `start`, in square brackets or not; None where none does.

    >>> read_dates("21 تموز 2015", 0, date(2026, 1, 1)).range
    DateRange(start=datetime.date(2015, 7, 21), end=datetime.date(2015, 7, 21))
    """
    text = to_ascii_digits(text)
    bracket = BRACKET.match(text, start)
    reading = _read_period(text, bracket.end() if bracket else start, today, open_end=bool(bracket))
    if bracket and reading and (closing := CLOSING_BRACKET.match(text, reading.end)):
        return DateReading(reading.range, closing.end(), reading.mended)
    return reading


def _read_period(text: str, start: int, today: date, *, open_end: bool) -> DateReading | None:
    first = _read_date(text, start, today, open_end=open_end)
    between = (TO if first else DOTS).match(text, first.end if first else start)
    last = _read_date(text, between.end(), today, open_end=open_end) if between else None
    if first and between and not last and (dots := DOTS.match(text, first.end)):
        last = OneDate(None, dots.end())
    if last:
        return _period(first or OneDate(None, start), last)
    if first and first.period:
        return DateReading(DateRange(*first.period), first.end, first.mended)
    return None


def _period(first: OneDate, last: OneDate) -> DateReading | None:
    """From the beginning of `first` to the end of `last`, turned round if need be; None if both are open."""
    mended = (*first.mended, *last.mended)
    one, other = first.period, last.period
    if one and other and other.last < one.first:
        one, other, mended = other, one, (*mended, "date_swapped")
    if not one and not other:
        return None
    return DateReading(DateRange(one and one.first, other and other.last), last.end, mended)


def _read_date(text: str, start: int, today: date, *, open_end: bool) -> OneDate | None:
    if open_end and (star := OPEN_END.match(text, start)):
        return OneDate(None, star.end())
    for form in FORMS:
        if match := form.match(text, start):
            return _understand(match, today)
    return None


def _understand(match: re.Match[str], today: date) -> OneDate | None:
    """The date of a match; None where even its year is impossible."""
    groups = match.groupdict()
    of_year, of_month, day = (
        int(groups[name]) if groups.get(name) else None for name in ("year", "month", "day")
    )
    mended: tuple[str, ...] = ()
    if groups.get("name"):
        of_month = MONTH_NUMBERS[" ".join(map(normalize, re.split(f"{BLANK}+", groups["name"])))]
    if of_year is None and of_month is not None:
        of_year, mended = today.year - (of_month > today.month), ("date_without_year",)
    if of_year is None or not 1 <= of_year <= MAXYEAR:
        return None
    period, exists = _nearest(of_year, of_month, day)
    return OneDate(period, match.end(), mended if exists else (*mended, "date_impossible"))


def _nearest(of_year: int, of_month: int | None, day: int | None) -> tuple[Period, bool]:
    """The day, or the month or year around a day that does not exist; and whether the date exists.

    >>> _nearest(2015, 2, 30)[0].last, _nearest(2015, 21, 7)[0].last, _nearest(2015, 13, 40)[0].last
    (datetime.date(2015, 2, 28), datetime.date(2015, 7, 21), datetime.date(2015, 12, 31))
    """
    if of_month is None:
        return year(of_year), True
    if day is not None and 1 <= day <= 12 < of_month <= 31:  # 7/21/2015, as Americans write
        return _nearest(of_year, day, of_month)[0], False
    if not 1 <= of_month <= 12:
        return year(of_year), False
    whole = month(of_month, of_year)
    if day is None:
        return whole, True
    if not 1 <= day <= whole.last.day:
        return whole, False
    return Period(date(of_year, of_month, day), date(of_year, of_month, day)), True


def write_dates(period: DateRange) -> str:
    """A period as `read_dates` reads it, in as few numbers as will do.

    >>> write_dates(DateRange(date(2014, 1, 1), date(2015, 6, 30)))
    '2014..2015-06'
    """
    start, end = period.start, period.end
    if start and end:
        wholes = (year(start.year), month(start.month, start.year), Period(start, start))
        for whole, length in zip(wholes, (4, 7, 10), strict=True):
            if whole == (start, end):
                return start.isoformat()[:length]
    return f"{_write(start, end=False)}..{_write(end, end=True)}"


def _write(day: date | None, *, end: bool) -> str:
    """One end of a period: the year alone where it begins or ends one, the month alone likewise."""
    if day is None:
        return ""
    for whole, length in ((year(day.year), 4), (month(day.month, day.year), 7)):
        if day == whole[end]:
            return day.isoformat()[:length]
    return day.isoformat()
