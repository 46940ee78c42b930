"""The page of a question with few hits, in plain numbers: calls of numpy would take longer than what they do."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import Cursor, Question
from articles.search.engines.whoosh.matches import Documents
from articles.search.engines.whoosh.ranking import recency
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.request import Copies, Sort

FEW = 48  # hits


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
    return (
        len(documents) <= FEW
        and question.sort is Sort.RELEVANCE
        and question.copies is Copies.SHOW
        and question.after is None
    )


def shown(
    snapshot: Snapshot, question: Question, documents: Documents, scores: NDArray[np.float32], repeated: int
) -> Shown:
    """The hits from `question.start` on: the best first, of equal ones the newest, and then that of the larger key."""
    keys, newest = snapshot.numbers[schema.KEY].take(documents), recency(snapshot).take(documents)
    hits = sorted(
        zip(scores.tolist(), newest.tolist(), keys.tolist(), documents.tolist(), strict=True), reverse=True
    )
    end = question.start + question.count
    page = hits[question.start : end]
    behind = None
    if page and end < len(hits):
        score, _newest, key, document = page[-1]
        behind = Cursor(score=score, published=int(snapshot.numbers[schema.PUBLISHED][document]), key=key)
    return Shown(
        tuple([key for _score, _newest, key, _document in page]),
        tuple([score for score, *_more in page]),
        len(hits),
        repeated,
        behind,
        {},
    )
