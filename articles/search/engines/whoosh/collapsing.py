"""One document a story: which of the matching copies stands for it, and what is counted when copies count once.

Everything is counted as one document for each story and value, so that a count is what a click on it shows: the
source that carried two copies of a story has one hit of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Question
from articles.search.engines.whoosh.snapshot import Coded, Snapshot
from articles.search.request import Copies

WIDTH = 1 << 32  # codes and dates are smaller

Documents = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """One page of the hits; of all of them their `total`, and the number of copies that are not the first of a story.

    `ordered` are all matching documents where a hit may stand for others, else none.
    """

    page: Documents
    total: int
    repeated: int
    ordered: Documents
    stories: NDArray[np.int64]

    def others(self, document: int) -> Documents:
        """The documents that a hit stands for, in the order asked for."""
        story = self.stories[document]
        if not story:
            return self.ordered[:0]
        return self.ordered[(self.stories[self.ordered] == story) & (self.ordered != document)]


def collapsed(
    snapshot: Snapshot,
    documents: Documents,
    ordered: Callable[[int | None], Documents],
    question: Question,
) -> Collapsed:
    """Of the matching documents those that a page shows; `ordered` puts all of them, or the first so many, in order.

    For a story stands its best copy (GROUP), or its lead where that is among them (HIDE).
    """
    stories = snapshot.numbers[schema.STORY]
    page = slice(question.start, question.start + question.count)
    if question.copies is Copies.SHOW:
        shown = ordered(page.stop)[page]
        return Collapsed(shown, len(documents), _copies(stories[documents]), documents[:0], stories)
    whole = ordered(None)
    hits = whole[_representatives(snapshot, whole, hide=question.copies is Copies.HIDE)]
    return Collapsed(hits[page], len(hits), len(whole) - len(hits), whole, stories)


def _copies(stories: NDArray[np.int64]) -> int:
    """How many are of a story that another one before is of."""
    told = stories[stories > 0]
    return len(told) - len(np.unique(told))


def _representatives(snapshot: Snapshot, ordered: Documents, *, hide: bool) -> Mask:
    """Which of the documents stand for their story, or for themselves."""
    stories = snapshot.numbers[schema.STORY][ordered]
    chosen = stories == 0
    copies = np.nonzero(stories)[0]
    if hide:
        leads = snapshot.numbers[schema.LEAD][ordered[copies]] == 0
        copies = copies[np.argsort(leads, kind="stable")]  # leads first, each group in its order
    _values, first = np.unique(stories[copies], return_index=True)
    chosen[copies[first]] = True
    return chosen


def counted_once(snapshot: Snapshot, documents: Documents, codes: NDArray[Any], copies: Copies) -> Documents:
    """The matching documents of which each counts for its value of a column: one for each story and value."""
    if copies is Copies.SHOW:
        return documents
    stories = snapshot.numbers[schema.STORY][documents]
    told = documents[stories > 0]
    _values, first = np.unique(_pairs(stories[stories > 0], codes[told]), return_index=True)
    return np.concatenate([documents[stories == 0], told[first]])


def total(snapshot: Snapshot, documents: Documents, copies: Copies) -> int:
    """How many hits the matching documents make."""
    if copies is Copies.SHOW:
        return len(documents)
    return len(documents) - _copies(snapshot.numbers[schema.STORY][documents])


def several_counts(snapshot: Snapshot, column: Coded, documents: Documents, copies: Copies) -> dict[str, int]:
    """Hits by each of the several values that a column holds for a document."""
    totals: dict[str, int] = {}
    single = documents
    if copies is not Copies.SHOW:
        stories = snapshot.numbers[schema.STORY][documents]
        single = documents[stories == 0]
        totals = _told_counts(column, stories[stories > 0], documents[stories > 0])
    counts = np.bincount(column.codes[single], minlength=len(column.values))
    for code in np.flatnonzero(counts).tolist():
        for value in column.values[code].split(schema.VALUE_BREAK):
            totals[value] = totals.get(value, 0) + int(counts[code])
    totals.pop("", None)
    return totals


def _told_counts(column: Coded, stories: NDArray[np.int64], documents: Documents) -> dict[str, int]:
    """How many stories hold each value, in any of the documents that are of one."""
    pairs = np.divmod(np.unique(_pairs(stories, column.codes[documents])), WIDTH)
    held = {
        (story, value)
        for story, code in zip(*(numbers.tolist() for numbers in pairs), strict=True)
        for value in column.values[code].split(schema.VALUE_BREAK)
    }
    totals: dict[str, int] = {}
    for _story, value in held:
        totals[value] = totals.get(value, 0) + 1
    return totals


def _pairs(stories: NDArray[np.int64], codes: NDArray[Any]) -> NDArray[np.int64]:
    """A story and the code of a value as one number."""
    return stories * WIDTH + codes
