"""Measures of a ranking, against figures worked out by hand, and how sure they are."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.metrics import (
    DEPTH,
    NAMES,
    Measures,
    differences,
    estimate,
    estimates,
    measured,
    ndcg,
    recall,
    reciprocal_rank,
)

documents = st.lists(st.integers(0, 30), unique=True, max_size=30)
grades = st.dictionaries(st.integers(0, 30), st.integers(1, 3), min_size=1, max_size=8)


def test_the_best_ranking_has_all_the_gain() -> None:
    assert ndcg(["a", "b", "x"], {"a": 2, "b": 1}, 10) == 1.0


def test_a_gain_shrinks_with_the_logarithm_of_its_rank() -> None:
    assert ndcg(["x", "x2", "a"], {"a": 1}, 10) == pytest.approx(1 / log2(4))
    assert ndcg(["b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))


def test_what_comes_too_late_gains_nothing() -> None:
    assert ndcg(["x"] * 10 + ["a"], {"a": 1}, 10) == 0.0


def test_more_relevant_documents_than_the_depth_can_be_perfect() -> None:
    assert ndcg(["a", "b"], {"a": 1, "b": 1, "c": 1}, 2) == 1.0


def test_only_the_first_relevant_document_has_a_rank() -> None:
    assert reciprocal_rank(["x", "a", "b"], {"a": 1, "b": 1}, 10) == 0.5


def test_recall_is_a_share_of_all_that_is_relevant() -> None:
    assert recall(["a", "x", "b"], {"a": 1, "b": 1, "c": 1, "d": 0}, 2) == pytest.approx(1 / 3)


def test_a_document_of_grade_zero_is_not_relevant() -> None:
    assert measured(["a"], {"a": 0}) == Measures(0.0, 0.0, 0.0, 0.0)


def test_nothing_found_is_worth_nothing() -> None:
    assert measured([], {"a": 1}) == Measures(0.0, 0.0, 0.0, 0.0)


@given(ranked=documents, judged=grades)
def test_measures_lie_between_nothing_and_all(ranked: list[int], judged: dict[int, int]) -> None:
    found = measured(ranked, judged)
    assert 0 <= found.ndcg_10 <= 1 + 1e-9
    assert 0 <= found.mrr_10 <= 1
    assert 0 <= found.recall_10 <= found.recall_100 <= 1


@given(ranked=documents, judged=grades)
def test_a_relevant_document_moved_up_never_does_harm(ranked: list[int], judged: dict[int, int]) -> None:
    better = sorted(ranked, key=lambda document: -judged.get(document, 0))
    assert ndcg(better, judged, 10) >= ndcg(ranked, judged, 10) - 1e-12


def test_a_mean_lies_within_its_interval() -> None:
    values = np.linspace(0, 1, 101)
    found = estimate(values)
    assert found.mean == pytest.approx(0.5)
    # The normal approximation: 1.96 · σ / √n = .057 to either side.
    assert (found.low, found.high) == pytest.approx((0.443, 0.557), abs=0.006)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.0, 1.0, 0.5, 0.25]
    assert estimate(values, seed=1) == estimate(values, seed=1)


def test_no_queries_make_no_estimate() -> None:
    found = estimate([])
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)


def test_a_difference_is_taken_query_by_query() -> None:
    ours = [Measures(share, share, share, share) for share in (0.3, 0.9, 0.6)]
    theirs = [Measures(share - 0.1, share, share + 0.1, share) for share in (0.3, 0.9, 0.6)]
    found = differences(ours, theirs)
    assert found["nDCG@10"].low == pytest.approx(found["nDCG@10"].high) == pytest.approx(0.1)
    assert found["recall@10"].mean == pytest.approx(-0.1)
    assert found["MRR@10"].mean == 0.0


def test_every_measure_has_a_mean() -> None:
    assert set(estimates([Measures(1.0, 1.0, 1.0, 1.0)])) == set(NAMES.values())
    assert DEPTH >= 100
