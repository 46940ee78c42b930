"""Which known word a reader meant by a word misspelled: edits weighed by how easily they slip in.

An edit adds, leaves out or changes a letter, or swaps two neighbours (Damerau 1964, «A technique for computer
detection and correction of spelling errors»); each costs at most 1, and less where Arabic writers often make it:

    0     what normalisation has made equal already: أ إ آ ا, ى ي, ة ه, ؤ و, ئ ي, marks, tatweel
    .3    a hamza on the line left out or added (ء), or one letter twice instead of once
    .4    letters that sound alike to many speakers: ض ظ, د ذ, ت ث ط, س ص ش, ز ذ ظ, غ ج ك ق, ح خ ه, ع ا
    .5    a long vowel left out or added (ا و ي); two neighbours swapped
    .6    letters of one shape that dots tell apart (ب ت ث ن ي, ف ق ...)
    .7    neighbours on the keyboard, Arabic (101) for Arabic words and QWERTY for Latin ones
    1     any other edit
    +.3   the first letter differs: there people slip least (Yannakoudakis and Fawthrop 1983, «The rules of
          spelling errors»)

The kinds of slip are those of the shared tasks on Arabic text correction (Mohit et al. 2014, «The first QALB shared
task on automatic text correction for Arabic»); the costs are set by hand, tried on the tables of the tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

from articles.search.keyboard import ARABIC_ROWS, LATIN_ROWS
from articles.search.word_list import CODES, WordList, encode

SOUNDS_ALIKE = (
    "ضظ", "دذ", "دض", "تثط", "سصش", "سث", "زذظ", "غجكق", "حخه", "خغ", "عا", "عء",
    "ckq", "sz", "sc", "fv", "pb", "iy", "iea", "ou", "dt", "gj",
)  # fmt: skip
LOOKS_ALIKE = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
LONG_VOWELS = "اوي"
LATIN_VOWELS = "aeiou"
HAMZA = "ء"

DOUBLED = 0.3
DROPPED_HAMZA = 0.3
SOUND = 0.4
VOWEL = 0.5
SWAPPED = 0.5
SHAPE = 0.6
NEIGHBOURS = 0.7
ANY_EDIT = 1.0
FIRST_LETTER = 0.3

FAR_MORE = 10  # times as frequent as the word typed a word must be to be meant by it
DIFFERING_LETTERS = 4  # two edits change at most four
LONGER = 2
MOST_COMPARED = 6_000  # words, the most frequent
PRICE = 10.0  # an edit of cost 1 makes a word as likely as one e**10 (22,000) times rarer
FAR_LESS = 4.0  # on the scale of that price
# What may be spent on a word of so many letters; the last entry holds for all longer ones.
BUDGETS = (0.0, 0.0, 0.0, 0.6, 1.1, 1.1, 1.5, 1.5, 1.5, 2.0)

Costs = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meant:
    """A known word that may have been meant, in how many documents it stands, and what the edits cost."""

    word: str
    count: int
    cost: float


def budget(word: str) -> float:
    """What the edits of a word may cost together.

    >>> budget("من"), budget("داعش"), budget("المستشفيات")
    (0.0, 1.1, 2.0)
    """
    return BUDGETS[min(len(word), len(BUDGETS) - 1)]


def distance(typed: str, meant: str) -> float:
    """What it costs to make one normalised word the other.

    >>> distance("العرق", "العراق"), distance("ضابط", "ظابط"), distance("كتاب", "كثيب")
    (0.5, 0.7, 1.4)
    """
    (found,) = distances(typed, encode([meant]), np.array([len(meant)]))
    return round(float(found), 3)


def distances(typed: str, codes: NDArray[np.uint8], lengths: NDArray[np.integer]) -> Costs:
    """What it costs to make `typed` each of the words that `encode` wrote as `codes`."""
    letters = [CODES.get(letter, 0) for letter in typed]
    adding = _adding(codes)
    row = np.concatenate([np.zeros((1, codes.shape[1]), dtype=np.float32), np.cumsum(adding, axis=0)])
    above = row
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else None
        above, row = row, _next_row(row, above, codes, adding, letter, before)
    found = np.take_along_axis(row, lengths.astype(np.int64)[None, :], axis=0)[0]
    if len(codes) and letters:
        found = found + np.where(codes[0] != letters[0], np.float32(FIRST_LETTER), np.float32(0))
    return found


def _next_row(
    row: Costs, above: Costs, codes: NDArray[np.uint8], adding: Costs, letter: int, before: int | None
) -> Costs:
    """The costs once one letter more of the typed word is read; `above` is the row before `row`."""
    leaving_out = DOUBLED if letter == before else float(LEAVING_OUT[letter])
    new = np.empty_like(row)
    new[0] = row[0] + leaving_out
    for place in range(len(codes)):
        cost = np.minimum(row[place + 1] + leaving_out, new[place] + adding[place])
        cost = np.minimum(cost, row[place] + CHANGING[letter][codes[place]])
        if place and before is not None:
            swapped = (codes[place - 1] == letter) & (codes[place] == before) & (letter != before)
            cost = np.where(swapped, np.minimum(cost, above[place - 1] + SWAPPED), cost)
        new[place + 1] = cost
    return new


def _adding(codes: NDArray[np.uint8]) -> Costs:
    """What it costs to add each letter where the typed word lacks it."""
    costs = LEAVING_OUT[codes]
    if len(codes) > 1:
        twice = (codes[1:] == codes[:-1]) & (codes[1:] > 0)
        costs[1:][twice] = DOUBLED
    return costs


def _changing() -> Costs:
    """The cost of writing one letter for another, by their codes."""
    size = max(CODES.values()) + 1
    costs = np.full((size, size), ANY_EDIT, dtype=np.float32)
    for price, groups in ((NEIGHBOURS, _neighbours()), (SHAPE, LOOKS_ALIKE), (SOUND, SOUNDS_ALIKE)):
        for group in groups:
            for one, other in combinations(group, 2):
                pair = CODES[one], CODES[other]
                costs[pair] = costs[pair[::-1]] = price
    np.fill_diagonal(costs, 0)
    costs[0, 0] = ANY_EDIT  # two strangers are not the same
    return costs


def _neighbours() -> list[str]:
    """Pairs of letters whose keys touch, left and right or above and below."""
    pairs: list[str] = []
    for rows in (ARABIC_ROWS, LATIN_ROWS):
        for row in rows:
            pairs += map("".join, zip(row, row[1:], strict=False))
        for upper, lower in zip(rows, rows[1:], strict=False):
            pairs += map("".join, zip(upper, lower, strict=False))
            pairs += map("".join, zip(upper[1:], lower, strict=False))
    return [pair for pair in pairs if set(pair) <= CODES.keys()]


def _leaving_out() -> Costs:
    """The cost of leaving a letter out, or of adding it."""
    costs = np.full(max(CODES.values()) + 1, ANY_EDIT, dtype=np.float32)
    for letter in LONG_VOWELS + LATIN_VOWELS:
        costs[CODES[letter]] = VOWEL
    costs[CODES[HAMZA]] = DROPPED_HAMZA
    return costs


CHANGING = _changing()
LEAVING_OUT = _leaving_out()


def meant(typed: str, known: int, words: WordList, *, limit: int, least: int = 1) -> list[Meant]:
    """The words of a list that `typed`, itself in `known` documents, most likely stands for.

    A word must be in `least` documents and be far more frequent than the one typed.

    >>> known = WordList(["العراق", "العروق"], np.array([1200, 3]))
    >>> [each.word for each in meant("العرق", 0, known, limit=1)]
    ['العراق']
    """
    numbers = words.with_letters_of(typed, differing=DIFFERING_LETTERS, longer=LONGER)
    numbers = words.largest(numbers[words.counts[numbers] >= max(least, FAR_MORE * known)], MOST_COMPARED)
    if not len(numbers) or not budget(typed):
        return []
    codes = words.codes[: int(words.lengths[numbers].max()), numbers]
    costs = distances(typed, codes, words.lengths[numbers])
    near = np.nonzero((costs <= budget(typed) + 1e-6) & (costs > 0))[0]
    found = [
        Meant(words.words[number], int(words.counts[number]), float(cost))
        for number, cost in zip(numbers[near].tolist(), costs[near].tolist(), strict=True)
    ]
    return likeliest(found, limit)


def likeliest(found: Iterable[Meant], limit: int) -> list[Meant]:
    """The first `limit` by frequency against cost, without those that are far less likely than the first.

    >>> likeliest([Meant("العرب", 3000, 1.0), Meant("العراق", 1200, 0.5)], 1)[0].word
    'العراق'
    """
    ordered = sorted(found, key=lambda each: (-likelihood(each), each.word))
    return [each for each in ordered[:limit] if likelihood(each) > likelihood(ordered[0]) - FAR_LESS]


def likelihood(each: Meant) -> float:
    return log(each.count + 1) - PRICE * each.cost
