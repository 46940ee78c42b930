"""The calendar: the years, the months of a year, the days of a month, the articles of a day."""

from calendar import SATURDAY, Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.charts import heat
from articles.models.article import Article
from articles.models.source import Source
from articles.search.holdings import Stocktaking
from articles.views import periods
from articles.views.anniversaries import gregorian_day
from articles.views.caching import page
from articles.views.coverage import coverage, in_calendar
from articles.views.on_this_day import parameters
from articles.views.paging import article_shelf, keys_shelf
from articles.views.periods import Period

# In most Arab countries the week, and so every wall calendar, begins on Saturday (docs/decisions.md).
WEEK = Calendar(SATURDAY)


@dataclass(frozen=True, slots=True)
class Cell:
    """A year, month or day of the calendar; `heat` is 0 to 4, how much there is against the fullest beside it."""

    period: Period
    count: int
    heat: int


@page
def years(request: HttpRequest) -> HttpResponse:
    """The years of the archive, the newest first, and what has no date."""
    held = Stocktaking().holdings()
    timeline = held.timeline if held else {}
    counts: dict[Period, int] = {}
    for when, count in timeline.items():
        if when:
            year = periods.year_of(date(int(when[:4]), 1, 1))
            counts[year] = counts.get(year, 0) + count
    context = {
        "is_counted": held is not None,
        "coverage": coverage(timeline, in_calendar),
        "years": cells(counts)[::-1],
        "undated": timeline.get("", 0),
        "today": parameters(gregorian_day(timezone.localdate())),
    }
    return render(request, "articles/dates.html", context)


@page
def undated(request: HttpRequest) -> HttpResponse:
    """The articles of which no date is known."""
    shelf = article_shelf(request, Article.objects.visible().filter(published_on__isnull=True))
    return render(request, "articles/undated.html", {"shelf": shelf})


@page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The twelve months of a year, and the articles of which no more than the year is known."""
    shown = _period(year)
    parts = shown.parts()
    months = {month: parts.get(month, 0) for month in shown.months()}
    uncertain = article_shelf(request, shown.known_only_so_far())
    context = {
        "period": shown,
        "months": cells(months),
        "shelf": uncertain,
        "total": sum(parts.values()) + uncertain.page.paginator.count,
    }
    return render(request, "articles/year.html", context)


@page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The days of a month by weeks, and the articles of which no more than the month is known."""
    shown = _period(year, month)
    parts = shown.parts()
    uncertain = article_shelf(request, shown.known_only_so_far())
    context = {
        "period": shown,
        "weeks": weeks(shown, parts),
        "weekdays": [*WEEK.iterweekdays()],
        "shelf": uncertain,
        "total": sum(parts.values()) + uncertain.page.paginator.count,
    }
    return render(request, "articles/month.html", context)


@page
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """The articles of a day by source; one source alone where the URL names it."""
    shown = _period(year, month, day)
    articles = shown.articles()
    counts = dict(articles.order_by().values_list("source").annotate(Count("pk")))
    sources = list(Source.objects.filter(pk__in=counts).order_by("name"))
    chosen = next((source for source in sources if source.slug == request.GET.get("source")), None)
    if chosen:
        articles = articles.filter(source=chosen)
    keys = articles.order_by("source__name", "-pk").values_list("pk", flat=True)
    context = {
        "period": shown,
        "total": sum(counts.values()),
        "sources": [(source, counts[source.pk]) for source in sources],
        "chosen": chosen,
        "shelf": keys_shelf(request, keys, {"source": chosen.slug} if chosen else {}),
        "anniversaries": parameters(gregorian_day(shown.start)),
    }
    return render(request, "articles/day.html", context)


def _period(year: int, month: int | None = None, day: int | None = None) -> Period:
    """The period of these numbers; raises Http404 where the calendar has no such day."""
    shown = periods.period(year, month, day)
    if shown is None:
        raise Http404
    return shown


def cells(counts: Mapping[Period, int]) -> list[Cell]:
    """The periods beside each other, each with its heat against the fullest of them."""
    highest = max(counts.values(), default=0)
    return [Cell(period, count, heat(count, highest)) for period, count in counts.items()]


def weeks(month: Period, counts: Mapping[Period, int]) -> list[list[Cell | None]]:
    """The days of a month in rows of seven, None for those of the months around it."""
    numbers = WEEK.monthdayscalendar(month.start.year, month.start.month)
    highest = max(counts.values(), default=0)
    return [
        [
            _cell(periods.day_of(month.start.replace(day=day)), counts, highest) if day else None
            for day in week
        ]
        for week in numbers
    ]


def _cell(day: Period, counts: Mapping[Period, int], highest: int) -> Cell:
    return Cell(day, counts.get(day, 0), heat(counts.get(day, 0), highest))
