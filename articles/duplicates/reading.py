"""A text as numbers: its folded words one by one, and every run of four of them."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import SURFACE, terms
from articles.importing.fingerprints import text_digest

RUN = 4  # words: shorter runs are common phrases, longer ones break at every second correction
SHORTEST = 20  # words; a shorter text is too little to tell a copy from its like
SHORTEST_EXACT = (
    8  # words of title and body; below that the same words are a rubric («كاريكاتير»), not a copy
)

Codes = NDArray[np.uint32]
Runs = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text in their order, as numbers; `numbers` are those of its different numerals, sorted.

    `length` is the number of words in title and body together.
    """

    words: Codes
    numbers: Codes
    length: int


def read(title: str, body: str) -> Reading:
    """The words of the body; those of the title too where the body alone is too short to go by.

    A copy keeps its body and gets a new headline, so the headline is no part of what is compared.
    """
    headline, folded = terms(title, SURFACE), terms(body, SURFACE)
    length = len(headline) + len(folded)
    if len(folded) < SHORTEST:
        folded = headline + folded
    numerals = {term for term in folded if term[0].isdigit()}
    return Reading(_codes(folded), np.unique(_codes(list(numerals))), length)


def _codes(folded: list[str]) -> Codes:
    """One number a word, the same on every machine and in every run."""
    codes = [crc32(term.encode("utf-8", "surrogatepass")) for term in folded]
    return np.array(codes, dtype=np.uint32)


def text_number(title: str, body: str) -> int:
    """The same 63 bits for two texts that differ in spelling, marks and punctuation only; never 0."""
    return int(text_digest(title, body)[:16], 16) >> 1 or 1


def runs(words: Codes) -> Runs:
    """The runs of a text as 64-bit numbers, in order: that of word i begins there. One for a text of fewer words.

    >>> len(runs(np.arange(10, dtype=np.uint32))), len(runs(np.arange(3, dtype=np.uint32)))
    (7, 1)
    """
    size = min(RUN, len(words))
    count = len(words) - size + 1 if size else 0
    found = np.zeros(count, dtype=np.uint64)
    for place in range(size):
        found = _mixed(found * ODD ^ words[place : place + count])
    return found


ODD = np.uint64(0x9E3779B97F4A7C15)
SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def _mixed(numbers: Runs) -> Runs:
    """Every bit of the result depends on every bit given (the finisher of splitmix64)."""
    for shift, factor in zip(SHIFTS, FACTORS, strict=False):
        numbers = (numbers ^ (numbers >> shift)) * factor
    return numbers ^ (numbers >> SHIFTS[-1])
