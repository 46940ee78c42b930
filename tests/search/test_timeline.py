"""A bar a month while they fit, then a bar a year; each bar shows what its click finds."""

from articles.search.request import FacetName, SearchRequest
from articles.search.timeline import MOST_MONTHS, timeline


def test_months_without_hits_are_bars_too() -> None:
    shown = timeline(SearchRequest("نفط"), {"2014-11": 1, "2015-01": 4, "2014": 2, "": 3})
    assert shown is not None
    assert [(bar.value, bar.count, bar.share) for bar in shown.bars] == [
        ("2014-11", 1, 25), ("2014-12", 0, 0), ("2015-01", 4, 100),
    ]  # fmt: skip
    assert (shown.unit, shown.undated) == (FacetName.MONTH, 5)


def test_many_months_become_years() -> None:
    shown = timeline(SearchRequest("نفط"), {"2010-01": 1, "2016": 2, "2017-03": 4, "": 3})
    assert shown is not None
    assert [(bar.value, bar.count) for bar in shown.bars][:2] == [("2010", 1), ("2011", 0)]
    assert (shown.unit, shown.bars[-1].value, shown.undated) == (FacetName.YEAR, "2017", 3)


def test_a_single_month_is_no_timeline() -> None:
    assert timeline(SearchRequest("نفط"), {"2015-01": 4, "": 1}) is None
    assert timeline(SearchRequest("نفط"), {}) is None


def test_a_bar_replaces_the_dates_chosen_before_and_a_chosen_bar_lets_go() -> None:
    asked = SearchRequest("نفط", filters={FacetName.YEAR: ("2014",), FacetName.SOURCE: ("أ",)})
    shown = timeline(asked, {"2014-11": 1, "2014-12": 2})
    assert shown is not None
    assert shown.bars[0].query_string == SearchRequest(
        "نفط", filters={FacetName.SOURCE: ("أ",), FacetName.MONTH: ("2014-11",)}
    ).query_string()  # fmt: skip
    chosen = timeline(
        SearchRequest("نفط", filters={FacetName.MONTH: ("2014-11",)}), {"2014-11": 1, "2014-12": 2}
    )
    assert chosen is not None
    assert chosen.bars[0].selected
    assert chosen.bars[0].query_string == SearchRequest("نفط").query_string()


def test_a_date_a_thousand_years_off_does_not_make_a_thousand_bars() -> None:
    shown = timeline(SearchRequest("نفط"), {"1015-01": 1, "2015-01": 4, "9999": 1})
    assert shown is not None
    assert len(shown.bars) <= 150
    assert MOST_MONTHS < 150
