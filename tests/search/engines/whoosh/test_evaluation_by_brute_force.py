"""Whatever the tree, the articles found are those whose texts match it word by word."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models.article import Article
from articles.search.syntax import (
    And,
    AtLeast,
    Everything,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Wildcard,
    Word,
)
from tests.search.engines.shelf import article, temporary_shelf
from tests.search.engines.whoosh.brute_force import holds

WORDS = ["نفط", "النفط", "نِفط", "كتاب", "الكتاب", "كتب", "إعلان", "اعلان", "أعلن", "غاز", "2014", "Gas"]
BREAKS = [" ", " ", " ", " ", "، ", ". ", "\n", ".\n"]

some_words = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BREAKS)).map("".join), max_size=14).map(
    "".join
)
words = st.sampled_from(WORDS)
levels = st.sampled_from([None, *Level])

word_parts = st.builds(
    Word, words, levels, st.lists(st.sampled_from(["كتب", "النفط"]), max_size=1).map(tuple)
)
phrases = st.builds(
    Phrase,
    st.lists(words, min_size=1, max_size=3).map(tuple),
    st.sampled_from([Level.LITERAL, Level.NORMALISED, Level.STEM]),
)
patterns = st.sampled_from(["كت*", "*لا*", "?عل*ن", "ن?ط", "ga*", "20*"]).map(Wildcard)
fuzzy = st.builds(Fuzzy, words, st.integers(1, 2))
single = st.one_of(word_parts, phrases, patterns, fuzzy)
names = st.lists(st.one_of(word_parts, phrases), min_size=1, max_size=2).map(tuple)
placed = st.one_of(
    single,
    single,
    st.lists(single, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
    st.builds(Expanded, single, names),
)
several = st.lists(placed, min_size=2, max_size=4).map(tuple)
leaves: Any = st.one_of(
    placed,
    st.builds(Near, several, st.sampled_from([0, 1, 3, 120]), st.booleans()),
    st.builds(Same, st.sampled_from(Unit), several),
    st.builds(AtLeast, st.integers(1, 4), placed),
    st.sampled_from(["كتب", "علن", "نفط"]).map(Root),
    st.sampled_from([Everything(), Nothing()]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
        st.builds(In, st.sampled_from(FieldName), inner),
        st.builds(Expanded, inner, names),
    ),
    max_leaves=4,
)


@st.composite
def collections(draw: st.DrawFn) -> list[Article]:
    """A few articles; the keys are their numbers from 1."""
    return [
        article(
            key,
            draw(texts),
            draw(texts),
            source=draw(some_words),
            author=draw(some_words),
            section=draw(some_words),
            city=draw(some_words),
            country=draw(some_words),
            collections=draw(st.lists(some_words, max_size=2)),
        )
        for key in range(1, draw(st.integers(1, 5)) + 1)
    ]


@settings(deadline=None, max_examples=80)
@given(collections(), st.lists(trees, min_size=1, max_size=12))
def test_the_articles_found_are_those_whose_texts_match(held: list[Article], asked: list[Node]) -> None:
    with temporary_shelf() as shelf:
        shelf.put(*held[:2])
        shelf.put(*held[2:])
        for tree in asked:
            found = shelf.find(tree, count=len(held))
            expected = {row.pk for row in held if holds(row, tree)}
            assert set(found.keys) == expected, tree
            assert found.total == len(expected)
            assert min(found.scores, default=0) >= 0


@settings(deadline=None, max_examples=20)
@given(collections(), st.lists(trees, min_size=1, max_size=6))
def test_totals_are_those_of_the_searches(held: list[Article], asked: list[Node]) -> None:
    with temporary_shelf() as shelf:
        shelf.put(*held)
        assert shelf.totals(*asked) == [shelf.find(tree).total for tree in asked]
