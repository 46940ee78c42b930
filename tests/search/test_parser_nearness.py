"""How readers ask for words by their places: near each other, in one sentence, so many times, in the lead."""

from datetime import date

import pytest

from articles.search.parser import parse
from articles.search.syntax import (
    And,
    AtLeast,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Wildcard,
    Word,
)

TODAY = date(2026, 3, 15)
OIL, GAS, COAL = Word("نفط"), Word("غاز"), Word("فحم")


def tree(text: str) -> Node:
    return parse(text, TODAY).tree


def reading(text: str) -> str:
    return parse(text, TODAY).canonical


def codes(text: str) -> list[str]:
    return [said.code for said in parse(text, TODAY).messages]


def spelled(*words: str) -> tuple[Word, ...]:
    return tuple(Word(word, Level.NORMALISED) for word in words)


# Near each other


@pytest.mark.parametrize(
    ("text", "distance", "ordered"),
    [
        ('"نفط غاز"~5', 5, False),
        ("«نفط غاز»~٥", 5, False),
        ("“نفط غاز” ~5", 5, False),
        ('"نفط غاز"~', 10, False),
        ('"نفط غاز"~0', 0, False),
        ('"نفط غاز"~>3', 3, True),
        ('"نفط غاز"~<3', 3, True),
        ('"نفط غاز"~>', 10, True),
    ],
)
def test_the_words_of_a_quotation_near_each_other(text: str, distance: int, ordered: bool) -> None:
    assert (tree(text), codes(text)) == (Near(spelled("نفط", "غاز"), distance, ordered), [])


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("نفط قرب/5 غاز", Near((OIL, GAS), 5)),
        ("نفط قُرْب/٥ غاز", Near((OIL, GAS), 5)),
        ("نفط NEAR/ غاز", Near((OIL, GAS), 10)),
        ("نفط W/5 غاز", Near((OIL, GAS), 5)),
        ("نفط قبل/5 غاز", Near((OIL, GAS), 5, ordered=True)),
        ("نفط قرب/5 غاز قرب/5 فحم", Near((OIL, GAS, COAL), 5)),
        ('"نفط خام" قرب/5 غاز', Near((Phrase(("نفط", "خام")), GAS), 5)),
        ("كتا* قرب/5 غاز", Near((Wildcard("كتا*"), GAS), 5)),
        ("بغداد~ قرب/5 غاز", Near((Fuzzy("بغداد"), GAS), 5)),
        ("=نفط قرب/5 غاز", Near((Word("نفط", Level.LITERAL), GAS), 5)),
        ("(نفط أو فحم) قرب/5 غاز", Near((Or((OIL, COAL)), GAS), 5)),
        ("نفط قرب/5 (غاز فحم)", Near((OIL, GAS, COAL), 5)),
        ('="نفط غاز"~5', Near((Word("نفط", Level.LITERAL), Word("غاز", Level.LITERAL)), 5)),
        ("في قرب/2 العراق", Near((Word("في"), Word("العراق")), 2)),
    ],
)
def test_operands_near_each_other(text: str, node: Near) -> None:
    assert (tree(text), codes(text)) == (node, [])


@pytest.mark.parametrize(
    "text", ["قرب بغداد", "near Baghdad", "NEAR Baghdad", "قبل الحرب", "و/أو", "نفط قرب / غاز"]
)
def test_without_its_slash_and_operands_nearness_is_words(text: str) -> None:
    assert not isinstance(tree(text), Near)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("ليس نفط قرب/5 غاز فحم", "ليس (نفط قرب/5 غاز) فحم"),
        ("العنوان:نفط قرب/5 غاز", "العنوان:(نفط قرب/5 غاز)"),
        ("نفط قرب/5 غاز أو فحم", "(نفط قرب/5 غاز) أو فحم"),
        ("نفط قرب/5 غاز فحم", "(نفط قرب/5 غاز) فحم"),
        ("فحم و نفط قرب/5 غاز", "فحم (نفط قرب/5 غاز)"),
        ('ليس "نفط غاز"~5 فحم', 'ليس "نفط غاز"~5 فحم'),
    ],
)
def test_nearness_binds_before_everything_else(text: str, canonical: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [])


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ('"نفط"~5', '"نفط"', "short_nearness"),
        ("نفط قرب/5 نفط", "نفط", "short_nearness"),
        ('"نفط غاز"~500', '"نفط غاز"~50', "too_far"),
        ("نفط قرب/99 غاز", "نفط قرب/50 غاز", "too_far"),
        ("نفط قرب/3 غاز قرب/9 فحم", "نفط قرب/9 غاز قرب/9 فحم", "mixed_nearness"),
        ("نفط قبل/3 غاز قرب/3 فحم", "نفط قرب/3 غاز قرب/3 فحم", "mixed_nearness"),
        ("(نفط قرب/3 غاز) قرب/9 فحم", "نفط قرب/9 غاز قرب/9 فحم", "nested_nearness"),
        ("نفط قرب/3 (غاز ليس فحم)", "(نفط قرب/3 غاز) ليس فحم", "not_near"),
        ("نفط قرب/3 غاز قرب/3 جذر:كتب", "(نفط قرب/3 غاز) الجذر:كتب", "not_near"),
        ("نفط قرب/3 غاز قرب/3 المصدر:الأفق", "(نفط قرب/3 غاز) المصدر:الأفق", "not_near"),
        ("نفط قرب/3 غاز قرب/3 (فحم أو (شمس ريح))", "(نفط قرب/3 غاز) (فحم أو (شمس ريح))", "not_near"),
        ("نفط قرب/5", "نفط", "stray_operator"),
        ("قرب/5 نفط", "نفط", "stray_operator"),
        ("نفط أو قرب/5 غاز", "نفط أو غاز", "stray_operator"),
        ("(نفط قرب/5) غاز", "نفط غاز", "stray_operator"),
    ],
)
def test_nearness_that_cannot_be_is_mended_and_the_reader_is_told(
    text: str, canonical: str, code: str
) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


def test_only_so_many_words_can_be_near_each_other() -> None:
    text = '"أحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة"~9'
    found = tree(text)
    assert isinstance(found, Near)
    assert len(found.parts) == 8
    assert codes(text) == ["too_many_near"]


# In one sentence, in one paragraph


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("جملة:(نفط غاز)", Same(Unit.SENTENCE, (OIL, GAS))),
        ("الجملة : ( نفط غاز )", Same(Unit.SENTENCE, (OIL, GAS))),
        ("sentence:(نفط غاز)", Same(Unit.SENTENCE, (OIL, GAS))),
        ('جملة:"نفط غاز"', Same(Unit.SENTENCE, spelled("نفط", "غاز"))),
        ('جملة:("نفط خام" غاز)', Same(Unit.SENTENCE, (Phrase(("نفط", "خام")), GAS))),
        ("فقرة:(نفط (غاز أو فحم))", Same(Unit.PARAGRAPH, (OIL, Or((GAS, COAL))))),
        ("فقرة:(نفط غاز أو فحم)", Same(Unit.PARAGRAPH, (OIL, Or((GAS, COAL))))),
        ("جملة:(في العراق)", Same(Unit.SENTENCE, (Word("في"), Word("العراق")))),
        ("-جملة:(نفط غاز) فحم", And((Not(Same(Unit.SENTENCE, (OIL, GAS))), COAL))),
        ("المتن:فقرة:(نفط غاز)", In(FieldName.BODY, Same(Unit.PARAGRAPH, (OIL, GAS)))),
        ("فقرة:المتن:(نفط غاز)", In(FieldName.BODY, Same(Unit.PARAGRAPH, (OIL, GAS)))),
    ],
)
def test_words_in_one_stretch_of_text(text: str, node: Node) -> None:
    assert (tree(text), codes(text)) == (node, [])


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ("جملة:نفط", "نفط", "short_nearness"),
        ("جملة:(نفط أو غاز)", "نفط أو غاز", "short_nearness"),
        ("جملة:(نفط قرب/5 غاز)", "جملة:(نفط غاز)", "nested_nearness"),
        ("جملة:(نفط غاز التاريخ:2014)", "جملة:(نفط غاز) التاريخ:2014", "not_near"),
        ("جملة:(نفط غاز ليس فحم)", "جملة:(نفط غاز) ليس فحم", "not_near"),
        ("جملة:فقرة:(نفط غاز)", "فقرة:(نفط غاز)", "repeated_field"),
        ("جملة: ", "", "empty_field"),
    ],
)
def test_stretches_of_text_are_mended_and_the_reader_is_told(text: str, canonical: str, code: str) -> None:
    if canonical:
        assert (reading(text), codes(text)) == (canonical, [code])
    else:
        assert (reading(f"فحم {text}"), codes(f"فحم {text}")) == ("فحم", [code])


# So many times


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("مرات3:نفط", AtLeast(3, OIL)),
        ("مرّات٣: نفط", AtLeast(3, OIL)),
        ("atleast3:نفط", AtLeast(3, OIL)),
        ("AtLeast/3:نفط", AtLeast(3, OIL)),
        ('مرات3:"نفط خام"', AtLeast(3, Phrase(("نفط", "خام")))),
        ("مرات3:(نفط أو غاز)", AtLeast(3, Or((OIL, GAS)))),
        ("مرات3:(نفط غاز)", And((AtLeast(3, OIL), AtLeast(3, GAS)))),
        ("العنوان:مرات2:نفط", In(FieldName.TITLE, AtLeast(2, OIL))),
        ("مرات2:العنوان:نفط", In(FieldName.TITLE, AtLeast(2, OIL))),
        ("-مرات2:نفط غاز", And((Not(AtLeast(2, OIL)), GAS))),
        ("مرات1:نفط", OIL),
        ("مرات2:=نفط", AtLeast(2, Word("نفط", Level.LITERAL))),
    ],
)
def test_a_number_of_times(text: str, node: Node) -> None:
    assert (tree(text), codes(text)) == (node, [])


@pytest.mark.parametrize(
    ("text", "canonical", "code"),
    [
        ("مرات0:نفط", "نفط", "count_limited"),
        ("مرات900:نفط", "مرات100:نفط", "count_limited"),
        ("مرات3:جذر:كتب", "الجذر:كتب", "not_counted"),
        ("مرات3:(نفط قرب/5 غاز)", "نفط قرب/5 غاز", "not_counted"),
        ("مرات3:(نفط ليس غاز)", "مرات3:نفط ليس غاز", "not_counted"),
        ("نفط مرات3:", "نفط", "empty_field"),
    ],
)
def test_a_number_of_times_is_mended_and_the_reader_is_told(text: str, canonical: str, code: str) -> None:
    assert (reading(text), codes(text)) == (canonical, [code])


@pytest.mark.parametrize("text", ["مرات: نفط", "كأس2014:نفط", "ثلاث مرات", "3:نفط"])
def test_other_words_with_numbers_before_a_colon_are_words(text: str) -> None:
    assert "مرات3" not in reading(text)
    assert codes(text) == []


# The first paragraph


@pytest.mark.parametrize("name", ["المقدمة", "مقدمة", "الفقرة_الأولى", "lead", "intro"])
def test_the_first_paragraph_is_a_field(name: str) -> None:
    assert tree(f"{name}:(نفط قرب/5 غاز)") == In(FieldName.LEAD, Near((OIL, GAS), 5))
    assert tree(f"{name}:جذر:كتب") == In(FieldName.LEAD, Root("كتب"))
