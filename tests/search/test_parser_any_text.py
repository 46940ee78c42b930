"""Whatever is typed or pasted is read, within its limits and in time, and its reading reads the same."""

import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.characters import INVISIBLE_CONTROLS
from articles.search.bounding import shallow
from articles.search.composition import leaves
from articles.search.parser import MAX_LENGTH, MAX_MESSAGES, MAX_OPERANDS, parse
from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    In,
    Node,
    Not,
    Nothing,
    Or,
    ParsedQuery,
)

TODAY = date(2026, 3, 15)


def read(text: str) -> ParsedQuery:
    return parse(text, TODAY)


def tree(text: str) -> Node:
    return read(text).tree


def reading(text: str) -> str:
    return read(text).canonical


def codes(text: str) -> list[str]:
    return [said.code for said in read(text).messages]


PARTS = [
    *"()«»“”\"'‹›﴿﴾|&-:*?.,،؛؟/\\[]{}~^=_#@+<>%!",
    *(
        "نفط",
        "الغاز",
        "قٌتل",
        "في",
        "على",
        "علي",
        "كتا*",
        "كت?ب",
        "عام2014",
        "al-Qaeda",
        "don't",
        "لـCNN",
        "أ.ف.ب",
    ),
    *("أو", "و", "ليس", "AND", "OR", "NOT", "or", "إلى", "TO", "و/أو"),
    *("العنوان:", "title :", "المصدر：", "الكاتب:", "author:", "التاريخ:", "date :", "العنون:", "http://"),
    *(
        "2014",
        "٢٠١٥",
        "2014..2016",
        "..",
        "2014-06-01",
        "21/7/2015",
        "2015-13",
        "تموز",
        "كانون الثاني",
        "1436هـ",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\u200f",
        "\u202e",
        "\u2066",
        "\u200d",
        "ـ",
        "َ",
        "ﷺ",
        "ﻻ",
        "🙂",
        "東京",
        "½",
        "Ⅷ",
        "ء",
        "ا\u0654",
    ),
]
QUERIES = st.lists(st.sampled_from(PARTS), max_size=40).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda blank: blank.join(parts))
)
ANY_TEXT = st.one_of(QUERIES, st.text(max_size=80), st.text(st.characters(codec=None), max_size=20))


@settings(max_examples=500, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_read_and_its_reading_reads_the_same(text: str) -> None:
    query = read(text)
    again = read(query.canonical)
    assert (again.tree, again.canonical, again.messages) == (query.tree, query.canonical, ())


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_any_tree_is_in_normal_form_and_within_its_limits(text: str) -> None:
    query = read(text)
    assert_normal(query.tree)
    assert len(list(leaves(query.tree))) <= MAX_OPERANDS
    assert len(query.canonical) <= MAX_LENGTH
    assert shallow(query.tree, 10) == query.tree


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_the_places_of_messages_lie_in_the_query(text: str) -> None:
    for said in read(text).messages:
        assert 0 <= said.start <= said.end <= len(text)
        assert "{" not in said.text or "{" in text


@settings(max_examples=200, deadline=None)
@given(
    QUERIES, st.lists(st.tuples(st.integers(0, 200), st.sampled_from(sorted(INVISIBLE_CONTROLS))), max_size=5)
)
def test_what_nobody_sees_changes_nothing(text: str, controls: list[tuple[int, str]]) -> None:
    pasted = text
    for place, control in controls:
        pasted = pasted[:place] + control + pasted[place:]
    assert read(pasted).tree == read(text).tree


def assert_normal(node: Node, parent: Node | None = None) -> None:
    match node:
        case And(parts) | Or(parts):
            assert len(parts) == len(set(parts)) > 1
            assert not any(type(part) is type(node) or isinstance(part, Nothing) for part in parts)
            assert not all(isinstance(part, Not) for part in parts)
            assert isinstance(node, And) or not any(isinstance(part, Not | Everything) for part in parts)
            for part in parts:
                assert_normal(part, node)
        case Not(part):
            assert isinstance(parent, And)
            assert not isinstance(part, Not | Everything | Nothing)
            assert_normal(part, node)
        case In(_, part):
            assert not isinstance(part, In | Not | DateRange | Everything | Nothing)
            assert_normal(part, node)


HOSTILE = {
    "a pasted article": "قالت الوزارة في بيانها إن «الأسعار» لن ترتفع قبل نهاية 2015، وفق ما نُقل (رويترز). " * 130,
    "brackets without end": "(" * 5000,
    "brackets in pairs": "(" * 5000 + ")" * 5000,
    "exclusions without end": "-(" * 5000,
    "fields without end": "title:" * 1700,
    "quotation marks": "«««»" * 2500,
    "openings of every kind": "'a “ „ ‹ « " * 900,
    "patterns": "كت*ا " * 2000,
    "stars": "ك*" * 5000,
    "operators": "أو و ليس " * 1100,
    "dates": "التاريخ:2014.. " * 700,
    "blanks inside a date": "date:21" + " " * 4900 + "/" + " " * 4900 + "7",
    "dots": "date:" + "." * 9995,
    "one long word": "نفط" * 3333,
    "marks": "ن" + "\u064b" * 9999,
    "direction marks": "\u202e" * 9990 + "نفط",
    "common words": "في من على إلى " * 700,
    "punctuation": "؟!.،؛" * 2000,
    "choices in groups": "(نفط أو (غاز فحم " * 600,
    "emoji": "👨‍👩‍👧‍👦" * 900,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_ten_thousand_hostile_characters_are_read_at_once(text: str) -> None:
    took = min(seconds(text) for _ in range(3))
    assert took < 0.5  # 50 ms on a machine that does nothing else


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_round_trip(text: str) -> None:
    query = read(text)
    assert read(query.canonical).tree == query.tree
    assert len(query.messages) <= MAX_MESSAGES


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "'; DROP TABLE articles; --", "<script>alert(1)</script>", "{{7*7}}", "%00"]
    + ["$(ls)", "../../etc/passwd", "NaN", "null", "1e309", "-0", "\\", "\u0600", "ﷺ", "ﷺ*", "\U000e0001"],
)  # fmt: skip
def test_naughty_strings_are_queries(text: str) -> None:
    assert read(read(text).canonical).tree == tree(text)


def test_a_thousand_queries_cut_anywhere_are_read() -> None:
    whole = 'العنوان:(نفط أو "غاز طبيعي") -المصدر:«الشروق» التاريخ:[2014-06 إلى 2015] كتا* ليس (أ.ف.ب OR al-Qaeda)'
    draw = random.Random(7)
    for _ in range(1000):
        start, end = sorted(draw.choices(range(len(whole) + 1), k=2))
        query = read(whole[start:end])
        assert read(query.canonical).tree == query.tree


def seconds(text: str) -> float:
    begun = time.perf_counter()
    read(text)
    return time.perf_counter() - begun
