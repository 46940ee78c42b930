"""The date in a line that a page shows near its headline, which often says more: the hour, the writer, the last change.

Only what a line calls published counts; a date of change is told apart, and today's date above the menu is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from articles.importing import dates, relative_dates
from articles.importing.pages.lines import fold
from articles.importing.records import PartialDate

LONGEST = 200
PIECES = re.compile(
    r"\s+(?:في|بتاريخ|on)\s+(?=\S*\s*\d)|\s+(?:بواسطه|بقلم|by)\s+|\s*[|•·●▪■؛]\s*|\s+[-–—]+\s+|\s{3,}"
    r"|(?<=[^\d\s])\s*[-–—]\s*(?=\d)|\)\s*|\s*\("
)
END = r"(?![^\W\d_])"
CHANGED = re.compile(
    rf"(?:اخر|تم|تاريخ)?\s*(?:التحديث|تحديث|حدث في|حدث|عدل في|تعديل|updated|modified){END}\s*:?"
)
PUBLISHED = re.compile(
    r"(?:تاريخ|تم|وقت)?\s*(?<![^\W\d_])"
    rf"(?:النشر|نشر|نشرت|اضيف|اضيفت|كتب|حرر|الاصدار|published|posted|publie){END}\s*(?:في|بتاريخ|on|le)?\s*:?"
)
ZONE = re.compile(
    r"(?:ب|وفق |حسب )?توقيت\s+\S+(?:\s+(?:المكرمه|المحتله|الصيفي|المحلي))?"
    r"|\(?\b(?:gmt|utc|ksa|est|cet|eet)\b\s*[+\-]?\s*\d*\)?"
)
HOUR = re.compile(r"\d{1,2}:\d{2}")
ISSUE = re.compile(
    r"(?:السنه\s*:?\s*(?:\d+|[^\W\d_]+)\s*[-–،,]?\s*)?(?<![^\W\d_])العدد\s*:?\s*[(\[]?\d+[)\]]?"
)
HAS_DATE = re.compile(r"\d|امس|اليوم|منذ|قبل|today|yesterday|ago")
# Numbers on both sides of the month's place, with Latin halves of the day: an American order is as likely.
AMERICAN = re.compile(
    r"\s*(?P<first>\d{1,2})/(?P<second>\d{1,2})/\d{4},?\s+\d{1,2}:\d{2}(?::\d{2})?\s*[AP]M\s*"
)
IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d{2})(?:/[a-z_]+)?[/\-](?P<month>0?[1-9]|1[0-2])"
    r"(?:[/\-](?P<day>0?[1-9]|[12]\d|3[01]))?(?=[/\-_.]|$)"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """The date of publication and the date of change that a line tells."""

    published: PartialDate = PartialDate()
    changed: PartialDate = PartialDate()


@lru_cache(maxsize=4096)  # a page is looked at more than once
def read(line: str, captured_at: datetime | None = None) -> DateLine:
    """What a line tells.

    >>> read("هدى سالم | نُشر في 12 آذار 2017 - آخر تحديث: 13 آذار 2017").published.day
    datetime.date(2017, 3, 12)
    """
    if len(line) > LONGEST or not HAS_DATE.search(folded := fold(line)):
        return DateLine()
    published: list[str] = []
    changed: list[str] = []
    for text, is_change in _labelled(folded):
        (changed if is_change else published).append(text)
    first, last = (_date(" | ".join(parts), captured_at) for parts in (published, changed))
    if (
        first.day and not last.day and any(HOUR.search(part) for part in changed)
    ):  # «12 آذار، آخر تحديث 02:21»
        return DateLine(changed=first)
    return DateLine(first, last)


def _labelled(line: str) -> Iterator[tuple[str, bool]]:
    """The parts of a line, and whether the label before each says that something was changed."""
    marks = [
        (found.start(), found.end(), pattern is CHANGED)
        for pattern in (CHANGED, PUBLISHED)
        for found in pattern.finditer(line)
    ]
    start, is_change = 0, False
    for begin, end, next_is_change in sorted(marks):
        if begin < start:
            continue
        yield line[start:begin], is_change
        start, is_change = end, next_is_change
    yield line[start:], is_change


def _date(text: str, captured_at: datetime | None) -> PartialDate:
    text = ISSUE.sub(" ", ZONE.sub(" ", text)).strip(" |:-–—،,")
    known = parse(text, captured_at)
    if known.day or not text:
        return known
    found = {
        known
        for piece in PIECES.split(text)
        if piece and (known := parse(piece.strip(" :،,"), captured_at)).day
    }
    days = {known for known in found if known.precision == "day"}
    candidates = days or {known for known in found if known.precision == "month"}
    return candidates.pop() if len(candidates) == 1 else PartialDate()


def parse(text: str, captured_at: datetime | None) -> PartialDate:
    """A date, or one told from the day of capture."""
    known = dates.parse(text)
    return relative_dates.parse(text, captured_at) if not known.day and captured_at else known


def is_ambiguous(text: str) -> bool:
    """Whether a machine's date may have its day or its month first.

    >>> is_ambiguous("3/4/2017 10:15:00 AM"), is_ambiguous("3/25/2017 10:15:00 AM"), is_ambiguous("3/4/2017")
    (True, False, False)
    """
    found = AMERICAN.fullmatch(text)
    return (
        found is not None
        and int(found["first"]) <= 12
        and int(found["second"]) <= 12
        and found["first"] != found["second"]
    )


def in_address(address: str) -> PartialDate:
    """The day or month that stands in the path of an address.

    >>> in_address("https://example.org/2017/03/12/souq").day, in_address("https://example.org/2017/03/souq").precision
    (datetime.date(2017, 3, 12), 'month')
    """
    found = IN_ADDRESS.search(address)
    return (
        dates.parse("-".join(f"{int(part):02}" for part in found.groups() if part))
        if found
        else PartialDate()
    )


def is_believable(known: PartialDate, captured_at: datetime | None) -> bool:
    """Whether a date can be one of publication: not the beginning of computers' time, not after the capture."""
    if known.day is None or known.day.isoformat() in ("1970-01-01", "1900-01-01"):
        return False
    return captured_at is None or known.day <= captured_at.date() + timedelta(days=1)
