"""Whoosh's trees over arrays find what Whoosh's own matchers find; what holds no word asks for nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.searching import Searcher

from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.deadline import Deadline
from articles.search.engines.schema import AUTHOR, EXACT, KEY, PUBLISHED, SOURCE, TEXT
from articles.search.engines.whoosh import query_trees
from articles.search.engines.whoosh.query_trees import TreeEvaluation
from articles.search.engines.whoosh.snapshot import Snapshot
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives

words = st.sampled_from(["نفط", "بغداد", "اعلن", "سعر", "قمح", "2017", "و", "غائب"])
leaves = st.one_of(
    words.map(lambda word: q.Term(TEXT, word)),
    words.map(lambda word: q.Term(EXACT, word, boost=2.0)),
    st.sampled_from(archives.SOURCES).map(lambda slug: q.Term(SOURCE, slug)),
    st.sampled_from(archives.AUTHORS).map(lambda name: q.Term(AUTHOR, name)),
    st.lists(words, min_size=2, max_size=3).map(lambda several: q.Phrase(EXACT, several)),
    st.sampled_from(["ن", "ا"]).map(lambda prefix: q.Prefix(EXACT, prefix)),
    st.sampled_from(["*ط", "?م*"]).map(lambda pattern: q.Wildcard(EXACT, pattern)),
    words.map(lambda word: q.FuzzyTerm(EXACT, word, maxdist=1)),
    st.tuples(words, words).map(lambda ends: q.TermRange(EXACT, *sorted(ends))),
    st.just(q.NumericRange(PUBLISHED, 20150000, 20151231)),
    st.just(q.Every()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(q.And),
        st.lists(inner, min_size=1, max_size=3).map(q.Or),
        inner.map(q.Not),
        st.tuples(inner, inner).map(lambda pair: q.AndNot(*pair)),
        st.tuples(inner, inner).map(lambda pair: q.AndMaybe(*pair)),
        st.tuples(inner, inner).map(lambda pair: q.Require(*pair)),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=60)
@given(commits=archives.commits, trees=st.lists(trees, min_size=1, max_size=5))
def test_the_documents_found_are_those_of_whooshs_matchers(commits: list[Any], trees: list[q.Query]) -> None:
    with temporary_shelf() as shelf:
        shelf.backend.delete_index()
        for commit in commits:
            shelf.put(*archives.articles_of(commit))
        snapshot = shelf.snapshot
        searcher = Searcher(snapshot.reader, closereader=False)
        for tree in trees:
            assert found(snapshot, tree) == expected(searcher, tree)


def expected(searcher: Searcher, tree: q.Query) -> set[int]:
    """Whoosh's own matchers for the leaves; sets for the rest, where Whoosh's AndNot passes its end."""
    match tree:
        case q.And():
            return set.intersection(*(expected(searcher, part) for part in tree))
        case q.Or():
            return set.union(*(expected(searcher, part) for part in tree))
        case q.Not():
            return set(searcher.docs_for_query(q.Every())) - expected(searcher, tree.query)
        case q.AndNot():
            return expected(searcher, tree.a) - expected(searcher, tree.b)
        case q.AndMaybe():
            return expected(searcher, tree.a)
        case q.Require():
            return expected(searcher, tree.a) & expected(searcher, tree.b)
        case _:
            return set(searcher.docs_for_query(tree))


def found(snapshot: Snapshot, tree: q.Query) -> set[int]:
    answer = TreeEvaluation(snapshot, TEXT, Deadline(60)).answer(tree)
    return set(answer.mask.nonzero()[0].tolist())


@pytest.fixture
def snapshot(shelf: Shelf) -> Iterator[Snapshot]:
    shelf.put(article(1, title="نفط"), article(2, title="قمح"))
    yield shelf.snapshot


NO_WORD = q.NullQuery
OIL, GRAIN = q.Term(TEXT, "نفط"), q.Term(TEXT, "قمح")


@pytest.mark.parametrize(
    ("tree", "documents"),
    [
        (NO_WORD, set()),
        (q.And([]), set()),
        (q.And([OIL, NO_WORD]), {0}),
        (q.Or([OIL, NO_WORD]), {0}),
        (q.Not(NO_WORD), set()),
        (q.And([OIL, q.Not(NO_WORD)]), {0}),
        (q.AndNot(OIL, NO_WORD), {0}),
        (q.AndNot(NO_WORD, OIL), set()),
        (q.AndMaybe(OIL, NO_WORD), {0}),
        (q.Require(OIL, NO_WORD), {0}),
        (q.And([q.Every(), OIL]), {0}),
        (q.And([q.Every(TEXT), GRAIN]), {1}),
        (q.Wildcard(TEXT, "*"), {0, 1}),
        (q.Term("unheard_of", "نفط"), set()),
        (q.Phrase("unheard_of", ["نفط"]), set()),
        (q.Phrase(TEXT, []), set()),
        (q.Phrase(KEY, ["2"]), {1}),
        (q.Phrase(KEY, ["many"]), set()),
        (q.And([OIL, q.Phrase(KEY, ["many"])]), set()),
    ],
)
def test_what_holds_no_word_asks_for_nothing(snapshot: Snapshot, tree: q.Query, documents: set[int]) -> None:
    assert found(snapshot, tree) == documents


def test_a_part_that_counts_more_scores_more(snapshot: Snapshot) -> None:
    def score(tree: q.Query) -> float:
        return float(TreeEvaluation(snapshot, TEXT, Deadline(60)).answer(tree).scores.max())

    assert score(q.Term(TEXT, "نفط", boost=3.0)) == pytest.approx(3 * score(OIL))
    assert score(q.And([OIL], boost=3.0)) == pytest.approx(3 * score(OIL))
    assert score(q.AndMaybe(OIL, q.Term(EXACT, "نفط"))) > score(OIL)
    assert score(q.Require(OIL, q.Term(EXACT, "نفط"))) == pytest.approx(score(OIL))


def test_a_walk_looks_at_the_clock(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_trees, "STEPS_BETWEEN_LOOKS", 1)
    evaluation = TreeEvaluation(snapshot, TEXT, Deadline(60))
    walk = evaluation._walk(q.Prefix(EXACT, "ن"), evaluation.searcher)
    next(iter(walk))
    evaluation.deadline = Deadline(0)
    with pytest.raises(QueryTooCostly):
        next(iter(walk))
