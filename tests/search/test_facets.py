"""Each value of a facet leads where its count says; chips lead back."""

from dataclasses import replace

from django.http import QueryDict

from articles.forms import SearchForm
from articles.search.engines.contract import FacetCounts, Found
from articles.search.facets import VALUES_SHOWN, chips, facets
from articles.search.request import FacetName, SearchRequest, Sort
from articles.search.results import FacetValue

NAMES = {FacetName.SOURCE: {"ufuq": "جريدة الأفق"}}


def values(request: SearchRequest, counts: dict[str, int], more: int = 0) -> tuple[FacetValue, ...]:
    found = Found((), (), 9, {FacetName.SOURCE: FacetCounts(counts, more)})
    (facet,) = facets(request, found, NAMES)
    return facet.values


def read(query_string: str) -> SearchRequest:
    return SearchForm(QueryDict(query_string)).as_request()


def test_a_value_has_the_name_of_its_source_and_its_count() -> None:
    (value,) = values(SearchRequest("نفط"), {"ufuq": 7})
    assert (value.label, value.count, value.selected) == ("جريدة الأفق", 7, False)


def test_a_click_shows_the_value_alone_and_a_click_on_a_chosen_one_takes_it_back() -> None:
    asked = SearchRequest("نفط", {FacetName.SOURCE: ("ufuq",)})
    chosen, other = values(asked, {"ufuq": 7, "madar": 2})
    assert read(other.query_string).filters == {FacetName.SOURCE: ("madar",)}
    assert read(chosen.query_string).filters == {}


def test_a_value_widens_only_what_is_narrowed_already() -> None:
    (alone,) = values(SearchRequest("نفط"), {"ufuq": 7})
    assert alone.widening == ""
    chosen, other = values(SearchRequest("نفط", {FacetName.SOURCE: ("ufuq",)}), {"ufuq": 7, "madar": 2})
    assert read(other.widening).filters == {FacetName.SOURCE: ("madar", "ufuq")}
    assert chosen.widening == ""


def test_a_value_can_be_excluded_unless_it_is_chosen() -> None:
    chosen, other = values(SearchRequest("نفط", {FacetName.SOURCE: ("ufuq",)}), {"ufuq": 7, "madar": 2})
    assert read(other.excluding).excluded == {FacetName.SOURCE: ("madar",)}
    assert chosen.excluding == ""


def test_a_long_facet_says_how_much_is_left_out_but_never_leaves_out_a_choice() -> None:
    counts = {f"s{number:02}": 50 - number for number in range(VALUES_SHOWN + 5)}
    last = f"s{VALUES_SHOWN + 4:02}"
    found = Found((), (), 9, {FacetName.SOURCE: FacetCounts(counts, more=3)})
    (facet,) = facets(SearchRequest("نفط", {FacetName.SOURCE: (last,)}), found, NAMES)
    assert facet.values[-1].value == last
    assert (len(facet.values), facet.more) == (VALUES_SHOWN + 1, 4 + 3)


def test_a_click_leads_to_the_same_address_however_it_is_made() -> None:
    request = (
        SearchRequest("نفط & غاز").with_filter(FacetName.YEAR, "2015").excluding(FacetName.PLACE, "لندن")
    )
    request = replace(request, sort=Sort.NEWEST, page=3)
    counts = FacetCounts({"a=b&c": 2, "الموصل": 1})
    found = Found((), (), 3, {FacetName.SECTION: counts})
    (facet,) = facets(request, found, {})
    for value in facet.values:
        assert value.query_string == request.with_only(FacetName.SECTION, value.value).query_string()
        assert value.excluding == request.excluding(FacetName.SECTION, value.value).query_string()


def test_chips_lead_back_one_by_one() -> None:
    asked = SearchRequest("نفط", {FacetName.SOURCE: ("madar", "ufuq")}, {FacetName.PLACE: ("بغداد",)})
    madar, ufuq, place = chips(asked, NAMES)
    assert (ufuq.label, place.excludes) == ("جريدة الأفق", True)
    assert read(madar.query_string).filters == {FacetName.SOURCE: ("ufuq",)}
    assert read(place.query_string).excluded == {}
