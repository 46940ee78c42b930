"""What an index says it holds is what counting its articles one by one says."""

from articles.search.engines.contract import Question
from articles.search.request import FacetName
from articles.search.syntax import Everything
from tests.search.engines.shelf import Shelf, article


def filled(shelf: Shelf) -> Shelf:
    shelf.put(
        article(1, source="افق", author="ليلى", section="سياسة", published_on="2015-07-21", collections=["م", "ن"]),
        article(2, source="افق", author="سامر", published_on="2015-07", collections=["م"]),
        article(3, source="ساحل", author="ليلى", published_on="2016"),
        article(4, source="ساحل", author="ليلى"),
        article(5, source="ساحل", author="ليلى", status="draft", published_on="2016"),
    )  # fmt: skip
    return shelf


def test_values_and_months_are_counted_under_the_filters(shelf: Shelf) -> None:
    question = Question(
        Everything(),
        filters={FacetName.AUTHOR: ("ليلى",)},
        facets=(FacetName.SOURCE, FacetName.SECTION, FacetName.COLLECTION),
    )
    held = filled(shelf).backend.holdings(question)
    assert held.total == 3
    assert held.timeline == {"": 1, "2016": 1, "2015-07": 1}
    assert held.facets == {
        FacetName.SOURCE: {"ساحل": 2, "افق": 1},
        FacetName.SECTION: {"سياسة": 1},
        FacetName.COLLECTION: {"م": 1, "ن": 1},
    }


def test_each_value_has_its_own_timeline(shelf: Shelf) -> None:
    held = filled(shelf).backend.holdings(Question(Everything()), over_time=FacetName.SOURCE)
    assert held.timelines == {"افق": {"2015-07": 2}, "ساحل": {"": 1, "2016": 1}}


def test_an_article_counts_for_each_of_its_collections(shelf: Shelf) -> None:
    held = filled(shelf).backend.holdings(Question(Everything()), over_time=FacetName.COLLECTION)
    assert held.timelines == {"م": {"2015-07": 2}, "ن": {"2015-07": 1}}


def test_hidden_articles_are_not_counted(shelf: Shelf) -> None:
    held = filled(shelf).backend.holdings(Question(Everything(), hidden=frozenset({1, 3})))
    assert (held.total, held.timeline) == (2, {"": 1, "2015-07": 1})
