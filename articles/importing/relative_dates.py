"""Dates told from the day they were read on: «منذ 3 ساعات», «أمس», «قبل يومين». Never more than is certain.

Where nobody says what time zone the moment of capture was in, all zones that Arabic papers are made in are thought
of: what differs between them is not known. Counted days are days of the calendar; of weeks, months and years only
the month or year is told, and only where every day that may be meant lies in it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

from articles.importing.folding import fold
from articles.importing.records import PartialDate

LONGEST = 60  # characters
ZONES = tuple(timezone(timedelta(hours=hours)) for hours in range(5))  # from Morocco to Oman
NUMBERS = {
    fold(word): number
    for number, words in enumerate(
        (
            *("واحد واحدة", "اثنين اثنتين", "ثلاث ثلاثة", "أربع أربعة", "خمس خمسة"),
            *("ست ستة", "سبع سبعة", "ثماني ثمانية ثمان", "تسع تسعة", "عشر عشرة"),
        ),
        start=1,
    )
    for word in words.split()
}
UNITS = {
    "minute": ("ثانية ثانيتين ثوان ثواني دقيقة دقيقتين دقائق لحظات قليل second seconds minute minutes", 1),
    "hour": ("ساعة ساعتين ساعات hour hours hr hrs", 24),
    "day": ("يوم يومين أيام يوما day days", 31),
    "week": ("أسبوع أسبوعين أسابيع week weeks", 8),
    "month": ("شهر شهرين أشهر شهور شهرا month months", 12),
    "year": ("سنة سنتين سنوات سنين عام عامين أعوام عاما year years", 20),
}
UNIT_OF = {fold(word): unit for unit, (words, _most) in UNITS.items() for word in words.split()}
AGO = re.compile(
    r"(?:(?:نشر|نشرت|اخر تحديث|تاريخ النشر|كتب|اضيف|الخبر)\s*:?\s*)?(?:منذ|قبل|من)?\s*(?:حوالي|نحو|about)?\s*"
    r"(?:(?P<number>\d{1,3}|[^\W\d_]+)\s+)?(?P<unit>[^\W\d_]+)(?:\s+(?:مضت|ago))?"
)
ONE = re.compile(r"\s+واحده?$")
SAYS_AGO = re.compile(r"(?<![^\W\d_])(?:منذ|قبل|مضت|ago)(?![^\W\d_])")
DAYS_BACK = {
    **dict.fromkeys(map(fold, ("اليوم", "الآن", "today", "just now")), 0),
    **dict.fromkeys(map(fold, ("أمس", "البارحة", "يوم أمس", "yesterday")), 1),
    **dict.fromkeys(map(fold, ("أول أمس", "أول من أمس", "قبل أمس")), 2),
}
HOUR = re.compile(r"(?:[,،\-–]|الساعه|at)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:ص|م|صباحا|مساء|am|pm)?\s*$")


def parse(text: str, captured_at: datetime) -> PartialDate:
    """The date a text tells from the moment it was captured at; unknown when it tells none, or none for certain.

    >>> noon = datetime(2017, 3, 15, 12, tzinfo=timezone.utc)
    >>> parse("منذ 3 ساعات", noon).day, parse("أول من أمس", noon).day
    (datetime.date(2017, 3, 15), datetime.date(2017, 3, 13))
    >>> parse("قبل أسبوع", noon)
    PartialDate(day=datetime.date(2017, 3, 1), precision='month')
    """
    words = " ".join(fold(text).strip(" .:،").split()) if len(text) <= LONGEST else ""
    words = ONE.sub("", words)
    back = DAYS_BACK.get(HOUR.sub("", words).strip(" ،,-–"))
    if back is not None:
        return _certain(captured_at, lambda here: (here - timedelta(days=back), here - timedelta(days=back)))
    found = AGO.fullmatch(words) if SAYS_AGO.search(words) else None
    unit = UNIT_OF.get(found["unit"], "") if found else ""
    number = _number(found["number"], found["unit"]) if found and unit else None
    if number is None or number > 31 and unit != "minute":
        return PartialDate()
    return _certain(captured_at, lambda here: _span(here, number, unit))


def _number(word: str | None, unit: str) -> int | None:
    """How many: a number, a number's word, one or two by the form of the unit; None when it is no number."""
    if not word or word in ("منذ", "قبل"):
        return 2 if unit.endswith("ين") and unit not in ("سنين",) else 1
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _span(here: datetime, number: int, unit: str) -> tuple[datetime, datetime]:
    """The first and the last moment that may be meant."""
    match unit:
        case "minute" | "hour":
            step = timedelta(**{f"{unit}s": 1})
            return here - (number + 1) * step, here - number * step
        case "day":
            return here - timedelta(days=number), here - timedelta(days=number)
        case "week":
            return here - timedelta(days=7 * number + 6), here - timedelta(days=7 * number)
        case "month":
            return _months_back(here, number + 1), _months_back(here, number)
    return _months_back(here, 12 * number + 12), _months_back(here, 12 * number)


def _months_back(here: datetime, months: int) -> datetime:
    year, month = divmod(here.year * 12 + here.month - 1 - months, 12)
    return here.replace(year=year, month=month + 1, day=min(here.day, monthrange(year, month + 1)[1]))


def _certain(captured_at: datetime, span: Callable[[datetime], tuple[datetime, datetime]]) -> PartialDate:
    """What all days that may be meant have in common."""
    zones = ZONES if captured_at.utcoffset() in (None, timedelta()) else (captured_at.tzinfo,)
    if captured_at.tzinfo is None:
        captured_at = captured_at.replace(tzinfo=ZONES[0])
    days = {moment.date() for zone in zones for moment in span(captured_at.astimezone(zone))}
    first, last = min(days), max(days)
    if first == last:
        return PartialDate(first, "day")
    if (first.year, first.month) == (last.year, last.month):
        return PartialDate(first.replace(day=1), "month")
    return PartialDate(date(first.year, 1, 1), "year") if first.year == last.year else PartialDate()
