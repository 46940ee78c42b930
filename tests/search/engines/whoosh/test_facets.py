"""Columns of codes, and what is counted over them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.schema import VALUE_BREAK
from articles.search.engines.whoosh import facets, snapshot
from articles.search.engines.whoosh.facets import Counted
from articles.search.engines.whoosh.snapshot import coded

numbers = st.integers(-3, 20_260_101) | st.integers(20_100_101, 20_100_140) | st.just(0)
names = st.sets(st.sampled_from(["", "الحياة", "القدس", "السفير"]))


@given(st.lists(numbers), st.sampled_from([10, 1 << 10, 1 << 21]))
def test_codes_stand_for_the_numbers_of_a_column(held: list[int], tabled: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "MOST_TABLED", tabled)
        column = coded(np.array(held, dtype=np.int64))
    assert column.values == sorted(set(held))
    assert [column.values[code] for code in column.codes.tolist()] == held


@given(st.lists(st.integers(1, 4), max_size=12), st.integers(0, 14))
def test_the_first_values_are_those_of_the_whole_ranking(counts: list[int], most: int) -> None:
    table = [f"{place:02}" for place in range(20)]
    counted = Counted(table, np.arange(len(counts)) + 3, np.array(counts, dtype=np.int64))
    whole = sorted(zip(table[3:], counts, strict=False), key=lambda pair: (-pair[1], pair[0]))
    assert list(counted.ranked().items()) == whole
    assert list(counted.ranked(most).items()) == whole[:most]


@given(st.lists(st.tuples(names, st.integers(0, 3)), max_size=6), names)
def test_several_values_in_one_count_each(rows: list[tuple[set[str], int]], wanted: set[str]) -> None:
    joined = [VALUE_BREAK.join(sorted(values)) for values, _count in rows]
    pairs = facets._several(joined)
    counts = pairs.counts(np.array([count for _values, count in rows], dtype=np.int64))
    assert dict(zip(pairs.values, counts.tolist(), strict=True)) == {
        value: sum(count for values, count in rows if value in values) for value in pairs.values
    }
    assert pairs.holding(wanted).tolist() == [bool(values & (wanted - {""})) for values, _count in rows]
