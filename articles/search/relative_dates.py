"""Dates that count from today: «آخر 3 أشهر», «الشهر الماضي», «أمس», «past 7 days».

A span («آخر شهر») ends today; «هذا الشهر» and «الشهر الماضي» are whole months of the calendar.
"""

import re
from collections.abc import Iterator
from datetime import date

from articles.arabic.normalization import normalize
from articles.search.periods import OneDate, Period, days_before, month, months_before, week, year

MOST_WORDS = 4
A_WORD = re.compile(r"[\s_]*([^\s_.,،()\[\]\"…–-]+)")
ARTICLE = "ال"


def _normalized(*names: str) -> frozenset[str]:
    return frozenset(map(normalize, names))


TODAY = _normalized("اليوم", "today")
YESTERDAY = _normalized("أمس", "البارحة", "الأمس", "yesterday")
LATEST = _normalized("آخر", "past")
SINCE = _normalized("منذ", "since")
LAST = _normalized("last", "previous")
THIS = _normalized("هذا", "هذه", "this")
BEFORE_THIS = _normalized(
    "الماضي", "الماضية", "الفائت", "الفائتة", "السابق", "السابقة", "المنصرم", "المنصرمة"
)
UNITS = {
    normalize(name): unit
    for unit, names in {
        "day": ("يوم", "أيام", "يوماً", "day", "days"),
        "week": ("أسبوع", "أسابيع", "أسبوعاً", "week", "weeks"),
        "month": ("شهر", "أشهر", "شهور", "شهراً", "month", "months"),
        "year": ("سنة", "سنوات", "سنين", "عام", "أعوام", "عاماً", "year", "years"),
    }.items()
    for name in names
}
TWO = {
    normalize(name): unit
    for unit, names in {
        "day": ("يومين",), "week": ("أسبوعين",), "month": ("شهرين",), "year": ("سنتين", "عامين"),
    }.items()
    for name in names
}  # fmt: skip
COUNTS = {
    normalize(name): count
    for count, names in enumerate(
        (
            ("ثلاثة", "ثلاث", "three"),
            ("أربعة", "أربع", "four"),
            ("خمسة", "خمس", "five"),
            ("ستة", "ست", "six"),
            ("سبعة", "سبع", "seven"),
            ("ثمانية", "ثماني", "eight"),
            ("تسعة", "تسع", "nine"),
            ("عشرة", "عشر", "ten"),
        ),
        start=3,
    )
    for name in names
}
ANY_COUNT = re.compile(r"\d{1,4}")


def read_relative(text: str, start: int, today: date) -> OneDate | None:
    """The longest such date that begins at `start`.

    >>> read_relative("آخر شهر", 0, date(2026, 3, 15)).period.first
    datetime.date(2026, 2, 16)
    """
    typed = list(_words(text, start))
    for count in range(len(typed), 0, -1):
        if period := _period(tuple(word for word, _end in typed[:count]), today):
            return OneDate(period, typed[count - 1][1], ("date_relative",))
    return None


def _words(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The next few words, normalised, and where each ends."""
    for _number in range(MOST_WORDS):
        word = A_WORD.match(text, start)
        if word is None:
            return
        start = word.end()
        yield normalize(word[1]), start


def _period(words: tuple[str, ...], today: date) -> Period | None:
    match words:
        case (word,) if word in TODAY:
            return Period(today, today)
        case (word,) if word in YESTERDAY:
            return _back(1, "day", today)
        case (latest, *span) if latest in LATEST | LAST | SINCE and len(span) == 2:
            return _span(_count(span[0]), UNITS.get(span[1]), today)
        case (latest, unit) if latest in LATEST | SINCE:
            return _span(2, TWO[unit], today) if unit in TWO else _span(1, UNITS.get(unit), today)
        case (last, unit) if last in LAST and unit in UNITS:
            return _back(1, UNITS[unit], today)
        case (this, unit) if this in THIS and (name := UNITS.get(unit.removeprefix(ARTICLE))):
            return _whole(name, today)
        case (unit, before) if before in BEFORE_THIS and (name := UNITS.get(unit.removeprefix(ARTICLE))):
            return _back(1, name, today)
    return None


def _count(word: str) -> int | None:
    return int(word) if ANY_COUNT.fullmatch(word) else COUNTS.get(word)


def _span(count: int | None, unit: str | None, today: date) -> Period | None:
    """So many days, weeks, months or years up to today."""
    if not count or not unit:
        return None
    if unit in ("day", "week"):
        return Period(days_before(today, count * (7 if unit == "week" else 1) - 1), today)
    return Period(days_before(months_before(today, count * (12 if unit == "year" else 1)), -1), today)


def _back(count: int, unit: str, today: date) -> Period:
    """The whole day, week, month or year so many before this one."""
    if unit in ("day", "week"):
        return _whole(unit, days_before(today, count * (7 if unit == "week" else 1)))
    return _whole(unit, months_before(today, count * (12 if unit == "year" else 1)))


def _whole(unit: str, day: date) -> Period:
    match unit:
        case "week":
            return week(day)
        case "month":
            return month(day.month, day.year)
        case "year":
            return year(day.year)
    return Period(day, day)
