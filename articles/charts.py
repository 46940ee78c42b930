"""The geometry of bars over time: which periods, how high, which are named below the axis, where nothing is held.

Only numbers, in hundredths of a drawing's height; words, colours and directions belong to the templates. Bars are a
row of links, so they run the way the page is read: in Arabic time goes from right to left.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import ceil

MOST_MONTHS = 24  # two years; beyond it a bar is a year
MOST_YEARS = 150  # the last of a longer span
HEAT_LEVELS = 4
SPARK_STEP = 10  # the width of a spark's bar and the gap after it
SPARK_BAR = 8
ROUND = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


class Unit(StrEnum):
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """The periods of a drawing, all of them: «2015», «2016» or «2015-07», «2015-08»."""

    unit: Unit
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. `share` is its height, 0 to 100, against the top of the chart; `href` is empty for an empty one."""

    value: str
    count: int
    share: int
    is_named: bool
    is_selected: bool = False
    href: str = ""

    @property
    def top(self) -> int:
        """Where the bar begins, from above."""
        return 100 - self.share

    @property
    def begins_a_year(self) -> bool:
        return self.value.endswith("-01")


@dataclass(frozen=True, slots=True)
class Chart:
    """`top` is what the whole height stands for; `gaps` are the first and last periods of the empty runs."""

    unit: Unit
    bars: tuple[Bar, ...]
    top: int
    undated: int
    gaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SparkBar:
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Spark:
    """A chart the size of a word."""

    width: int
    bars: tuple[SparkBar, ...]


def span_of(timeline: Mapping[str, int]) -> Span | None:
    """The months between the first and the last, or the years where the months are many or are not known.

    >>> span_of({"2015-12": 3, "2016-01": 1})
    Span(unit=<Unit.MONTH: 'month'>, periods=('2015-12', '2016-01'))

    None where there are less than two.
    """
    months = sorted(period for period in timeline if len(period) == len("2015-07"))
    years = sorted({period[:4] for period in timeline if period})
    if months and years[0] == months[0][:4] and years[-1] == months[-1][:4]:
        between = tuple(_months(months[0], months[-1]))
        if 2 <= len(between) <= MOST_MONTHS:
            return Span(Unit.MONTH, between)
    if len(years) < 2:
        return None
    every = range(max(int(years[0]), int(years[-1]) - MOST_YEARS + 1), int(years[-1]) + 1)
    return Span(Unit.YEAR, tuple(f"{year:04d}" for year in every))


def _months(first: str, last: str) -> Iterator[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, min(end, start + MOST_MONTHS) + 1):
        yield f"{number // 12:04d}-{number % 12 + 1:02d}"


def counts_in(span: Span, timeline: Mapping[str, int]) -> dict[str, int]:
    """The number of each period of the span, 0 where there is none."""
    counts = dict.fromkeys(span.periods, 0)
    for period, count in timeline.items():
        whole = period[:4] if span.unit is Unit.YEAR else period
        if whole in counts:
            counts[whole] += count
    return counts


def chart(
    span: Span,
    timeline: Mapping[str, int],
    href: Callable[[str], str],
    *,
    selected: Iterable[str] = (),
) -> Chart:
    """The bars of a span; what `timeline` counts outside its periods is `undated`."""
    counts, chosen = counts_in(span, timeline), frozenset(selected)
    top = round_top(max(counts.values()))
    named = named_of(span)
    bars = tuple(
        Bar(
            value=period,
            count=count,
            share=share_of(count, top),
            is_named=period in named,
            is_selected=period in chosen,
            href=href(period) if count else "",
        )
        for period, count in counts.items()
    )
    return Chart(span.unit, bars, top, sum(timeline.values()) - sum(counts.values()), gaps_of(counts))


def share_of(count: int, top: int) -> int:
    """The height of a bar: what is not nothing can be seen.

    >>> share_of(50, 200), share_of(1, 5000), share_of(0, 10)
    (25, 2, 0)
    """
    return max(2, round(100 * count / top)) if count else 0


def round_top(highest: int) -> int:
    """The round number that the whole height stands for.

    >>> round_top(0), round_top(3), round_top(41), round_top(5012)
    (1, 3, 50, 6000)
    """
    if highest < 10:
        return max(1, highest)
    unit = 10 ** (len(str(highest)) - 1)
    return next(int(step * unit) for step in ROUND if step * unit >= highest)


def named_of(span: Span) -> frozenset[str]:
    """The periods named below the axis: every month, and as many round years as have room on a telephone."""
    if span.unit is Unit.MONTH or len(span.periods) <= 8:
        return frozenset(span.periods)
    step = 2 if len(span.periods) <= 24 else 5 if len(span.periods) <= 60 else 10
    return frozenset(year for year in span.periods if int(year) % step == 0)


def gaps_of(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The first and the last period of each run that has nothing.

    >>> gaps_of({"2011": 4, "2012": 0, "2013": 0, "2014": 1})
    (('2012', '2013'),)
    """
    runs = [list(run) for empty, run in groupby(counts, key=lambda period: not counts[period]) if empty]
    return tuple((run[0], run[-1]) for run in runs)


def spark(span: Span, timeline: Mapping[str, int]) -> Spark:
    """The shape of a timeline in a span: its own highest bar is as high as the drawing."""
    counts = counts_in(span, timeline)
    highest = max(1, max(counts.values()))
    shares = [max(6, share_of(count, highest)) if count else 0 for count in counts.values()]
    bars = [SparkBar(number * SPARK_STEP, 100 - share, share) for number, share in enumerate(shares) if share]
    return Spark(len(counts) * SPARK_STEP - (SPARK_STEP - SPARK_BAR), tuple(bars))


def heat(count: int, highest: int) -> int:
    """How much there is against the most, in steps from 1 to 4; 0 for nothing.

    >>> heat(0, 80), heat(1, 80), heat(41, 80), heat(80, 80)
    (0, 1, 3, 4)
    """
    return ceil(HEAT_LEVELS * count / highest) if count else 0
