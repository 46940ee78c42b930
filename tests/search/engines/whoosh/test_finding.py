"""What is found is what reading every article finds; counts are what a click shows; pages neither repeat nor omit."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.dates import date_code
from articles.search.engines.contract import QueryTooCostly
from articles.search.request import FacetName, Filters, SearchRequest, Sort
from articles.search.syntax import Everything, Nothing, Word
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives
from tests.search.engines.whoosh.brute_force import holds

filters = archives.filters


def filled(shelf: Shelf, commits: list[Any]) -> Shelf:
    shelf.backend.delete_index()  # leaves an empty one
    for commit in commits:
        shelf.put(*archives.articles_of(commit))
    return shelf


@settings(deadline=None, max_examples=60)
@given(
    commits=archives.commits,
    trees=st.lists(archives.trees, min_size=1, max_size=5),
    hidden=st.sets(st.integers(1, 9)),
)
def test_a_tree_finds_what_reading_every_article_finds(
    commits: list[Any], trees: list[Any], hidden: set[int]
) -> None:
    with temporary_shelf() as shelf:
        filled(shelf, commits)
        for tree in trees:
            assert shelf.keys(tree, hidden=hidden) == {
                held.pk
                for held in archives.last_state(commits)
                if held.status == "published" and held.pk not in hidden and holds(held, tree)
            }


@settings(deadline=None, max_examples=60)
@given(commits=archives.commits, tree=archives.trees, filters=filters, excluded=filters)
def test_the_count_of_a_value_is_the_total_its_click_gives(
    commits: list[Any], tree: Any, filters: Filters, excluded: Filters
) -> None:
    with temporary_shelf() as shelf:
        found = filled(shelf, commits).find(tree, filters=filters, excluded=excluded, timeline=True)
        asked = SearchRequest(filters=filters, excluded=excluded)
        for facet, counts in found.facets.items():
            for value, count in counts.values.items():
                clicked = asked.with_only(facet, value)
                assert shelf.find(tree, filters=clicked.filters, excluded=clicked.excluded).total == count


@settings(deadline=None, max_examples=40)
@given(commits=archives.commits, facet=st.sampled_from(list(archives.VALUES)), data=st.data())
def test_several_values_of_a_facet_find_what_has_any_and_exclusion_leaves_the_rest(
    commits: list[Any], facet: FacetName, data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(archives.VALUES[facet]), min_size=1).map(sorted).map(tuple))
    with temporary_shelf() as shelf:
        everything = set(filled(shelf, commits).find(Everything(), count=100).keys)
        each = [set(shelf.find(Everything(), filters={facet: (value,)}, count=100).keys) for value in chosen]
        wanted = set().union(*each)
        assert set(shelf.find(Everything(), filters={facet: chosen}, count=100).keys) == wanted
        assert set(shelf.find(Everything(), excluded={facet: chosen}, count=100).keys) == everything - wanted


@settings(deadline=None, max_examples=40)
@given(commits=archives.commits, filters=filters)
def test_the_timeline_counts_every_hit_once_whatever_year_is_chosen(
    commits: list[Any], filters: Filters
) -> None:
    undated = {facet: values for facet, values in filters.items() if facet not in ("year", "month")}
    with temporary_shelf() as shelf:
        found = filled(shelf, commits).find(Everything(), filters=filters, timeline=True)
        assert sum(found.timeline.values()) == shelf.find(Everything(), filters=undated).total
        for period, count in found.timeline.items():
            if len(period) == 7:
                clicked = {**undated, FacetName.MONTH: (period,)}
                assert shelf.find(Everything(), filters=clicked).total == count


@settings(deadline=None, max_examples=40)
@given(commits=archives.commits, tree=archives.trees, sort=st.sampled_from(Sort))
def test_pages_of_every_size_hold_every_hit_once_and_in_order(
    commits: list[Any], tree: Any, sort: Sort
) -> None:
    with temporary_shelf() as shelf:
        whole = filled(shelf, commits).find(tree, sort=sort, count=1000)
        assert whole.total == len(whole.keys) == len(set(whole.keys))
        for size in range(1, 5):
            pages = [
                shelf.find(tree, sort=sort, start=start, count=size)
                for start in range(0, whole.total + size, size)
            ]
            assert [key for page in pages for key in page.keys] == list(whole.keys)
            assert {page.total for page in pages} == {whole.total}


@settings(deadline=None, max_examples=40)
@given(commits=archives.commits)
def test_facets_count_every_value_and_leave_the_unknown_out(commits: list[Any]) -> None:
    with temporary_shelf() as shelf:
        facets = filled(shelf, commits).find(Everything()).facets
        held = [each for each in archives.last_state(commits) if each.status == "published"]
        sources = [each.source.slug for each in held if each.source]
        assert dict(facets[FacetName.SOURCE].values) == {slug: sources.count(slug) for slug in sources}
        authors = [each.author for each in held if each.author]
        assert dict(facets[FacetName.AUTHOR].values) == {name: authors.count(name) for name in authors}
        slugs = [each.slug for one in held for each in one.collections.all()]
        assert dict(facets[FacetName.COLLECTION].values) == {slug: slugs.count(slug) for slug in slugs}


def test_the_newest_come_first_and_undated_ones_last(shelf: Shelf) -> None:
    dates = {1: "2015", 2: None, 3: "2016-01-02", 4: "2015-07-21", 5: "2015-07-21", 6: "2015-12"}
    shelf.put(*(article(key, published_on=day) for key, day in dates.items()))
    newest = shelf.find(Everything(), sort=Sort.NEWEST).keys
    oldest = shelf.find(Everything(), sort=Sort.OLDEST).keys
    assert newest[0] == 3
    assert newest[-1] == oldest[-1] == 2
    assert newest.index(5) < newest.index(4)  # one date: the later row first
    assert oldest.index(4) < oldest.index(5)


def test_an_unknown_day_sorts_before_the_days_of_its_month(shelf: Shelf) -> None:
    shelf.put(
        article(1, published_on="2015-07-01"),
        article(2, published_on="2015-07"),
        article(3, published_on="2015"),
    )
    assert shelf.find(Everything(), sort=Sort.OLDEST).keys == (3, 2, 1)


def test_equal_scores_go_by_date_then_by_key(shelf: Shelf) -> None:
    shelf.put(
        article(1, title="نفط", published_on="2015-07-21"),
        article(2, title="نفط", published_on="2016-01-02"),
        article(3, title="نفط", published_on="2015-07-21"),
        article(4, title="نفط"),
    )
    found = shelf.find(Word("نفط"))
    assert len(set(found.scores)) == 1
    assert found.keys == (2, 3, 1, 4)


def test_scores_are_those_of_the_hits_on_the_page(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط", body="نفط نفط نفط"), article(2, title="قمح", body="نفط وقمح وشعير"))
    first, second = shelf.find(Word("نفط")).scores
    assert first > second > 0
    assert shelf.find(Word("نفط"), start=1).scores == (second,)


def test_drafts_are_found_only_when_asked_for(shelf: Shelf) -> None:
    shelf.put(article(1), article(2, status="draft"), article(3, status="withdrawn"))
    assert shelf.keys(Everything()) == {1}
    assert shelf.keys(Everything(), statuses=("draft",)) == {2}
    assert shelf.keys(Everything(), statuses=("draft", "withdrawn", "unheard of")) == {2, 3}
    assert shelf.keys(Everything(), statuses=None) == {1, 2, 3}


def test_hidden_articles_leave_rows_total_and_counts(shelf: Shelf) -> None:
    shelf.put(article(1, source="alufuq"), article(2, source="alufuq"))
    found = shelf.find(Everything(), hidden={2})
    assert (found.keys, found.total, dict(found.facets[FacetName.SOURCE].values)) == ((1,), 1, {"alufuq": 1})


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        (FacetName.YEAR, "0"),
        (FacetName.YEAR, "two thousand"),
        (FacetName.YEAR, "٢٠١٥"),
        (FacetName.YEAR, "-2015"),
        (FacetName.YEAR, "9" * 60),
        (FacetName.MONTH, "2015"),
        (FacetName.MONTH, "2015-00"),
        (FacetName.MONTH, "2015-13"),
        (FacetName.MONTH, "-"),
        (FacetName.SOURCE, "nobody"),
        (FacetName.SOURCE, ""),
        (FacetName.AUTHOR, ""),
        (FacetName.COLLECTION, ""),
    ],
)
def test_a_filter_that_nothing_has_finds_nothing(shelf: Shelf, facet: FacetName, value: str) -> None:
    shelf.put(
        article(1, published_on="2015", source="alufuq", author="منى"), article(2, source="", author="")
    )
    assert shelf.find(Everything(), filters={facet: (value,)}).total == 0


def test_the_value_filtered_by_is_never_left_out_of_its_facet(shelf: Shelf) -> None:
    shelf.put(*(article(key, source=f"s{key % 5}") for key in range(1, 10)), article(10, source="rare"))
    counts = shelf.find(Everything(), filters={FacetName.SOURCE: ("rare",)}, facet_values=2).facets[
        FacetName.SOURCE
    ]
    assert "rare" in counts.values
    assert len(counts.values) == 3
    assert counts.more == 3


def test_a_month_is_counted_only_where_it_is_known(shelf: Shelf) -> None:
    shelf.put(article(1, published_on="2015"), article(2, published_on="2015-07"), article(3))
    facets = shelf.find(Everything()).facets
    assert dict(facets[FacetName.YEAR].values) == {"2015": 2}
    assert dict(facets[FacetName.MONTH].values) == {"2015-07": 1}


def test_nothing_finds_nothing_and_an_empty_index_too(shelf: Shelf) -> None:
    shelf.backend.delete_index()
    assert shelf.find(Everything()).total == 0
    assert shelf.find(Word("نفط")).total == 0
    shelf.put(article(1))
    assert shelf.find(Nothing()).total == 0


def test_a_page_beyond_the_last_is_empty_and_keeps_the_total(shelf: Shelf) -> None:
    shelf.put(article(1))
    found = shelf.find(Everything(), start=500)
    assert (found.keys, found.scores, found.total) == ((), (), 1)


def test_a_search_that_used_up_its_time_is_stopped(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put(article(1))
    monkeypatch.setattr("articles.search.engines.whoosh.backend.SECONDS_A_QUERY", -1)
    with pytest.raises(QueryTooCostly):
        shelf.find(Word("خبر"))


def test_dates_are_kept_as_far_as_they_are_known(shelf: Shelf) -> None:
    held = [article(1, published_on="2015-07-21"), article(2, published_on="2015-07"), article(3)]
    shelf.put(*held)
    codes = [date_code(each.published_on, each.published_precision) for each in held]
    assert shelf.snapshot.numbers["published"].tolist() == codes == [20150721, 20150700, 0]
