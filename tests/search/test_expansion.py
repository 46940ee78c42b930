"""What a query asks for at each level, and which other names it is given."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.expansion import MAX_ALTERNATIVES, MAX_NAMES, Also, Expansion, expand
from articles.search.matching import Matcher, TextField
from articles.search.name_book import NameBook, NameGroup
from articles.search.parser import parse
from articles.search.shipped_names import read_shipped
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Expanded,
    FieldName,
    In,
    Level,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Same,
    Unit,
    Wildcard,
    Word,
)

BOOK = NameBook(
    [
        NameGroup(("داعش", "تنظيم الدولة", "ISIS")),
        NameGroup(("نفط", "بترول"), are_names=False),
        NameGroup(("سلاح كيماوي", "غاز سام"), are_names=False),
    ]
)
LITERAL, NORMALISED, STEM, SYNONYMS = Level


def expanded(node: Node, level: Level = SYNONYMS, dropped: tuple[str, ...] = ()) -> Node:
    return expand(node, level, BOOK, dropped).tree


def typed(query: str, level: Level = SYNONYMS, dropped: tuple[str, ...] = ()) -> Expansion:
    return expand(parse(query, date(2026, 3, 15)).tree, level, BOOK, dropped)


# Levels


@pytest.mark.parametrize("level", [LITERAL, NORMALISED, STEM])
def test_every_word_gets_the_level_of_the_search(level: Level) -> None:
    tree = And((Word("قمح"), Not(Or((Word("شعير"), Word("ذرة")))), In(FieldName.TITLE, Word("رز"))))
    assert expanded(tree, level) == And(
        (
            Word("قمح", level),
            Not(Or((Word("شعير", level), Word("ذرة", level)))),
            In(FieldName.TITLE, Word("رز", level)),
        )
    )


def test_the_level_of_synonyms_is_that_of_stems_with_other_names() -> None:
    assert expanded(Word("قمح")) == Word("قمح", STEM)
    assert expanded(Word("نفط")) == Expanded(Word("نفط", STEM), (Word("بترول", STEM),))


def test_a_word_with_a_level_of_its_own_keeps_the_stricter_one() -> None:
    assert expanded(Word("نفط", LITERAL)) == Word("نفط", LITERAL)
    assert expanded(Word("نفط", NORMALISED)) == Word("نفط", NORMALISED)
    assert expanded(Word("نفط", STEM)) == Word("نفط", STEM)
    assert expanded(Word("نفط", STEM), LITERAL) == Word("نفط", LITERAL)


@pytest.mark.parametrize(
    ("level", "phrase"),
    [(LITERAL, LITERAL), (NORMALISED, NORMALISED), (STEM, NORMALISED), (SYNONYMS, NORMALISED)],
)
def test_what_is_quoted_is_never_stemmed_and_has_no_other_names(level: Level, phrase: Level) -> None:
    assert expanded(Phrase(("تنظيم", "الدولة")), level) == Phrase(("تنظيم", "الدولة"), phrase)


def test_patterns_and_dates_stay_as_they_are() -> None:
    tree = And((Wildcard("نف*"), DateRange(date(2015, 1, 1), None)))
    assert expanded(tree, LITERAL) == tree


def test_names_of_sources_and_authors_know_one_level() -> None:
    assert typed("المصدر:نفط").tree == In(FieldName.SOURCE, Word("نفط", NORMALISED))
    assert typed('الكاتب:"نفط خام"', LITERAL).tree == In(FieldName.AUTHOR, Phrase(("نفط", "خام"), NORMALISED))


# Other names


def test_a_name_of_several_words_is_found_among_the_words_of_a_query() -> None:
    assert typed("هجوم تنظيم الدولة اليوم").also == (
        Also("تنظيم الدولة", "داعش"),
        Also("تنظيم الدولة", "ISIS"),
    )
    tree = expanded(And((Word("هجوم"), Word("تنظيم"), Word("الدولة"), Word("قمح"))))
    assert isinstance(tree, And)
    first, named, last = tree.parts
    assert (first, last) == (Word("هجوم", STEM), Word("قمح", STEM))
    assert isinstance(named, Expanded)
    assert named.part == And((Word("تنظيم", STEM), Word("الدولة", STEM)))


def test_words_that_do_not_stand_beside_each_other_are_no_name() -> None:
    assert typed("تنظيم قمح الدولة").also == ()
    assert typed('تنظيم "قمح" الدولة').also == ()
    assert typed("تنظيم =الدولة").also == ()


def test_a_whole_query_that_is_a_name_becomes_one_node() -> None:
    assert isinstance(typed("تنظيم الدولة").tree, Expanded)


def test_names_are_looked_for_as_they_are_written_with_what_clings_to_them() -> None:
    tree = expanded(Word("داعش"))
    assert isinstance(tree, Expanded)
    assert tree.names[0] == Phrase(("تنظيم", "الدوله"), NORMALISED)
    assert Phrase(("لتنظيم", "الدوله"), NORMALISED) in tree.names
    assert tree.names[-1] == Word("isis", NORMALISED)


def test_a_long_name_is_looked_for_once_in_any_of_its_forms() -> None:
    book = NameBook([NameGroup(("الناتو", "حلف شمال الأطلسي"))])
    tree = expand(Word("الناتو"), SYNONYMS, book).tree
    assert tree == Expanded(Word("الناتو", STEM), (Phrase(("حلف", "شمال", "الأطلسي"), STEM),))


def test_words_are_looked_for_in_all_their_forms() -> None:
    tree = expanded(And((Word("السلاح"), Word("الكيماوي"))))
    assert isinstance(tree, Expanded)
    assert tree.names == (Phrase(("غاز", "سام"), STEM),)


@pytest.mark.parametrize(
    "query",
    [
        "داعش أو قمح",
        "العنوان:داعش",
        "النص:داعش",
        "المقدمة:داعش",
        "داعش قرب/5 قمح",
        "جملة:(داعش قمح)",
        "عدد3:داعش",
        "(داعش قمح) أو ذرة",
    ],
)
def test_other_names_are_given_inside_choices_fields_and_nearness(query: str) -> None:
    assert typed(query).also == (Also("داعش", "تنظيم الدولة"), Also("داعش", "ISIS"))


def test_what_is_near_or_counted_keeps_its_shape() -> None:
    near = Near((Word("نفط"), Word("قمح")), 5, ordered=True)
    assert expanded(near) == Near((expanded(Word("نفط")), Word("قمح", STEM)), 5, ordered=True)
    assert expanded(Same(Unit.SENTENCE, (Word("نفط"), Word("قمح")))) == Same(
        Unit.SENTENCE, (expanded(Word("نفط")), Word("قمح", STEM))
    )
    assert expanded(AtLeast(3, Word("نفط"))) == AtLeast(3, expanded(Word("نفط")))


def test_what_is_excluded_is_excluded_under_all_its_names() -> None:
    found = typed("قمح ليس داعش")
    assert found.also == ()
    assert found.also_excluded == (Also("داعش", "تنظيم الدولة"), Also("داعش", "ISIS"))
    assert found.tree == And((Word("قمح", STEM), Not(expanded(Word("داعش")))))


@pytest.mark.parametrize("query", ['"داعش"', "=داعش", "المصدر:داعش", '"داعش قمح"~3', "داعش*"])
def test_nothing_quoted_literal_or_named_has_other_names(query: str) -> None:
    assert (typed(query).also, typed(query).also_excluded) == ((), ())


def test_a_name_that_the_words_find_already_is_not_added() -> None:
    book = NameBook([NameGroup(("داعش", "تنظيم داعش", "تنظيم الدولة", "تنظيم الدولة الإسلامية"))])
    assert expand(Word("داعش"), SYNONYMS, book).also == (Also("داعش", "تنظيم الدولة"),)


# What is dropped


def test_a_dropped_form_is_kept_away_from_the_words_of_its_stem() -> None:
    assert expanded(Word("كتاب"), STEM, ("الكِتاب", "بيت")) == Word("كتاب", STEM, ("الكتاب",))
    assert expanded(Word("كتاب"), NORMALISED, ("الكِتاب",)) == Word("كتاب", NORMALISED)


def test_a_dropped_other_name_is_left_out() -> None:
    assert typed("داعش", dropped=("تنظيم الدوله",)).also == (Also("داعش", "ISIS"),)
    assert typed("داعش", dropped=("تنظيم الدولة", "isis")).tree == Word("داعش", STEM)


def test_a_form_of_another_name_can_be_dropped_without_the_name() -> None:
    tree = expanded(Word("نفط"), dropped=("البترول",))
    assert tree == Expanded(Word("نفط", STEM), (Word("بترول", STEM, ("البترول",)),))


# Bounds


def test_a_term_is_given_so_many_names_and_a_query_so_many_alternatives() -> None:
    others = "ابتثجحخدذرزسشصضط"
    groups = [
        NameGroup((f"مسمى{letter}", *(f"ص{letter}{other}" for other in others)), are_names=False)
        for letter in "ابتث"
    ]
    tree = And(tuple(Word(f"مسمى{letter}") for letter in "ابتث"))
    also = expand(tree, SYNONYMS, NameBook(groups)).also
    assert len(also) == MAX_ALTERNATIVES
    assert len([name for name in also if name.words == "مسمىا"]) == MAX_NAMES


# The shipped names

SHIPPED = NameBook(
    NameGroup(group.terms, group.terms[: group.sources], group.kind == "name") for group in read_shipped()
)


@pytest.mark.parametrize(
    "query", ["داعش", "تنظيم الدولة", "الدولة الإسلامية", "لتنظيم الدولة الإسلامية", "ISIS", "isil", "Daesh"]
)
@pytest.mark.parametrize(
    "text",
    [
        "عثرت القوات على وثائق سرية لتنظيم داعش في العراق",
        "عدد من المسلحين في صفوف تنظيم الدولة الإسلامية بالعراق والشام",
        "قال إن للدولة الإسلامية أنصاراً",
        "Fighters of ISIS left the city",
    ],
)
def test_any_name_finds_what_goes_by_any_other(query: str, text: str) -> None:
    tree = expand(parse(query, date(2026, 3, 15)).tree, SYNONYMS, SHIPPED).tree
    assert Matcher(tree).spans(text, TextField.BODY) != []


@pytest.mark.parametrize("text", ["منظمة الدول الإسلامية", "أجهزة الدولة", "مبادئ إسلامية"])
def test_a_name_does_not_find_what_is_like_its_other_names(text: str) -> None:
    assert Matcher(expand(Word("داعش"), SYNONYMS, SHIPPED).tree).spans(text, TextField.BODY) == []


# Anything at all

words = st.sampled_from(["داعش", "تنظيم", "الدولة", "نفط", "ISIS", "سلاح", "كيماوي", "قمح"]).map(Word)
trees = st.recursive(
    words | st.builds(Phrase, st.lists(words.map(lambda word: word.text), min_size=1, max_size=3).map(tuple)),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
        | st.builds(In, st.sampled_from(FieldName), inner)
    ),
    max_leaves=8,
)
TEXT = "داعش وتنظيم الدولة، سلاح كيماوي، غاز سام، نفط وبترول، قمح ISIS"


def levels_of(node: Node) -> list[Level | None]:
    match node:
        case Word(_, level) | Phrase(_, level):
            return [level]
        case And(parts) | Or(parts):
            return [level for part in parts for level in levels_of(part)]
        case Expanded(part, names):
            return [level for each in (part, *names) for level in levels_of(each)]
        case In(_, part):
            return levels_of(part)
    return []


@given(trees, st.sampled_from(Level))
def test_no_word_is_left_without_a_level_that_engines_know(tree: Node, level: Level) -> None:
    assert set(levels_of(expanded(tree, level))) <= {LITERAL, NORMALISED, STEM}


@given(trees)
def test_a_looser_level_finds_whatever_a_stricter_one_finds(tree: Node) -> None:
    text = {TextField.BODY: TEXT}
    found = [Matcher(expanded(tree, level)).holds(text) for level in Level]
    assert found == sorted(found)
