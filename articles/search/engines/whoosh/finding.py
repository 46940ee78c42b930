"""From a tree to a page of hits: filters, exact totals, facet counts and order, in one pass over arrays."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import FacetCounts, Found, Question
from articles.search.engines.whoosh.evaluation import Answer, Evaluation
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import FacetName, Sort

Counts = list[tuple[str, int]]

# Choosing a year lets go of the month, so the month's filter does not bear on the counts of years.
LETS_GO = {facet: {facet} for facet in FacetName} | {FacetName.YEAR: {FacetName.YEAR, FacetName.MONTH}}


def find(snapshot: Snapshot, question: Question, deadline: float) -> Found:
    """Answer `question` on `snapshot`; raises QueryTooCostly at the deadline."""
    evaluation = Evaluation(snapshot, deadline)
    answer = evaluation.answer(question.tree)
    allowed = answer.mask & visible(snapshot, question)
    masks = {facet: _filter_mask(snapshot, facet, value) for facet, value in question.filters.items()}
    matched = _all_of(allowed, masks, without=set())
    documents = np.nonzero(matched)[0]
    page = _ordered(snapshot, answer, documents, question.sort)[
        question.start : question.start + question.count
    ]
    return Found(
        keys=tuple(snapshot.numbers[schema.KEY][page].tolist()),
        scores=tuple(answer.scores[page].tolist()),
        total=len(documents),
        facets={
            facet: _top(
                _counts(snapshot, facet, _all_of(allowed, masks, without=LETS_GO[facet])),
                question.facet_values,
                question.filters.get(facet),
            )
            for facet in question.facets
        },
        capped=tuple(evaluation.capped),
    )


def visible(snapshot: Snapshot, question: Question) -> NDArray[np.bool_]:
    mask = snapshot.live.copy()
    if question.statuses is not None:
        status = snapshot.texts[schema.STATUS]
        mask &= np.isin(
            status.codes, [status.values.index(s) for s in question.statuses if s in status.values]
        )
    if question.hidden:
        mask &= ~np.isin(snapshot.numbers[schema.KEY], np.fromiter(question.hidden, dtype=np.int64))
    return mask


def _all_of(
    allowed: NDArray[np.bool_], masks: Mapping[FacetName, NDArray[np.bool_]], *, without: set[FacetName]
) -> NDArray[np.bool_]:
    matched = allowed
    for facet, mask in masks.items():
        if facet not in without:
            matched = matched & mask
    return matched


def _filter_mask(snapshot: Snapshot, facet: FacetName, value: str) -> NDArray[np.bool_]:
    dates = snapshot.numbers[schema.PUBLISHED]
    match facet:
        case _ if not value:  # what an article has not is no value of it
            return np.zeros(snapshot.size, dtype=np.bool_)
        case FacetName.YEAR:
            return dates // 10000 == _number(value)
        case FacetName.MONTH:
            month = _number(value.replace("-", ""))
            return (dates // 100 == month) & (month % 100 > 0)
        case FacetName.COLLECTION:
            return _holding(snapshot, value)
        case _:
            column = snapshot.texts[_column(facet)]
            code = column.values.index(value) if value in column.values else -1
            return column.codes == code


def _number(value: str) -> int:
    """The number a year or month is written as; -1, which no article has, for anything else."""
    return int(value) if value.isascii() and value.isdigit() and int(value) else -1


def _column(facet: FacetName) -> str:
    return {FacetName.SOURCE: schema.SOURCE, FacetName.AUTHOR: schema.AUTHOR}[facet]


def _holding(snapshot: Snapshot, slug: str) -> NDArray[np.bool_]:
    column = snapshot.texts[schema.COLLECTIONS]
    holding = [code for code, value in enumerate(column.values) if slug in value.split(schema.VALUE_BREAK)]
    return np.isin(column.codes, holding)


def _counts(snapshot: Snapshot, facet: FacetName, matched: NDArray[np.bool_]) -> Counts:
    """Articles by value, the unknown value left out; most first, then by value (dates: newest first)."""
    match facet:
        case FacetName.YEAR:
            return _date_counts(snapshot, matched, 10000, lambda code: f"{code:04d}")
        case FacetName.MONTH:
            return _date_counts(snapshot, matched, 100, lambda code: f"{code // 100:04d}-{code % 100:02d}")
        case FacetName.COLLECTION:
            return _collection_counts(snapshot, matched)
        case _:
            return _value_counts(snapshot, _column(facet), matched)


def _value_counts(snapshot: Snapshot, name: str, matched: NDArray[np.bool_]) -> Counts:
    column = snapshot.texts[name]
    counts = np.bincount(column.codes[matched], minlength=len(column.values))
    # Values are numbered in the order of the alphabet, so a stable sort leaves equal counts in it.
    codes = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    return [(column.values[code], int(counts[code])) for code in codes.tolist() if column.values[code]]


def _collection_counts(snapshot: Snapshot, matched: NDArray[np.bool_]) -> Counts:
    totals: dict[str, int] = {}
    for joined, count in _value_counts(snapshot, schema.COLLECTIONS, matched):
        for slug in joined.split(schema.VALUE_BREAK):
            totals[slug] = totals.get(slug, 0) + count
    return sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))


def _top(counts: Counts, most: int, selected: str | None) -> FacetCounts:
    kept = counts[:most] + [pair for pair in counts[most:] if pair[0] == selected]
    return FacetCounts(values=dict(kept), more=len(counts) - len(kept))


def _date_counts(
    snapshot: Snapshot, matched: NDArray[np.bool_], unit: int, written: Callable[[int], str]
) -> Counts:
    codes = snapshot.numbers[schema.PUBLISHED][matched] // unit
    # Where the month is unknown, 20160000 // 100 ends in 00 and is no month.
    known = codes[(codes > 0) & ((codes % 100 > 0) | (unit == 10000))]
    values, counts = np.unique(known, return_counts=True)
    return [
        (written(int(value)), int(count)) for value, count in zip(values[::-1], counts[::-1], strict=True)
    ]


def _ordered(
    snapshot: Snapshot, answer: Answer, documents: NDArray[np.int64], sort: Sort
) -> NDArray[np.int64]:
    """Documents in the order asked for. Ties go by date, newest first, then by key: always the same order."""
    keys = snapshot.numbers[schema.KEY][documents]
    dates = snapshot.numbers[schema.PUBLISHED][documents]
    match sort:
        case Sort.RELEVANCE:
            order = np.lexsort((-keys, -dates, -answer.scores[documents]))
        case Sort.NEWEST:
            order = np.lexsort((-keys, -dates))
        case Sort.OLDEST:
            order = np.lexsort((keys, dates, dates == 0))
    return documents[order]
