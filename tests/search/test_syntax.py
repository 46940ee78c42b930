"""Trees: their normal form, and that each can be written as a query which is read as the same tree."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.bounding import first_leaves, shallow
from articles.search.canonical import canonical
from articles.search.composition import (
    all_of,
    any_of,
    any_of_words,
    at_least,
    leaves,
    literally,
    near,
    none_of,
    same,
    within,
)
from articles.search.function_words import quote_operators, without_stopwords
from articles.search.messages import MESSAGES, message
from articles.search.parser import MAX_DEPTH, MAX_OPERANDS, parse
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Everything,
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

OIL, GAS, COAL = Word("نفط"), Word("غاز"), Word("فحم")
SUMMER = DateRange(date(2015, 6, 1), date(2015, 8, 31))
TITLE, SOURCE = FieldName.TITLE, FieldName.SOURCE


# Normal form


def test_and_in_and_is_one_and() -> None:
    assert all_of([OIL, all_of([GAS, COAL])]) == And((OIL, GAS, COAL))


def test_or_in_or_is_one_or() -> None:
    assert any_of([any_of([OIL, GAS]), COAL]) == Or((OIL, GAS, COAL))


def test_one_part_stands_alone() -> None:
    assert (all_of([OIL, OIL]), any_of([OIL])) == (OIL, OIL)


def test_dates_come_after_words() -> None:
    assert all_of([SUMMER, OIL, Not(SUMMER), GAS]) == And((OIL, GAS, SUMMER, Not(SUMMER)))


def test_exclusions_alone_leave_out_of_everything() -> None:
    assert all_of([Not(OIL)]) == And((Everything(), Not(OIL)))
    assert any_of([GAS, Not(OIL)]) == Or((GAS, And((Everything(), Not(OIL)))))


def test_everything_and_nothing_are_worked_out() -> None:
    assert (all_of([OIL, Everything()]), any_of([OIL, Everything()])) == (OIL, Everything())
    assert (all_of([OIL, Nothing()]), any_of([OIL, Nothing()])) == (Nothing(), OIL)
    assert (none_of(Everything()), none_of(Nothing())) == (Nothing(), Everything())


def test_without_what_is_without_is_with() -> None:
    assert none_of(all_of([Not(OIL)])) == OIL
    assert none_of(all_of([Not(OIL), Not(GAS)])) == Or((OIL, GAS))


def test_the_inner_field_holds_and_dates_know_none() -> None:
    assert within(TITLE, In(SOURCE, OIL)) == In(SOURCE, OIL)
    assert within(TITLE, SUMMER) == SUMMER
    assert within(TITLE, Not(OIL)) == Not(In(TITLE, OIL))
    assert within(TITLE, all_of([Not(OIL)])) == And((Everything(), Not(In(TITLE, OIL))))


def test_what_is_near_has_two_parts_or_is_no_nearness() -> None:
    assert near([OIL, OIL], 5) == OIL
    assert near([Phrase(("نفط",))], 5) == Phrase(("نفط",))
    assert same(Unit.SENTENCE, [OIL]) == OIL
    assert near([], 5) == Everything()


def test_one_quoted_word_near_another_is_a_word_as_it_is_spelled() -> None:
    quoted = Word("نفط", Level.NORMALISED)
    assert near([Phrase(("نفط",)), GAS], 5) == Near((quoted, GAS), 5)
    assert near([Or((Phrase(("نفط",)), COAL)), GAS], 5) == Near((Or((quoted, COAL)), GAS), 5)
    assert same(Unit.PARAGRAPH, [Phrase(("نفط",)), GAS]) == Same(Unit.PARAGRAPH, (quoted, GAS))


def test_once_is_no_number_of_times() -> None:
    assert (at_least(1, OIL), at_least(2, OIL)) == (OIL, AtLeast(2, OIL))


def test_letter_by_letter_holds_for_words_and_phrases_inside() -> None:
    tree = And((Or((OIL, Phrase(("غاز", "طبيعي")))), In(TITLE, COAL), Root("كتب")))
    assert literally(tree) == And(
        (
            Or((Word("نفط", Level.LITERAL), Phrase(("غاز", "طبيعي"), Level.LITERAL))),
            In(TITLE, Word("فحم", Level.LITERAL)),
            Root("كتب"),
        )
    )


@pytest.mark.parametrize(
    ("tree", "wider"),
    [
        (And((OIL, GAS)), Or((OIL, GAS))),
        (And((OIL, Or((GAS, COAL)))), Or((OIL, GAS, COAL))),
        (And((OIL, GAS, Not(COAL), SUMMER)), And((Or((OIL, GAS)), Not(COAL), SUMMER))),
        (And((OIL, GAS, In(SOURCE, COAL))), And((Or((OIL, GAS)), In(SOURCE, COAL)))),
        (And((OIL, SUMMER)), And((OIL, SUMMER))),
        (And((Everything(), Not(OIL))), And((Everything(), Not(OIL)))),
        (And((In(SOURCE, OIL), SUMMER)), And((In(SOURCE, OIL), SUMMER))),
        (In(TITLE, And((OIL, GAS))), In(TITLE, And((OIL, GAS)))),
        (OIL, OIL),
    ],
)
def test_any_of_the_words_is_enough_and_what_narrows_still_holds(tree: Node, wider: Node) -> None:
    assert any_of_words(tree) == wider


# Limits


def test_words_near_each_other_are_counted_one_by_one() -> None:
    tree = And((Near((OIL, GAS, COAL), 5), AtLeast(3, Or((OIL, GAS)))))
    assert len(list(leaves(tree))) == 5
    assert first_leaves(tree, 2) == Near((OIL, GAS), 5)
    assert first_leaves(tree, 1) == OIL
    assert first_leaves(tree, 4) == And((Near((OIL, GAS, COAL), 5), AtLeast(3, OIL)))


def test_the_first_words_are_kept() -> None:
    assert first_leaves(And((OIL, Or((GAS, COAL)), SUMMER)), 2) == And((OIL, GAS))


def test_leaving_out_an_exclusion_does_not_let_everything_in() -> None:
    assert first_leaves(Or((OIL, And((Everything(), Not(GAS))))), 1) == OIL
    assert first_leaves(And((Everything(), Not(GAS))), 0) == Nothing()


def test_what_is_too_deep_gives_up_its_brackets() -> None:
    deep = And((OIL, Or((GAS, And((COAL, Not(Word("خشب"))))))))
    assert shallow(deep, 3) == deep
    assert shallow(deep, 2) == And((OIL, Or((GAS, COAL))))


# Common words


@pytest.mark.parametrize(
    ("tree", "left"),
    [
        (And((Word("في"), OIL)), OIL),
        (And((Word("في"), Phrase(("نفط",)))), Phrase(("نفط",))),
        (And((Word("في"), Word("من"))), And((Word("في"), Word("من")))),
        (And((Word("في"), Not(OIL))), And((Word("في"), Not(OIL)))),
        (And((Word("في"), Phrase(("من",)))), And((Word("في"), Phrase(("من",))))),
        (Or((Word("في"), OIL)), Or((Word("في"), OIL))),
        (Or((And((Word("في"), OIL)), GAS)), Or((OIL, GAS))),
        (In(TITLE, And((Word("في"), OIL))), In(TITLE, And((Word("في"), OIL)))),
        (And((Word("في", Level.LITERAL), OIL)), And((Word("في", Level.LITERAL), OIL))),
        (And((Near((Word("في"), OIL), 5), GAS)), And((Near((Word("في"), OIL), 5), GAS))),
        (
            And((Same(Unit.SENTENCE, (Word("في"), OIL)), GAS)),
            And((Same(Unit.SENTENCE, (Word("في"), OIL)), GAS)),
        ),
        (And((AtLeast(3, Word("في")), GAS)), And((AtLeast(3, Word("في")), GAS))),
    ],
)
def test_common_words_are_left_out_only_of_a_bag_of_words(tree: Node, left: Node) -> None:
    assert without_stopwords(tree, []) == left


# Every tree can be written

WORDS = st.sampled_from(
    ["نفط", "الغاز", "قٌتل", "في", "على", "أو", "و", "ليس", "NOT", "London", "2014", "1.5", "العنوان", "قرب"]
)
QUOTED = st.lists(
    st.sampled_from(["تنظيم", "الدولة", "في", "أو", "Qaeda", "21"]), min_size=1, max_size=4
).map(lambda words: Phrase(tuple(words)))
COUNTABLE = st.one_of(
    WORDS.map(Word),
    QUOTED,
    st.one_of(WORDS.map(Word), QUOTED).map(literally),
    st.sampled_from(["كتا*", "كت?ب", "lo*n", "201?*", "*اتيج*", "?تاب"]).map(Wildcard),
    st.sampled_from([Fuzzy("بغداد"), Fuzzy("باراجواي", 2), Fuzzy("london")]),
)
PARTS = st.one_of(COUNTABLE, st.lists(COUNTABLE, min_size=1, max_size=3).map(any_of))
SEVERAL = st.lists(PARTS, min_size=2, max_size=4)
LEAVES = st.one_of(
    COUNTABLE,
    st.sampled_from(["كتب", "درس", "دحرج", "شيء"]).map(Root),
    st.builds(
        lambda parts, words, ordered: near(parts, words, ordered=ordered),
        SEVERAL,
        st.integers(0, 50),
        st.booleans(),
    ),
    st.builds(same, st.sampled_from(Unit), SEVERAL),
    st.builds(at_least, st.integers(1, 100), PARTS),
    st.tuples(st.dates(date(1990, 1, 1)), st.dates(date(1990, 1, 1))).map(
        lambda days: DateRange(min(days), max(days))
    ),
    st.dates(date(1990, 1, 1)).map(lambda day: DateRange(day, None)),
    st.dates(date(1990, 1, 1)).map(lambda day: DateRange(None, day)),
    st.just(Everything()),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(all_of),
        st.lists(inner, min_size=1, max_size=4).map(any_of),
        inner.map(none_of),
        st.tuples(st.sampled_from(FieldName), inner).map(lambda pair: within(*pair)),
    ),
    max_leaves=20,
)


@settings(max_examples=500, deadline=None)
@given(TREES)
def test_any_tree_is_read_as_it_is_written(drawn: Node) -> None:
    tree = quote_operators(without_stopwords(shallow(all_of([drawn]), MAX_DEPTH), []))
    patterns = [leaf for leaf in leaves(tree) if isinstance(leaf, Wildcard | Fuzzy)]
    if len(list(leaves(tree))) <= MAX_OPERANDS and len(patterns) <= 4:
        query = parse(canonical(tree), date(2026, 3, 15))
        assert (query.tree, query.messages) == (tree, ())


def test_everything_and_nothing_can_be_written() -> None:
    assert parse(canonical(Everything()), date.max).tree == Everything()
    assert parse(canonical(Nothing()), date.max).tree == Nothing()


# Messages


def test_a_message_can_be_said_again_in_another_language() -> None:
    said = message("unknown_field", 0, 5, word="العنون", name="العنوان")
    assert "did you mean {name}?".format(**dict(said.arguments)) == "did you mean العنوان?"


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_an_arabic_sentence(code: str) -> None:
    assert MESSAGES[code].isascii() is False
    assert MESSAGES[code].rstrip().endswith((".", "؟", "2016"))


def test_what_a_message_quotes_is_cut_short() -> None:
    said = message("date_impossible", 0, 5, word="{x}" * 500, reading="2015")
    assert len(said.text) < 120
    assert "{x}" in said.text
