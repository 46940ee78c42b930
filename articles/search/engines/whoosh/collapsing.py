"""One document a story: which of the matching copies stands for it, and what is counted when copies count once.

Everything is counted as one document for each story and value, so that a count is what a click on it shows: the
source that carried two copies of a story has one hit of it.
"""

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Cursor, Question
from articles.search.engines.whoosh.snapshot import Coded, Snapshot
from articles.search.request import Copies

FEW = 256  # documents whose stories are sooner counted one by one
WIDTH = 1 << 32  # codes and dates are smaller

Documents = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Order(Protocol):
    """The order in which the matching documents are asked for."""

    def first(self, most: int | None, after: Cursor | None = None) -> Documents:
        """The first `most` documents (all: None) of those behind the cursor."""

    def behind(self, documents: Documents, after: Cursor) -> Mask:
        """Which of the documents come after the cursor."""


class Collapsed(NamedTuple):
    """One page of the hits; of all of them their `total`, and the number of copies that are not the first of a story.

    `ordered` are all matching documents where a hit may stand for others, else none.
    """

    page: Documents
    total: int
    repeated: int
    ordered: Documents
    stories: NDArray[np.int64]
    goes_on: bool  # whether hits come after the page

    def with_others(self) -> list[int]:
        """The hits of the page that may stand for others."""
        return self.page.tolist() if len(self.ordered) else []

    def others(self, document: int) -> Documents:
        """The documents that a hit stands for, in the order asked for."""
        story = self.stories[document]
        if not story:
            return self.ordered[:0]
        return self.ordered[(self.stories[self.ordered] == story) & (self.ordered != document)]


def collapsed(
    snapshot: Snapshot,
    documents: Documents,
    order: Order,
    question: Question,
) -> Collapsed:
    """Of the matching documents those that a page shows.

    For a story stands its best copy (GROUP), or its lead where that is among them (HIDE).
    """
    stories = snapshot.numbers[schema.STORY]
    page = slice(question.start, question.start + question.count)
    if question.copies is Copies.SHOW:
        first = order.first(page.stop + 1, question.after)
        goes_on = len(first) > page.stop
        return Collapsed(
            first[page], len(documents), repeated(snapshot, documents), documents[:0], stories, goes_on
        )
    whole = order.first(None)
    hits = whole[_representatives(snapshot, whole, hide=question.copies is Copies.HIDE)]
    rest = hits if question.after is None else hits[order.behind(hits, question.after)]
    return Collapsed(rest[page], len(hits), len(whole) - len(hits), whole, stories, len(rest) > page.stop)


def repeated(snapshot: Snapshot, documents: Documents) -> int:
    """How many of the documents are of a story that another one before is of."""
    stories = _stories(snapshot)
    if not len(stories.values):
        return 0
    told = stories.codes.take(documents)
    if len(documents) <= FEW:
        held = [story for story in told.tolist() if story >= 0]
        return len(held) - len(set(held))
    seen = np.zeros(len(stories.values) + 1, dtype=np.bool_)
    seen[told] = True  # the last place is that of the code -1, of documents without a story
    return int(np.count_nonzero(told >= 0)) - int(np.count_nonzero(seen[:-1]))


def _stories(snapshot: Snapshot) -> Coded:
    """The stories of all documents as codes, -1 for none; made once."""
    if "stories" not in snapshot.derived:
        stories = snapshot.numbers[schema.STORY]
        told = stories.nonzero()[0]
        values, held = np.unique(stories[told], return_inverse=True)
        codes = np.full(len(stories) if len(told) else 0, -1, dtype=np.int32)
        codes[told] = held
        snapshot.derived["stories"] = Coded(values.tolist(), codes)
    column: Coded = snapshot.derived["stories"]
    return column


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
    return len(documents) - repeated(snapshot, documents)


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
