"""The first of many are those that ordering them all puts first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.whoosh.grams import first_at_least
from articles.search.engines.whoosh.ordering import first_places
from articles.search.engines.whoosh.postings import Postings

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=40)
documents = st.sets(st.integers(0, 79)).map(sorted)


@given(rows, st.integers(0, 45))
def test_the_first_are_those_of_the_whole_order(held: list[tuple[int, int]], most: int) -> None:
    marks = np.array([row[0] for row in held], dtype=np.float32)
    dates = np.array([row[1] for row in held], dtype=np.int64)
    by = [lambda at: -marks[at], lambda at: dates[at], lambda at: -at]
    whole = sorted(range(len(held)), key=lambda place: (-held[place][0], held[place][1], -place))
    assert first_places(len(held), by).tolist() == whole
    assert first_places(len(held), by, most).tolist() == whole[:most]


@given(documents, documents, st.sampled_from([80, 100_000]))
def test_frequencies_are_found_one_by_one_and_through_an_array_alike(
    holding: list[int], asked: list[int], size: int
) -> None:
    frequencies = np.arange(1, len(holding) + 1, dtype=np.float32)
    listed = Postings(np.array(holding, dtype=np.int64), frequencies)
    told = dict(zip(holding, frequencies.tolist(), strict=True))
    found = listed.of(np.array(asked, dtype=np.int64))
    assert found.tolist() == [told.get(document, 0.0) for document in asked]


@given(st.lists(documents, min_size=1, max_size=5), st.lists(st.integers(0, 90), max_size=5))
def test_numbers_are_looked_up_in_each_stretch_as_one_by_one(
    stretches: list[list[int]], wanted: list[int]
) -> None:
    items = np.array([item for stretch in stretches for item in stretch] or [0], dtype=np.uint32)
    stops = np.cumsum([len(stretch) for stretch in stretches])
    starts = stops - [len(stretch) for stretch in stretches]
    places = first_at_least(items, starts, stops, np.array(wanted, dtype=np.uint32))
    assert places.tolist() == [
        [start + sum(item < number for item in stretch) for number in wanted]
        for start, stretch in zip(starts.tolist(), stretches, strict=True)
    ]
