"""The date of publication, from all that a page says: never a day that is not told, and never the day of reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from articles.importing import dates
from articles.importing.pages import date_lines
from articles.importing.pages.findings import AGREED, GUESSED, Finding
from articles.importing.records import PartialDate

UTC_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]00:?00)", re.IGNORECASE
)
CHANGED = "line of change"
SHOWN_PLACES = ("date line", "named date")
FAR = timedelta(days=3)  # apart, two dates are not those of one article


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of publication and the finding that told it."""

    known: PartialDate
    finding: Finding

    @property
    def day(self) -> date:
        """The first day that is meant; the date is known by then."""
        return self.known.day or date.min

    @property
    def is_a_day(self) -> bool:
        return self.known.precision == "day"


def choose(said: Sequence[Finding], *, captured_at: datetime | None) -> Dated | None:
    """The first date that can be true, as fine and as much the paper's own as the others tell.

    A day in the address overrules a line on the page that is far from it: many pages show the day they are read on.
    A clock in Greenwich gives way to the day printed on the page, a day before or after it.
    """
    read = [Dated(_read(finding, captured_at), finding) for finding in said]
    known = [dated for dated in read if date_lines.is_believable(dated.known, captured_at)]
    if not known:
        return None
    best = known[0]
    others = [dated for dated in known[1:] if dated.finding.value != best.finding.value]
    if date_lines.is_ambiguous(best.finding.value):
        best = _told_apart(best, others)
    best = _of_address(best, others) or _finer(best, others) or best
    if printed := _printed(best, others):
        return printed
    if any(other.known == best.known for other in others):
        return Dated(best.known, replace(best.finding, confidence=AGREED))
    return best


def _read(finding: Finding, captured_at: datetime | None) -> PartialDate:
    known = dates.parse(finding.value)
    if known.day:
        return known
    told = date_lines.read(finding.value, captured_at)
    return told.changed if finding.place == CHANGED else told.published


def _told_apart(best: Dated, others: Sequence[Dated]) -> Dated:
    """Day or month first? As the page's readers are shown; else only the year is known."""
    turned = PartialDate(best.day.replace(month=best.day.day, day=best.day.month), "day")
    for other in others:
        if other.known in (best.known, turned) and not date_lines.is_ambiguous(other.finding.value):
            return Dated(other.known, _both(best.finding, other.finding))
    year = PartialDate(best.day.replace(month=1, day=1), "year")
    return Dated(year, replace(best.finding, confidence=GUESSED))


def _both(one: Finding, other: Finding) -> Finding:
    return replace(one, text=f"{one.shown}; {other.shown}")


def _of_address(best: Dated, others: Sequence[Dated]) -> Dated | None:
    if best.finding.place not in SHOWN_PLACES:
        return None
    in_address = next(
        (other for other in others if other.finding.place == "address" and other.is_a_day), None
    )
    return in_address if in_address and abs(in_address.day - best.day) > FAR else None


def _finer(best: Dated, others: Sequence[Dated]) -> Dated | None:
    """A day where the most trusted place tells only the month or the year that the day lies in."""
    if best.is_a_day:
        return None
    return next((other for other in others if other.is_a_day and _lies_in(other.day, best)), None)


def _lies_in(day: date, period: Dated) -> bool:
    return day.year == period.day.year and (period.known.precision == "year" or day.month == period.day.month)


def _printed(best: Dated, others: Sequence[Dated]) -> Dated | None:
    if not UTC_MOMENT.fullmatch(best.finding.value):
        return None
    for other in others:
        is_printed = other.finding.place in SHOWN_PLACES and other.is_a_day
        if is_printed and abs(other.day - best.day) == timedelta(days=1):
            return Dated(other.known, _both(other.finding, best.finding))
    return None
