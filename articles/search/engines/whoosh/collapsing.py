"""One document a story: which of the matching copies stands for it, and what is counted when copies count once.

Everything is counted as one document for each story and value, so that a count is what a click on it shows: the
source that carried two copies of a story has one hit of it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.whoosh.snapshot import Coded, Snapshot
from articles.search.request import Copies

WIDTH = 1 << 32  # codes and dates are smaller

Documents = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """Documents in the order asked for, one a story; `repeated` is the number of copies left out of it.

    `others` of a document are those it stands for, in the same order.
    """

    documents: Documents
    repeated: int
    ordered: Documents
    stories: NDArray[np.int64]

    def others(self, document: int) -> Documents:
        story = self.stories[document]
        if not story or len(self.ordered) == len(self.documents):
            return self.ordered[:0]
        return self.ordered[(self.stories[self.ordered] == story) & (self.ordered != document)]


def collapsed(snapshot: Snapshot, ordered: Documents, copies: Copies) -> Collapsed:
    """Of the matching documents, in their order, those that are shown.

    For a story stands its best copy (GROUP), or its lead where that is among them (HIDE).
    """
    stories = snapshot.numbers[schema.STORY]
    chosen = _representatives(snapshot, ordered, hide=copies is Copies.HIDE)
    repeated = len(ordered) - int(chosen.sum())
    shown = ordered if copies is Copies.SHOW else ordered[chosen]
    return Collapsed(shown, repeated, ordered, stories)


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


def counted_once(snapshot: Snapshot, matched: Mask, codes: NDArray[Any], copies: Copies) -> Mask:
    """The matching documents of which each counts for its value of a column: one for each story and value."""
    if copies is Copies.SHOW:
        return matched
    stories = snapshot.numbers[schema.STORY]
    documents = np.nonzero(matched & (stories > 0))[0]
    _values, first = np.unique(_pairs(stories[documents], codes[documents]), return_index=True)
    counted = matched & (stories == 0)
    counted[documents[first]] = True
    return counted


def total(snapshot: Snapshot, matched: Mask, copies: Copies) -> int:
    """How many hits the matching documents make."""
    nothing = np.zeros(len(matched), dtype=np.int64)
    return int(counted_once(snapshot, matched, nothing, copies).sum())


def several_counts(snapshot: Snapshot, column: Coded, matched: Mask, copies: Copies) -> dict[str, int]:
    """Hits by each of the several values that a column holds for a document."""
    stories = snapshot.numbers[schema.STORY]
    if copies is Copies.SHOW:
        stories = np.zeros_like(stories)
    documents = np.nonzero(matched & (stories > 0))[0]
    stories_and_codes = np.divmod(np.unique(_pairs(stories[documents], column.codes[documents])), WIDTH)
    held = {
        (story, value)
        for story, code in zip(*(numbers.tolist() for numbers in stories_and_codes), strict=True)
        for value in column.values[code].split(schema.VALUE_BREAK)
    }
    totals: dict[str, int] = {}
    for _story, value in held:
        totals[value] = totals.get(value, 0) + 1
    single = np.bincount(column.codes[matched & (stories == 0)], minlength=len(column.values))
    for code in np.nonzero(single)[0].tolist():
        for value in column.values[code].split(schema.VALUE_BREAK):
            totals[value] = totals.get(value, 0) + int(single[code])
    totals.pop("", None)
    return totals


def _pairs(stories: NDArray[np.int64], codes: NDArray[Any]) -> NDArray[np.int64]:
    """A story and the code of a value as one number."""
    return stories * WIDTH + codes
