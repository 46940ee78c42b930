"""Dates as numbers that keep how much of them is known."""

from datetime import date


def date_code(day: date | None, precision: str) -> int:
    """A date as one number; what is unknown is 0.

    >>> date_code(date(2015, 7, 21), "day"), date_code(date(2015, 7, 1), "month")
    (20150721, 20150700)
    >>> date_code(date(2015, 1, 1), "year"), date_code(None, "unknown")
    (20150000, 0)
    """
    if day is None:
        return 0
    month = day.month if precision in ("day", "month") else 0
    return day.year * 10000 + month * 100 + (day.day if precision == "day" else 0)


def iso_date(day: date | None, precision: str) -> str | None:
    """A date as ISO 8601 writes it, as far as it is known.

    >>> iso_date(date(2015, 7, 21), "day"), iso_date(date(2015, 7, 1), "month"), iso_date(date(2015, 1, 1), "year")
    ('2015-07-21', '2015-07', '2015')
    """
    if day is None:
        return None
    return day.isoformat()[: {"day": 10, "month": 7}.get(precision, 4)]
