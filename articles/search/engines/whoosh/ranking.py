"""The order of the best hits, made finer: what they share with the query beyond its terms.

`evaluation` scores every match by its terms. To the best RESCORED of them two things are added, each a BM25 of its own:

- the letters the words share with those of the article, as 4-grams: a related form that the stems keep apart, a
  misprint, a name spelled otherwise all count for something; and of two forms of a stem the nearer one counts for more
- neighbours in the query that are neighbours in the article too, side by side or within NEAR_WORDS of each other

Nothing is ever taken away, so a hit that was rescored never falls behind one that was not.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from math import log
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.grams import gram_codes
from articles.search.engines import schema
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.grams import (
    STEM_CODES,
    Commonness,
    RecordReader,
    Records,
    frequencies,
    stem_code,
)
from articles.search.engines.whoosh.ordering import first_places
from articles.search.engines.whoosh.postings import document_frequency
from articles.search.engines.whoosh.snapshot import Snapshot, days
from articles.search.syntax import And, AtLeast, Expanded, FieldName, In, Near, Node, Or, Phrase, Same, Word

RESCORED = 200  # hits
SECONDS_NEEDED = 0.03  # with less time left than this the scores stay as they are
NEAR_WORDS = 8
MOST_WORDS = 32  # of a query, as many as the parser lets through
PART_DISTANCE = NEAR_WORDS + 1  # between title and body, and between articles: no pair reaches across

TEXT_FIELDS = {None, FieldName.TITLE, FieldName.BODY, FieldName.LEAD}

KEY_BITS = 36  # of an article's key, beside those of its date

HALF_LIFE = 365.0  # days in which half of what age can take from a score is gone
OLDEST_SHARE = 0.5  # of its score that an article keeps however old it is


class Asked(NamedTuple):
    """A word that a query asks for, and the field it asks for it in; None for title and body."""

    text: str
    field: FieldName | None = None


class Ranked(NamedTuple):
    """Scores, and the places of those that were raised: whatever comes first in their order is among these.

    None where any may come first.
    """

    scores: NDArray[np.float32]
    best: NDArray[np.int64] | None = None


def asked_words(node: Node, field: FieldName | None = None) -> Iterator[Asked]:
    """The words that a hit is wanted to hold, in the order of the query; what is excluded is not among them.

    >>> from articles.search.syntax import Not
    >>> [asked.text for asked in asked_words(And((Word("نفط"), Phrase(("سوق", "حرة")), Not(Word("غاز")))))]
    ['نفط', 'سوق', 'حرة']
    """
    match node:
        case Word(text):
            yield Asked(text, field)
        case Phrase(words):
            yield from (Asked(word, field) for word in words)
        case And(parts) | Or(parts) | Near(parts) | Same(_, parts):
            for part in parts:
                yield from asked_words(part, field)
        case AtLeast(_, part) | Expanded(part):
            yield from asked_words(part, field)
        case In(own, part):
            yield from asked_words(part, own)


def rescored(
    snapshot: Snapshot,
    tree: Node,
    documents: NDArray[np.int64],
    scores: NDArray[np.float32],
    deadline: Deadline,
) -> Ranked:
    """The scores, one for each of `documents`, with those of the best of them raised.

    Where hardly any time is left they are given back as they are.
    """
    asked = [word for word in asked_words(tree) if word.field in TEXT_FIELDS][:MOST_WORDS]
    if not asked or not len(documents) or deadline.left() < SECONDS_NEEDED:
        return Ranked(scores)
    if len(documents) <= RESCORED:
        return Ranked(scores + _added(snapshot, documents, asked))
    best = best_places(snapshot, documents, scores)
    raised = scores.copy()
    raised[best] += _added(snapshot, documents[best], asked)
    return Ranked(raised, best)


def _added(snapshot: Snapshot, documents: NDArray[np.int64], asked: list[Asked]) -> NDArray[np.float32]:
    """What is added to the score of each document; kept, for the next page asks for the same."""
    key = ("added", tuple(asked), documents.tobytes())
    added: NDArray[np.float32] | None = snapshot.kept.get(key)
    if added is None:
        reader = _reader(snapshot)
        whole = schema.GRAM_WEIGHT * gram_scores(reader, documents, asked)
        if len(asked) > 1:
            whole += pair_scores(snapshot, reader.records(documents, with_grams=False), asked)
        added = whole.astype(np.float32)
        snapshot.kept.put(key, added)
    return added


def best_places(
    snapshot: Snapshot, documents: NDArray[np.int64], scores: NDArray[np.float32]
) -> NDArray[np.int64]:
    """The places of the best RESCORED documents, in any order; which of equal ones is that of `finding`."""
    if len(scores) <= RESCORED:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - RESCORED)[len(scores) - RESCORED]
    among = (scores >= least).nonzero()[0]
    if len(among) == RESCORED:
        return among
    newest = recency(snapshot)
    by = (lambda at: -scores[at], lambda at: -newest[documents[at]])
    return first_places(len(documents), by, RESCORED, among=among)


def _reader(snapshot: Snapshot) -> RecordReader:
    if "records" not in snapshot.derived:
        snapshot.derived["records"] = RecordReader(snapshot)
    reader: RecordReader = snapshot.derived["records"]
    return reader


def saturated(tf: NDArray[np.float64], length: NDArray[Any], average: float) -> NDArray[np.float64]:
    """BM25 without its idf: tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average))."""
    norm = schema.K1 * (1 - schema.B + schema.B * length / average)
    return tf * (schema.K1 + 1) / (tf + norm)


# Grams


def gram_scores(
    reader: RecordReader, documents: NDArray[np.int64], asked: list[Asked]
) -> NDArray[np.float64]:
    """BM25 of each document, over the grams of the words asked for; a gram that two of them have counts twice."""
    total = np.zeros(len(documents))
    commonness, lengths = reader.commonness(), reader.gram_lengths(documents)
    for field, group in groupby(sorted(asked, key=_field_order), key=attrgetter("field")):
        codes, weights = _gram_weights({word.text for word in group}, commonness)
        held = reader.holders(documents, codes)
        tf, average = _in_field(field, *frequencies(held.grams), commonness)
        length, _average = _in_field(field, lengths[0], lengths[1], commonness)
        score = weights[held.codes] * saturated(
            tf.astype(np.float64), length[held.documents].astype(np.int64), average
        )
        total += np.bincount(held.documents, weights=score, minlength=len(total))
    return total


def _field_order(word: Asked) -> str:
    return word.field or ""


def _in_field(
    field: FieldName | None, in_title: NDArray[Any], in_body: NDArray[Any], commonness: Commonness
) -> tuple[NDArray[Any], float]:
    """What is counted where a word is asked for, and how many grams an article has there on average."""
    match field:
        case None:
            return in_title + in_body, commonness.in_title + commonness.in_body
        case FieldName.TITLE:
            return in_title, commonness.in_title
        case _:  # the lead is not told from the rest of the body
            return in_body, commonness.in_body


def _gram_weights(texts: set[str], commonness: Commonness) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """The grams of the words, and for each its idf times the number of the words that have it."""
    counts = Counter(code for text in texts for code in gram_codes(SURFACE(text)))
    codes = np.fromiter(counts, dtype=np.int64, count=len(counts))
    times = np.fromiter(counts.values(), dtype=np.int64, count=len(counts))
    return codes.astype(np.uint32), (commonness.idf(codes) * times).astype(np.float32)


# Pairs


def pair_scores(snapshot: Snapshot, records: Records, asked: list[Asked]) -> NDArray[np.float64]:
    """What the neighbours in the query that are near each other in a record add to its score, already weighed.

    A pair counts as a term would whose idf is the mean of the idf of its two stems.
    """
    total = np.zeros(len(records.title_words))
    pairs = [pair for pair in pairwise(asked) if pair[0].field == pair[1].field]
    stems = list(dict.fromkeys(STEM(word.text) for pair in pairs for word in pair))
    if len(stems) < 2:
        return total
    occurrences = Occurrences(records, stems)
    idf = {stem: _idf(snapshot, stem) for stem in stems}
    for first, second in pairs:
        one, other = STEM(first.text), STEM(second.text)
        if one != other:
            lengths, average = _lengths(snapshot, records, first.field)
            adjacent, near = occurrences.pairs(one, other, first.field)
            score = schema.ADJACENT_WEIGHT * saturated(adjacent, lengths, average)
            score += schema.NEAR_WEIGHT * saturated(near, lengths, average)
            total += score * (idf[one] + idf[other]) / 2
    return total


def _lengths(
    snapshot: Snapshot, records: Records, field: FieldName | None
) -> tuple[NDArray[np.int64], float]:
    """How many words each record has where a pair is asked for, and how many an article has there on average."""
    words = np.diff(records.stem_bounds)
    average, average_title = (snapshot.average_lengths[name] for name in (schema.TEXT, schema.TITLE))
    match field:
        case None:
            return words, average
        case FieldName.TITLE:
            return records.title_words, average_title
        case _:
            return words - records.title_words, max(1.0, average - average_title)


def _idf(snapshot: Snapshot, stem: str) -> float:
    listed = snapshot.postings.get((schema.TEXT, stem))  # which finding the hits has mostly read
    held = len(listed.documents) if listed else document_frequency(snapshot, schema.TEXT, stem)
    return log(1 + (snapshot.size - held + 0.5) / (held + 0.5))


class Occurrences:
    """Where the stems of a query stand in the records, all on one line: records do not reach each other."""

    def __init__(self, records: Records, stems: list[str]) -> None:
        self.count = len(records.title_words)
        wanted = np.zeros(STEM_CODES, dtype=np.int8)
        self.numbers: dict[str, int] = {}
        for stem in stems:
            code = stem_code(stem)
            wanted[code] = wanted[code] or len(self.numbers) + 1
            self.numbers[stem] = int(wanted[code])
        found = wanted[records.stems]
        hits = np.nonzero(found)[0]
        self.words = found[hits]
        self.owners = np.searchsorted(records.stem_bounds, hits, side="right") - 1
        titles_end = records.stem_bounds[:-1] + records.title_words
        self.in_body = hits >= titles_end[self.owners]
        self.places = hits + PART_DISTANCE * (2 * self.owners + self.in_body)

    def pairs(
        self, one: str, other: str, field: FieldName | None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each record how often `other` follows `one` at once, and how many of `one` have it near."""
        scope = np.ones(len(self.words), dtype=np.bool_)
        if field is not None:
            scope = ~self.in_body if field is FieldName.TITLE else self.in_body
        firsts = np.nonzero((self.words == self.numbers[one]) & scope)[0]
        seconds = self.places[(self.words == self.numbers[other]) & scope]
        places = self.places[firsts]
        following = _held(seconds, places + 1, places + 1)
        near = _held(seconds, places - NEAR_WORDS, places + NEAR_WORDS)
        owners = self.owners[firsts]
        return self._counts(owners[following]), self._counts(owners[near])

    def _counts(self, owners: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.bincount(owners, minlength=self.count).astype(np.float64)


def _held(
    ascending: NDArray[np.int64], lowest: NDArray[np.int64], highest: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """For each stretch from `lowest` to `highest` whether one of the numbers lies in it.

    >>> _held(np.array([3, 9]), np.array([0, 4]), np.array([3, 8])).tolist()
    [True, False]
    """
    return np.searchsorted(ascending, highest, side="right") > np.searchsorted(ascending, lowest)


# Age


def recent(
    snapshot: Snapshot, documents: NDArray[np.int64], scores: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The scores of `documents` with age taken into account: relevance first, and of what is as relevant the newer.

    score · (s + (1 − s) · 2^(−age / HALF_LIFE)), s = OLDEST_SHARE, age in days before the newest article of the
    archive. An article without a date counts as infinitely old.
    """
    by_value, newest = _days_of_values(snapshot)
    own = by_value.take(days(snapshot).codes.take(documents))
    fresh = np.where(own > 0, 2.0 ** (-np.maximum(newest - own, 0) / HALF_LIFE), 0.0)
    return scores * (OLDEST_SHARE + (1 - OLDEST_SHARE) * fresh).astype(np.float32)


def recency(snapshot: Snapshot) -> NDArray[np.int64]:
    """Of all documents numbers in the order of date and, of the same date, of key; made once."""
    if "recency" not in snapshot.derived:
        dates, keys = snapshot.numbers[schema.PUBLISHED], snapshot.numbers[schema.KEY]
        if int(keys.min(initial=0)) >= 0 and int(keys.max(initial=0)) < 1 << KEY_BITS:
            made = (dates << KEY_BITS) + keys
        else:
            made = np.empty(len(keys), dtype=np.int64)
            made[np.lexsort((keys, dates))] = np.arange(len(keys))
        snapshot.derived["recency"] = made
    numbers: NDArray[np.int64] = snapshot.derived["recency"]
    return numbers


def _days_of_values(snapshot: Snapshot) -> tuple[NDArray[np.float64], float]:
    """The days of the dates that there are, and that of the newest article; worked out once."""
    if "days" not in snapshot.derived:
        column = days(snapshot)
        by_value = _days(np.array(column.values, dtype=np.int64))
        newest = by_value.take(column.codes[snapshot.live]).max(initial=0)
        snapshot.derived["days"] = by_value, float(newest)
    found: tuple[NDArray[np.float64], float] = snapshot.derived["days"]
    return found


def _days(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Dates as numbers (20150721; 20150000 for a year) as days since some day, near enough to tell ages; 0 for none."""
    years, months, days = codes // 10000, codes // 100 % 100, codes % 100
    return np.where(codes > 0, years * 365.25 + np.maximum(months - 1, 0) * 30.44 + days, 0.0)
