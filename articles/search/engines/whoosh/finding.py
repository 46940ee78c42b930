"""From a tree to a page of hits: filters, exact totals, facet counts and order, in one pass over arrays."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Cursor, FacetCounts, Found, Question
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import baseline, collapsing, few_hits, ranking
from articles.search.engines.whoosh.baseline import LIGHT10_RANKING
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.engines.whoosh.facets import facet_counts, timeline_of
from articles.search.engines.whoosh.few_hits import Shown
from articles.search.engines.whoosh.matches import Documents, Matches
from articles.search.engines.whoosh.narrowing import Narrowing, matched
from articles.search.engines.whoosh.ordering import first_places, later
from articles.search.engines.whoosh.ranking import Ranked
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import FacetName, Sort

Scores = NDArray[np.float32]
Keys = Sequence[Callable[[Documents], NDArray[Any]]]

# Choosing a year lets go of the months, so these filters do not bear on the counts of years; nor on the timeline.
DATES = {FacetName.YEAR, FacetName.MONTH}
RANKED = {Sort.RELEVANCE, Sort.RECENT}
LETS_GO = {facet: {facet} for facet in FacetName} | {FacetName.YEAR: DATES}


def find(snapshot: Snapshot, question: Question, deadline: Deadline) -> Found:
    """Answer `question` on `snapshot`; raises QueryTooCostly at the deadline."""
    hits = few_hits.kept(snapshot, question)
    if hits is not None:
        counting = Counting(snapshot, question, Matches(snapshot.size, documents=hits.documents))
        return _found(counting, few_hits.shown(snapshot, question, hits))
    evaluation = Evaluation(snapshot, deadline)
    if question.ranking == LIGHT10_RANKING:
        baseline_answer = baseline.answer(snapshot, question.tree, deadline)
        counting = Counting(snapshot, question, Matches(snapshot.size, mask=baseline_answer.mask))
        ranked = Ranked(baseline_answer.scores[counting.documents])
    else:
        counting = Counting(snapshot, question, evaluation.matches(question.tree))
        ranked = _ranked(evaluation, question, counting.documents)
    shown = _shown(evaluation, question, counting.documents, ranked)
    return _found(counting, shown, tuple(evaluation.capped))


def _found(counting: "Counting", shown: Shown, capped: tuple[str, ...] = ()) -> Found:
    """The answer: a page, and what is counted of all hits."""
    question = counting.question
    return Found(
        keys=shown.keys,
        scores=shown.scores,
        total=shown.total,
        facets={facet: counting.facet(facet) for facet in question.facets},
        capped=capped,
        timeline=counting.timeline() if question.timeline else {},
        others=shown.others,
        repeated=shown.repeated,
        next=shown.next,
        doubtful=counting.snapshot.is_doubtful,
    )


def keys(snapshot: Snapshot, question: Question, deadline: Deadline) -> NDArray[np.int64]:
    """The keys of all articles that `question` finds, ascending; raises QueryTooCostly at the deadline."""
    matches = Evaluation(snapshot, deadline).matches(question.tree)
    found: NDArray[np.int64] = np.sort(snapshot.numbers[schema.KEY][matched(snapshot, question, matches)])
    return found


class Counting:
    """What is counted of the documents that match a question; `documents` are those that every filter lets through."""

    def __init__(self, snapshot: Snapshot, question: Question, matches: Matches) -> None:
        self.snapshot = snapshot
        self.question = question
        self.narrowing = Narrowing(snapshot, question)
        self.allowed = self.narrowing.allowed(matches)
        self._found: dict[frozenset[FacetName], Documents] = {}
        self.documents = self.narrowing.narrowed(self.allowed)

    def facet(self, facet: FacetName) -> FacetCounts:
        """What there is of a facet where the filters on it are let go of."""
        question = self.question
        return facet_counts(
            self.snapshot,
            facet,
            self._without(LETS_GO[facet]),
            question.copies,
            most=question.facet_values,
            selected=question.filters.get(facet, ()),
        )

    def timeline(self) -> dict[str, int]:
        return timeline_of(self.snapshot, self._without(DATES), self.question.copies)

    def _without(self, facets: AbstractSet[FacetName]) -> Documents:
        """The documents, ascending, that every filter but those on some facets lets through."""
        if not self.question.filters:
            return self.documents
        key = frozenset(facets & self.question.filters.keys())
        if key not in self._found:
            self._found[key] = self.narrowing.narrowed(self.allowed, without=key)
        return self._found[key]


def _ranked(evaluation: Evaluation, question: Question, documents: Documents) -> Ranked:
    """The scores that the order asked for goes by, of each document; none where it goes by the date alone.

    Those of the best hits are finer than evaluation gave them.
    """
    snapshot, deadline = evaluation.snapshot, evaluation.deadline
    if question.sort not in RANKED:
        return Ranked(np.zeros(0, dtype=np.float32))
    scores = evaluation.scores(question.tree, documents, matching=True)
    ranked = ranking.rescored(snapshot, question.tree, documents, scores, deadline)
    if question.sort is Sort.RECENT:
        return Ranked(ranking.recent(snapshot, documents, ranked.scores))
    return ranked


def _shown(evaluation: Evaluation, question: Question, documents: Documents, ranked: Ranked) -> Shown:
    """The page that is asked for of the documents, and what there is of all hits."""
    snapshot = evaluation.snapshot
    if few_hits.is_for(question, documents):
        few = few_hits.hits_of(snapshot, documents, ranked.scores)
        # With less time left the scores may not have been made finer.
        if not evaluation.capped and evaluation.deadline.left() >= ranking.SECONDS_NEEDED:
            few_hits.keep(snapshot, question, few)
        return few_hits.shown(snapshot, question, few)
    order = Order(snapshot, question.sort, documents, ranked)
    hits = collapsing.collapsed(snapshot, documents, order, question)
    keys, page = snapshot.numbers[schema.KEY], hits.page
    return Shown(
        keys=tuple(keys.take(page).tolist()),
        scores=tuple(_page_scores(evaluation, question, documents, ranked.scores, page).tolist()),
        total=hits.total,
        repeated=hits.repeated,
        next=order.cursor(int(page[-1])) if hits.goes_on and len(page) else None,
        others={int(keys[hit]): tuple(keys[hits.others(hit)].tolist()) for hit in hits.with_others()},
    )


def _page_scores(
    evaluation: Evaluation, question: Question, documents: Documents, scores: Scores, page: Documents
) -> Scores:
    """The scores of a page's hits, which come in their order."""
    if len(scores) == len(documents):
        return scores.take(documents.searchsorted(page))
    order = np.argsort(page)
    found = np.zeros(len(page), dtype=np.float32)
    found[order] = evaluation.scores(question.tree, page[order], matching=True)
    return found


class Order:
    """The order asked for of the documents that match, which ascend. Ties go by date, newest first, then by key."""

    def __init__(self, snapshot: Snapshot, sort: Sort, documents: Documents, ranked: Ranked) -> None:
        self.sort = sort
        self.documents = documents
        self.scores = ranked.scores
        self.best = ranked.best
        self.keys, self.dates = snapshot.numbers[schema.KEY], snapshot.numbers[schema.PUBLISHED]
        self.recency = ranking.recency(snapshot)

    def first(self, most: int | None, after: Cursor | None = None) -> Documents:
        """The first `most` documents (all: None) of those behind the cursor."""
        among = None
        if after is not None:
            among = np.flatnonzero(later(np.arange(len(self.documents)), self._keys(), self._values(after)))
        elif self.best is not None and most is not None and most <= len(self.best):
            among = self.best
        return self.documents[first_places(len(self.documents), self._by(), most, among=among)]

    def behind(self, documents: Documents, after: Cursor) -> NDArray[np.bool_]:
        """Which of the documents come after the cursor."""
        return later(np.searchsorted(self.documents, documents), self._keys(), self._values(after))

    def cursor(self, document: int) -> Cursor:
        """The place of a document in this order."""
        score = 0.0
        if len(self.scores):
            score = float(self.scores[np.searchsorted(self.documents, document)])
        return Cursor(score=score, published=int(self.dates[document]), key=int(self.keys[document]))

    def _by(self) -> Keys:
        """The keys of the order, as few as may be."""
        scores, documents, dates, recency = self.scores, self.documents, self.dates, self.recency
        if self.sort is Sort.OLDEST:
            return (lambda at: dates[documents[at]] == 0, lambda at: recency.take(documents[at]))
        by_date = (lambda at: -recency.take(documents[at]),)
        if self.sort not in RANKED:
            return by_date
        # Most scores are above 0: mostly the first tells.
        if self.best is None and not (len(scores) and scores[0]) and not scores.any():
            return by_date
        return (lambda at: -scores[at], *by_date)

    def _keys(self) -> Keys:
        """The keys of the order, one for each value of a cursor."""
        scores, documents, dates, keys = self.scores, self.documents, self.dates, self.keys
        if self.sort is Sort.OLDEST:
            return (
                lambda at: dates[documents[at]] == 0,
                lambda at: dates[documents[at]],
                lambda at: keys[documents[at]],
            )
        by_date = (lambda at: -dates[documents[at]], lambda at: -keys[documents[at]])
        return (lambda at: -scores[at], *by_date) if self.sort in RANKED else by_date

    def _values(self, cursor: Cursor) -> tuple[float, ...]:
        """What the keys of the order are for a cursor."""
        if self.sort is Sort.OLDEST:
            return cursor.published == 0, cursor.published, cursor.key
        by_date = (-cursor.published, -cursor.key)
        return (-cursor.score, *by_date) if self.sort in RANKED else by_date
