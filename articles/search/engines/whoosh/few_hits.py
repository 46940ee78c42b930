"""The page of a question with few hits, in plain numbers: calls of numpy would take longer than what they do."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Cursor, Question
from articles.search.engines.whoosh import collapsing
from articles.search.engines.whoosh.matches import Documents
from articles.search.engines.whoosh.narrowing import sight_of
from articles.search.engines.whoosh.part_terms import KEPT_COST
from articles.search.engines.whoosh.ranking import recency
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import Copies, Sort

FEW = 48  # hits
HIT_BYTES = 256  # of one hit that is kept: four numbers and the tuple of them

Hit = tuple[float, int, int, int]  # score, place in the order of date, key, document


class Hits(NamedTuple):
    """All hits of a question: the best first, of equal ones the newest, and then that of the larger key.

    `documents` are theirs, ascending; `repeated` is how many are of a story that another one is of.
    """

    ordered: list[Hit]
    documents: Documents
    repeated: int

    @property
    def nbytes(self) -> int:
        return KEPT_COST + HIT_BYTES * len(self.ordered)


class Shown(NamedTuple):
    """The hits of one page, and of all hits what `Found` tells of them."""

    keys: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    repeated: int
    next: Cursor | None
    others: dict[int, tuple[int, ...]]


def is_for(question: Question, documents: Documents) -> bool:
    """Whether this way is for the question, whose filters let `documents` through."""
    return len(documents) <= FEW and _is_asked_for(question)


def _is_asked_for(question: Question) -> bool:
    return question.sort is Sort.RELEVANCE and question.copies is Copies.SHOW and question.after is None


def hits_of(snapshot: Snapshot, documents: Documents, scores: NDArray[np.float32]) -> Hits:
    """The documents, which have these scores, as hits."""
    keys, newest = snapshot.numbers[schema.KEY].take(documents), recency(snapshot).take(documents)
    ordered = sorted(
        zip(scores.tolist(), newest.tolist(), keys.tolist(), documents.tolist(), strict=True), reverse=True
    )
    return Hits(ordered, documents, collapsing.repeated(snapshot, documents))


def kept(snapshot: Snapshot, question: Question) -> Hits | None:
    """The hits of a question, where they were few when it was asked before."""
    if question.filters or question.excluded or not _is_asked_for(question):
        return None
    hits: Hits | None = snapshot.kept.get(_key(snapshot, question))
    return hits


def keep(snapshot: Snapshot, question: Question, hits: Hits) -> None:
    """Keep all hits of a question, unless its filters left some out."""
    if not question.filters and not question.excluded:
        snapshot.kept.put(_key(snapshot, question), hits)


def _key(snapshot: Snapshot, question: Question) -> tuple[object, ...]:
    return "hits", question.tree, question.ranking, sight_of(snapshot, question)


def shown(snapshot: Snapshot, question: Question, hits: Hits) -> Shown:
    """The page of the hits that begins with `question.start`."""
    ordered, end = hits.ordered, question.start + question.count
    page = ordered[question.start : end]
    behind = None
    if page and end < len(ordered):
        score, _newest, key, document = page[-1]
        behind = Cursor(score=score, published=int(snapshot.numbers[schema.PUBLISHED][document]), key=key)
    return Shown(
        tuple([key for _score, _newest, key, _document in page]),
        tuple([score for score, *_more in page]),
        len(ordered),
        hits.repeated,
        behind,
        {},
    )
