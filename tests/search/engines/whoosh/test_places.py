"""Nearness over arrays is nearness text by text: `articles.search.spans` is the oracle."""

import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search import spans
from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.places import (
    DOCUMENT,
    NO_SPANS,
    Spans,
    apart,
    counted,
    near,
    same,
    united,
)
from articles.search.spans import Occurrence

Text = list[list[Occurrence]]  # the occurrences of each part in one document

places = st.integers(0, 12)
words = st.lists(places, min_size=1, max_size=5, unique=True).map(
    lambda held: sorted((place, place + 1) for place in held)
)
phrases = st.tuples(words, st.integers(1, 3)).map(
    lambda drawn: [(first, first + drawn[1]) for first, _after in drawn[0]]
)
choices = st.tuples(words, phrases).map(lambda drawn: sorted({*drawn[0], *drawn[1]}))
kinds = {"words": words, "phrases": phrases, "choices": choices}


@st.composite
def documents(draw: st.DrawFn) -> list[Text]:
    """Documents that all hold the same parts, each of one kind everywhere."""
    parts = draw(st.lists(st.sampled_from(list(kinds)), min_size=1, max_size=4))
    lengths = draw(st.lists(st.integers(1, 3), min_size=len(parts), max_size=len(parts)))

    def occurrences(kind: str, length: int) -> list[Occurrence]:
        held = draw(kinds[kind])
        return sorted({(first, first + length) for first, _after in held}) if kind == "phrases" else held

    return [
        [occurrences(kind, length) for kind, length in zip(parts, lengths, strict=True)]
        for _document in range(draw(st.integers(1, 4)))
    ]


def arrays(texts: Sequence[Text]) -> list[Spans]:
    return [
        united(
            [
                Spans(
                    np.array([(number << DOCUMENT) + first for first, _after in text[part]]),
                    np.array([(number << DOCUMENT) + after for _first, after in text[part]]),
                )
                for number, text in enumerate(texts)
            ]
        )
        for part in range(len(texts[0]))
    ]


def nothing() -> None:
    """No clock is looked at."""


@settings(max_examples=400)
@given(documents(), st.integers(0, 5), st.booleans())
def test_near_begins_where_it_does_in_each_text(texts: list[Text], distance: int, ordered: bool) -> None:
    expected = [
        (number << DOCUMENT) + match[0][0]
        for number, text in enumerate(texts)
        for match in spans.near(text, distance, ordered=ordered)
    ]
    assert near(arrays(texts), distance, ordered=ordered, check=nothing).tolist() == expected


@given(documents(), st.sets(st.integers(1, 14)))
def test_units_are_those_of_each_text(texts: list[Text], inner: set[int]) -> None:
    starts = [0, *sorted(inner)]
    keys = np.array([(number << DOCUMENT) + start for number in range(len(texts)) for start in starts])
    found = same(arrays(texts), keys)
    assert [int((found >> DOCUMENT == number).sum()) for number in range(len(texts))] == [
        len(spans.same(text, starts)) for text in texts
    ]


@given(documents())
def test_what_begins_is_counted_once_a_word(texts: list[Text]) -> None:
    for part, held in enumerate(arrays(texts)):
        listed = counted(held.starts)
        assert listed.documents.tolist() == list(range(len(texts)))
        assert listed.frequencies.tolist() == [spans.times(text[part]) for text in texts]


def test_nothing_is_near_what_occurs_nowhere() -> None:
    assert near([NO_SPANS, NO_SPANS], 3, ordered=False, check=nothing).tolist() == []
    assert united([NO_SPANS]).of(0) == []


def test_names_far_apart_are_names_of_their_own() -> None:
    held = Spans(np.array([0, 3, 104, 205]), np.array([1, 4, 105, 206]))
    assert apart(held, 100).tolist() == [0, 104, 205]


def test_a_hostile_choice_of_phrases_is_stopped_in_time() -> None:
    everywhere = [(place, place + length) for place in range(0, 4000) for length in (1, 2, 3)]
    texts: list[Text] = [[everywhere[shift:] for shift in range(12)]]
    started = time.thread_time()
    with pytest.raises(QueryTooCostly):
        near(arrays(texts), 40, ordered=False, check=Deadline(0.1).check)
    assert time.thread_time() - started < 2
