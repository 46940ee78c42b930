"""Which of many numbers stand in a list: looked up one by one, through a table, or behind a sieve, whichever is least.

Halving costs a lookup as many steps as the list has bits, each likely to miss the processor's cache; a table costs one.
"""

import numpy as np
from numpy.typing import NDArray

MANY = 4096  # numbers that are worth a table
SPREAD = 32  # a table may be so many times longer than the numbers it is asked for
SIEVE_BITS = 20
MIXER = np.uint64(
    0x9E3779B97F4A7C15
)  # 2**64 over the golden ratio, odd: spreads neighbours (Knuth, Fibonacci hashing)

Numbers = NDArray[np.int64]


def are_in(values: Numbers, ascending: Numbers) -> NDArray[np.bool_]:
    """For each value, none negative, whether the ascending list has it."""
    if not len(ascending):
        return np.zeros(len(values), dtype=np.bool_)
    if min(len(values), len(ascending)) < MANY:
        return _halved(values, ascending)
    if int(ascending[-1]) < SPREAD * len(values):
        table = np.zeros(int(ascending[-1]) + 2, dtype=np.bool_)
        table[ascending] = True
        return table.take(
            values, mode="clip"
        )  # what is larger than all of the list meets the last place, False
    passed = np.flatnonzero(_sieved(values, ascending))
    found = np.zeros(len(values), dtype=np.bool_)
    found[passed] = _halved(values.take(passed), ascending)
    return found


def _halved(values: Numbers, ascending: Numbers) -> NDArray[np.bool_]:
    places = np.minimum(np.searchsorted(ascending, values), len(ascending) - 1)
    held: NDArray[np.bool_] = ascending.take(places) == values
    return held


def _sieved(values: Numbers, ascending: Numbers) -> NDArray[np.bool_]:
    """Which of the values may be in the list: of those that are all, of the others few."""
    table = np.zeros(1 << SIEVE_BITS, dtype=np.bool_)
    table[_mixed(ascending)] = True
    return table.take(_mixed(values))


def _mixed(numbers: Numbers) -> Numbers:
    mixed = numbers.view(np.uint64) * MIXER
    mixed >>= np.uint64(64 - SIEVE_BITS)
    return mixed.view(np.int64)
