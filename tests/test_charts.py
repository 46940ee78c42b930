"""Bars: every period has one, none is higher than the chart, what is not nothing can be seen."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import charts
from articles.charts import MOST_MONTHS, MOST_YEARS, Span, Unit, chart, counts_in, heat, span_of, spark

months = st.builds("{:04d}-{:02d}".format, st.integers(1, 9999), st.integers(1, 12))
years = st.builds("{:04d}".format, st.integers(1, 9999))
timelines = st.dictionaries(months | years | st.just(""), st.integers(1, 10**6), max_size=30)


def test_the_examples_hold() -> None:
    result = doctest.testmod(charts)
    assert result.attempted
    assert not result.failed


@given(timelines)
def test_any_timeline_is_drawn_whole_and_inside_its_frame(timeline: dict[str, int]) -> None:
    span = span_of(timeline)
    if span is None:
        assert len({period[:4] for period in timeline if period}) < 2
        return
    drawn = chart(span, timeline, str)
    assert len(drawn.bars) == len(set(span.periods)) <= MOST_YEARS
    assert sum(bar.count for bar in drawn.bars) + drawn.undated == sum(timeline.values())
    assert all(0 <= bar.share <= 100 and bar.top + bar.share == 100 for bar in drawn.bars)
    assert all(bool(bar.share) == bool(bar.count) == bool(bar.href) for bar in drawn.bars)
    assert all(bar.y >= 0 and bar.y + bar.height == 100 for bar in spark(span, timeline).bars)


def test_a_short_span_has_a_bar_a_month_and_a_long_one_a_bar_a_year() -> None:
    short = span_of({"2014-11": 1, "2015-02": 4})
    assert short == Span(Unit.MONTH, ("2014-11", "2014-12", "2015-01", "2015-02"))
    long = span_of({"2014-01": 1, "2016-02": 4})
    assert long == Span(Unit.YEAR, ("2014", "2015", "2016"))
    assert MOST_MONTHS == 24


def test_an_article_of_a_year_without_months_makes_the_bars_years() -> None:
    assert span_of({"2012": 1, "2015-01": 2, "2015-02": 1}) == Span(
        Unit.YEAR, ("2012", "2013", "2014", "2015")
    )


@pytest.mark.parametrize("timeline", [{}, {"": 4}, {"2015": 3, "": 1}, {"2015-07": 3}])
def test_one_period_is_no_chart(timeline: dict[str, int]) -> None:
    assert span_of(timeline) is None


def test_a_bar_is_as_high_as_its_number_against_a_round_one() -> None:
    drawn = chart(Span(Unit.YEAR, ("2014", "2015", "2016")), {"2014": 21, "2016-05": 41, "": 3}, str)
    assert drawn.top == 50
    assert [(bar.value, bar.share, bar.href) for bar in drawn.bars] == [
        ("2014", 42, "2014"), ("2015", 0, ""), ("2016", 82, "2016"),
    ]  # fmt: skip
    assert (drawn.undated, drawn.gaps) == (3, (("2015", "2015"),))


def test_the_axis_names_round_years_that_have_room() -> None:
    span = Span(Unit.YEAR, tuple(str(year) for year in range(1999, 2026)))
    drawn = chart(span, {"1999": 1, "2025": 1}, str)
    assert [bar.value for bar in drawn.bars if bar.is_named] == [
        "2000",
        "2005",
        "2010",
        "2015",
        "2020",
        "2025",
    ]


def test_what_lies_outside_the_span_is_counted_apart() -> None:
    span = Span(Unit.MONTH, ("2015-01", "2015-02"))
    assert counts_in(span, {"2015": 5, "2015-02": 2, "2016-01": 1}) == {"2015-01": 0, "2015-02": 2}


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_heat_has_four_steps_and_nothing_only_for_nothing(count: int, more: int) -> None:
    assert 0 <= heat(count, count + more) <= 4
    assert bool(heat(count, count + more)) == bool(count)
