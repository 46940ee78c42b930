"""How good a ranking is, given which documents a query should bring up, and how sure the figures are.

Gains and discounts are those of trec_eval: a document of grade g at rank r adds g / log2(r + 1).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 10_000
AT_A_TIME = 200  # resamples drawn together: bounds the memory
CONFIDENCE = 0.95

Grades = Mapping[Any, int]  # of each relevant document, 1 or more


@dataclass(frozen=True, slots=True)
class Measures:
    """What one ranking is worth, each from 0 to 1."""

    ndcg_10: float
    mrr_10: float
    recall_10: float
    recall_100: float


NAMES = {"ndcg_10": "nDCG@10", "mrr_10": "MRR@10", "recall_10": "recall@10", "recall_100": "recall@100"}
DEPTH = 100  # hits that a ranking needs for all of them


def measured(ranked: Sequence[Hashable], grades: Grades) -> Measures:
    """The measures of a ranking, best document first, none twice.

    >>> measured(["b", "a"], {"a": 1})
    Measures(ndcg_10=0.6309297535714575, mrr_10=0.5, recall_10=1.0, recall_100=1.0)
    """
    return Measures(
        ndcg_10=ndcg(ranked, grades, 10),
        mrr_10=reciprocal_rank(ranked, grades, 10),
        recall_10=recall(ranked, grades, 10),
        recall_100=recall(ranked, grades, 100),
    )


def ndcg(ranked: Sequence[Hashable], grades: Grades, depth: int) -> float:
    """The discounted gain of the first `depth` documents, as a share of the best possible.

    >>> ndcg(["a", "x", "b"], {"a": 1, "b": 1}, 10)
    0.9197207891481876
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted([grades.get(document, 0) for document in ranked[:depth]]) / best if best else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def reciprocal_rank(ranked: Sequence[Hashable], grades: Grades, depth: int) -> float:
    """1 / the rank of the first relevant document; 0 where none is among the first `depth`.

    >>> reciprocal_rank(["x", "a"], {"a": 1}, 10), reciprocal_rank(["x", "a"], {"a": 1}, 1)
    (0.5, 0.0)
    """
    for rank, document in enumerate(ranked[:depth], start=1):
        if grades.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranked: Sequence[Hashable], grades: Grades, depth: int) -> float:
    """The share of the relevant documents that are among the first `depth`.

    >>> recall(["a", "x"], {"a": 1, "b": 2}, 10)
    0.5
    """
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:depth])) / len(relevant) if relevant else 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries, and the interval it would fall into with other queries of the same kind."""

    mean: float
    low: float
    high: float


def estimate(values: ArrayLike, *, seed: int = 0) -> Estimate:
    """The mean of `values`, one a query, with its 95 % interval: percentiles of RESAMPLES bootstrap means.

    Give differences of two rankings query by query, and the interval is that of the paired bootstrap.

    >>> estimate([1.0, 1.0, 1.0])
    Estimate(mean=1.0, low=1.0, high=1.0)
    """
    sample = np.asarray(values, dtype=np.float64)
    if not sample.size:
        return Estimate(0.0, 0.0, 0.0)
    means = _resampled_means(sample, np.random.default_rng(seed))
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]).tolist()
    return Estimate(float(sample.mean()), low, high)


def _resampled_means(sample: NDArray[np.float64], draws: np.random.Generator) -> NDArray[np.float64]:
    chunks = [
        sample[draws.integers(0, sample.size, (AT_A_TIME, sample.size))].mean(axis=1)
        for _chunk in range(RESAMPLES // AT_A_TIME)
    ]
    return np.concatenate(chunks)


def estimates(measures: Sequence[Measures], *, seed: int = 0) -> dict[str, Estimate]:
    """By the name of each measure its mean over the queries."""
    return {name: estimate(_column(measures, field), seed=seed) for field, name in NAMES.items()}


def differences(
    ours: Sequence[Measures], theirs: Sequence[Measures], *, seed: int = 0
) -> dict[str, Estimate]:
    """By the name of each measure how much more the first ranking has than the second, of the same queries."""
    return {
        name: estimate(_column(ours, field) - _column(theirs, field), seed=seed)
        for field, name in NAMES.items()
    }


def _column(measures: Sequence[Measures], field: str) -> NDArray[np.float64]:
    return np.array([getattr(each, field) for each in measures], dtype=np.float64)
