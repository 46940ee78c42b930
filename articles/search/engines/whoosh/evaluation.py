"""A query tree over whole arrays: which documents match, and how well.

Every node becomes a mask over all documents; And, Or and Not are operations on masks. Then the documents that are
wanted are scored, and no others: those that match and that the filters let through, or a page of them in order of date.
Scores are BM25 (Robertson and Zaragoza, 2009) summed over the positive words: the level asked for decides what
matches; the stricter levels and the title add to the score.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.whoosh.deadline import Deadline
from articles.search.engines.whoosh.parts import Openings, Parts, opened
from articles.search.engines.whoosh.postings import Postings
from articles.search.engines.whoosh.scopes import NAMES, Scope, asked_level, field_of
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Everything,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Same,
    Word,
)

# Of each level the stricter ones, which add to its score: exact above normalised above stem.
STRICTER = {
    Level.LITERAL: (),
    Level.NORMALISED: ((Level.LITERAL, schema.LITERAL_WEIGHT),),
    Level.STEM: ((Level.NORMALISED, schema.EXACT_WEIGHT), (Level.LITERAL, schema.LITERAL_WEIGHT)),
}
STRICTER[Level.SYNONYMS] = STRICTER[Level.STEM]

LOOKUP_COST = 16  # looking one document up in a list costs as much as that many steps through an array

Documents = NDArray[np.int64]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Answer:
    """For every document whether it matches, and its score (0 where it does not, or where nothing is ranked)."""

    mask: NDArray[np.bool_]
    scores: Scores


class Evaluation:
    """Evaluates trees on one snapshot until `deadline` (a time.monotonic() moment).

    What matches is told first; then only documents that are asked for are scored.
    """

    def __init__(self, snapshot: Snapshot, deadline: float) -> None:
        self.snapshot = snapshot
        self.deadline = Deadline(deadline)
        self.parts = Parts(snapshot, self.deadline)
        self._masks: dict[tuple[Node | Openings, Scope], Mask] = {}

    @property
    def capped(self) -> list[str]:
        """The patterns and fuzzy words that stand for more words than may be looked for."""
        return self.parts.capped

    def answer(self, node: Node | Openings, scope: Scope = None) -> Answer:
        """The answer to `node` within the field `scope`; raises QueryTooCostly when the time is spent."""
        mask = self.mask(node, scope)
        scores = np.zeros(self.snapshot.size, dtype=np.float32)
        documents = np.flatnonzero(mask)
        scores[documents] = self.scores(node, documents, scope)
        return Answer(mask.copy(), scores)

    # What matches

    def mask(self, node: Node | Openings, scope: Scope = None) -> Mask:
        """For every document whether it matches; not to be written to. Raises QueryTooCostly."""
        key = (node, scope)
        if key not in self._masks:
            self.deadline.check()
            self._masks[key] = self._matching(node, scope)
        return self._masks[key]

    def _matching(self, node: Node | Openings, scope: Scope) -> Mask:
        match node:
            case And(parts):
                return self._reduced(np.logical_and, parts, scope)
            case Or(parts):
                return self._reduced(np.logical_or, parts, scope)
            case Not(part):
                return ~self.mask(part, scope)
            case In(field, part):
                return self.mask(part, field)
            case Expanded(part, names):
                return self._reduced(np.logical_or, (part, *opened(names)), scope)
            case DateRange(start, end):
                return self._dated(start, end)
            case Everything():
                return np.ones(self.snapshot.size, dtype=np.bool_)
            case Nothing():
                return self._nothing()
            case _:
                mask = self._nothing()
                mask[self.parts.postings(node, scope).documents] = True
                return mask

    def _reduced(self, join: np.ufunc, parts: Iterable[Node | Openings], scope: Scope) -> Mask:
        masks = [self.mask(part, scope) for part in parts]
        if not masks:
            return np.full(self.snapshot.size, fill_value=bool(join.identity))
        mask = masks[0].copy()
        for other in masks[1:]:
            join(mask, other, out=mask)
        return mask

    def _nothing(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)

    # How well

    def scores(self, node: Node | Openings, documents: Documents, scope: Scope = None) -> Scores:
        """A score for each of the documents (ascending), 0 where one does not match or where nothing is ranked."""
        self.deadline.check()
        match node:
            case And(parts):
                scores = self._joined(np.add, parts, documents, scope)
            case Or(parts):
                return self._joined(np.add, parts, documents, scope)
            case Not() | DateRange() | Everything() | Nothing():
                return _zeros(documents)
            case In(field, part):
                return self.scores(part, documents, field)
            case Expanded(part, names):
                return self._expanded(part, names, documents, scope)
            case _:
                scores = self._part_scores(node, scope, documents)
        scores *= self.mask(node, scope)[documents]
        return scores

    def _joined(
        self, join: np.ufunc, parts: Iterable[Node | Openings], documents: Documents, scope: Scope
    ) -> Scores:
        scores = _zeros(documents)
        for part in parts:
            join(scores, self.scores(part, documents, scope), out=scores)
        return scores

    def _expanded(
        self, part: Node, names: Sequence[Word | Phrase], documents: Documents, scope: Scope
    ) -> Scores:
        """The best of a part and its other names; these count a little less than the name that was asked for."""
        own = self.scores(part, documents, scope)
        named = self._joined(np.maximum, opened(names), documents, scope)
        return np.maximum(own, np.float32(schema.OTHER_NAME_WEIGHT) * named)

    def _part_scores(self, part: Node | Openings, scope: Scope, documents: Documents) -> Scores:
        """A score for each document; those of documents that do not match are not looked at."""
        listed = self.parts.postings(part, scope)
        match part:
            case Word():
                return self._word_scores(part, scope, listed, documents)
            case Near(parts) | Same(_, parts):
                # Nearness counts beside the words themselves, as a word that occurs as often as they are near.
                together = self._scored(_scored_field(scope), listed, documents)
                return together + self._joined(np.add, dict.fromkeys(parts), documents, scope)
            case AtLeast(_, repeated):
                return self.scores(repeated, documents, scope)
            case Phrase(_, level) | Openings(_, _, level):
                return self._scored(field_of(scope, level), listed, documents)
            case Fuzzy(text):
                exact = self.parts.postings(Word(text, Level.NORMALISED), scope)
                name = field_of(scope, Level.NORMALISED)
                return self._scored(name, listed, documents) + self._scored(
                    name, exact, documents, schema.EXACT_WEIGHT
                )
            case _:  # the forms of a pattern or of a root count together, as one word
                return self._scored(field_of(scope, Level.NORMALISED), listed, documents)

    def _word_scores(self, word: Word, scope: Scope, listed: Postings, documents: Documents) -> Scores:
        """The score of a word in each document; `listed` are those that match."""
        scores = self._scored(field_of(scope, word.level), listed, documents)
        for stricter, where, weight in self._bonuses(word, scope):
            self.deadline.check()
            held = self.parts.postings(stricter, where)
            if len(held.documents):
                scores += self._scored(field_of(where, stricter.level), held, documents, weight)
        return scores

    def _bonuses(self, word: Word, scope: Scope) -> Iterator[tuple[Word, Scope, float]]:
        if scope in NAMES:
            return
        for level, weight in STRICTER[asked_level(scope, word.level)]:
            yield replace(word, level=level), scope, weight
        if scope is None:
            yield word, FieldName.TITLE, schema.TITLE_WEIGHT

    def _scored(self, name: str, listed: Postings, documents: Documents, weight: float = 1.0) -> Scores:
        """BM25 of what is listed in each of the documents, 0 in those that are not."""
        if listed.documents is documents or np.array_equal(listed.documents, documents):
            return np.float32(weight) * bm25(self.snapshot, name, listed)
        here = Postings(documents, frequencies_in(self.snapshot.size, listed, documents))
        return np.float32(weight) * bm25(self.snapshot, name, here, held=len(listed.documents))

    # Dates

    def _dated(self, start: date | None, end: date | None) -> NDArray[np.bool_]:
        """Articles whose date, as far as it is known, lies wholly within the range."""
        codes = self.snapshot.numbers[schema.PUBLISHED]
        first, last = date_bounds(codes)
        mask = codes > 0
        if start:
            mask &= first >= date_number(start)
        if end:
            mask &= last <= date_number(end)
        return mask


def _scored_field(scope: Scope) -> str:
    """The field whose lengths tell how much nearness is worth in it."""
    return field_of(scope, Level.NORMALISED)


def bm25(snapshot: Snapshot, name: str, listed: Postings, held: int | None = None) -> Scores:
    """idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)), one value a posting, never negative.

    `held` is the number of documents that hold the term, where `listed` is not all of them.
    """
    count = len(listed.documents) if held is None else held
    idf = log(1 + (snapshot.size - count + 0.5) / (count + 0.5))
    tf = listed.frequencies
    score = tf * np.float32(idf * (schema.K1 + 1))
    score /= tf + _norms(snapshot, name)[listed.documents]
    return score.astype(np.float32, copy=False)


def _norms(snapshot: Snapshot, name: str) -> Scores:
    """For every document what BM25 makes of its length: k1 · (1 − b + b · length / average), never 0."""
    key = f"norms of {name}"
    if key not in snapshot.derived:
        relative = snapshot.lengths[name] / np.float32(snapshot.average_lengths[name])
        snapshot.derived[key] = np.float32(schema.K1) * (1 - schema.B + schema.B * relative)
    norms: Scores = snapshot.derived[key]
    return norms


def frequencies_in(size: int, listed: Postings, documents: Documents) -> Scores:
    """How often what is listed occurs in each of the documents, which ascend; `size` is the number of all there are.

    Few documents are looked up one by one, many through an array over all.

    >>> frequencies_in(9, Postings(np.array([2, 5]), np.array([1, 3], dtype=np.float32)), np.array([1, 5])).tolist()
    [0.0, 3.0]
    """
    if len(documents) * LOOKUP_COST < size + len(listed.documents):
        return _looked_up(listed, documents)
    everywhere = np.zeros(size, dtype=np.float32)
    everywhere[listed.documents] = listed.frequencies
    return everywhere[documents]


def _looked_up(listed: Postings, documents: Documents) -> Scores:
    if not len(listed.documents):
        return _zeros(documents)
    places = np.minimum(np.searchsorted(listed.documents, documents), len(listed.documents) - 1)
    return np.where(listed.documents[places] == documents, listed.frequencies[places], np.float32(0))


def _zeros(documents: Documents) -> Scores:
    return np.zeros(len(documents), dtype=np.float32)


def date_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def date_bounds(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last day that a date may mean, as numbers: 20160000 is 20160101 to 20161231."""
    month_unknown = codes // 100 % 100 == 0
    day_unknown = codes % 100 == 0
    first = codes + 100 * month_unknown + day_unknown
    last = codes + 1200 * month_unknown + 31 * day_unknown
    return first, last
