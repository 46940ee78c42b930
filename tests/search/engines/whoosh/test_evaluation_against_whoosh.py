"""Plain Whoosh is the oracle of evaluation, too: whatever was committed, and whatever is kept, it finds the same.

The archive is small, so the lengths from which the engine goes another way are set at random: each way is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.sorting import FieldFacet, MultiFacet

from articles.search.engines.contract import Question, cursor_of
from articles.search.engines.whoosh import evaluation, matches, membership, parts, ranking, snapshot
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.finding import DATES, LETS_GO
from articles.search.request import FacetName, Filters, Sort
from articles.search.syntax import (
    And,
    Everything,
    FieldName,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Word,
)
from tests.search.engines.shelf import Shelf, temporary_shelf
from tests.search.engines.whoosh import archives, plain
from tests.search.engines.whoosh.plain import PlainArchive

Change = tuple[dict[int, Any], set[int]]

LEVELS = st.sampled_from([Level.LITERAL, Level.NORMALISED, Level.STEM])
SCOPES = st.sampled_from(
    [FieldName.TITLE, FieldName.BODY, FieldName.LEAD, FieldName.SOURCE, FieldName.AUTHOR]
)
FEW_CHOICES = (
    (membership, "MANY", (0, 0, 4096)),
    (membership, "SPREAD", (0, 0, 32)),
    (membership, "SIEVE_BITS", (1, 20)),
    (matches, "LOOKUP_COST", (0, 1, 16, 1000)),
    (evaluation, "FEW", (0, 1, 8, 1000)),
    (parts, "MANY", (1, 8)),
    (snapshot, "PART_BYTES", (0, 3000, 64 << 20)),
    (snapshot, "POSTING_BYTES", (0, 64 << 20)),
)
ways = st.tuples(*(st.sampled_from(values) for _module, _name, values in FEW_CHOICES))

# Commits: articles, some in the place of earlier ones, and the keys of some that go.
changes = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 24), archives.rows, max_size=9),
        st.sets(st.integers(1, 24), max_size=3),
    ),
    min_size=1,
    max_size=5,
)
words = st.builds(Word, st.sampled_from(archives.WORDS), LEVELS)
phrases = st.builds(
    Phrase, st.lists(st.sampled_from(archives.WORDS), min_size=1, max_size=3).map(tuple), LEVELS
)
placed = st.one_of(
    words, words, phrases, st.lists(words, min_size=1, max_size=3).map(lambda some: Or(tuple(some)))
)
leaves = st.one_of(
    archives.leaves,
    words,
    phrases,
    st.builds(Near, st.tuples(placed, placed), st.sampled_from([0, 1, 2, 5]), st.booleans()),
    st.sampled_from([Everything(), Nothing()]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda some: And(tuple(some))),
        st.lists(inner, min_size=1, max_size=4).map(lambda some: Or(tuple(some))),
        inner.map(Not),
        st.builds(In, SCOPES, inner),
    ),
    max_leaves=6,
)
sums = st.recursive(
    st.one_of(words, st.builds(In, st.sampled_from([FieldName.TITLE, FieldName.AUTHOR]), words)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: And(tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: Or(tuple(some))),
    ),
    max_leaves=5,
)
filters = archives.filters


def no_merging(segments: Any) -> list[ColumnarSegment]:
    return []


@contextmanager
def ours_and_plain(
    commits: list[Change], ways: tuple[int, ...], *, merges: bool = True
) -> Iterator[tuple[Shelf, PlainArchive]]:
    with temporary_shelf() as shelf, pytest.MonkeyPatch.context() as patch:
        for (module, name, _values), value in zip(FEW_CHOICES, ways, strict=True):
            patch.setattr(module, name, value)
        if not merges:
            patch.setattr(
                "articles.search.engines.whoosh.writing.ArchiveWriter.commit.__defaults__", (no_merging,)
            )
        shelf.backend.delete_index()  # leaves an empty one
        theirs = PlainArchive()
        for rows, gone in commits:
            for key in sorted(gone):
                shelf.take(key)
            theirs.put([], gone)
            shelf.put(*archives.articles_of(rows))
            theirs.put(archives.articles_of(rows))
        yield shelf, theirs


@settings(deadline=None, max_examples=60)
@given(commits=changes, ways=ways, asked=st.lists(trees, min_size=1, max_size=8), narrowed=filters)
def test_the_articles_found_and_their_number_are_whooshs(
    commits: list[Change], ways: tuple[int, ...], asked: list[Node], narrowed: Filters
) -> None:
    with ours_and_plain(commits, ways) as (shelf, theirs), theirs.searcher() as searcher:
        for filtered in (
            narrowed,
            {},
            narrowed,
        ):  # each part is asked for again, among few documents and among many
            expected = [
                sorted(plain.keys(searcher.search(plain.published(plain.query(tree), filtered), limit=None)))
                for tree in asked
            ]
            for tree, wanted in zip(asked, expected, strict=True):
                found = shelf.find(tree, filters=filtered, count=100)
                assert (sorted(found.keys), found.total) == (wanted, len(wanted)), tree
                assert shelf.backend.keys(Question(tree, filters=filtered)).tolist() == wanted
            questions = [Question(tree, filters=filtered) for tree in asked]
            assert shelf.backend.totals(questions) == [len(wanted) for wanted in expected]


@settings(deadline=None, max_examples=60)
@given(
    commits=changes,
    ways=ways,
    asked=st.lists(sums, min_size=1, max_size=6),
    narrowed=filters,
    merged=st.booleans(),
)
def test_scores_are_whooshs_with_what_finer_levels_and_titles_add(
    commits: list[Change], ways: tuple[int, ...], asked: list[Node], narrowed: Filters, merged: bool
) -> None:
    with (
        ours_and_plain(commits, ways, merges=False) as (shelf, theirs),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(ranking, "SECONDS_NEEDED", float("inf"))  # nothing is rescored
        if merged:
            shelf.merge()
            theirs.optimize()
        with theirs.searcher() as searcher:
            for tree in [*asked, *asked]:
                seen = plain.published(q.Every(), narrowed)
                results = searcher.search(plain.scored(tree), filter=seen, limit=None)
                expected = {hit["key"]: hit.score for hit in results}
                found = shelf.find(tree, filters=narrowed, count=100)
                assert dict(zip(found.keys, found.scores, strict=True)) == pytest.approx(expected, rel=1e-4)
                assert list(found.scores) == sorted(found.scores, reverse=True)


@settings(deadline=None, max_examples=40)
@given(commits=changes, ways=ways, tree=trees, narrowed=filters)
def test_facets_and_the_timeline_are_whooshs_groups(
    commits: list[Change], ways: tuple[int, ...], tree: Node, narrowed: Filters
) -> None:
    with ours_and_plain(commits, ways) as (shelf, theirs), theirs.searcher() as searcher:
        found = shelf.find(tree, filters=narrowed, timeline=True)
        for facet in plain.FACETS:
            seen = plain.published(plain.query(tree), narrowed, LETS_GO[facet])
            held = {value: count for value, count in found.facets[facet].values.items() if count}
            assert held == plain.counts(searcher, seen, facet), facet
        undated = plain.published(plain.query(tree), narrowed, DATES)
        months = {month: count for month, count in found.timeline.items() if len(month) == 7}
        assert months == plain.counts(searcher, undated, FacetName.MONTH)
        assert sum(found.timeline.values()) == len(searcher.search(undated, limit=None))


ORDERS = {
    Sort.NEWEST: [FieldFacet("published", reverse=True), FieldFacet("key", reverse=True)],
    Sort.OLDEST: [FieldFacet("undated"), FieldFacet("published"), FieldFacet("key")],
}


@settings(deadline=None, max_examples=40)
@given(
    commits=changes,
    ways=ways,
    tree=trees,
    narrowed=filters,
    sort=st.sampled_from(list(ORDERS)),
    size=st.integers(1, 5),
)
def test_pages_by_cursor_are_slices_of_whooshs_order_of_date(
    commits: list[Change], ways: tuple[int, ...], tree: Node, narrowed: Filters, sort: Sort, size: int
) -> None:
    with ours_and_plain(commits, ways) as (shelf, theirs), theirs.searcher() as searcher:
        seen = plain.published(plain.query(tree), narrowed)
        whole = plain.keys(searcher.search(seen, limit=None, sortedby=MultiFacet(ORDERS[sort])))
        after = None
        for start in range(0, max(1, len(whole)), size):
            page = shelf.find(tree, filters=narrowed, sort=sort, count=size, after=after)
            same = shelf.find(tree, filters=narrowed, sort=sort, count=size, start=start)
            assert list(page.keys) == list(same.keys) == whole[start : start + size]
            assert page.total == len(whole)
            after = cursor_of(str(page.next)) if page.next else None
        assert after is None
