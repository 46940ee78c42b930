"""The counts that SearchQuerySet gives beside its results."""

from datetime import date
from typing import Any

import pytest
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet


@pytest.mark.usefixtures("library")
def test_facets_count_what_the_search_found() -> None:
    query = SearchQuerySet().filter(pages__gte=50).facet("tags").facet("section").facet("is_open")
    assert query.facet_counts()["fields"] == {
        "tags": [("ا", 1), ("ب", 1)],
        "section": [("الحياة", 1), ('صحيفة "الأفق"', 1)],
        "is_open": [(False, 1), (True, 1)],
    }


@pytest.mark.usefixtures("library")
def test_facets_may_be_limited() -> None:
    counts = SearchQuerySet().facet("tags", limit=1).facet("section", mincount=2).facet_counts()["fields"]
    assert counts == {"tags": [("ا", 2)], "section": []}
    with pytest.raises(SearchBackendError, match="offset"):
        SearchQuerySet().facet("tags", offset=3).facet_counts()


@pytest.mark.usefixtures("library")
def test_the_count_of_a_value_is_what_narrowing_to_it_gives() -> None:
    for value, count in SearchQuerySet().facet("section").facet_counts()["fields"]["section"]:
        assert SearchQuerySet().filter(section_exact__exact=value).count() == count


@pytest.mark.usefixtures("library")
def test_only_dates_are_counted_by_period() -> None:
    with pytest.raises(SearchBackendError, match="'pages' is no date field"):
        SearchQuerySet().date_facet("pages", date(2015, 1, 1), date(2016, 1, 1), "month").facet_counts()
    with pytest.raises(SearchBackendError, match="larger gap"):
        SearchQuerySet().date_facet("written_on", date(1, 1, 1), date(2016, 1, 1), "second").facet_counts()


def test_no_facet_asked_for_is_no_facet_given(notes: Any) -> None:
    notes("نص")
    assert SearchQuerySet().facet_counts() == {}
