"""Datelines: outlet, city, country, author and date in the line above, or the words before, the first sentence.

    أخبار المرفأ | بيروت – لبنان – (هدى سالم)        CITY (OUTLET) - text        CITY - OUTLET: text

A line is a dateline only when every part of it is understood, and a place stands in it.
"""

import re
from dataclasses import dataclass, field

from articles.importing import dates, places
from articles.importing.folding import key
from articles.importing.names import is_name
from articles.importing.records import PartialDate

LONGEST_LINE = 140
OPENING = 120  # characters in which the words before the first sentence end
SEPARATOR = re.compile(
    r"\s*[|–—]+\s*|\s+[-ـ]+\s+|(?<=[^\W\d_])-\s*(?=[^\W\d_(«])|\s+-|-\s+|\s*[،,:]\s+|(?<=\))\s*[-–—]"
)
PARENTHESIS = re.compile(r"\s*\(([^()]*)\)\s*")
CORRESPONDENT = re.compile(
    r"(?:من\s+)?مراسل(?:ة|نا|تنا)?\s*[:/]?\s+(?P<name>.+)|(?:كتبت?|بقلم)\s*:?\s+(?P<writer>.+)"
)
TERMINATOR = re.compile(r"\s*(?::|[–—]+|(?<=\s)[-ـ]+|-(?=\s))(?:\s+|(?=[«\"“]))")
CITY_TERMINATOR = re.compile(r"(.{2,30}?)(?:\s+[-–—ـ]+\s+)")
ANOTHER_DASH = re.compile(r"\s[-–—ـ]\s|[–—]")
NEAR = 60
# «بيروت ـ «المدار العربي»:», as papers name themselves; a quotation begins with other words.
QUOTED_OUTLET = re.compile(r"«(?!(?:لا|لن|لم|ما|نعم|نحن|هل|إن|أن|كل|هذا|هذه|من|أنا)\s)[^«»]{3,30}»")
# «الكويت - 5 - 9 (كونا) --»: day and month without a year, as Gulf agencies write them.
DAY_AND_MONTH = re.compile(r"\s*[-–]\s*\d{1,2}\s*[-–/]\s*\d{1,2}(?=\s*[(\-–])")


@dataclass(slots=True)
class Dateline:
    """What a dateline says; `text` as it stands. `names_nobody`: «خاص», «وكالات» where an outlet would stand."""

    text: str
    city: str = ""
    country: str = ""
    source: str = ""
    author: str = ""
    published: PartialDate = field(default_factory=PartialDate)
    names_nobody: bool = False

    def says_enough(self) -> bool:
        """A place, and something beside it."""
        beside = (
            self.source
            or self.author
            or self.published.day
            or self.names_nobody
            or (self.city and self.country)
        )
        return bool((self.city or self.country) and beside)


def parse(line: str, *, before_text: bool = False) -> Dateline | None:
    """The dateline a line is, if it is one; `before_text` when a sentence follows in the same line.

    >>> found = parse("المرفأ | بيروت – لبنان – (هدى سالم)")
    >>> found.source, found.city, found.country, found.author
    ('المرفأ', 'بيروت', 'لبنان', 'هدى سالم')
    >>> parse("بيروت – الأسعار ترتفع")
    """
    line = line.strip()
    if not 4 <= len(line) <= LONGEST_LINE:
        return None
    found = Dateline(line)
    before_bar, bar, after_bar = line.partition("|")
    rest = after_bar if bar and _take_outlet(before_bar.strip(), found) else line
    rest = DAY_AND_MONTH.sub(" ", rest)
    understood = all(_take(part, found, in_brackets, before_text) for part, in_brackets in _parts(rest))
    return found if understood and found.says_enough() else None


def opening(paragraph: str) -> tuple[Dateline, int] | None:
    """The dateline a paragraph begins with, and where its first sentence begins.

    >>> found, start = opening("بيروت (رويترز) - قال وزير")
    >>> found.city, found.source, start
    ('بيروت', 'رويترز', 17)
    """
    best: tuple[Dateline, int] | None = None
    for end in TERMINATOR.finditer(paragraph[:OPENING]):
        found = parse(paragraph[: end.start()], before_text=True)
        if found:
            best = found, end.end()
    return best or _city_alone(paragraph)


def _city_alone(paragraph: str) -> tuple[Dateline, int] | None:
    """A city and a dash: taken only where no second dash makes the words between an aside."""
    found = CITY_TERMINATOR.match(paragraph)
    if (
        not found
        or not places.is_city(found[1])
        or ANOTHER_DASH.search(paragraph, found.end(), found.end() + NEAR)
    ):
        return None
    return Dateline(found[1], city=found[1].strip()), found.end()


def _parts(line: str) -> list[tuple[str, bool]]:
    """The parts between separators, and whether each stands in brackets."""
    parts: list[tuple[str, bool]] = []
    for place, piece in enumerate(PARENTHESIS.split(line)):
        in_brackets = place % 2 == 1
        pieces = [piece] if in_brackets else SEPARATOR.split(piece)
        parts += [(text, in_brackets) for part in pieces if (text := part.strip(" \t\u00a0:-–—"))]
    return parts


def _take(part: str, found: Dateline, in_brackets: bool, before_text: bool) -> bool:
    """Understand one part; false when it is none of a dateline's."""
    if _take_place(part, found) or _take_date(part, found):
        return True
    if places.is_nobody(part):
        found.names_nobody = True
        return True
    is_marked = in_brackets or QUOTED_OUTLET.fullmatch(part) is not None
    if places.is_outlet(part) or (before_text and is_marked and len(part.split()) <= 4):
        return _take_outlet(part, found)
    if in_brackets and (found.source or found.country) and is_name(part):
        return _take_author(part, found)
    if correspondent := CORRESPONDENT.fullmatch(part):
        return _take_author(correspondent["name"] or correspondent["writer"], found)
    return _take_run(part, found)


def _take_place(part: str, found: Dateline) -> bool:
    if not found.city and not found.country and places.is_city(part):
        found.city = part
    elif not found.country and places.is_country(part):
        found.country = part
    else:
        return False
    return True


def _take_date(part: str, found: Dateline) -> bool:
    known = dates.parse(part) if any(map(str.isdigit, part)) else PartialDate()
    if found.published.day or not known.day:
        return False
    found.published = known
    return True


def _take_outlet(part: str, found: Dateline) -> bool:
    name = places.unquoted(part)
    if found.source or not name or places.is_city(name) or len(name) > 60:
        return False
    found.source = name
    return True


def _take_author(part: str, found: Dateline) -> bool:
    if found.author or not is_name(part):
        return False
    found.author = part.strip()
    return True


def _take_run(part: str, found: Dateline) -> bool:
    """«CITY DATE» and «CITY DATE OUTLET», written without marks between."""
    words = part.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        place, rest = " ".join(words[:size]), words[size:]
        if not places.is_city(place) or found.city:
            continue
        for tail in range(min(3, len(rest) - 1) + 1):
            day, outlet = " ".join(rest[: len(rest) - tail]), " ".join(rest[len(rest) - tail :])
            if (not outlet or key(outlet) in places.OUTLETS) and _take_date(day, found):
                found.city = place
                return not outlet or _take_outlet(outlet, found)
    return False
