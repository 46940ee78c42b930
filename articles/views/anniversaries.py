"""One day of the year in every year of the archive, by our calendar or by the Hijri one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from hijridate import Gregorian, Hijri

from articles.models.article import Article, ArticleQuerySet, Precision

MOST_YEARS = 250  # before the year asked in; each is a look into the index
HIJRI_MONTHS = 12
LONGEST_HIJRI_MONTH = 30
HIJRI_YEARS = range(1343, 1501)  # those of the Umm al-Qura tables


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day and a month; `before` is the year whose own day does not count, as it is no anniversary."""

    month: int
    day: int
    before: int
    is_hijri: bool = False

    def dates(self) -> Iterator[date]:
        """The days of ours, the newest first."""
        return self._hijri_dates() if self.is_hijri else self._gregorian_dates()

    def articles(self) -> ArticleQuerySet:
        """The published articles known to be of these days."""
        return Article.objects.visible().filter(
            published_on__in=list(self.dates()), published_precision=Precision.DAY
        )

    def _gregorian_dates(self) -> Iterator[date]:
        for year in range(self.before - 1, max(0, self.before - 1 - MOST_YEARS), -1):
            yield from _day(year, self.month, self.day)

    def _hijri_dates(self) -> Iterator[date]:
        for year in range(min(self.before - 1, HIJRI_YEARS[-1]), HIJRI_YEARS[0] - 1, -1):
            yield from _hijri_day(year, self.month, self.day)


def gregorian_day(day: date) -> YearDay:
    """The anniversaries of `day` in the years before it."""
    return YearDay(day.month, day.day, day.year)


def hijri_day(day: date) -> YearDay | None:
    """The anniversaries of `day` by the Hijri calendar; None outside the tables."""
    try:
        converted = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return None
    return YearDay(converted.month, converted.day, converted.year, is_hijri=True)


def year_day(month: int, day: int, today: date, *, is_hijri: bool) -> YearDay | None:
    """The anniversaries of a day of a month, up to today; None where no year has such a day."""
    now = hijri_day(today) if is_hijri else gregorian_day(today)
    if now is None:
        return None
    passed = (month, day) < (now.month, now.day)
    asked = YearDay(month, day, now.before + passed, is_hijri)
    possible = chain.from_iterable(
        (_hijri_day(year, month, day) for year in range(now.before - 10, now.before))
        if is_hijri
        else (_day(year, month, day) for year in (2000, 2001))
    )
    return asked if next(possible, None) else None


def _day(year: int, month: int, day: int) -> Iterator[date]:
    """The day, if the year has it."""
    try:
        yield date(year, month, day)
    except (ValueError, OverflowError):
        return


def _hijri_day(year: int, month: int, day: int) -> Iterator[date]:
    if not (1 <= month <= HIJRI_MONTHS and 1 <= day <= LONGEST_HIJRI_MONTH):
        return
    if day > Hijri(year, month, 1).month_length():
        return
    converted = Hijri(year, month, day).to_gregorian()
    yield date(converted.year, converted.month, converted.day)
