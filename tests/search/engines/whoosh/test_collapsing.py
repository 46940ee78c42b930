"""Copies grouped or hidden: nothing that matches is lost, and every count is what a click shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engines.contract import Question
from articles.search.request import Copies, FacetName, SearchRequest, Sort
from articles.search.syntax import Everything, Word
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives

keys = st.integers(1, 12)
collections = st.dictionaries(keys, archives.rows, min_size=1, max_size=12)
# Of each article its story, 0 for none; the first of a story by key is its lead.
stories = st.dictionaries(keys, st.integers(0, 3))
trees = st.one_of(st.just(Everything()), archives.trees)
collapsing = st.sampled_from([Copies.GROUP, Copies.HIDE])


@contextmanager
def filled(rows: dict[int, dict[str, Any]], told: dict[int, int]) -> Iterator[Shelf]:
    leads = {story: min(key for key in rows if told.get(key) == story) for story in story_numbers(rows, told)}
    with temporary_shelf() as shelf:
        shelf.put(
            *(
                article(key, **row, story=told.get(key, 0), is_lead=leads.get(told.get(key, 0)) == key)
                for key, row in rows.items()
            )
        )
        yield shelf


def story_numbers(rows: dict[int, Any], told: dict[int, int]) -> set[int]:
    return {told[key] for key in rows if told.get(key)}


@settings(deadline=None, max_examples=60)
@given(rows=collections, told=stories, tree=trees, copies=collapsing, sort=st.sampled_from(Sort))
def test_every_match_is_a_hit_or_stands_under_one(
    rows: dict[int, Any], told: dict[int, int], tree: Any, copies: Copies, sort: Sort
) -> None:
    with filled(rows, told) as shelf:
        shown = shelf.find(tree, sort=sort, count=100)
        found = shelf.find(tree, sort=sort, count=100, copies=copies)
        below = [key for others in found.others.values() for key in others]
        assert sorted([*found.keys, *below]) == sorted(shown.keys)
        assert found.repeated == shown.repeated == len(below)
        assert found.total == len(found.keys)
        assert all(told[hit] == told[key] for hit, others in found.others.items() for key in others)
        assert len(found.keys) == len({told.get(key) or -key for key in shown.keys})


@settings(deadline=None, max_examples=40)
@given(rows=collections, told=stories, tree=trees, sort=st.sampled_from(Sort))
def test_the_best_copy_stands_for_a_group_in_its_own_place(
    rows: dict[int, Any], told: dict[int, int], tree: Any, sort: Sort
) -> None:
    with filled(rows, told) as shelf:
        shown = shelf.find(tree, sort=sort, count=100).keys
        best = {told.get(key) or -key: key for key in reversed(shown)}
        assert shelf.find(tree, sort=sort, count=100, copies=Copies.GROUP).keys == tuple(
            key for key in shown if best[told.get(key) or -key] == key
        )


@settings(deadline=None, max_examples=60)
@given(rows=collections, told=stories, tree=trees, copies=collapsing)
def test_the_count_of_a_value_is_the_total_its_click_gives(
    rows: dict[int, Any], told: dict[int, int], tree: Any, copies: Copies
) -> None:
    with filled(rows, told) as shelf:
        found = shelf.find(tree, copies=copies, timeline=True)
        asked = SearchRequest(copies=copies)
        for facet, counts in found.facets.items():
            for value, count in counts.values.items():
                assert (
                    shelf.find(tree, copies=copies, filters=asked.with_only(facet, value).filters).total
                    == count
                )
        for month, count in found.timeline.items():
            if len(month) == len("2015-07"):
                clicked = asked.with_only(FacetName.MONTH, month)
                assert shelf.find(tree, copies=copies, filters=clicked.filters).total == count


@settings(deadline=None, max_examples=40)
@given(rows=collections, told=stories, tree=trees, copies=st.sampled_from(Copies))
def test_the_totals_of_other_ways_to_ask_count_as_the_page_does(
    rows: dict[int, Any], told: dict[int, int], tree: Any, copies: Copies
) -> None:
    with filled(rows, told) as shelf:
        question = Question(tree, copies=copies)
        assert shelf.backend.totals([replace(question, count=0)]) == [shelf.find(tree, copies=copies).total]


@settings(deadline=None, max_examples=40)
@given(rows=collections, told=stories, tree=trees, copies=collapsing)
def test_pages_hold_every_hit_once(
    rows: dict[int, Any], told: dict[int, int], tree: Any, copies: Copies
) -> None:
    with filled(rows, told) as shelf:
        whole = shelf.find(tree, copies=copies, count=100)
        pages = [
            shelf.find(tree, copies=copies, start=start, count=2) for start in range(0, whole.total + 2, 2)
        ]
        assert [key for page in pages for key in page.keys] == list(whole.keys)


def test_hidden_copies_leave_the_lead_where_it_matches_and_the_best_where_not(shelf: Shelf) -> None:
    shelf.put(
        article(1, "سعر القمح القمح القمح", story=4),
        article(2, "سعر النفط في القمح", "نص طويل " * 20, story=4, is_lead=True),
        article(3, "القمح", story=4),
    )
    assert shelf.find(Word("القمح"), copies=Copies.HIDE).keys == (2,)
    assert shelf.find(Word("القمح"), copies=Copies.HIDE, hidden={2}).total == 1
    assert shelf.find(Word("النفط"), copies=Copies.HIDE).keys == (2,)


def test_a_draft_neither_stands_for_a_story_nor_under_a_hit(shelf: Shelf) -> None:
    shelf.put(
        article(1, "القمح", status="draft", story=4, is_lead=True),
        article(2, "القمح", story=4),
        article(3, "القمح", story=4),
    )
    found = shelf.find(Word("القمح"), copies=Copies.GROUP)
    assert found.keys == (3,)
    assert found.others == {3: (2,)}
