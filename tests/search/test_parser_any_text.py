"""Whatever is typed or pasted is read, within its limits and in time, and its reading reads the same."""

import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.characters import INVISIBLE_CONTROLS
from articles.search.bounding import shallow
from articles.search.composition import is_countable, leaves
from articles.search.parser import MAX_LENGTH, MAX_MESSAGES, MAX_OPERANDS, parse
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Everything,
    Fuzzy,
    In,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    ParsedQuery,
    Phrase,
    Root,
    Same,
)
from tests.search.naughty import FIRST_SPELLINGS, NAUGHTY, PIECES, hostile, paired, truncated

TODAY = date(2026, 3, 15)


def read(text: str) -> ParsedQuery:
    return parse(text, TODAY)


def tree(text: str) -> Node:
    return read(text).tree


def reading(text: str) -> str:
    return read(text).canonical


def codes(text: str) -> list[str]:
    return [said.code for said in read(text).messages]


QUERIES = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
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
        case Near(parts) | Same(_, parts):
            assert 2 <= len(parts) == len(set(parts)) <= 8
            assert all(map(is_countable, parts))
            assert not any(isinstance(part, Phrase) and len(part.words) == 1 for part in parts)
        case AtLeast(count, part):
            assert 2 <= count <= 100
            assert is_countable(part)
        case Root(radicals):
            assert len(radicals) in (3, 4)
        case Fuzzy(text, edits):
            assert len(text) >= {1: 4, 2: 6}[edits]


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
    "distances": "نفط قرب/5 " * 1000,
    "distances of quotations": '"نفط غاز"~5 ' * 800,
    "tildes": "~5" * 5000,
    "equals": "=" * 9996 + "نفط",
    "numbers of times": "مرات3:" * 1600,
    "sentences in sentences": "جملة:(" * 1600,
    "roots": "جذر:ك ت ب " * 1000,
    "names without end": "المجموعة:" * 1100,
    "counting from today": "التاريخ:آخر 3 أشهر " * 500,
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


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_strings_are_queries(text: str) -> None:
    for query in (text, f"نفط {text} غاز", f"العنوان:{text}", f'"{text}"~3', f"({text}"):
        assert reads_again(query)


def test_examples_cut_anywhere_are_read() -> None:
    misread = [text for text in truncated() if not reads_again(text)]
    assert misread == []


def test_any_two_operators_side_by_side_are_read() -> None:
    misread = [text for text in paired(FIRST_SPELLINGS) if not reads_again(text)]
    assert misread == []


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_queries_of_every_kind_are_read(seed: int) -> None:
    misread = [text for text in hostile(300, seed) if not reads_again(text)]
    assert misread == []


def test_a_thousand_queries_cut_anywhere_are_read() -> None:
    whole = 'العنوان:(نفط أو "غاز طبيعي") -المصدر:«الشروق» التاريخ:[2014-06 إلى 2015] كتا* ليس (أ.ف.ب OR al-Qaeda)'
    draw = random.Random(7)
    for _ in range(1000):
        start, end = sorted(draw.choices(range(len(whole) + 1), k=2))
        query = read(whole[start:end])
        assert read(query.canonical).tree == query.tree


def reads_again(text: str) -> bool:
    query = read(text)
    again = read(query.canonical)
    return (again.tree, again.canonical, again.messages) == (query.tree, query.canonical, ())


def seconds(text: str) -> float:
    begun = time.perf_counter()
    read(text)
    return time.perf_counter() - begun
