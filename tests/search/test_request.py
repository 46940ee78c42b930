"""A state of the results page and its URL are the same thing."""

import pytest

from articles.search.request import FacetName, SearchRequest, Sort


def test_the_url_leaves_out_what_is_usual() -> None:
    assert SearchRequest(text="نفط").parameters() == [("q", "نفط")]


def test_the_url_holds_every_choice_in_one_order() -> None:
    request = SearchRequest(
        text="نفط",
        filters={FacetName.AUTHOR: "ليلى, الحداد", FacetName.SOURCE: "الأفق"},
        sort=Sort.NEWEST,
        page=3,
        page_size=50,
    )
    assert request.parameters() == [
        ("q", "نفط"), ("source", "الأفق"), ("author", "ليلى, الحداد"), ("sort", "newest"), ("page", "3"),
        ("size", "50"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda request: request.with_filter(FacetName.SOURCE, "الأفق"),
        lambda request: request.without_filter(FacetName.YEAR),
        lambda request: request.without_filters(),
        lambda request: request.sorted_by(Sort.OLDEST),
        lambda request: request.with_text("غاز"),
    ],
)
def test_a_change_of_the_search_goes_back_to_the_first_page(change) -> None:  # type: ignore[no-untyped-def]
    assert change(SearchRequest(text="نفط", filters={FacetName.YEAR: "2015"}, page=4)).page == 1


def test_choosing_a_year_lets_go_of_the_month() -> None:
    request = SearchRequest(filters={FacetName.MONTH: "2015-07", FacetName.SOURCE: "الأفق"})
    assert request.with_filter(FacetName.YEAR, "2016").filters == {
        FacetName.SOURCE: "الأفق",
        FacetName.YEAR: "2016",
    }


def test_the_hits_before_a_page() -> None:
    assert SearchRequest(page=3, page_size=10).start == 20
