"""Pairs of texts whose sketches agree in a band: sorted band by band, so that the work grows as the archive does."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.duplicates.sketches import BANDS

LEAST_EQUAL = 6  # hashes of 64; copies within our thresholds have a dozen
# In a bucket of more texts each is paired with the first and the next few alone: a boilerplate that thousands of
# texts share must not make millions of pairs. The longest come first: they are what stories are made around.
LARGEST_BUCKET = 64
FIRST, NEXT = 16, 16
PAIRS_AT_A_TIME = 1 << 13  # a row of sketches is a page of memory each

Rows = NDArray[np.int64]
Pairs = NDArray[np.int64]
Column = Callable[[int], NDArray[np.uint32]]  # the band of this number, of all rows
Gather = Callable[[Rows], NDArray[np.uint16]]  # the sketches of rows


def pairs(column: Column, gather: Gather, wanted: NDArray[np.bool_], known: NDArray[np.bool_]) -> Pairs:
    """The pairs (n × 2, the smaller row first) of a wanted row and another that is wanted or known, each once.

    Rows stand in the order of leads, longest text first. Rows neither wanted nor known count in a bucket all the same:
    so it does not matter in which portions an archive is looked through.
    """
    found = np.zeros(0, dtype=np.int64)
    size = len(wanted)
    for band in range(BANDS):
        fresh = [found]
        for left, right in _agreeing(column(band)):
            chosen = (wanted[left] & (wanted | known)[right]) | (wanted[right] & (wanted | known)[left])
            left, right = left[chosen], right[chosen]
            alike = _alike(gather, left, right)
            fresh.append(left[alike] * size + right[alike])
        found = np.unique(np.concatenate(fresh))
    return np.stack(np.divmod(found, size), axis=1) if size else np.zeros((0, 2), dtype=np.int64)


def _agreeing(band: NDArray[np.uint32]) -> Iterator[tuple[Rows, Rows]]:
    """The pairs of rows with the same value, in portions."""
    order = np.argsort(band, kind="stable")
    values = band[order]
    place = np.arange(len(band), dtype=np.int32)  # half the memory of the usual numbers
    starts = np.concatenate(([True], values[1:] != values[:-1])) if len(band) else np.zeros(0, dtype=bool)
    first = np.maximum.accumulate(np.where(starts, place, 0))
    sizes = np.bincount(np.cumsum(starts) - 1).astype(np.int32) if len(band) else place.copy()
    ends = first + np.repeat(sizes, sizes)
    rank = place - first
    is_large = np.repeat(sizes > LARGEST_BUCKET, sizes)
    for distance in range(1, min(int(sizes.max(initial=0)), LARGEST_BUCKET)):
        near = (place + distance < ends) & (~is_large | (distance <= NEXT))
        yield from _portions(order, place[near], place[near] + distance)
    for number in range(FIRST):
        below = is_large & (rank > number + NEXT)
        yield from _portions(order, first[below] + number, place[below])


def _portions(order: Rows, left: NDArray[Any], right: NDArray[Any]) -> Iterator[tuple[Rows, Rows]]:
    for start in range(0, len(left), PAIRS_AT_A_TIME):
        part = slice(start, start + PAIRS_AT_A_TIME)
        yield order[left[part]], order[right[part]]


def _alike(gather: Gather, left: Rows, right: Rows) -> NDArray[np.bool_]:
    return (gather(left) == gather(right)).sum(axis=1) >= LEAST_EQUAL
