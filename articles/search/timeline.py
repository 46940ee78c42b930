"""Hits over time as a row of bars: a bar a month, or a bar a year where the months would be too many."""

from collections.abc import Iterator, Mapping

from articles.search.request import FacetName, SearchRequest
from articles.search.results import Bar, Timeline

MOST_MONTHS = 48  # four years; beyond it the bars are years
MOST_YEARS = 150


def timeline(request: SearchRequest, counts: Mapping[str, int]) -> Timeline | None:
    """The timeline of counts by month («2015-07», «2015» or «»: see Found); None where there are less than two bars."""
    months = {month: count for month, count in counts.items() if len(month) == len("2015-07")}
    span = list(months_between(min(months), max(months))) if months else []
    if 2 <= len(span) <= MOST_MONTHS:
        return _timeline(request, FacetName.MONTH, span, months, sum(counts.values()))
    years: dict[str, int] = {}
    for period, count in counts.items():
        years[period[:4]] = years.get(period[:4], 0) + count
    dated = sorted(filter(None, years))
    if len(dated) < 2:
        return None
    span = [f"{year:04d}" for year in range(int(dated[0]), int(dated[-1]) + 1)]
    return _timeline(request, FacetName.YEAR, span[-MOST_YEARS:], years, sum(counts.values()))


def months_between(first: str, last: str) -> Iterator[str]:
    """The months from one to another, both included; at most one more than a timeline can show.

    >>> list(months_between("2014-11", "2015-02"))
    ['2014-11', '2014-12', '2015-01', '2015-02']
    """
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, min(end, start + MOST_MONTHS) + 1):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


def _timeline(
    request: SearchRequest, unit: FacetName, span: list[str], counts: Mapping[str, int], total: int
) -> Timeline:
    shown = {period: counts.get(period, 0) for period in span}
    highest = max(shown.values())
    return Timeline(
        unit=unit,
        bars=tuple(_bar(request, unit, period, count, highest) for period, count in shown.items()),
        undated=total - sum(shown.values()),
    )


def _bar(request: SearchRequest, unit: FacetName, period: str, count: int, highest: int) -> Bar:
    selected = period in request.filters.get(unit, ())
    click = request.without_filter(unit, period) if selected else _only(request, unit, period)
    share = max(1, round(100 * count / highest)) if count else 0
    return Bar(period, count, share, selected, click.query_string())


def _only(request: SearchRequest, unit: FacetName, period: str) -> SearchRequest:
    """The hits of one bar: years and months asked for before make room, as the counts did without them."""
    undated = request
    for facet in (FacetName.YEAR, FacetName.MONTH):
        for value in request.filters.get(facet, ()):
            undated = undated.without_filter(facet, value)
    return undated.with_only(unit, period)
