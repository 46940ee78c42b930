"""From a tree to a page of hits: filters, exact totals, facet counts and order, in one pass over arrays."""

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import FacetCounts, Found, Question
from articles.search.engines.whoosh import baseline, collapsing, ranking
from articles.search.engines.whoosh.baseline import LIGHT10_RANKING
from articles.search.engines.whoosh.evaluation import Answer, Evaluation
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

# Choosing a year lets go of the months, so these filters do not bear on the counts of years; nor on the timeline.
DATES = {FacetName.YEAR, FacetName.MONTH}
LETS_GO = {facet: {facet} for facet in FacetName} | {FacetName.YEAR: DATES}


def find(snapshot: Snapshot, question: Question, deadline: float) -> Found:
    """Answer `question` on `snapshot`; raises QueryTooCostly at the deadline."""
    evaluation = Evaluation(snapshot, deadline)
    if question.ranking == LIGHT10_RANKING:
        answer = baseline.answer(snapshot, question.tree, deadline)
    else:
        answer = evaluation.answer(question.tree)
    narrowing = Narrowing(snapshot, question)
    allowed = narrowing.allowed(answer.mask)
    documents = np.nonzero(narrowing.narrowed(allowed))[0]
    scores = _scores(snapshot, question, answer, documents, deadline)
    hits = collapsing.collapsed(
        snapshot, _ordered(snapshot, scores, documents, question.sort), question.copies
    )
    page = hits.documents[question.start : question.start + question.count]
    keys = snapshot.numbers[schema.KEY]
    return Found(
        keys=tuple(keys[page].tolist()),
        scores=tuple(scores[page].tolist()),
        total=len(hits.documents),
        facets={
            facet: _top(
                counts_of(
                    snapshot, facet, narrowing.narrowed(allowed, without=LETS_GO[facet]), question.copies
                ),
                question.facet_values,
                question.filters.get(facet, ()),
            )
            for facet in question.facets
        },
        capped=tuple(evaluation.capped),
        timeline=timeline_of(snapshot, narrowing.narrowed(allowed, without=DATES), question.copies)
        if question.timeline
        else {},
        others={int(keys[hit]): tuple(keys[hits.others(hit)].tolist()) for hit in page.tolist()},
        repeated=hits.repeated,
    )


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


def counts_of(snapshot: Snapshot, facet: FacetName, matched: Mask, copies: Copies = Copies.SHOW) -> Counts:
    """Hits by value, the unknown value left out; most first, then by value (dates: newest first)."""
    dates = snapshot.numbers[schema.PUBLISHED]
    match facet:
        case FacetName.YEAR:
            once = collapsing.counted_once(snapshot, matched, dates // 10000, copies)
            return _date_counts(snapshot, once, 10000, lambda code: f"{code:04d}")
        case FacetName.MONTH:
            once = collapsing.counted_once(snapshot, matched, dates // 100, copies)
            return _date_counts(snapshot, once, 100, lambda code: f"{code // 100:04d}-{code % 100:02d}")
        case FacetName.COLLECTION | FacetName.PLACE:
            return _several_counts(snapshot, COLUMNS[facet], matched, copies)
        case _:
            codes = snapshot.texts[COLUMNS[facet]].codes
            once = collapsing.counted_once(snapshot, matched, codes, copies)
            return _value_counts(snapshot, COLUMNS[facet], once)


def _value_counts(snapshot: Snapshot, name: str, matched: Mask) -> Counts:
    column = snapshot.texts[name]
    counts = np.bincount(column.codes[matched], minlength=len(column.values))
    # Values are numbered in the order of the alphabet, so a stable sort leaves equal counts in it.
    codes = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    return [(column.values[code], int(counts[code])) for code in codes.tolist() if column.values[code]]


def _several_counts(snapshot: Snapshot, name: str, matched: Mask, copies: Copies) -> Counts:
    totals = collapsing.several_counts(snapshot, snapshot.texts[name], matched, copies)
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))


def _top(counts: Counts, most: int, selected: Collection[str]) -> FacetCounts:
    kept = counts[:most] + [pair for pair in counts[most:] if pair[0] in selected]
    return FacetCounts(values=dict(kept), more=len(counts) - len(kept))


def timeline_of(snapshot: Snapshot, matched: Mask, copies: Copies = Copies.SHOW) -> dict[str, int]:
    """Hits by month, or by year where the month is unknown, or by «» where all is; oldest first."""
    months = snapshot.numbers[schema.PUBLISHED] // 100
    once = collapsing.counted_once(snapshot, matched, months, copies)
    codes, counts = np.unique(months[once], return_counts=True)
    return {period(code): count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}


def period(code: int) -> str:
    """A year and a month as one number, written as far as it is known.

    >>> period(201507), period(201500), period(0)
    ('2015-07', '2015', '')
    """
    year, month = divmod(code, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}" if year else ""


def _date_counts(snapshot: Snapshot, matched: Mask, unit: int, written: Callable[[int], str]) -> Counts:
    codes = snapshot.numbers[schema.PUBLISHED][matched] // unit
    # Where the month is unknown, 20160000 // 100 ends in 00 and is no month.
    known = codes[(codes > 0) & ((codes % 100 > 0) | (unit == 10000))]
    values, counts = np.unique(known, return_counts=True)
    return [
        (written(int(value)), int(count)) for value, count in zip(values[::-1], counts[::-1], strict=True)
    ]


def _scores(
    snapshot: Snapshot, question: Question, answer: Answer, documents: Documents, deadline: float
) -> Scores:
    """The scores that the order asked for goes by: those of the best hits finer than evaluation gave them."""
    if question.ranking == LIGHT10_RANKING or question.sort not in (Sort.RELEVANCE, Sort.RECENT):
        return answer.scores
    scores = ranking.rescored(snapshot, question.tree, documents, answer.scores, deadline)
    return ranking.recent(snapshot, documents, scores) if question.sort is Sort.RECENT else scores


def _ordered(snapshot: Snapshot, scores: Scores, documents: Documents, sort: Sort) -> Documents:
    """Documents in the order asked for. Ties go by date, newest first, then by key: always the same order."""
    keys = snapshot.numbers[schema.KEY][documents]
    dates = snapshot.numbers[schema.PUBLISHED][documents]
    match sort:
        case Sort.RELEVANCE | Sort.RECENT:
            order = np.lexsort((-keys, -dates, -scores[documents]))
        case Sort.NEWEST:
            order = np.lexsort((-keys, -dates))
        case Sort.OLDEST:
            order = np.lexsort((keys, dates, dates == 0))
    return documents[order]
