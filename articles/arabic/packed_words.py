"""Many Arabic words at a time as rows of numbers, and each as one number, so that numpy can take them apart.

A row has twelve places: the codes of a word's letters, in the order of the letters in Unicode, zeros behind them. What
has other characters than the thirty-six letters, or more than twelve, cannot be written so: few words are such.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from articles.arabic.characters import span

LONGEST = 12
LETTERS = sorted(span("\u0621", "\u063a") | span("\u0641", "\u064a"))
BASE = len(LETTERS) + 1  # BASE ** LONGEST is below 2 ** 64
POWERS = np.array([BASE**places for places in range(LONGEST + 1)], dtype=np.uint64)
NO_LETTER = np.uint8(255)

POINTS = np.array([0, *map(ord, LETTERS)], dtype=np.uint32)  # by code
CODES = np.full(int(POINTS[-1]) + 2, NO_LETTER, dtype=np.uint8)  # by code point; the last for all beyond
CODES[POINTS] = np.arange(BASE)

Rows = NDArray[np.uint8]
Numbers = NDArray[np.uint64]


def code_of(letter: str) -> int:
    """The code of a letter.

    >>> code_of("ء"), code_of("ي")
    (1, 36)
    """
    return int(CODES[ord(letter)])


def rows_of(words: Sequence[str]) -> tuple[NDArray[np.int64], Rows]:
    """Those of the words that can be written as rows, by their places in `words`, and the rows.

    >>> places, rows = rows_of(["ابي", "BBC", "", "اب"])
    >>> places.tolist(), rows[:, :3].tolist()
    ([0, 3], [[7, 8, 36], [7, 8, 0]])
    """
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    short = np.flatnonzero((lengths > 0) & (lengths <= LONGEST))
    letters = np.array([words[place] for place in short.tolist()], dtype=f"<U{LONGEST}")
    points = letters.view(np.uint32).reshape(len(short), LONGEST)
    rows = CODES[np.minimum(points, len(CODES) - 1)]
    fit = (rows != NO_LETTER).all(axis=1) & (np.count_nonzero(rows, axis=1) == lengths[short])
    return short[fit], rows[fit]


def texts_of(rows: Rows) -> list[str]:
    """The words that were written as rows.

    >>> texts_of(rows_of(["ابي"])[1])
    ['ابي']
    """
    if not len(rows):
        return []
    texts: list[str] = POINTS[rows].view(f"<U{LONGEST}").ravel().tolist()
    return texts


def lengths_of(rows: Rows) -> NDArray[np.int64]:
    """How many letters each word has."""
    found: NDArray[np.int64] = np.count_nonzero(rows, axis=1).astype(np.int64)
    return found


def beginnings(rows: Rows) -> Numbers:
    """A column for each number of letters: the number of so long a beginning of each word; the first is 0.

    Different words have different numbers, whatever their lengths. A column beyond the end of a word means nothing.
    """
    found = np.zeros((len(rows), LONGEST + 1), dtype=np.uint64)
    for place in range(LONGEST):
        found[:, place + 1] = found[:, place] * np.uint64(BASE) + rows[:, place]
    return found


def numbers_of(rows: Rows) -> Numbers:
    """The number of each word."""
    found: Numbers = beginnings(rows)[np.arange(len(rows)), lengths_of(rows)]
    return found


class Places:
    """Where each of some numbers stands among those given, which are all different and ascend."""

    def __init__(self, ascending: Numbers) -> None:
        self.ascending = ascending

    def of(self, wanted: Numbers) -> NDArray[np.int64]:
        """The place of each; -1 for one that is not there.

        >>> Places(np.array([2, 5], dtype=np.uint64)).of(np.array([5, 3, 9], dtype=np.uint64)).tolist()
        [1, -1, -1]
        """
        if not len(self.ascending):
            return np.full(len(wanted), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.ascending, wanted), len(self.ascending) - 1)
        return np.where(self.ascending[places] == wanted, places, -1)


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """The numbers from each start on, as many as its count, in a row.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)
