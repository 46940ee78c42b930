"""A query tree over whole arrays: which documents match, and how well.

Every node becomes a mask over all documents and a score for each; And, Or and Not are operations on masks.
Scores are BM25 (Robertson and Zaragoza, 2009) summed over the positive words: the stem decides what matches,
the spelling asked for and the title add to the score.
"""

import fnmatch
import heapq
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from math import log

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import STEM, SURFACE
from articles.search.engines import schema
from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.whoosh.postings import (
    NO_POSTINGS,
    Postings,
    document_frequency,
    positions,
    postings,
)
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    FieldName,
    In,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Wildcard,
    Word,
)

MAX_EXPANSIONS = 200  # words that one wildcard may stand for
MAX_SCANNED = 60_000  # dictionary entries looked at for one wildcard, in the order of the alphabet

NAME_FIELDS = {FieldName.SOURCE: schema.SOURCE_NAME, FieldName.AUTHOR: schema.AUTHOR_NAME}


@dataclass(frozen=True, slots=True)
class Answer:
    """For every document whether it matches, and its score (0 where it does not, or where nothing is ranked)."""

    mask: NDArray[np.bool_]
    scores: NDArray[np.float32]


class Evaluation:
    """Evaluates trees on one snapshot until `deadline` (a time.monotonic() moment)."""

    def __init__(self, snapshot: Snapshot, deadline: float) -> None:
        self.snapshot = snapshot
        self.deadline = deadline
        self.capped: list[str] = []

    def answer(self, node: Node, scope: FieldName | None = None) -> Answer:
        """The answer to `node` within the field `scope`; raises QueryTooCostly when the time is spent."""
        self._check_time()
        match node:
            case Word(text):
                return self._word(text, scope)
            case Phrase(words):
                return self._scored(*self._phrase(words, self._exact_field(scope)))
            case Wildcard(pattern):
                return self._wildcard(pattern, self._exact_field(scope))
            case And(parts):
                return self._all(parts, scope)
            case Or(parts):
                return self._any(parts, scope)
            case Not(part):
                return Answer(~self.answer(part, scope).mask, self._zeros())
            case In(field, part):
                return self.answer(part, field)
            case DateRange(start, end):
                return Answer(self._dated(start, end), self._zeros())
            case Everything():
                return Answer(np.ones(self.snapshot.size, dtype=np.bool_), self._zeros())
            case Nothing():
                return Answer(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())

    # Leaves

    def _word(self, text: str, scope: FieldName | None) -> Answer:
        exact, stem = SURFACE(text), STEM(text)
        if scope in NAME_FIELDS:
            return self._scored(*self._term(NAME_FIELDS[scope], exact))
        if scope is FieldName.TITLE:
            answer = self._scored(*self._term(schema.TITLE, stem))
            bonus = [(schema.TITLE_EXACT, exact, schema.EXACT_WEIGHT)]
        else:
            answer = self._scored(*self._term(schema.TEXT, stem))
            bonus = [(schema.EXACT, exact, schema.EXACT_WEIGHT), (schema.TITLE, stem, schema.TITLE_WEIGHT)]
        for name, term, weight in bonus:
            self._add(answer.scores, *self._term(name, term), weight)
        return answer

    def _term(self, name: str, term: str) -> tuple[str, Postings]:
        self._check_time()
        return name, postings(self.snapshot, name, term)

    def _phrase(self, words: Iterable[str], name: str) -> tuple[str, Postings]:
        """Documents in which the words follow each other, and how many times they do."""
        terms = [SURFACE(word) for word in words]
        # Word i of the phrase stands i places after its beginning: shift, and look for what all share.
        wanted = self._holding_all(name, set(terms))
        starts: NDArray[np.int64] | None = None
        for shift, term in enumerate(terms):
            self._check_time()
            if starts is not None and not len(starts) or not len(wanted):
                return name, NO_POSTINGS
            indexes, places = positions(self.snapshot, name, term, wanted)
            here = indexes * (1 << 32) + (places - shift + len(terms))
            starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
        if starts is None or not len(starts):
            return name, NO_POSTINGS
        found, counts = np.unique(starts >> 32, return_counts=True)
        return name, Postings(wanted[found], counts.astype(np.float32))

    def _holding_all(self, name: str, terms: set[str]) -> NDArray[np.int64]:
        """Documents that hold every one of the terms; the rarest first, so that the rest is soon empty."""
        found: NDArray[np.int64] | None = None
        for term in sorted(terms, key=lambda term: (document_frequency(self.snapshot, name, term), term)):
            _name, listed = self._term(name, term)
            found = listed.documents if found is None else np.intersect1d(found, listed.documents, True)
            if not len(found):
                break
        return found if found is not None else NO_POSTINGS.documents

    def _wildcard(self, pattern: str, name: str) -> Answer:
        """All forms together count as one word that occurs as often as all of them do."""
        frequencies = self._zeros()
        for term in self._expanded(name, pattern):
            _name, listed = self._term(name, term)
            frequencies[listed.documents] += listed.frequencies
        documents = np.nonzero(frequencies)[0]
        return self._scored(name, Postings(documents, frequencies[documents]))

    def _expanded(self, name: str, pattern: str) -> list[str]:
        """The first words of the index, in the order of the alphabet, that a pattern stands for."""
        folded = "".join(
            part if part in "*?" else SURFACE(part) for part in re.split(r"([*?])", pattern) if part
        )
        prefix = re.split(r"[*?]", folded, maxsplit=1)[0]
        matches = re.compile(fnmatch.translate(folded.replace("[", "[[]"))).match
        self._check_time()
        words = heapq.merge(*(leaf.expand_prefix(name, prefix) for leaf, _offset in self.snapshot.readers))
        scanned = [value for value, _same in groupby(islice(words, MAX_SCANNED))]
        found = [value.decode() for value in scanned if matches(value.decode())]
        if next(words, None) is not None or len(found) > MAX_EXPANSIONS:
            self.capped.append(pattern)
        return found[:MAX_EXPANSIONS]

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

    # Composition

    def _all(self, parts: tuple[Node, ...], scope: FieldName | None) -> Answer:
        mask, scores = np.ones(self.snapshot.size, dtype=np.bool_), self._zeros()
        for part in parts:
            answer = self.answer(part, scope)
            mask &= answer.mask
            scores += answer.scores
        return Answer(mask, np.where(mask, scores, np.float32(0)))

    def _any(self, parts: tuple[Node, ...], scope: FieldName | None) -> Answer:
        mask, scores = np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros()
        for part in parts:
            answer = self.answer(part, scope)
            mask |= answer.mask
            scores += answer.scores
        return Answer(mask, scores)

    # Scores

    def _scored(self, name: str, listed: Postings) -> Answer:
        mask = np.zeros(self.snapshot.size, dtype=np.bool_)
        mask[listed.documents] = True
        answer = Answer(mask, self._zeros())
        self._add(answer.scores, name, listed, 1.0)
        return answer

    def _add(self, scores: NDArray[np.float32], name: str, listed: Postings, weight: float) -> None:
        if len(listed.documents):
            scores[listed.documents] += np.float32(weight) * bm25(self.snapshot, name, listed)

    def _exact_field(self, scope: FieldName | None) -> str:
        if scope in NAME_FIELDS:
            return NAME_FIELDS[scope]
        return schema.TITLE_EXACT if scope is FieldName.TITLE else schema.EXACT

    def _zeros(self) -> NDArray[np.float32]:
        return np.zeros(self.snapshot.size, dtype=np.float32)

    def _check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise QueryTooCostly("the query used up its time")


def bm25(snapshot: Snapshot, name: str, listed: Postings) -> NDArray[np.float32]:
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
