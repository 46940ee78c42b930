"""Charts of what is held over time, and where a reader gets by pressing a bar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from articles.charts import Chart, Span, Spark, chart, span_of, spark
from articles.search.engines.contract import Holdings
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName, Filters, SearchRequest, Sort

SECTIONS = 15


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held over time: the first and the last period, and a chart where there are two or more."""

    first: str
    last: str
    chart: Chart | None


def coverage(timeline: Mapping[str, int], href: Callable[[str], str]) -> Coverage | None:
    """The coverage that a timeline shows; None where nothing has a date."""
    dated = sorted(filter(None, timeline))
    if not dated:
        return None
    span = span_of(timeline)
    return Coverage(dated[0], dated[-1], chart(span, timeline, href) if span else None)


def extent() -> dict[str, object]:
    """What the whole archive holds, for a page that found nothing in it; empty where it cannot be counted."""
    held = Stocktaking().holdings(facets=(FacetName.SOURCE,))
    if held is None:
        return {}
    years = years_of(coverage(held.timeline, in_calendar))
    return {"total": held.total, "source_count": len(held.facets[FacetName.SOURCE]), "years": years}


def years_of(coverage: Coverage | None) -> tuple[int, int] | None:
    """The first and the last year."""
    return (int(coverage.first[:4]), int(coverage.last[:4])) if coverage else None


def sparks(timelines: Mapping[str, Mapping[str, int]], span: Span | None) -> dict[str, Spark]:
    """The shape of each of several timelines on one span, so that they can be compared; none without a span."""
    return {value: spark(span, timeline) for value, timeline in timelines.items()} if span else {}


def in_calendar(period: str) -> str:
    """The calendar's page of a year «2015» or a month «2015-07»."""
    year, _dash, month = period.partition("-")
    if month:
        return reverse("articles:month", args=[int(year), int(month)])
    return reverse("articles:year", args=[int(year)])


def in_search(filters: Filters) -> Callable[[str], str]:
    """From a period to the search for what it holds under `filters`, the newest first."""

    def href(period: str) -> str:
        facet = FacetName.MONTH if "-" in period else FacetName.YEAR
        asked = SearchRequest(filters={**filters, facet: (period,)}, sort=Sort.NEWEST)
        return f"{reverse('articles:search')}?{asked.query_string()}"

    return href


def search_address(filters: Filters) -> str:
    """The search for everything under `filters`, the newest first."""
    asked = SearchRequest(filters=filters, sort=Sort.NEWEST)
    return f"{reverse('articles:search')}?{asked.query_string()}"


def sections_of(held: Holdings | None, filters: Filters, most: int = SECTIONS) -> list[tuple[str, int, str]]:
    """The sections with most articles: the name, the number, and the search for what is in them."""
    counts = list(held.facets[FacetName.SECTION].items())[:most] if held else []
    return [
        (section, count, search_address({**filters, FacetName.SECTION: (section,)}))
        for section, count in counts
    ]
