"""Lines that say who wrote, for whom, or when: «بقلم: هدى سالم», «كتب - …», «المصدر: …», a date on its own."""

import re
from dataclasses import dataclass, field

from articles.importing import dates, places
from articles.importing.columns import guess
from articles.importing.names import is_name
from articles.importing.records import PartialDate

LONGEST_LINE = 140
WRITTEN_BY = re.compile(
    r"(?:بقلم\s*[:\-–—ـ]?\s*|(?:كتبت?|كتبه|كتبها|إعداد|اعداد|أعدّ?ه|أعدّ?ها|أعدّ?)\s*[:\-–—ـ]\s*)(?P<rest>\S.*)"
)
# On pages of HTML, lines that name their writer stand between headline and text under more names than in plain text.
BEGINS = re.compile(
    r"(?:بقلم|(?:كتبت?|كتبه|كتبها|إعداد|اعداد|أعدّ?ه|أعدّ?ها|أعدّ?ته|تقرير|تحقيق|حوار|متابعة|الكاتبة?|المحررة?|الصحفية?|المؤلف|المصدر|"
    r"نشر بواسطة|بواسطة|by|author|posted by|written by)\s*[:/\-–—ـ]|by\s+(?=[^\W\d_]))\s*\S",
    re.IGNORECASE,
)
LABELLED = re.compile(r"(?P<label>[^:]{3,20}?)\s*:\s*(?P<value>\S.*)")
LABELS = {"author", "source", "published_on", "section", "url"}
SEPARATOR = re.compile(r"\s*[|–—/،]\s*|\s+[-ـ]\s+")
IN_BRACKETS = re.compile(r"\((?P<rest>[^()]+)\)")
WEB_ADDRESS = re.compile(r"https?://\S+")


@dataclass(slots=True)
class Byline:
    """What such a line says; all fields may be empty but one."""

    author: str = ""
    source: str = ""
    city: str = ""
    section: str = ""
    url: str = ""
    published: PartialDate = field(default_factory=PartialDate)


def parse(line: str) -> Byline | None:
    """What the line says, if it says nothing else.

    >>> parse("بقلم: هدى سالم").author, parse("كتب - سامر الدالي - بيروت").city
    ('هدى سالم', 'بيروت')
    >>> parse("المصدر: وكالة المرفأ").source, parse("12 آذار 2016").published.precision
    ('وكالة المرفأ', 'day')
    >>> parse("كتب أحمد في الصفحة الأولى")
    """
    line = line.strip()
    if not line or len(line) > LONGEST_LINE:
        return None
    if written := WRITTEN_BY.fullmatch(line):
        return _signature(written["rest"])
    labelled = LABELLED.fullmatch(line)
    field_name = guess(labelled["label"]) if labelled else ""
    if labelled and field_name in LABELS:
        return _labelled(field_name, labelled["value"].strip())
    return _dated(line)


def begins_like_one(line: str) -> bool:
    """Whether a line says of itself that a writer's name follows.

    >>> begins_like_one("تقرير: رنا خليل"), begins_like_one("تقرير جديد عن السوق")
    (True, False)
    """
    return len(line) <= LONGEST_LINE and BEGINS.match(line.strip()) is not None


def parse_signature(line: str) -> Byline | None:
    """Who signed in brackets below the text: «(رنا سالم – وكالة المرفأ)». The outlet must be a known one.

    >>> parse_signature("(رنا سالم – وكالة المرفأ)").author
    'رنا سالم'
    """
    brackets = IN_BRACKETS.fullmatch(line.strip())
    if not brackets or len(line) > LONGEST_LINE:
        return None
    if places.is_outlet(brackets["rest"]):
        return Byline(source=places.unquoted(brackets["rest"]))
    found = _signature(brackets["rest"])
    return found if found and found.source else None


def _signature(text: str) -> Byline | None:
    """A name, and after it perhaps an outlet or a city."""
    name, *others = (part.strip() for part in SEPARATOR.split(text.strip(" .:")))
    if not is_name(name):
        return None
    found = Byline(author=name)
    for other in others:
        if places.is_city(other):
            found.city = other
        elif places.is_outlet(other):
            found.source = places.unquoted(other)
        else:
            return None
    return found


def _labelled(field_name: str, value: str) -> Byline | None:
    if field_name == "published_on":
        return _dated(value)
    if field_name == "url":
        return Byline(url=value) if WEB_ADDRESS.fullmatch(value) else None
    name = places.unquoted(value)
    if not (is_name(name) or places.is_outlet(name)):
        return None
    found = Byline()
    setattr(found, field_name, name)
    return found


def _dated(line: str) -> Byline | None:
    known = dates.parse(line) if any(map(str.isdigit, line)) else PartialDate()
    return Byline(published=known) if known.day else None
