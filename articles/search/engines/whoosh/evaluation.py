"""A query tree over whole arrays: which documents match, and how well.

Every node becomes a mask over all documents and a score for each; And, Or and Not are operations on masks.
Scores are BM25 (Robertson and Zaragoza, 2009) summed over the positive words: the level asked for decides what
matches; the stricter levels and the title add to the score.
"""

from collections.abc import Callable, Iterator, Sequence
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

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Answer:
    """For every document whether it matches, and its score (0 where it does not, or where nothing is ranked)."""

    mask: NDArray[np.bool_]
    scores: Scores


class Evaluation:
    """Evaluates trees on one snapshot until `deadline` (a time.monotonic() moment).

    Where nothing is to be ranked all scores are 0. Another way of scoring words overrides `word_scores`.
    """

    def __init__(self, snapshot: Snapshot, deadline: float, *, is_ranked: bool = True) -> None:
        self.snapshot = snapshot
        self.deadline = Deadline(deadline)
        self.is_ranked = is_ranked
        self.parts = Parts(snapshot, self.deadline)

    @property
    def capped(self) -> list[str]:
        """The patterns and fuzzy words that stand for more words than may be looked for."""
        return self.parts.capped

    def answer(self, node: Node | Openings, scope: Scope = None) -> Answer:
        """The answer to `node` within the field `scope`; raises QueryTooCostly when the time is spent."""
        self.deadline.check()
        match node:
            case And(parts):
                return self._all(parts, scope)
            case Or(parts):
                return self._joined(parts, scope, np.add)
            case Not(part):
                return Answer(~self.answer(part, scope).mask, self._zeros())
            case In(field, part):
                return self.answer(part, field)
            case Expanded(part, names):
                return self._expanded(part, names, scope)
            case DateRange(start, end):
                return Answer(self._dated(start, end), self._zeros())
            case Everything():
                return Answer(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros())
            case Nothing():
                return Answer(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())
            case _:
                return self._part(node, scope)

    # What stands for words

    def _part(self, part: Node | Openings, scope: Scope) -> Answer:
        listed = self.parts.postings(part, scope)
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        mask[listed.documents] = True
        if not self.is_ranked or not len(listed.documents):
            return Answer(mask, self._zeros())
        return Answer(mask, np.where(mask, self._part_scores(part, scope, listed), np.float32(0)))

    def _part_scores(self, part: Node | Openings, scope: Scope, listed: Postings) -> Scores:
        """A score for each document; those of documents that do not match are not looked at."""
        match part:
            case Word():
                return self.word_scores(part, scope, listed)
            case Near(parts) | Same(_, parts):
                # Nearness counts beside the words themselves, as a word that occurs as often as they are near.
                together = self._scores(_scored_field(scope), listed)
                return sum((self.answer(near, scope).scores for near in dict.fromkeys(parts)), together)
            case AtLeast(_, repeated):
                return self.answer(repeated, scope).scores
            case Phrase(_, level) | Openings(_, _, level):
                return self._scores(field_of(scope, level), listed)
            case Fuzzy(text):
                exact = self.parts.postings(Word(text, Level.NORMALISED), scope)
                name = field_of(scope, Level.NORMALISED)
                return self._scores(name, listed) + self._scores(name, exact, schema.EXACT_WEIGHT)
            case _:  # the forms of a pattern or of a root count together, as one word
                return self._scores(field_of(scope, Level.NORMALISED), listed)

    def word_scores(self, word: Word, scope: Scope, listed: Postings) -> Scores:
        """The score of a word in every document; `listed` are those that match."""
        scores = self._scores(field_of(scope, word.level), listed)
        for stricter, where, weight in self._bonuses(word, scope):
            self.deadline.check()
            scores += self._scores(
                field_of(where, stricter.level), self.parts.postings(stricter, where), weight
            )
        return scores

    def _bonuses(self, word: Word, scope: Scope) -> Iterator[tuple[Word, Scope, float]]:
        if scope in NAMES:
            return
        for level, weight in STRICTER[asked_level(scope, word.level)]:
            yield replace(word, level=level), scope, weight
        if scope is None:
            yield word, FieldName.TITLE, schema.TITLE_WEIGHT

    def _expanded(self, part: Node, names: Sequence[Word | Phrase], scope: Scope) -> Answer:
        """The best of a part and its other names; these count a little less than the name that was asked for."""
        answer = self.answer(part, scope)
        named = self._joined(opened(names), scope, np.maximum)
        scores = np.maximum(answer.scores, np.float32(schema.OTHER_NAME_WEIGHT) * named.scores)
        return Answer(answer.mask | named.mask, scores)

    # Composition

    def _all(self, parts: Sequence[Node], scope: Scope) -> Answer:
        mask, scores = np.ones(self.snapshot.size, dtype=np.bool_), self._zeros()
        for part in parts:
            answer = self.answer(part, scope)
            mask &= answer.mask
            scores += answer.scores
        return Answer(mask, np.where(mask, scores, np.float32(0)))

    def _joined(
        self, parts: Sequence[Node | Openings], scope: Scope, join: Callable[[Scores, Scores], Scores]
    ) -> Answer:
        mask, scores = np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros()
        for part in parts:
            answer = self.answer(part, scope)
            mask |= answer.mask
            scores = join(scores, answer.scores)
        return Answer(mask, scores)

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

    # Scores

    def _scores(self, name: str, listed: Postings, weight: float = 1.0) -> Scores:
        scores = self._zeros()
        if len(listed.documents):
            scores[listed.documents] = np.float32(weight) * bm25(self.snapshot, name, listed)
        return scores

    def _zeros(self) -> Scores:
        return np.zeros(self.snapshot.size, dtype=np.float32)


def _scored_field(scope: Scope) -> str:
    """The field whose lengths tell how much nearness is worth in it."""
    return field_of(scope, Level.NORMALISED)


def bm25(snapshot: Snapshot, name: str, listed: Postings) -> Scores:
    """idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)), one value a posting, never negative."""
    count = len(listed.documents)
    idf = log(1 + (snapshot.size - count + 0.5) / (count + 0.5))
    relative = snapshot.lengths[name][listed.documents] / np.float32(snapshot.average_lengths[name])
    tf = listed.frequencies
    score = idf * (schema.K1 + 1) * tf / (tf + schema.K1 * (1 - schema.B + schema.B * relative))
    return score.astype(np.float32)


def date_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def date_bounds(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last day that a date may mean, as numbers: 20160000 is 20160101 to 20161231."""
    month_unknown = codes // 100 % 100 == 0
    day_unknown = codes % 100 == 0
    first = codes + 100 * month_unknown + day_unknown
    last = codes + 1200 * month_unknown + 31 * day_unknown
    return first, last
