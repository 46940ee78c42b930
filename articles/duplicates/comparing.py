"""What two texts have in common, exactly; and whether two articles that have so much in common are copies.

Common is a word that stands in a run of four which both texts have. Newspapers that carry one agency's text correct
words, change the headline, cut paragraphs: three quarters of the shorter text stay. But so they do in two royal
telegrams, two weather reports and two arrivals of relief planes, where only names and numbers differ. What tells
these apart is time: copies appear within days, and parts of a series a day or more apart.
"""

from dataclasses import dataclass

import numpy as np

from articles.duplicates.reading import Codes, Reading, Runs, runs

LEAST = 0.75  # of the shorter text's words, for articles of the same days
LEAST_APART = 0.92  # for articles of other days, or of days unknown
DAYS = 2  # between the first newspaper with a text and the last
SHORTEST_PART = 1 / 3  # of the longer text: one item of a round-up is no copy of it
FEW_NUMBERS = 3  # different numerals of a text; fewer say nothing
SAME_NUMBERS = 0.5  # of the shorter text's numerals, in two texts of one source


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares from 0 to 1.

    `similarity` is that of both texts' words that are common, `contained` that of the shorter text's, `numbers` that of
    the shorter text's numerals which the longer has too, 1 where they are few.
    """

    similarity: float
    contained: float
    numbers: float

    @property
    def is_worth_keeping(self) -> bool:
        """Whether any two articles with these texts can be copies."""
        return self.contained >= LEAST


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and where an article appeared: the day as an ordinal, 0 where it is not known to the day."""

    day: int
    source: int


def compare(one: Reading, other: Reading) -> Likeness:
    """What two texts have in common; the same whichever comes first."""
    runs_of_one, runs_of_other = runs(one.words), runs(other.words)
    common = _common(one.words, runs_of_one, runs_of_other), _common(other.words, runs_of_other, runs_of_one)
    sizes = len(one.words), len(other.words)
    if not min(sizes) or min(sizes) < SHORTEST_PART * max(sizes):
        return Likeness(0, 0, 0)
    contained = max(share / size for share, size in zip(common, sizes, strict=True) if size == min(sizes))
    return Likeness(sum(common) / sum(sizes), contained, _numbers(one, other, sizes))


def _common(words: Codes, own: Runs, others: Runs) -> int:
    """How many of the words stand in a run that the other text has too."""
    shared = np.isin(own, others)
    covered = np.zeros(len(words), dtype=np.bool_)
    for place in range(len(words) - len(own) + 1):
        covered[place : place + len(own)] |= shared
    return int(covered.sum())


def _numbers(one: Reading, other: Reading, sizes: tuple[int, int]) -> float:
    shorter, longer = (one, other) if sizes[0] <= sizes[1] else (other, one)
    if sizes[0] == sizes[1] and len(one.numbers) < len(other.numbers):
        shorter, longer = other, one
    if len(shorter.numbers) < FEW_NUMBERS:
        return 1.0
    return float(np.isin(shorter.numbers, longer.numbers).mean())


def are_copies(likeness: Likeness, one: Circumstances, other: Circumstances) -> bool:
    """Whether two articles whose texts are so alike are copies of one text.

    >>> wire, later = Circumstances(day=735800, source=1), Circumstances(day=735900, source=2)
    >>> are_copies(Likeness(0.8, 0.8, 1), wire, wire), are_copies(Likeness(0.8, 0.8, 1), wire, later)
    (True, False)
    """
    together = bool(one.day and other.day) and abs(one.day - other.day) <= DAYS
    if one.source == other.source and likeness.numbers < SAME_NUMBERS:
        return False  # a newspaper's own series: the same sentences with other figures
    return likeness.contained >= (LEAST if together else LEAST_APART)
