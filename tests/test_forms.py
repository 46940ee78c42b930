"""Whatever stands in the URL is a search; what makes no sense there is left out, and said."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from articles.forms import MAX_VALUES, SearchForm
from articles.search.request import FacetName, Need, SearchRequest, Sort
from articles.search.syntax import Level


def asked(query_string: str) -> SearchRequest:
    return SearchForm(QueryDict(query_string)).as_request()


def test_a_parameter_may_be_repeated() -> None:
    request = asked("q=نفط&source=ب&source=أ&source=ب&not_place=بغداد&drop=نفطها")
    assert request.filters == {FacetName.SOURCE: ("أ", "ب")}
    assert request.excluded == {FacetName.PLACE: ("بغداد",)}
    assert request.dropped == ("نفطها",)


def test_good_values_stay_when_others_make_no_sense() -> None:
    form = SearchForm(QueryDict("q=نفط&year=٢٠١٥&year=سنة&month=2015-13&source="))
    assert form.as_request().filters == {FacetName.YEAR: ("2015",)}
    assert len(form.corrections) == 2


def test_more_values_than_a_search_can_bear_are_cut_and_said() -> None:
    form = SearchForm(QueryDict("&".join(f"author=كاتب{number}" for number in range(MAX_VALUES + 5))))
    assert len(form.as_request().filters[FacetName.AUTHOR]) == MAX_VALUES
    assert len(form.corrections) == 1


def test_unknown_choices_become_the_usual_ones() -> None:
    form = SearchForm(QueryDict("level=مزاج&need=some&sort=price&page=0&size=7"))
    assert form.as_request() == SearchRequest()
    assert len(form.corrections) == 5


def test_every_choice_is_read() -> None:
    request = asked("level=literal&need=any&sort=recent&page=2&size=50")
    assert (request.level, request.need, request.sort) == (Level.LITERAL, Need.ANY, Sort.RECENT)
    assert (request.page, request.page_size) == (2, 50)


texts = st.text(min_size=1, max_size=10).filter(lambda text: text == text.strip() and "\0" not in text)
values = st.sets(texts, min_size=1, max_size=3).map(sorted).map(tuple)
whole = st.fixed_dictionaries(
    {}, optional={facet: values for facet in (FacetName.SOURCE, FacetName.AUTHOR, FacetName.PLACE)}
)


@given(text=texts, filters=whole, level=st.sampled_from(Level), dropped=values)
def test_a_request_comes_back_from_its_own_address(text, filters, level, dropped) -> None:  # type: ignore[no-untyped-def]
    request = SearchRequest(text, filters, level=level, dropped=dropped, page=3)
    assert asked(request.query_string()) == request
