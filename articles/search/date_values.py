"""Reads the dates and periods that a query may hold after «التاريخ:», and writes them back.

Day first, as Arabic newspapers write dates; ISO dates too; the month as a number or by any of its names; Hijri dates
and dates that count from today. A date that does not exist is read as the month or the year it names, and said so.
"""

import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date

from articles.arabic.normalization import normalize
from articles.arabic.numerals import to_ascii_digits
from articles.search.hijri_dates import FIRST_YEAR, LAST_YEAR, hijri, match_hijri, read_hijri
from articles.search.month_names import MONTH, MONTH_NUMBERS, any_of_names, name_key, spelled
from articles.search.operators import OperatorName, spellings
from articles.search.periods import OneDate, Period, days_before, month, year
from articles.search.relative_dates import read_relative
from articles.search.syntax import DateRange

SIGN = r"(?P<sign>[-._]|\s*/\s*)"
# «2015م» is still 2015; «1436هـ» is not, and a date with one number too many is no date.
END = r"(?P<ours>\s?م)?(?![^\W_])(?![-/._]\d)"
YEAR_END = r"(?P<ours>\s?م)?(?![^\W_])(?![/._]\d)(?!-\d(?!\d{3}(?!\d)))"  # 2014-2016 is a period
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
TO_OR_AND = re.compile(rf"{TO.pattern}|\s+(?:و\s*|and\s+)", re.IGNORECASE)
LONGEST = 250  # characters of a period
OPEN_END = re.compile(r"\*")
OURS = "م"

BOUNDARY_WORDS = {
    normalize(word): side
    for words, side in (
        (("قبل", "before"), "before"),
        (("بعد", "after"), "after"),
        (("منذ", "since"), "since"),
        (("حتى", "إلى", "until"), "until"),
    )
    for word in words
}
BETWEEN_WORDS = frozenset({"بين", "between"})
FROM_WORDS = frozenset({"من", "from"}) | BETWEEN_WORDS
BOUNDARY = re.compile(rf"(?P<word>{any_of_names(BOUNDARY_WORDS)})[\s_]+", re.IGNORECASE)
FROM = re.compile(rf"(?P<word>{any_of_names(FROM_WORDS)})[\s_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A period as it was read from a text up to `end`, with the codes of what was mended."""

    range: DateRange
    end: int
    mended: tuple[str, ...] = ()


def read_dates(text: str, start: int, today: date) -> DateReading | None:
    """The date or period that begins at `start`, in square brackets or not; None where none does.

    >>> read_dates("21 تموز 2015", 0, date(2026, 1, 1)).range
    DateRange(start=datetime.date(2015, 7, 21), end=datetime.date(2015, 7, 21))
    """
    window = _window(text, start)
    bracket = BRACKET.match(window)
    reading = _read_period(window, bracket.end() if bracket else 0, today, open_end=bool(bracket))
    if reading is None:
        return None
    closing = CLOSING_BRACKET.match(window, reading.end) if bracket else None
    return replace(reading, end=start + (closing.end() if closing else reading.end))


def read_whole(text: str, today: date) -> DateRange | None:
    """The date or period that a text is, with nothing else in it; None where it is none.

    >>> read_whole("حزيران 2014", date(2026, 1, 1)), read_whole("2014 أو قبله", date(2026, 1, 1))
    (DateRange(start=datetime.date(2014, 6, 1), end=datetime.date(2014, 6, 30)), None)
    """
    text = text.strip()
    reading = read_dates(text, 0, today)
    return reading.range if reading and not text[reading.end :].strip() else None


def _window(text: str, start: int) -> str:
    """As much of a text as the longest period takes, in 0-9: the rest of a pasted article is none of its business."""
    return to_ascii_digits(text[start : start + LONGEST])


def is_unknown_hijri(text: str, start: int) -> bool:
    """Whether a Hijri date begins at `start` whose year the calendar's tables do not hold.

    >>> is_unknown_hijri("1299هـ", 0), is_unknown_hijri("1436هـ", 0)
    (True, False)
    """
    match = match_hijri(_window(text, start), 0)
    return bool(match and read_hijri(match, date.max) is None)


def _read_period(text: str, start: int, today: date, *, open_end: bool) -> DateReading | None:
    if (boundary := BOUNDARY.match(text, start)) and (reading := _read_bounded(text, boundary, today)):
        return reading
    if opening := FROM.match(text, start):
        start = opening.end()
    first = _read_date(text, start, today, open_end=open_end)
    to = TO_OR_AND if opening and name_key(opening["word"]) in BETWEEN_WORDS else TO
    between = (to if first else DOTS).match(text, first.end if first else start)
    last = _read_date(text, between.end(), today, open_end=open_end) if between else None
    if first and between and not last and (dots := DOTS.match(text, first.end)):
        last = OneDate(None, dots.end())
    if last:
        return _period(first or OneDate(None, start), last)
    if first and first.period:
        return DateReading(DateRange(*first.period), first.end, first.mended)
    return None


def _read_bounded(text: str, boundary: re.Match[str], today: date) -> DateReading | None:
    """«قبل 2014», «منذ 2015»; a span of days («منذ شهر») is read as such, for it says «منذ» itself."""
    if span := read_relative(text, boundary.start(), today):
        return DateReading(DateRange(*span.period), span.end, span.mended) if span.period else None
    one = _read_date(text, boundary.end(), today, open_end=False)
    if one is None or one.period is None:
        return None
    match BOUNDARY_WORDS[name_key(boundary["word"])]:
        case "before":
            return _checked(None, days_before(one.period.first, 1), one)
        case "after":
            return _checked(days_before(one.period.last, -1), None, one)
        case "since":
            return _checked(one.period.first, None, one)
    return _checked(None, one.period.last, one)


def _checked(first: date | None, last: date | None, read: OneDate) -> DateReading:
    return DateReading(DateRange(first, last), read.end, read.mended)


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
    if relative := read_relative(text, start, today):
        return relative
    if match := match_hijri(text, start):
        return read_hijri(match, today)
    for form in FORMS:
        if match := form.match(text, start):
            return _understand(match, today)
    return None


def _understand(match: re.Match[str], today: date) -> OneDate | None:
    """The date of a match; None where even its year is impossible. 1436 is Hijri, as in any newspaper; 1436م is not."""
    groups = match.groupdict()
    of_year, of_month, day = (
        int(groups[name]) if groups.get(name) else None for name in ("year", "month", "day")
    )
    if of_year and FIRST_YEAR <= of_year <= LAST_YEAR and not groups["ours"] and not groups.get("name"):
        return hijri(of_year, of_month, day, match.end())
    mended: tuple[str, ...] = ()
    if groups.get("name"):
        of_month = MONTH_NUMBERS[name_key(groups["name"])]
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
                return _iso(start, length)
    return f"{_write(start, end=False)}..{_write(end, end=True)}"


def _write(day: date | None, *, end: bool) -> str:
    """One end of a period: the year alone where it begins or ends one, the month alone likewise."""
    if day is None:
        return ""
    for whole, length in ((year(day.year), 4), (month(day.month, day.year), 7)):
        if day == whole[end]:
            return _iso(day, length)
    return _iso(day, 10)


def _iso(day: date, length: int) -> str:
    """So much of a date as ISO 8601 writes it; a year that could be Hijri says that it is not."""
    return day.isoformat()[:length] + (OURS if FIRST_YEAR <= day.year <= LAST_YEAR else "")
