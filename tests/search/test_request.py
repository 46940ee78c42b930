"""A state of the results page and its URL are the same thing."""

import pytest

from articles.search.request import FacetName, Need, SearchRequest, Sort
from articles.search.syntax import Level


def test_the_url_leaves_out_what_is_usual() -> None:
    assert SearchRequest(text="نفط").parameters() == [("q", "نفط")]


def test_the_url_holds_every_choice_in_one_order() -> None:
    request = SearchRequest(
        text="نفط",
        filters={FacetName.AUTHOR: ("ليلى, الحداد",), FacetName.SOURCE: ("الأفق", "المدار")},
        excluded={FacetName.PLACE: ("بغداد",)},
        level=Level.STEM,
        need=Need.ANY,
        dropped=("نفطها",),
        sort=Sort.NEWEST,
        page=3,
        page_size=50,
    )
    assert request.parameters() == [
        ("q", "نفط"), ("source", "الأفق"), ("source", "المدار"), ("author", "ليلى, الحداد"), ("not_place", "بغداد"),
        ("drop", "نفطها"), ("level", "stem"), ("need", "any"), ("sort", "newest"), ("page", "3"), ("size", "50"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda request: request.with_only(FacetName.SOURCE, "الأفق"),
        lambda request: request.with_filter(FacetName.SOURCE, "الأفق"),
        lambda request: request.without_filter(FacetName.YEAR, "2015"),
        lambda request: request.excluding(FacetName.SOURCE, "الأفق"),
        lambda request: request.without_excluded(FacetName.PLACE, "بغداد"),
        lambda request: request.without_filters(),
        lambda request: request.sorted_by(Sort.OLDEST),
        lambda request: request.at_level(Level.LITERAL),
        lambda request: request.needing(Need.ANY),
        lambda request: request.dropping("نفطها"),
        lambda request: request.picking_up("نفطها"),
        lambda request: request.with_text("غاز"),
    ],
)
def test_a_change_of_the_search_goes_back_to_the_first_page(change) -> None:  # type: ignore[no-untyped-def]
    request = SearchRequest(
        text="نفط",
        filters={FacetName.YEAR: ("2015",)},
        excluded={FacetName.PLACE: ("بغداد",)},
        page=4,
    )
    assert change(request).page == 1


def test_choosing_a_year_lets_go_of_the_month() -> None:
    request = SearchRequest(filters={FacetName.MONTH: ("2015-07",), FacetName.SOURCE: ("الأفق",)})
    assert request.with_only(FacetName.YEAR, "2016").filters == {
        FacetName.SOURCE: ("الأفق",),
        FacetName.YEAR: ("2016",),
    }


def test_values_of_one_facet_gather_in_one_order_and_leave_one_by_one() -> None:
    request = SearchRequest().with_filter(FacetName.SOURCE, "ب").with_filter(FacetName.SOURCE, "أ")
    assert request.filters == {FacetName.SOURCE: ("أ", "ب")}
    assert request.without_filter(FacetName.SOURCE, "أ").filters == {FacetName.SOURCE: ("ب",)}
    assert request.with_only(FacetName.SOURCE, "ج").filters == {FacetName.SOURCE: ("ج",)}


def test_a_value_is_asked_for_or_excluded_but_never_both() -> None:
    asked = SearchRequest().with_filter(FacetName.SOURCE, "أ")
    excluded = asked.excluding(FacetName.SOURCE, "أ")
    assert (excluded.filters, excluded.excluded) == ({}, {FacetName.SOURCE: ("أ",)})
    assert excluded.with_filter(FacetName.SOURCE, "أ") == asked
    assert excluded.with_only(FacetName.SOURCE, "أ") == asked


def test_new_words_take_up_again_what_was_dropped_from_the_old_ones() -> None:
    request = SearchRequest(text="نفط", dropped=("نفطها",), level=Level.STEM)
    assert request.with_text("غاز") == SearchRequest(text="غاز", level=Level.STEM)


def test_the_hits_before_a_page() -> None:
    assert SearchRequest(page=3, page_size=10).start == 20
