"""Days, weeks, months and years as stretches of days."""

import calendar
from datetime import date
from typing import NamedTuple

SATURDAY = 5  # `date.weekday` of the day on which the week begins in most Arab countries


class Period(NamedTuple):
    """The first and the last day of a day, a week, a month or a year."""

    first: date
    last: date


class OneDate(NamedTuple):
    """One end of a period, and where it ends in the text; `period` is None where that side is left open."""

    period: Period | None
    end: int
    mended: tuple[str, ...] = ()


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def month(number: int, of_year: int) -> Period:
    last = calendar.monthrange(of_year, number)[1]
    return Period(date(of_year, number, 1), date(of_year, number, last))


def week(day: date) -> Period:
    """The week, from Saturday to Friday, in which a day lies.

    >>> week(date(2015, 7, 21)).first
    datetime.date(2015, 7, 18)
    """
    first = days_before(day, (day.weekday() - SATURDAY) % 7)
    return Period(first, days_before(first, -6))


def days_before(day: date, count: int) -> date:
    """The day so many days earlier, or the first or last day there is."""
    return date.fromordinal(min(max(day.toordinal() - count, 1), date.max.toordinal()))


def months_before(day: date, count: int) -> date:
    """The same day so many months earlier, or the last day of that month where it is shorter.

    >>> months_before(date(2015, 3, 31), 1), months_before(date(2015, 3, 31), 12)
    (datetime.date(2015, 2, 28), datetime.date(2014, 3, 31))
    """
    months = day.year * 12 + day.month - 1 - count
    if months < 12:
        return date.min
    of_year, number = divmod(months, 12)
    return date(of_year, number + 1, min(day.day, calendar.monthrange(of_year, number + 1)[1]))
