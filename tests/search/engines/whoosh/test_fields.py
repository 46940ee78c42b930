"""How a text becomes terms and places, and what Whoosh's parser is given of a word or a pattern."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.analysis import LITERAL, STEM, SURFACE, terms
from articles.search.engines.schema import PART_BREAK, PART_GAP
from articles.search.engines.whoosh.fields import (
    ArabicText,
    DistinctTerms,
    LevelAnalyzer,
    Positions,
    folded,
    form,
    placed,
    placed_words,
)

TEXTS = st.text(st.sampled_from("ابتةىئأ َّـ ،.«»12a\n" + PART_BREAK), max_size=60)


@given(TEXTS)
def test_places_ascend_and_parts_are_a_gap_apart(text: str) -> None:
    words, places = placed_words(text)
    assert len(words) == len(places)
    steps = [after - before for before, after in zip(places, places[1:], strict=False)]
    assert all(step == 1 or step == PART_GAP + 1 for step in steps)


@given(TEXTS)
def test_the_terms_are_those_of_the_analysis(text: str) -> None:
    for level, analyzer in (("stem", STEM), ("surface", SURFACE), ("literal", LITERAL)):
        [(occurrences, length, _weight, _value)] = ArabicText(level).index(text)
        wanted = terms(text.replace(PART_BREAK, " "), analyzer)
        assert occurrences.terms == wanted
        assert length == len(wanted)


@given(TEXTS)
def test_sentences_and_paragraphs_begin_at_words_and_every_part_begins_both(text: str) -> None:
    found = placed(text)
    assert set(found.paragraphs) <= set(found.sentences) <= set(found.places)
    begun = [place for place in found.places if place == 0 or place - 1 not in found.places]
    assert set(begun) <= set(found.paragraphs)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"نفط{PART_BREAK}قمح", PART_GAP + 1),
        (f"{PART_BREAK}قمح", 0),
        (f"نفط{PART_BREAK}،", None),
        ("نفط", None),
        (f"نفط{PART_BREAK}{PART_BREAK}قمح", None),
    ],
)
def test_the_body_begins_at_the_first_word_of_the_second_part(text: str, body: int | None) -> None:
    assert placed(text).body == body


def test_the_distinct_words_of_a_text_are_its_forms() -> None:
    [(found, _length, _weight, _value)] = DistinctTerms("forms").index("أعلن نفط أعلن")
    assert found.terms == {form("أعلن"), form("نفط")}


def test_a_part_without_words_makes_no_gap() -> None:
    assert placed_words(f"نفط{PART_BREAK}،{PART_BREAK}قمح") == (("نفط", "قمح"), (0, PART_GAP + 1))
    assert placed_words(f"{PART_BREAK}نفط") == (("نفط",), (0,))
    assert placed_words("") == ((), ())


@pytest.mark.parametrize(
    ("pattern", "term"),
    [
        ("*", "*"),
        ("أخبا*", "اخبا*"),
        ("مُقات?ون", "مقات?ون"),
        ("Index*", "index*"),
        ("?", "?"),
        ("٢٠*", "20*"),
    ],
)
def test_a_pattern_is_folded_and_never_stemmed(pattern: str, term: str) -> None:
    assert folded(pattern) == term
    for level in ("stem", "surface"):
        assert [token.text for token in LevelAnalyzer(level)(pattern, tokenize=False)] == [term]


def test_the_words_of_a_query_are_stemmed_by_the_field_they_are_for() -> None:
    assert [token.text for token in LevelAnalyzer("stem")("المقاتلون، للمقاتلين")] == ["مقاتل", "مقاتل"]
    assert [token.text for token in LevelAnalyzer("surface")("المقاتلون، للمقاتلين")] == [
        "المقاتلون",
        "للمقاتلين",
    ]
    assert [token.text for token in LevelAnalyzer("literal")("مُقاتل، أعلن")] == ["مقاتل", "أعلن"]


def test_a_field_is_kept_with_the_index() -> None:
    field = pickle.loads(pickle.dumps(ArabicText("stem", stored=True)))
    assert (field.level, field.stored, field.analyzer.level) == ("stem", True, "stem")
    assert field.supports("positions")


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (b"\x01\x00\xff\xff", [1, 65535]),
        (b"\x00\x01\x00\x00\x00\x00\x00\x01\x00", [1, 65536]),
    ],
)
def test_positions_are_two_bytes_each_and_four_after_a_mark(value: bytes, places: list[int]) -> None:
    assert Positions().decode_positions(value) == places
    assert Positions().decode_frequency(value) == Positions().decode_weight(value) == 2
