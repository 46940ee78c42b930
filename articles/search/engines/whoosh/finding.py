"""From a tree to a page of hits: filters, exact totals, facet counts and order, in one pass over arrays."""

from collections.abc import Callable, Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import FacetCounts, Found, Question
from articles.search.engines.whoosh import baseline, collapsing, ranking
from articles.search.engines.whoosh.baseline import LIGHT10_RANKING
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.engines.whoosh.ordering import first_places
from articles.search.engines.whoosh.snapshot import Coded, Snapshot
from articles.search.request import Copies, FacetName, Sort

Counts = list[tuple[str, int]]
Mask = NDArray[np.bool_]
Documents = NDArray[np.int64]
Scores = NDArray[np.float32]

COLUMNS = {
    FacetName.SOURCE: schema.SOURCE,
    FacetName.SECTION: schema.SECTION,
    FacetName.PLACE: schema.PLACES,
    FacetName.AUTHOR: schema.AUTHOR,
    FacetName.COLLECTION: schema.COLLECTIONS,
}

SINGLE = {FacetName.SOURCE, FacetName.SECTION, FacetName.AUTHOR}  # of which an article has one value

# Choosing a year lets go of the months, so these filters do not bear on the counts of years; nor on the timeline.
DATES = {FacetName.YEAR, FacetName.MONTH}
RANKED = {Sort.RELEVANCE, Sort.RECENT}
LETS_GO = {facet: {facet} for facet in FacetName} | {FacetName.YEAR: DATES}


def find(snapshot: Snapshot, question: Question, deadline: float) -> Found:
    """Answer `question` on `snapshot`; raises QueryTooCostly at the deadline."""
    evaluation = Evaluation(snapshot, deadline)
    if question.ranking == LIGHT10_RANKING:
        baseline_answer = baseline.answer(snapshot, question.tree, deadline)
        counting = Counting(snapshot, question, baseline_answer.mask)
        scores = baseline_answer.scores[counting.documents]
    else:
        counting = Counting(snapshot, question, evaluation.mask(question.tree))
        scores = _scores(evaluation, question, counting.documents)
    documents = counting.documents
    hits = collapsing.collapsed(
        snapshot, documents, lambda most: _ordered(snapshot, scores, documents, question.sort, most), question
    )
    keys, page = snapshot.numbers[schema.KEY], hits.page
    return Found(
        keys=tuple(keys[page].tolist()),
        scores=tuple(_page_scores(evaluation, question, documents, scores, page).tolist()),
        total=hits.total,
        facets={facet: counting.facet(facet) for facet in question.facets},
        capped=tuple(evaluation.capped),
        timeline=counting.timeline() if question.timeline else {},
        others={int(keys[hit]): tuple(keys[hits.others(hit)].tolist()) for hit in page.tolist()},
        repeated=hits.repeated,
    )


def keys(snapshot: Snapshot, question: Question, deadline: float) -> NDArray[np.int64]:
    """The keys of all articles that `question` finds, ascending; raises QueryTooCostly at the deadline."""
    mask = matched(snapshot, question, Evaluation(snapshot, deadline).mask(question.tree))
    found: NDArray[np.int64] = np.sort(snapshot.numbers[schema.KEY][mask])
    return found


class Counting:
    """What is counted of the documents that match a question; `documents` are those that every filter lets through."""

    def __init__(self, snapshot: Snapshot, question: Question, mask: Mask) -> None:
        self.snapshot = snapshot
        self.question = question
        self.narrowing = Narrowing(snapshot, question)
        self.allowed = self.narrowing.allowed(mask)
        self._found: dict[frozenset[FacetName], Documents] = {}
        self.documents = self._without(frozenset())

    def facet(self, facet: FacetName) -> FacetCounts:
        """What there is of a facet where the filters on it are let go of."""
        question = self.question
        documents, selected = self._without(LETS_GO[facet]), question.filters.get(facet, ())
        if facet in SINGLE:
            column = self.snapshot.texts[COLUMNS[facet]]
            once = collapsing.counted_once(self.snapshot, documents, column.codes, question.copies)
            return _top_values(column, once, question.facet_values, selected)
        counts = counts_of(self.snapshot, facet, documents, question.copies)
        return _top(counts, question.facet_values, selected)

    def timeline(self) -> dict[str, int]:
        return timeline_of(self.snapshot, self._without(DATES), self.question.copies)

    def _without(self, facets: AbstractSet[FacetName]) -> Documents:
        """The documents, ascending, that every filter but those on some facets lets through."""
        key = frozenset(facets & self.question.filters.keys())
        if key not in self._found:
            self._found[key] = np.flatnonzero(self.narrowing.narrowed(self.allowed, without=key))
        return self._found[key]


def matched(snapshot: Snapshot, question: Question, mask: Mask) -> Mask:
    """Of the documents that match the question's tree those that its reader may see and its filters let through."""
    narrowing = Narrowing(snapshot, question)
    return narrowing.narrowed(narrowing.allowed(mask))


class Narrowing:
    """The filters of one question as masks over all documents."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self.snapshot = snapshot
        self.question = question
        self.filters = {facet: self._any(facet, values) for facet, values in question.filters.items()}

    def allowed(self, mask: Mask) -> Mask:
        """What the reader may see of the documents, without those that have an excluded value."""
        mask = mask & visible(self.snapshot, self.question)
        for facet, values in self.question.excluded.items():
            mask &= ~self._any(facet, values)
        return mask

    def narrowed(self, mask: Mask, *, without: AbstractSet[FacetName] = frozenset()) -> Mask:
        """The documents that have one of the values asked for of every facet but those in `without`."""
        for facet, filtered in self.filters.items():
            if facet not in without:
                mask = mask & filtered
        return mask

    def _any(self, facet: FacetName, values: Iterable[str]) -> Mask:
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        for value in values:
            mask |= _filter_mask(self.snapshot, facet, value)
        return mask


def visible(snapshot: Snapshot, question: Question) -> Mask:
    """The documents that a question's reader may see; kept until other articles are hidden, not to be written to."""
    key, asked = "visible", (question.statuses, frozenset(question.hidden))
    held = snapshot.derived.get(key)
    if held is None or held[0] != asked:
        held = snapshot.derived[key] = asked, _visible(snapshot, question)
    mask: Mask = held[1]
    return mask


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


def _filter_mask(snapshot: Snapshot, facet: FacetName, value: str) -> Mask:
    dates = snapshot.numbers[schema.PUBLISHED]
    match facet:
        case _ if not value:  # what an article has not is no value of it
            return np.zeros(snapshot.size, dtype=np.bool_)
        case FacetName.YEAR:
            return dates // 10000 == _number(value)
        case FacetName.MONTH:
            month = _number(value.replace("-", ""))
            return (dates // 100 == month) & (month % 100 > 0)
        case FacetName.COLLECTION | FacetName.PLACE:
            return _holding(snapshot.texts[COLUMNS[facet]], value)
        case _:
            column = snapshot.texts[COLUMNS[facet]]
            code = column.values.index(value) if value in column.values else -1
            return column.codes == code


def _number(value: str) -> int:
    """The number a year or month is written as; -1, which no article has, for anything else."""
    return int(value) if value.isascii() and value.isdigit() and int(value) else -1


def _holding(column: Coded, value: str) -> Mask:
    """The documents with `value` among the several of a column."""
    holding = [code for code, joined in enumerate(column.values) if value in joined.split(schema.VALUE_BREAK)]
    return np.isin(column.codes, holding)


def counts_of(
    snapshot: Snapshot, facet: FacetName, documents: Documents, copies: Copies = Copies.SHOW
) -> Counts:
    """Hits by value, the unknown value left out; most first, then by value (dates: newest first)."""
    match facet:
        case FacetName.YEAR:
            return _year_counts(snapshot, documents, copies)
        case FacetName.MONTH:
            months = reversed(_month_counts(snapshot, documents, copies))
            return [
                (f"{month // 100:04d}-{month % 100:02d}", count) for month, count in months if month % 100
            ]
        case FacetName.COLLECTION | FacetName.PLACE:
            return _several_counts(snapshot, COLUMNS[facet], documents, copies)
        case _:
            codes = snapshot.texts[COLUMNS[facet]].codes
            once = collapsing.counted_once(snapshot, documents, codes, copies)
            return _value_counts(snapshot, COLUMNS[facet], once)


def _value_counts(snapshot: Snapshot, name: str, documents: Documents) -> Counts:
    column = snapshot.texts[name]
    codes, counts = _fullest(column, documents)
    return [(column.values[code], count) for code, count in zip(codes.tolist(), counts.tolist(), strict=True)]


def _top_values(column: Coded, documents: Documents, most: int, selected: Collection[str]) -> FacetCounts:
    """As `_top`; of an archive's many authors only those that are kept are written out."""
    codes, counts = _fullest(column, documents)
    kept = np.arange(len(codes)) < most
    if selected:
        kept |= np.isin(codes, [code for code, value in enumerate(column.values) if value in selected])
    pairs = zip(codes[kept].tolist(), counts[kept].tolist(), strict=True)
    return FacetCounts({column.values[code]: count for code, count in pairs}, int((~kept).sum()))


def _fullest(column: Coded, documents: Documents) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The codes of the values that the documents have but «», most first, and how many have each."""
    counts = np.bincount(column.codes[documents], minlength=len(column.values))
    if column.values[:1] == [""]:  # they are sorted
        counts[0] = 0
    # Values are numbered in the order of the alphabet, so a stable sort leaves equal counts in it.
    held = np.flatnonzero(counts)
    codes = held[np.argsort(-counts[held], kind="stable")]
    return codes, counts[codes]


def _several_counts(snapshot: Snapshot, name: str, documents: Documents, copies: Copies) -> Counts:
    totals = collapsing.several_counts(snapshot, snapshot.texts[name], documents, copies)
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))


def _top(counts: Counts, most: int, selected: Collection[str]) -> FacetCounts:
    kept = counts[:most] + [pair for pair in counts[most:] if pair[0] in selected]
    return FacetCounts(values=dict(kept), more=len(counts) - len(kept))


def timeline_of(snapshot: Snapshot, documents: Documents, copies: Copies = Copies.SHOW) -> dict[str, int]:
    """Hits by month, or by year where the month is unknown, or by «» where all is; oldest first."""
    return {period(month): count for month, count in _month_counts(snapshot, documents, copies)}


def period(code: int) -> str:
    """A year and a month as one number, written as far as it is known.

    >>> period(201507), period(201500), period(0)
    ('2015-07', '2015', '')
    """
    year, month = divmod(code, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}" if year else ""


def _month_counts(snapshot: Snapshot, documents: Documents, copies: Copies) -> list[tuple[int, int]]:
    """Hits by month (a year and a month as one number, the month 0 where it is unknown), oldest first."""
    months = _months(snapshot)
    return _counted(months, collapsing.counted_once(snapshot, documents, months.codes, copies))


def _year_counts(snapshot: Snapshot, documents: Documents, copies: Copies) -> Counts:
    months = _months(snapshot)
    if copies is not Copies.SHOW:
        years = (np.array(months.values, dtype=np.int64) // 100)[months.codes]
        documents = collapsing.counted_once(snapshot, documents, years, copies)
    counts: dict[int, int] = {}
    for month, count in reversed(_counted(months, documents)):
        counts[month // 100] = counts.get(month // 100, 0) + count
    return [(f"{year:04d}", count) for year, count in counts.items() if year]


def _counted(column: Coded, documents: Documents) -> list[tuple[Any, int]]:
    """How many of the documents have each value of a column, in its order."""
    counts = np.bincount(column.codes[documents], minlength=len(column.values))
    return [(column.values[code], int(counts[code])) for code in np.flatnonzero(counts).tolist()]


def _months(snapshot: Snapshot) -> Coded:
    """The months of all documents as a column; made once."""
    if "months" not in snapshot.derived:
        months = snapshot.numbers[schema.PUBLISHED] // 100
        values, codes = np.unique(months, return_inverse=True)
        snapshot.derived["months"] = Coded(values.tolist(), codes.astype(np.int32))
    column: Coded = snapshot.derived["months"]
    return column


def _scores(evaluation: Evaluation, question: Question, documents: Documents) -> Scores:
    """The scores that the order asked for goes by, of each document; none where it goes by the date alone.

    Those of the best hits are finer than evaluation gave them.
    """
    snapshot, deadline = evaluation.snapshot, evaluation.deadline.moment
    if question.sort not in RANKED:
        return np.zeros(0, dtype=np.float32)
    scores = evaluation.scores(question.tree, documents)
    scores = ranking.rescored(snapshot, question.tree, documents, scores, deadline)
    return ranking.recent(snapshot, documents, scores) if question.sort is Sort.RECENT else scores


def _page_scores(
    evaluation: Evaluation, question: Question, documents: Documents, scores: Scores, page: Documents
) -> Scores:
    """The scores of a page's hits, which come in their order."""
    if len(scores) == len(documents):
        return scores[np.searchsorted(documents, page)]
    order = np.argsort(page)
    found = np.zeros(len(page), dtype=np.float32)
    found[order] = evaluation.scores(question.tree, page[order])
    return found


def _ordered(
    snapshot: Snapshot, scores: Scores, documents: Documents, sort: Sort, most: int | None
) -> Documents:
    """Documents in the order asked for, all or the first of them.

    Ties go by date, newest first, then by key: always the same order.
    """
    keys, dates = snapshot.numbers[schema.KEY], snapshot.numbers[schema.PUBLISHED]
    by: Sequence[Callable[[Documents], NDArray[Any]]]
    match sort:
        case Sort.RELEVANCE | Sort.RECENT:
            by = (lambda at: -scores[at], lambda at: -dates[documents[at]], lambda at: -keys[documents[at]])
        case Sort.NEWEST:
            by = (lambda at: -dates[documents[at]], lambda at: -keys[documents[at]])
        case Sort.OLDEST:
            by = (
                lambda at: dates[documents[at]] == 0,
                lambda at: dates[documents[at]],
                lambda at: keys[documents[at]],
            )
    return documents[first_places(len(documents), by, most)]
