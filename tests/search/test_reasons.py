"""Why an article is a hit, as the page says it."""

from datetime import date

import pytest

from articles.search.matching import Matcher
from articles.search.parser import parse
from articles.search.reasons import reasons
from articles.search.results import Reason
from articles.search.syntax import (
    And,
    AtLeast,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Word,
)

Row = tuple[str, str, str, tuple[tuple[str, int], ...]]


def rows(node: Node, body: str, title: str = "") -> list[Row]:
    return [
        (reason.part, reason.kind, reason.field, reason.forms)
        for reason in reasons(Matcher(node), title, body)
    ]


def test_each_level_says_its_own_forms_and_how_often() -> None:
    body = "كتاب، كِتاب! والكتاب والكتاب، كتابٌ"
    assert rows(Word("كتاب", Level.STEM), body) == [
        ("كتاب", "literal", "body", (("كتاب", 3),)),
        ("كتاب", "stem", "body", (("والكتاب", 2),)),
    ]


def test_other_spellings_are_told_from_other_forms() -> None:
    assert rows(Word("احمد", Level.STEM), "أحمد وأحمد") == [
        ("احمد", "normalised", "body", (("أحمد", 1),)),
        ("احمد", "stem", "body", (("وأحمد", 1),)),
    ]


def test_a_form_is_written_as_it_stands_most_often() -> None:
    assert rows(Word("كتاب", Level.STEM), "الكِتاب والكتاب الكتاب الكتاب")[0][3] == (
        ("الكتاب", 3),
        ("والكتاب", 1),
    )


def test_the_title_is_told_before_the_body() -> None:
    assert [row[2] for row in rows(Word("كتاب"), "كتاب", "كتاب")] == ["title", "body"]


def test_parts_are_told_in_the_order_of_the_query() -> None:
    query = parse('شعير "سعر القمح" ذرة', date(2026, 3, 15)).tree
    assert [row[0] for row in rows(query, "ذرة وسعر القمح، سعر القمح، شعير")] == [
        "شعير",
        '"سعر القمح"',
        "ذرة",
    ]


def test_a_phrase_is_told_whole() -> None:
    assert rows(Phrase(("سعر", "القمح")), "سعر  (القمح) وسعر القمح، سعر القمحِ") == [
        ('"سعر القمح"', "literal", "body", (("سعر القمح", 2),))
    ]


def test_another_name_is_told_as_one() -> None:
    tree = Expanded(
        And((Word("تنظيم"), Word("الدولة"))), (Word("داعش", Level.NORMALISED), Phrase(("جماعة", "كذا")))
    )
    assert rows(tree, "داعش وجماعة كذا تنظيم، جماعة كذا داعش")[0] == (
        "تنظيم",
        "literal",
        "body",
        (("تنظيم", 1),),
    )
    assert ("تنظيم الدولة", "name", "body", (("داعش", 2), ("جماعة كذا", 1))) in rows(
        tree, "داعش وجماعة كذا، جماعة كذا داعش"
    )


def test_a_name_of_two_parts_is_told_for_each() -> None:
    name = (Word("isis", Level.NORMALISED),)
    tree = Or((Expanded(Word("داعش"), name), Expanded(Phrase(("تنظيم", "الدولة")), name)))
    assert [row[0] for row in rows(tree, "ISIS")] == ["داعش", '"تنظيم الدولة"']


@pytest.mark.parametrize(
    ("node", "kind", "part"), [(Wildcard("كتا*"), "wildcard", "كتا*"), (Fuzzy("كتااب"), "fuzzy", "كتااب~")]
)
def test_patterns_are_told_by_their_kind(node: Node, kind: str, part: str) -> None:
    assert [row[:2] for row in rows(node, "كتاب")] == [(part, kind)]


def test_only_what_is_marked_is_told() -> None:
    near = Near((Word("نفط"), Word("خام")), 0)
    assert rows(near, "نفط خام، ثم نفط") == [
        ("نفط", "literal", "body", (("نفط", 1),)),
        ("خام", "literal", "body", (("خام", 1),)),
    ]
    assert rows(AtLeast(3, Word("نفط")), "نفط نفط") == []
    assert rows(And((Word("نفط"), Not(Word("خام")))), "خام") == []


def test_what_is_counted_in_title_and_body_together_is_told_of_both() -> None:
    assert [row[3] for row in rows(AtLeast(3, Word("نفط")), "نفط نفط", "نفط")] == [
        (("نفط", 1),),
        (("نفط", 2),),
    ]


def test_what_is_asked_for_in_the_title_is_told_of_the_title_alone() -> None:
    assert [row[2] for row in rows(In(FieldName.TITLE, Word("نفط")), "نفط", "نفط")] == ["title"]


def test_reasons_are_plain_data() -> None:
    (reason,) = reasons(Matcher(Word("نفط")), "", "نفط")
    assert reason == Reason("نفط", "literal", "body", (("نفط", 1),))
    assert type(reason.kind) is type(reason.field) is str
