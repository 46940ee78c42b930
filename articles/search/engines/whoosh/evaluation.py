"""A query tree over whole arrays: which documents match, and how well.

Every node becomes a set of documents (`matches`); And, Or and Not are operations on sets. Then the documents that are
wanted are scored: those that match and that the filters let through, or a page of them in order of date. What a part of
a query scores in its documents is kept with the snapshot, unless only few of them are wanted.
Scores are BM25 (Robertson and Zaragoza, 2009) summed over the positive words: the level asked for decides what
matches; the stricter levels and the title add to the score.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.matches import Documents, Matches, everything, shared, united
from articles.search.engines.whoosh.part_terms import KEPT_COST, Openings, opened
from articles.search.engines.whoosh.parts import Parts
from articles.search.engines.whoosh.postings import Postings, Scored, postings
from articles.search.engines.whoosh.scopes import NAMES, STRETCHES, Scope, asked_level, field_of, term_of
from articles.search.engines.whoosh.snapshot import LENGTHS, Snapshot, days
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

FEW = 8  # where fewer than an eighth of a part's documents are wanted, those alone are scored
SPREAD = 16  # scores of an Or that matches more than a sixteenth of all are added up over all documents

SOON_SCORED = 1 << 17  # documents

Scores = NDArray[np.float32]


class Asked(NamedTuple):
    """A note that something was asked for."""

    nbytes: int


ASKED = Asked(KEPT_COST)


@dataclass(frozen=True, slots=True)
class Answer:
    """For every document whether it matches, and its score (0 where it does not, or where nothing is ranked)."""

    mask: NDArray[np.bool_]
    scores: Scores


class Evaluation:
    """Evaluates trees on one snapshot until `deadline`.

    What matches is told first; then only documents that are asked for are scored.
    """

    def __init__(self, snapshot: Snapshot, deadline: Deadline) -> None:
        self.snapshot = snapshot
        self.deadline = deadline
        self.parts = Parts(snapshot, self.deadline)
        self._matches: dict[tuple[Node | Openings, Scope], Matches] = {}
        self._held: dict[tuple[Node | Openings, Scope], Scored | None] = {}
        self._norms: tuple[Documents | None, dict[str, Scores]] = (None, {})

    @property
    def capped(self) -> list[str]:
        """The patterns and fuzzy words that stand for more words than may be looked for."""
        return self.parts.capped

    def answer(self, node: Node | Openings, scope: Scope = None) -> Answer:
        """The answer to `node` within the field `scope`; raises QueryTooCostly when the time is spent."""
        matches = self.matches(node, scope)
        scores = np.zeros(self.snapshot.size, dtype=np.float32)
        scores[matches.documents] = self.scores(node, matches.documents, scope)
        return Answer(matches.mask.copy(), scores)

    # What matches

    def matches(self, node: Node | Openings, scope: Scope = None) -> Matches:
        """The documents that match, deleted ones included. Raises QueryTooCostly."""
        key = (node, scope)
        found = self._matches.get(key)
        if found is None:
            self.deadline.check()
            found = self._matches[key] = self._matching(node, scope)
        return found

    def _matching(self, node: Node | Openings, scope: Scope) -> Matches:
        size = self.snapshot.size
        match node:
            case Word():
                return Matches(
                    size, listed=self._kept_scores(node, scope) or self.parts.postings(node, scope)
                )
            case And(parts):
                unwanted = [self.matches(part.part, scope) for part in parts if isinstance(part, Not)]
                wanted = [self.matches(part, scope) for part in parts if not isinstance(part, Not)]
                return shared(size, wanted, unwanted)
            case Or(parts):
                return united(size, [self.matches(part, scope) for part in parts])
            case Not(part):
                return self.matches(part, scope).other()
            case In(field, part):
                return self.matches(part, field)
            case Expanded(part, names):
                return united(size, [self.matches(each, scope) for each in (part, *opened(names))])
            case DateRange(start, end):
                return self._dated(start, end)
            case Everything():
                return everything(size)
            case Nothing():
                return united(size, ())
            case Word():
                return Matches(
                    size, listed=self._kept_scores(node, scope) or self.parts.postings(node, scope)
                )
            case _:
                return Matches(size, listed=self.parts.postings(node, scope))

    # How well

    def scores(
        self, node: Node | Openings, documents: Documents, scope: Scope = None, *, matching: bool = False
    ) -> Scores:
        """A score for each of the documents (ascending), 0 where one does not match or where nothing is ranked.

        `matching` says that all of them match. The scores may be kept ones, not to be written to.
        """
        self.deadline.check()
        match node:
            case Word():
                return self._part_scores(node, scope, documents, matching=matching)
            case And(parts):
                scores = self._joined(np.add, parts, documents, scope, matching=matching)
                return scores if matching else scores * self.matches(node, scope).among(documents)
            case Or(parts):
                return self._any(parts, documents, scope)
            case Not() | DateRange() | Everything() | Nothing():
                return _zeros(documents)
            case In(field, part):
                return self.scores(part, documents, field, matching=matching)
            case Expanded(part, names):
                return self._expanded(part, names, documents, scope)
            case _:
                return self._part_scores(node, scope, documents, matching=matching)

    def _joined(
        self,
        join: np.ufunc,
        parts: Iterable[Node | Openings],
        documents: Documents,
        scope: Scope,
        *,
        matching: bool = False,
    ) -> Scores:
        scores = _zeros(documents)
        for part in parts:
            join(scores, self.scores(part, documents, scope, matching=matching), out=scores)
        return scores

    def _expanded(
        self, part: Node, names: Sequence[Word | Phrase], documents: Documents, scope: Scope
    ) -> Scores:
        """The best of a part and its other names; these count a little less than the name that was asked for."""
        own = self.scores(part, documents, scope)
        named = self._joined(np.maximum, opened(names), documents, scope)
        return np.maximum(own, np.float32(schema.OTHER_NAME_WEIGHT) * named)

    def _any(self, parts: Sequence[Node | Openings], documents: Documents, scope: Scope) -> Scores:
        """The scores of all the parts together; where many documents match, added up where the parts' own stand."""
        if len(documents) * SPREAD < self.snapshot.size:
            return self._joined(np.add, parts, documents, scope)
        everywhere = np.zeros(self.snapshot.size, dtype=np.float32)
        for part in parts:
            match part:
                case Word():
                    held = self._all_scores(part, scope)
                    everywhere[held.documents] += held.frequencies
                case _:
                    everywhere[documents] += self.scores(part, documents, scope)
        return everywhere.take(documents)

    def _part_scores(
        self, part: Node | Openings, scope: Scope, documents: Documents, *, matching: bool
    ) -> Scores:
        """The scores of a part: of all its documents at once, which are kept, or of few where few are wanted."""
        held = self._kept_scores(part, scope)
        if held is None:
            listed = self.parts.postings(part, scope)
            if len(documents) * FEW < len(listed.documents) and not self._is_asked_again(part, scope, listed):
                scores = self._worked_out(part, scope, listed, documents)
                return scores if matching else scores * listed.holds(documents)
            held = self._all_scores(part, scope)
        return held.of(documents)

    def _is_asked_again(self, part: Node | Openings, scope: Scope, listed: Postings) -> bool:
        """Whether few of the documents of a part were wanted before: then all are scored, if that is soon done."""
        if len(listed.documents) > SOON_SCORED:
            return False
        key = ("asked", (part, scope))
        if self.snapshot.kept.get(key) is not None:
            return True
        self.snapshot.kept.put(key, ASKED)
        return False

    def _kept_scores(self, part: Node | Openings, scope: Scope) -> Scored | None:
        """What a part scores in all its documents, where that is kept; looked for once a question."""
        key = (part, scope)
        try:
            return self._held[key]
        except KeyError:
            held = self._held[key] = self.snapshot.kept.get(("scores", key))
            return held

    def _all_scores(self, part: Node | Openings, scope: Scope) -> Scored:
        held = self._kept_scores(part, scope)
        if held is None:
            listed = self.parts.postings(part, scope)
            held = Scored(listed.documents, self._worked_out(part, scope, listed, listed.documents))
            held.frequencies.flags.writeable = False
            self.snapshot.kept.put(("scores", (part, scope)), held)
            self._held[part, scope] = held
        return held

    def _worked_out(
        self, part: Node | Openings, scope: Scope, listed: Postings, documents: Documents
    ) -> Scores:
        """A score for each document; those of documents that do not match are not looked at."""
        match part:
            case Word():
                return self._word_scores(part, scope, listed, documents)
            case Near(parts) | Same(_, parts):
                # Nearness counts beside the words themselves, as a word that occurs as often as they are near.
                together = self._scored(_scored_field(scope), listed, documents)
                return together + self._joined(np.add, dict.fromkeys(parts), documents, scope)
            case AtLeast(_, repeated):
                return self.scores(repeated, documents, scope).copy()
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
        for level, where, weight in _bonuses(word, scope):
            self.deadline.check()
            held = self._listed(word, level, where)
            if len(held.documents):
                scores += self._scored(field_of(where, level), held, documents, weight)
        return scores

    def _listed(self, word: Word, level: Level | None, scope: Scope) -> Postings:
        """The documents that hold a word at another level, or in another field."""
        if word.without or word.only or scope in STRETCHES:
            return self.parts.postings(replace(word, level=level), scope)
        return postings(self.snapshot, field_of(scope, level), term_of(scope, level, word.text))

    def _scored(self, name: str, listed: Postings, documents: Documents, weight: float = 1.0) -> Scores:
        """BM25 of what is listed in each of the documents, 0 in those that are not."""
        frequencies = listed.of(documents)
        factor = weight * _idf(self.snapshot.size, len(listed.documents))
        return _saturated(frequencies, self._norms_of(name, documents), factor)

    def _norms_of(self, name: str, documents: Documents) -> Scores:
        """Those of some documents in a field; kept while the same documents are scored."""
        if self._norms[0] is not documents:
            self._norms = (documents, {})
        known = self._norms[1]
        if name not in known:
            known[name] = _norms(self.snapshot, name, documents)
        return known[name]

    # Dates

    def _dated(self, start: date | None, end: date | None) -> Matches:
        """Articles whose date, as far as it is known, lies wholly within the range; kept with the snapshot."""
        key = ("dated", start, end)
        held: Matches | None = self.snapshot.kept.get(key)
        if held is None:
            column = days(self.snapshot)
            first, last = _bounds_of_days(self.snapshot)
            wanted = first > 0
            if start:
                wanted &= first >= date_number(start)
            if end:
                wanted &= last <= date_number(end)
            held = Matches(self.snapshot.size, mask=wanted.take(column.codes))
            self.snapshot.kept.put(key, held)
        return held


def _bonuses(word: Word, scope: Scope) -> Iterator[tuple[Level | None, Scope, float]]:
    """Where else a word counts: the level, the field and the weight."""
    if scope in NAMES:
        return
    for level, weight in STRICTER[asked_level(scope, word.level)]:
        yield level, scope, weight
    if scope is None:
        yield word.level, FieldName.TITLE, schema.TITLE_WEIGHT


def _scored_field(scope: Scope) -> str:
    """The field whose lengths tell how much nearness is worth in it."""
    return field_of(scope, Level.NORMALISED)


def bm25(snapshot: Snapshot, name: str, listed: Postings) -> Scores:
    """idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)), one value a posting, never negative."""
    norms = _norms(snapshot, name, listed.documents)
    return _saturated(listed.frequencies, norms, _idf(snapshot.size, len(listed.documents)))


def _idf(size: int, held: int) -> float:
    return log(1 + (size - held + 0.5) / (held + 0.5))


def _saturated(frequencies: NDArray[Any], norms: Scores, factor: float) -> Scores:
    """factor · tf · (k1 + 1) / (tf + norm)."""
    scores: Scores = frequencies * np.float32(factor * (schema.K1 + 1))
    scores /= frequencies + norms
    return scores


def _norms(snapshot: Snapshot, name: str, documents: Documents) -> Scores:
    """What BM25 makes of a document's length: k1 · (1 − b + b · length / average), never 0; one for each code of it."""
    key = ("norms", name)
    by_code = snapshot.derived.get(key)
    if by_code is None:
        relative = LENGTHS / snapshot.average_lengths[name]
        by_code = (schema.K1 * (1 - schema.B + schema.B * relative)).astype(np.float32)
        snapshot.derived[key] = by_code
    norms: Scores = by_code.take(snapshot.lengths[name].take(documents))
    return norms


def _zeros(documents: Documents) -> Scores:
    return np.zeros(len(documents), dtype=np.float32)


def _bounds_of_days(snapshot: Snapshot) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last day that each value of `days` may mean, 0 for none; made once."""
    if "bounds of days" not in snapshot.derived:
        held = np.array(days(snapshot).values, dtype=np.int64)
        first, last = date_bounds(held)
        snapshot.derived["bounds of days"] = np.where(held > 0, first, 0), last
    bounds: tuple[NDArray[np.int64], NDArray[np.int64]] = snapshot.derived["bounds of days"]
    return bounds


def date_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def date_bounds(codes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last day that a date may mean, as numbers: 20160000 is 20160101 to 20161231."""
    month_unknown = codes // 100 % 100 == 0
    day_unknown = codes % 100 == 0
    first = codes + 100 * month_unknown + day_unknown
    last = codes + 1200 * month_unknown + 31 * day_unknown
    return first, last
