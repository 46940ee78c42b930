"""A year, a month or a day, and the articles known to belong to it.

An article dated only to its month stands under the month and the year, and under no day.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from articles.models.article import Article, ArticleQuerySet, Precision

FINE_ENOUGH = {
    Precision.MONTH: (Precision.DAY, Precision.MONTH),
    Precision.DAY: (Precision.DAY,),
}


@dataclass(frozen=True, slots=True)
class Period:
    """All days from `start` to `end`; `precision` says whether they are a year, a month or one day."""

    start: date
    end: date
    precision: Precision

    @property
    def address(self) -> str:
        parts = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}[self.precision]
        whole = [self.start.year, self.start.month, self.start.day]
        return reverse(f"articles:{self.precision.value}", args=whole[:parts])

    def around(self) -> "list[Period]":
        """The wider periods that this one lies in, widest first."""
        year, month = year_of(self.start), month_of(self.start)
        return {Precision.YEAR: [], Precision.MONTH: [year], Precision.DAY: [year, month]}[self.precision]

    def articles(self) -> ArticleQuerySet:
        """The articles known to be of this period."""
        return dated(self.precision).published_between(self.start, self.end)

    def months(self) -> "list[Period]":
        """The twelve months of a year."""
        return [month_of(self.start.replace(month=number)) for number in range(1, 13)]

    def known_only_so_far(self) -> ArticleQuerySet:
        """The articles dated to this year or month and no further: they have a place here and in no part of it."""
        return (
            Article.objects.visible()
            .filter(published_on=self.start, published_precision=self.precision)
            .order_by("-pk")
        )

    def parts(self) -> "dict[Period, int]":
        """The months of a year or the days of a month that have articles, with their numbers."""
        if self.precision == Precision.DAY:
            return {}
        part_of = month_of if self.precision == Precision.YEAR else day_of
        counts: Counter[Period] = Counter()
        for day, count in self._days():
            counts[part_of(day)] += count
        for day, precision, count in self._uncertain_days():
            if precision not in FINE_ENOUGH[part_of(day).precision]:
                counts[part_of(day)] -= count
        return {part: counts[part] for part in sorted(counts, key=_start) if counts[part]}

    def _days(self) -> Iterable[tuple[date, int]]:
        """The days that dates are written as, with their numbers: an index alone answers."""
        articles = Article.objects.visible().published_between(self.start, self.end)
        return articles.order_by("published_on").values_list("published_on").annotate(Count("pk"))

    def _uncertain_days(self) -> Iterable[tuple[date, str, int]]:
        """What `_days` counts though the day is not known: it is written as the first of a month."""
        firsts = {date(self.start.year, month, 1) for month in range(1, 13)}
        written = [day for day in sorted(firsts) if self.start <= day <= self.end]
        articles = Article.objects.visible().filter(published_on__in=written)
        uncertain = articles.exclude(published_precision=Precision.DAY).order_by("published_on")
        return uncertain.values_list("published_on", "published_precision").annotate(Count("pk"))

    def before(self) -> "Period | None":
        """The nearest earlier period of the same length that has articles."""
        return self._like(dated(self.precision).filter(published_on__lt=self.start).order_by("-published_on"))

    def after(self) -> "Period | None":
        """The nearest later period of the same length that has articles."""
        return self._like(dated(self.precision).filter(published_on__gt=self.end).order_by("published_on"))

    def _like(self, articles: ArticleQuerySet) -> "Period | None":
        day = articles.values_list("published_on", flat=True).first()
        return PERIOD_OF[self.precision](day) if day else None


def year_of(day: date) -> Period:
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), Precision.YEAR)


def month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), Precision.MONTH)


def day_of(day: date) -> Period:
    return Period(day, day, Precision.DAY)


def _start(period: Period) -> date:
    return period.start


PERIOD_OF = {Precision.YEAR: year_of, Precision.MONTH: month_of, Precision.DAY: day_of}


def period(year: int, month: int | None = None, day: int | None = None) -> Period | None:
    """The period of these numbers; None where the calendar has no such day."""
    precision = Precision.DAY if day is not None else Precision.MONTH if month is not None else Precision.YEAR
    try:
        start = date(year, 1 if month is None else month, 1 if day is None else day)
    except (ValueError, OverflowError):
        return None
    return PERIOD_OF[precision](start)


def dated(precision: Precision) -> ArticleQuerySet:
    """The articles whose date is known at least as far as `precision`."""
    articles = Article.objects.visible()
    if precision == Precision.YEAR:
        return articles.filter(published_on__isnull=False)
    return articles.filter(published_precision__in=FINE_ENOUGH[precision])
