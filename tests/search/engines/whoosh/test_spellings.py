"""What is marked in an article is the same whether the index tells the forms of its words or they are worked out."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.matching import Matcher
from articles.search.syntax import Fuzzy, Level, Near, Not, Or, Phrase, Root, Wildcard, Word
from tests.search.engines.shelf import Shelf, article, temporary_shelf

WORDS = [
    "كتاب",
    "الكتاب",
    "كُتُب",
    "كتابٌ",
    "مكتبة",
    "مكتبه",
    "للمكتبات",
    "وزير",
    "الوزراء",
    "أعلن",
    "اعلن",
    "BBC",
    "2014",
]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map("، ".join)
levels = st.sampled_from([Level.LITERAL, Level.NORMALISED, Level.STEM])
some = st.lists(st.sampled_from(WORDS), max_size=2).map(tuple)
leaves = st.one_of(
    st.builds(Word, st.sampled_from(WORDS), levels, some, some),
    st.builds(Phrase, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple), levels.map(Level)),
    st.sampled_from(["كت*", "ال*", "?كتبة"]).map(Wildcard),
    st.sampled_from(["كتب", "وزر"]).map(Root),
    st.sampled_from(["مكتبة", "وزيز"]).map(Fuzzy),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.tuples(inner, inner).map(lambda parts: Near(parts, 3)),
        inner.map(Not),
    ),
    max_leaves=4,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), st.lists(trees, min_size=1, max_size=6))
def test_forms_that_the_index_tells_mark_what_the_rules_mark(
    written: list[tuple[str, str]], asked: list[Any]
) -> None:
    with temporary_shelf() as shelf:
        shelf.put(*(article(key, title, body) for key, (title, body) in enumerate(written, 1)))
        for tree in asked:
            told = Matcher(tree)
            told.read_by(shelf.backend.spellings(told.wanted_stems()))
            for title, body in written:
                assert told.article(title, body) == Matcher(tree).article(title, body)


def test_the_index_tells_all_spellings_of_a_stem(shelf: Shelf) -> None:
    shelf.put(article(1, body="كُتُب، الكتاب"), article(2, body="والكتاب مكتبة", status="draft"))
    told = shelf.backend.spellings(["كتاب", "لا أحد"])
    assert {(spelling.literal, spelling.normalised) for spelling in told} == {
        ("كتب", "كتب"), ("الكتاب", "الكتاب"), ("والكتاب", "والكتاب"),
    }  # fmt: skip
    assert {spelling.stem for spelling in told} == {"كتاب"}
    shelf.take(2)
    shelf.merge()
    assert "والكتاب" not in {spelling.literal for spelling in shelf.backend.spellings(["كتاب"])}
