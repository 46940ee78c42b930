"""The first of many in an order of several keys, without ordering them all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEW = 512  # things are sooner ordered than parted

Places = NDArray[np.int64]
Key = Callable[[Places], NDArray[Any]]  # of the things at these places, smallest first


def first_places(
    count: int, by: Sequence[Key], most: int | None = None, *, among: Places | None = None
) -> Places:
    """The places of the first `most` of `count` things (all: None), in the order of the keys, the foremost key first.

    Each key is only asked for where those before it leave places open. `among` are the only places that count.

    >>> marks, names = np.array([2, 1, 2, 1]), np.array([5, 8, 3, 7])
    >>> first_places(4, [lambda at: marks[at], lambda at: names[at]], most=3).tolist()
    [3, 1, 2]
    """
    places = np.arange(count) if among is None else among
    count = len(places)
    if most is not None and most < count and count > FEW:
        places = _foremost(places, by, most)
    return places[np.lexsort([key(places) for key in reversed(by)])[:most]]


def _foremost(places: Places, by: Sequence[Key], most: int) -> Places:
    """The first `most` of the places in no order, and those that are equal to the last of them by every key."""
    chosen: list[Places] = []
    for key in by:
        if not 0 < most < len(places):
            break
        keys = key(places)
        last = np.partition(keys, most - 1)[most - 1]
        before = places[keys < last]
        chosen.append(before)
        places, most = places[keys == last], most - len(before)
    return np.concatenate([*chosen, places[: max(0, most)] if most < 1 else places])


def later(places: Places, by: Sequence[Key], values: Sequence[float]) -> NDArray[np.bool_]:
    """Which of the places come after a thing whose keys are `values`.

    >>> marks = np.array([2, 1, 2, 3])
    >>> later(np.arange(4), [lambda at: marks[at], lambda at: at], (2, 0)).tolist()
    [False, False, True, True]
    """
    after = np.zeros(len(places), dtype=np.bool_)
    same = np.flatnonzero(~after)
    for key, value in zip(by, values, strict=True):
        keys = key(places[same])
        after[same[keys > value]] = True
        same = same[keys == value]
    return after
