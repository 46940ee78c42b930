"""Sets of documents are sets, whether they are listed, masked, few or many."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.engines.whoosh import matches, membership
from articles.search.engines.whoosh.matches import Matches, everything, shared, united
from articles.search.engines.whoosh.membership import are_in

SIZE = 40
documents = st.sets(st.integers(0, SIZE - 1))
numbers = st.sets(st.integers(0, 300) | st.integers(0, 1 << 60), max_size=60).map(sorted)


def made(held: set[int], is_listed: bool) -> Matches:
    if is_listed:
        return Matches(SIZE, documents=np.array(sorted(held), dtype=np.int64))
    return Matches(SIZE, mask=np.isin(np.arange(SIZE), list(held)))


sets = st.lists(st.tuples(documents, st.booleans()), max_size=4)


@given(sets, sets, documents, st.sampled_from([0, 1, 16]))
def test_sets_are_joined_as_sets_are(
    first: list[tuple[set[int], bool]], second: list[tuple[set[int], bool]], asked: set[int], cost: int
) -> None:
    every = set(range(SIZE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matches, "LOOKUP_COST", cost)
        wanted, unwanted = [made(*each) for each in first], [made(*each) for each in second]
        both = every.intersection(*(held for held, _listed in first))
        left = both.difference(*(held for held, _listed in second))
        assert shared(SIZE, wanted, unwanted).documents.tolist() == sorted(left)
        assert united(SIZE, wanted).documents.tolist() == sorted(set().union(*(held for held, _ in first)))
        for one, (held, _listed) in zip(wanted, first, strict=True):
            among = one.among(np.array(sorted(asked), dtype=np.int64))
            assert among.tolist() == [document in held for document in sorted(asked)]
            assert one.other().documents.tolist() == sorted(every - held)
    assert everything(SIZE).mask.all()


@given(numbers, numbers, st.integers(1, 50), st.sampled_from([1, 32]))
def test_numbers_are_found_alike_by_halving_by_table_and_behind_a_sieve(
    asked: list[int], held: list[int], many: int, spread: int
) -> None:
    values, ascending = np.array(asked, dtype=np.int64), np.array(held, dtype=np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(membership, "MANY", many)
        patch.setattr(membership, "SPREAD", spread)
        patch.setattr(membership, "SIEVE_BITS", 5)
        assert are_in(values, ascending).tolist() == [value in set(held) for value in asked]


@pytest.mark.parametrize("span", [100_000, 1 << 50])
def test_many_numbers_are_found_as_few_are(span: int) -> None:
    chance = np.random.default_rng(4)
    drawn: Any = [np.unique(chance.integers(0, span, 20_000)) for _each in range(2)]
    values, ascending = np.concatenate([drawn[0], drawn[1][::3]]), drawn[1]
    assert are_in(values, ascending).tolist() == np.isin(values, ascending).tolist()
