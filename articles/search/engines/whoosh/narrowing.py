"""What the filters of a question and the rights of its reader leave of the documents that match."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Question
from articles.search.engines.whoosh.facets import COLUMNS, months, several
from articles.search.engines.whoosh.matches import Documents, Mask, Matches, picked
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import FacetName


@dataclass(frozen=True, slots=True)
class Filter:
    """Some values of a column: `codes` are those of all documents, `wanted` says of each code whether it is meant.

    The last of `wanted` is False, and meant for the code -1 of documents without a value.
    """

    codes: NDArray[Any]
    wanted: Mask

    def of(self, documents: Documents) -> Mask:
        """Which of the documents have one of the values."""
        return self.wanted.take(self.codes.take(documents), mode="wrap")


class Narrowing:
    """The filters of one question."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self.snapshot = snapshot
        self.question = question
        self.filters = {facet: _filter(snapshot, facet, values) for facet, values in question.filters.items()}

    def allowed(self, matches: Matches) -> Documents:
        """What the reader may see of the documents, ascending, without those that have an excluded value."""
        documents = _seen(self.snapshot, self.question, matches)
        for facet, values in self.question.excluded.items():
            documents = picked(documents, ~_filter(self.snapshot, facet, values).of(documents))
        return documents

    def narrowed(self, documents: Documents, *, without: AbstractSet[FacetName] = frozenset()) -> Documents:
        """The documents that have one of the values asked for of every facet but those in `without`."""
        for facet, filtered in self.filters.items():
            if facet not in without:
                documents = picked(documents, filtered.of(documents))
        return documents


def matched(snapshot: Snapshot, question: Question, matches: Matches) -> Documents:
    """Of the documents that match the question's tree those that its reader may see and its filters let through."""
    narrowing = Narrowing(snapshot, question)
    return narrowing.narrowed(narrowing.allowed(matches))


# What readers may see


def visible(snapshot: Snapshot, question: Question) -> Mask:
    """The documents that a question's reader may see; kept until other articles are hidden, not to be written to."""
    return _sight(snapshot, question)[0]


def sees_everything(snapshot: Snapshot, question: Question) -> bool:
    """Whether the reader of a question may see every document that there is."""
    return _sight(snapshot, question)[1]


def sight_of(snapshot: Snapshot, question: Question) -> object:
    """Another one after other articles were hidden; it takes nothing to keep."""
    return _sight(snapshot, question)[2]


def _seen(snapshot: Snapshot, question: Question, matches: Matches) -> Documents:
    mask, is_everything, _which = _sight(snapshot, question)
    documents = matches.documents
    if is_everything:
        return documents
    seen = mask.take(documents)
    return documents if seen.all() else picked(documents, seen)


def _sight(snapshot: Snapshot, question: Question) -> tuple[Mask, bool, object]:
    """The documents that may be seen, whether these are all that there are, and what tells this sight from others."""
    asked = (question.statuses, question.hidden)
    held = snapshot.derived.get("visible")
    if held is None or held[0] != asked:
        mask = _visible(snapshot, question)
        asked = (question.statuses, frozenset(question.hidden))
        held = snapshot.derived["visible"] = asked, (mask, bool(mask.all()), object())
    sight: tuple[Mask, bool, object] = held[1]
    return sight


def _visible(snapshot: Snapshot, question: Question) -> Mask:
    mask = snapshot.live.copy()
    if question.statuses is not None:
        status = snapshot.texts[schema.STATUS]
        mask &= np.isin(
            status.codes, [status.values.index(s) for s in question.statuses if s in status.values]
        )
    if question.hidden:
        mask &= ~np.isin(snapshot.numbers[schema.KEY], np.fromiter(question.hidden, dtype=np.int64))
    return mask


# Filters


def _filter(snapshot: Snapshot, facet: FacetName, values: Iterable[str]) -> Filter:
    """Documents with one of the values; what an article has not is no value of it."""
    asked = {value for value in values if value}
    match facet:
        case FacetName.YEAR | FacetName.MONTH:
            column = months(snapshot)
            wanted = _of_dates(np.array(column.values, dtype=np.int64), facet, asked)
        case FacetName.COLLECTION | FacetName.PLACE:
            column = snapshot.texts[COLUMNS[facet]]
            wanted = several(snapshot, COLUMNS[facet]).holding(asked)
        case _:
            column = snapshot.texts[COLUMNS[facet]]
            wanted = np.zeros(len(column.values), dtype=np.bool_)
            wanted[[code for value in asked if (code := _code(column.values, value)) >= 0]] = True
    return Filter(column.codes, np.append(wanted, np.False_))


def _of_dates(held: NDArray[np.int64], facet: FacetName, values: Iterable[str]) -> Mask:
    """Which of the months, each a year and a month as one number, are of the years or months asked for."""
    wanted = np.zeros(len(held), dtype=np.bool_)
    for value in values:
        if facet is FacetName.YEAR:
            wanted |= held // 100 == _number(value)
        else:
            month = _number(value.replace("-", ""))
            wanted |= (held == month) & (month % 100 > 0)
    return wanted


def _number(value: str) -> int:
    """The number a year or month is written as; -1, which no article has, for anything else."""
    return int(value) if value.isascii() and value.isdigit() and int(value) else -1


def _code(values: Sequence[str], value: str) -> int:
    """The place of a value among the sorted ones, -1 where it is none of them."""
    code = bisect_left(values, value)
    return code if code < len(values) and values[code] == value else -1
