"""The ranking that the archive's own is measured against: what Lucene does for Arabic.

Lucene's Arabic analyzer normalises, takes light10 stems (Larkey, Ballesteros and Connell, 2007) and knows nothing else;
its ranking is BM25 over them. The archive keeps no index of light10 stems: the postings of one are those of all the
normalised words of the dictionary that share it, added up, which gives the same numbers. k1 and b are the archive's
own (`schema`), which suit light10 better than Lucene's 1.2 and .75. No bonus of any kind, for titles neither.

Two things differ from Lucene's, for both rankings alike: stop words are those of the archive, and they count in the
length of an article, since they stay in the index.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import LIGHT10
from articles.search.engines import schema
from articles.search.engines.contract import EngineProblem
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.evaluation import Answer, bm25
from articles.search.engines.whoosh.postings import NO_POSTINGS, Postings, postings
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.syntax import And, Expanded, FieldName, In, Node, Nothing, Or, Word

LIGHT10_RANKING = "light10"  # in Question.ranking
FIELDS = {FieldName.TITLE: schema.TITLE_EXACT, None: schema.EXACT, FieldName.BODY: schema.EXACT}

Dictionary = dict[str, list[str]]


class UnsupportedQuery(EngineProblem):
    """The baseline ranks words, all of them or any of them; it knows no other question."""

    code = "unsupported"


def answer(snapshot: Snapshot, tree: Node, deadline: Deadline) -> Answer:
    """What light10 and BM25 make of words joined by And and Or, in the whole text, the title or the body.

    Raises UnsupportedQuery for any other tree, QueryTooCostly when the time is used up.
    The first question on a snapshot takes seconds, which count as none of its time: every word is stemmed.
    """
    with deadline.not_counted():
        words = _words_by_stem(snapshot)
    return _Baseline(snapshot, words, deadline).answer(tree, None)


def _words_by_stem(snapshot: Snapshot) -> Dictionary:
    """The normalised words of the index by their light10 stems."""
    if LIGHT10_RANKING not in snapshot.derived:
        snapshot.derived[LIGHT10_RANKING] = _grouped(_dictionary(snapshot))
    words: Dictionary = snapshot.derived[LIGHT10_RANKING]
    return words


def _dictionary(snapshot: Snapshot) -> Iterator[str]:
    seen: set[bytes] = set()
    for arrays, _offset in snapshot.parts():
        seen.update(arrays.words(schema.EXACT))
    return (word.decode("utf-8", "surrogatepass") for word in sorted(seen))


def _grouped(words: Iterable[str]) -> Dictionary:
    grouped: Dictionary = {}
    for word in words:
        grouped.setdefault(LIGHT10(word), []).append(word)
    return grouped


class _Baseline:
    def __init__(self, snapshot: Snapshot, words: Dictionary, deadline: Deadline) -> None:
        self.snapshot = snapshot
        self.words = words
        self.deadline = deadline

    def answer(self, node: Node, field: FieldName | None) -> Answer:
        match node:
            case Word(text) if field in FIELDS:
                return self._word(text, field)
            case And(parts) | Or(parts):
                answers = [self.answer(part, field) for part in parts]
                every = np.logical_and.reduce if isinstance(node, And) else np.logical_or.reduce
                mask = every([each.mask for each in answers])
                scores = np.sum([each.scores for each in answers], axis=0, dtype=np.float32)
                return Answer(mask, np.where(mask, scores, np.float32(0)))
            case Expanded(part):  # light10 knows no other names
                return self.answer(part, field)
            case In(own, part):
                return self.answer(part, own)
            case Nothing():
                return Answer(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())
        raise UnsupportedQuery(f"the baseline cannot rank {type(node).__name__}, only words")

    def _word(self, text: str, field: FieldName | None) -> Answer:
        name = FIELDS[field]
        frequencies = self._frequencies(name, LIGHT10(text))
        if field is FieldName.BODY:
            frequencies -= self._frequencies(schema.TITLE_EXACT, LIGHT10(text))
        documents = np.nonzero(frequencies > 0)[0]
        listed = Postings(documents, frequencies[documents]) if len(documents) else NO_POSTINGS
        mask, scores = frequencies > 0, self._zeros()
        scores[documents] = bm25(self.snapshot, name, listed)
        return Answer(mask, scores)

    def _frequencies(self, name: str, stem: str) -> NDArray[np.float32]:
        """How often the words of a stem occur in each document, all together."""
        total = self._zeros()
        for word in self.words.get(stem, ()):
            self.deadline.check()
            listed = postings(self.snapshot, name, word)
            total[listed.documents] += listed.frequencies
        return total

    def _zeros(self) -> NDArray[np.float32]:
        return np.zeros(self.snapshot.size, dtype=np.float32)
