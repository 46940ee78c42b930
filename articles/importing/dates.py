"""Dates as Arabic papers write them: as much as is said, and never more.

In numbers the day stands before the month, as Arabic papers write (12/3/2017 is the twelfth of March); the other
order is read only where no day-first date is possible (3/25/2017). Years have four digits. A Hijri date goes
through the Umm al-Qura calendar when no Gregorian one stands beside it. Whatever else the text holds beyond dates,
weekdays, hours and the words around them makes it no date.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from hijridate import Hijri

from articles.importing.datafiles import read_names
from articles.importing.folding import fold
from articles.importing.records import PartialDate

UNKNOWN = PartialDate()
FIRST_YEAR, LAST_YEAR = 1800, 2100  # the oldest Arabic newspaper began in 1828
FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500  # what hijridate knows
LONGEST = 200  # characters; a longer text is no date

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?")
SECONDS = re.compile(r"1\d{9}(?:\d{3}|\.\d+)?")  # since 1970, as programs write moments
HOUR = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:[ap]\.?m\b\.?|ص\b|م\b|صباحا|مساء|ظهرا|z\b|gmt|utc)?\s*(?:[+-]\d{2}:?\d{2}\b)?"
)
FILLERS = frozenset(
    fold(
        "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أحد اثنين ثلاثاء أربعاء خميس جمعة سبت "
        "يوم في بتاريخ تاريخ نشر نشرت النشر حرر أضيف آخر تحديث التحديث الموافق موافق الموافقة لـ من شهر "
        "عام سنة العام لعام لسنة م هـ ميلادي ميلادية ميلاديا هجري هجرية هجريا الساعة صباحا مساء ص بتوقيت غرينتش "
        "جرينتش غرينيتش مكة المكرمة القاهرة gmt utc published on updated date the of at in "
        "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة عشرة والنصف والربع "
        "فجرا ظهرا عصرا ليلا lundi mardi mercredi jeudi vendredi samedi dimanche le du "
        "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm ah ad ce"
    ).split()
)
HIJRI_MARK = r"(?P<hijri>\s*(?:ه(?:جري(?:ه|ا)?)?|ah)(?![^\W\d_]))?"


def parse(text: str) -> PartialDate:
    """The date a text says, if it says one and nothing else; unknown otherwise.

    >>> parse("الثلاثاء 14 شباط / فبراير 2017").day
    datetime.date(2017, 2, 14)
    >>> parse("آذار 2016"), parse("قريباً").precision
    (PartialDate(day=datetime.date(2016, 3, 1), precision='month'), 'unknown')
    """
    text = text.strip()
    if len(text) > LONGEST:
        return UNKNOWN
    if iso := ISO.fullmatch(text.lower()):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if SECONDS.fullmatch(text):
        return _of_seconds(float(text) if "." in text else int(text[:10]))
    return _read(fold(text))


def moment(text: str) -> datetime | None:
    """A moment in time, as programs write it; without a zone it counts as UTC. None when there is none.

    >>> moment("2015-07-21 02:51:32").isoformat()
    '2015-07-21T02:51:32+00:00'
    """
    text = text.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return _in_utc(found)
    known = parse(text)
    if known.day and known.precision == "day":
        return datetime(known.day.year, known.day.month, known.day.day, tzinfo=UTC)
    return None


def _in_utc(found: datetime) -> datetime | None:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _of_seconds(seconds: float) -> PartialDate:
    day = datetime.fromtimestamp(seconds, UTC).date()
    return PartialDate(day, "day")


def _names(file: str) -> tuple[dict[str, int], str]:
    """Month numbers by folded name, and a pattern of all names, longest first."""
    numbers = {
        " ".join(fold(name).split()): int(number)
        for number, names in read_names(file).items()
        for name in names
    }
    longest_first = sorted(numbers, key=len, reverse=True)
    pattern = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return numbers, rf"(?<![^\W\d_])(?:{pattern})(?![^\W\d_])"


MONTHS, MONTH = _names("months.txt")
HIJRI_MONTHS, HIJRI_MONTH = _names("hijri_months.txt")
GAP = r"[\s\-–—/.,،()|]*"
OF = r"(?:(?:من|شهر|of)\s+)*"
IN = r"(?:(?:من\s+)?(?:عام|سنه|لعام|لسنه)\s+)?"
DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})(?!\d)"
BETWEEN = r"\s*[-/.]\s*"


def _with_month_names(month: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of dates with a month's name, or two names of one month side by side."""
    months = rf"(?P<month>{month})(?:{GAP}(?P<again>{month}))?"
    return (
        re.compile(DAY + GAP + OF + months + GAP + IN + YEAR),
        re.compile(rf"(?<!\d){YEAR}{GAP}{months}{GAP}(?P<day>\d{{1,2}})(?!\d)"),
        re.compile(rf"{months}{GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){GAP}{IN}{YEAR}"),
        re.compile(rf"{months}{GAP}{IN}{YEAR}"),
    )


NAMED = _with_month_names(MONTH)
HIJRI_NAMED = tuple(re.compile(pattern.pattern + HIJRI_MARK) for pattern in _with_month_names(HIJRI_MONTH))
YEAR_FIRST = re.compile(
    rf"(?<!\d){YEAR}{BETWEEN}(?P<month>\d{{1,2}})(?:{BETWEEN}(?P<day>\d{{1,2}}))?(?!\d){HIJRI_MARK}"
)
DAY_FIRST = re.compile(rf"(?:{DAY}{BETWEEN})?(?<!\d)(?P<month>\d{{1,2}}){BETWEEN}{YEAR}{HIJRI_MARK}")
COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
YEAR_ALONE = re.compile(rf"(?<!\d){YEAR}{HIJRI_MARK}")


def _read(text: str) -> PartialDate:
    """Take every date out of a folded text; what is left may only be the words around dates."""
    rest = HOUR.sub(" ", text)
    gregorian: list[PartialDate] = []
    hijri: list[PartialDate] = []

    def taken(found: re.Match[str], read: Callable[[re.Match[str]], tuple[bool, PartialDate]]) -> str:
        is_hijri, known = read(found)
        (hijri if is_hijri else gregorian).append(known)
        return " "

    for patterns, read in (
        (NAMED, _named),
        (HIJRI_NAMED, _hijri_named),
        ((YEAR_FIRST, DAY_FIRST, COMPACT), _numeric),
    ):
        for pattern in patterns:
            rest = pattern.sub(lambda found, read=read: taken(found, read), rest)  # type: ignore[misc]
    if not gregorian and not hijri:
        rest = YEAR_ALONE.sub(lambda found: taken(found, _year), rest, count=1)
    if any(word not in FILLERS for word in re.findall(r"\w+", rest)):
        return UNKNOWN
    return _agreed(gregorian or hijri)


def _agreed(dates: list[PartialDate]) -> PartialDate:
    return dates[0] if dates and all(known == dates[0] for known in dates) else UNKNOWN


def _named(found: re.Match[str]) -> tuple[bool, PartialDate]:
    month = _month(found, MONTHS)
    return False, _partial(int(found["year"]), month, found.groupdict().get("day"))


def _hijri_named(found: re.Match[str]) -> tuple[bool, PartialDate]:
    month = _month(found, HIJRI_MONTHS)
    return True, _of_hijri(int(found["year"]), month, found.groupdict().get("day"))


def _month(found: re.Match[str], numbers: dict[str, int]) -> int:
    """The month's number; 0, which is no month, when two names do not agree."""
    month, again = (" ".join(name.split()) for name in (found["month"], found["again"] or found["month"]))
    return numbers[month] if numbers[month] == numbers[again] else 0


def _numeric(found: re.Match[str]) -> tuple[bool, PartialDate]:
    parts = found.groupdict()
    year, month, day = int(parts["year"]), int(parts["month"]), parts.get("day")
    if parts.get("hijri") or FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR:
        return True, _of_hijri(year, month, day)
    if month > 12 and day and int(day) <= 12 and found.re is DAY_FIRST:
        month, day = int(day), str(month)
    return False, _partial(year, month, day)


def _year(found: re.Match[str]) -> tuple[bool, PartialDate]:
    year = int(found["year"])
    if found["hijri"] or FIRST_HIJRI_YEAR <= year <= LAST_HIJRI_YEAR:
        return True, _of_hijri(year, None, None)
    return False, PartialDate(date(year, 1, 1), "year") if FIRST_YEAR <= year <= LAST_YEAR else UNKNOWN


def _partial(year: int, month: int, day: str | None) -> PartialDate:
    known = _day(year, month, int(day or 1))
    return PartialDate(known.day, "month") if known.day and not day else known


def _day(year: int, month: int, day: int) -> PartialDate:
    """The day, if the calendar has it."""
    try:
        known = date(year, month, day)
    except ValueError:
        return UNKNOWN
    return PartialDate(known, "day") if FIRST_YEAR <= year <= LAST_YEAR else UNKNOWN


def _of_hijri(year: int, month: int | None, day: str | None) -> PartialDate:
    """What a Hijri day, month or year leaves certain in the Gregorian calendar.

    >>> _of_hijri(1438, 8, "15").day
    datetime.date(2017, 5, 11)
    >>> _of_hijri(1438, 8, None)
    PartialDate(day=datetime.date(2017, 1, 1), precision='year')
    """
    try:
        first = Hijri(year, month or 1, int(day or 1)).to_gregorian()
        if day:
            return PartialDate(date(first.year, first.month, first.day), "day")
        after = Hijri(year + (month or 12) // 12, (month or 12) % 12 + 1, 1).to_gregorian()
    except (ValueError, OverflowError):
        return UNKNOWN
    last = after - timedelta(days=1)
    if (first.year, first.month) == (last.year, last.month):
        return PartialDate(date(first.year, first.month, 1), "month")
    return PartialDate(date(first.year, 1, 1), "year") if first.year == last.year else UNKNOWN
