"""Deep pages: a walk by cursors gives every hit once, in the order of one whole page."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engines.contract import Cursor, cursor_of
from articles.search.engines.whoosh import ranking
from articles.search.request import Copies, Sort
from articles.search.syntax import Everything, Node, Word
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives


def walked(shelf: Shelf, tree: Node, count: int, **question: Any) -> list[tuple[int, float]]:
    hits: list[tuple[int, float]] = []
    after = None
    while True:
        found = shelf.find(tree, count=count, after=after, **question)
        hits += zip(found.keys, found.scores, strict=True)
        assert (found.next is None) == (len(hits) == found.total)
        if found.next is None:
            return hits
        after = cursor_of(str(found.next))


@settings(deadline=None, max_examples=60)
@given(
    commits=archives.commits,
    tree=archives.trees | st.just(Everything()),
    count=st.integers(1, 4),
    sort=st.sampled_from(Sort),
    copies=st.sampled_from(Copies),
    best=st.integers(1, 5),
)
def test_a_walk_is_the_whole_order(
    commits: list[Any], tree: Node, count: int, sort: Sort, copies: Copies, best: int
) -> None:
    with temporary_shelf() as shelf, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "RESCORED", best)
        for commit in commits:
            shelf.put(*archives.articles_of(commit))
        if not any(commits):
            return
        whole = shelf.find(tree, count=1000, sort=sort, copies=copies)
        hits = walked(shelf, tree, count, sort=sort, copies=copies)
        assert hits == list(zip(whole.keys, whole.scores, strict=True))


@pytest.mark.parametrize("sort", Sort)
def test_equal_scores_and_dates_are_walked_by_key(shelf: Shelf, sort: Sort) -> None:
    shelf.put(*(article(key, "نفط", published_on="2015-07-21") for key in range(1, 31)))
    keys = [key for key, _score in walked(shelf, Word("نفط"), 7, sort=sort)]
    assert keys == (list(range(1, 31)) if sort is Sort.OLDEST else list(range(30, 0, -1)))


def test_a_cursor_moves_on_where_an_offset_would_repeat(shelf: Shelf) -> None:
    shelf.put(*(article(key, "نفط", published_on="2015-07-21") for key in range(1, 6)))
    first = shelf.find(Word("نفط"), count=2, sort=Sort.NEWEST)
    shelf.put(article(9, "نفط", published_on="2016-01-01"))
    second = shelf.find(Word("نفط"), count=2, sort=Sort.NEWEST, after=first.next)
    assert (first.keys, second.keys, second.total) == ((5, 4), (3, 2), 6)


def test_a_start_counts_from_the_cursor(shelf: Shelf) -> None:
    shelf.put(*(article(key, "نفط") for key in range(1, 6)))
    first = shelf.find(Word("نفط"), count=1)
    assert shelf.find(Word("نفط"), count=2, start=1, after=first.next).keys == (3, 2)


@pytest.mark.parametrize(
    "text", ["", "1~2", "x~1~2", "nan~0~1", "inf~0~1", "0x1p99999~1~2", "1~2~3", f"0x0.0p+0~0~{1 << 70}"]
)
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        cursor_of(text)


@given(
    st.floats(width=32, allow_nan=False, allow_infinity=False),
    st.integers(0, 99991231),
    st.integers(1, 1 << 40),
)
def test_a_cursor_is_read_as_it_was_written(score: float, published: int, key: int) -> None:
    cursor = Cursor(score, published, key)
    assert cursor_of(str(cursor)) == cursor
