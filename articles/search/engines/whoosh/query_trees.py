"""Whoosh's query trees over a snapshot: which documents match, and how well.

Compounds and single terms are worked out over whole arrays; every other leaf (phrases, patterns, ranges) is walked
by Whoosh's own matchers. A part without any word, such as a lone comma, asks for nothing and is left out.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.fields import FieldType
from whoosh.qparser import QueryParserError
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from articles.search.engines.deadline import Deadline
from articles.search.engines.schema import K1, B
from articles.search.engines.whoosh.documents import is_whole
from articles.search.engines.whoosh.evaluation import Answer, bm25
from articles.search.engines.whoosh.postings import postings
from articles.search.engines.whoosh.query_strings import UNSTEMMED
from articles.search.engines.whoosh.snapshot import Snapshot

NoWord = type(q.NullQuery)

STEPS_BETWEEN_LOOKS = 2000  # postings walked between two looks at the clock


class TreeEvaluation:
    """Evaluates trees on one snapshot until `deadline`."""

    def __init__(self, snapshot: Snapshot, content: str, deadline: Deadline) -> None:
        self.snapshot = snapshot
        self.everywhere = {None, content, UNSTEMMED.get(content)}  # where `*` alone asks for every document
        self.deadline = deadline
        self.searcher = Searcher(snapshot.reader, BM25F(B=B, K1=K1), closereader=False)

    def answer(self, tree: q.Query) -> Answer:
        """The live documents that match; none where the tree holds no word at all."""
        found = self._answer(tree) if self.snapshot.size else None
        if found is None:
            return self._nothing()
        return Answer(found.mask & self.snapshot.live, found.scores)

    def _answer(self, tree: q.Query) -> Answer | None:
        self.deadline.check()
        match tree:
            case q.And():
                return self._joined(tree, np.logical_and)
            case q.Or():
                return self._joined(tree, np.logical_or)
            case q.Not():
                inner = self._answer(tree.query)
                return inner and Answer(~inner.mask, self._ones())
            case q.AndNot():
                return self._and_not(self._answer(tree.a), self._answer(tree.b))
            case q.AndMaybe():
                return self._and_maybe(self._answer(tree.a), self._answer(tree.b))
            case q.Require():
                return self._required(self._answer(tree.a), self._answer(tree.b))
            case _:
                return self._leaf(tree)

    # Compounds

    def _joined(self, tree: q.And | q.Or, combine: np.ufunc) -> Answer | None:
        """One part after another into the arrays of the first: a filter may list thousands of values."""
        whole: Answer | None = None
        for part in filter(None, map(self._answer, tree)):
            part.scores[~part.mask] = 0
            if whole is None:
                whole = part
            else:
                combine(whole.mask, part.mask, out=whole.mask)
                np.add(whole.scores, part.scores, out=whole.scores)
        return whole and Answer(whole.mask, whole.scores * np.float32(tree.boost))

    def _and_not(self, wanted: Answer | None, unwanted: Answer | None) -> Answer | None:
        if wanted is None or unwanted is None:
            return wanted
        return Answer(wanted.mask & ~unwanted.mask, wanted.scores)

    def _and_maybe(self, wanted: Answer | None, welcome: Answer | None) -> Answer | None:
        if wanted is None or welcome is None:
            return wanted
        return Answer(wanted.mask, wanted.scores + np.where(welcome.mask, welcome.scores, np.float32(0)))

    def _required(self, scored: Answer | None, required: Answer | None) -> Answer | None:
        if scored is None or required is None:
            return scored
        return Answer(scored.mask & required.mask, scored.scores)

    # Leaves

    def _leaf(self, leaf: q.Query) -> Answer | None:
        read = self._read(leaf)
        if read != leaf:
            return self._answer(read)
        match leaf:
            case NoWord():
                return self._nothing() if getattr(leaf, "error", None) else None
            case q.Every() if leaf.fieldname in self.everywhere:
                return Answer(np.ones(self.snapshot.size, dtype=np.bool_), self._ones())
            case q.Term(text=str()) if self._is_array(leaf.fieldname):
                return self._term(leaf)
            case _:
                return self._walked(leaf)

    def _read(self, leaf: q.Query) -> q.Query:
        """The leaf as its field reads it: a quoted number is a number, and `*` alone is every document."""
        if isinstance(leaf, q.Phrase) and leaf.fieldname in self.snapshot.reader.schema:
            return self._read_phrase(leaf)
        return leaf.normalize()

    def _read_phrase(self, phrase: q.Phrase) -> q.Query:
        name = phrase.fieldname
        field = self.snapshot.reader.schema[name]
        if not phrase.words:
            return q.NullQuery
        if field.self_parsing():
            return _number(field, name, " ".join(phrase.words))
        if len(phrase.words) == 1 or not field.supports("positions"):
            return q.And([q.Term(name, word, boost=phrase.boost) for word in phrase.words])
        return phrase

    def _is_array(self, name: str) -> bool:
        """Whether terms of a field are worked out over arrays: texts with known lengths, and whole values."""
        schema = self.snapshot.reader.schema
        return name in self.snapshot.lengths or (name in schema and is_whole(schema[name]))

    def _term(self, term: q.Term) -> Answer:
        """Ranked by BM25 in texts; a whole value is there or not."""
        snapshot, name = self.snapshot, term.fieldname
        answer = self._nothing()
        listed = postings(snapshot, name, term.text)
        if len(listed.documents):
            boost = term.boost * snapshot.reader.schema[name].format.field_boost
            ranked = bm25(snapshot, name, listed) if name in snapshot.lengths else 1.0
            answer.mask[listed.documents] = True
            answer.scores[listed.documents] = np.float32(boost) * ranked
        return answer

    def _walked(self, leaf: q.Query) -> Answer:
        """The documents that Whoosh's own matcher goes through."""
        answer = self._nothing()
        for searcher, offset in self.searcher.leaf_searchers():
            for document, score in self._walk(leaf, searcher):
                answer.mask[offset + document] = True
                answer.scores[offset + document] = score
        return answer

    def _walk(self, leaf: q.Query, searcher: Searcher) -> Iterable[tuple[int, float]]:
        matcher = leaf.matcher(searcher, SearchContext(weighting=searcher.weighting))
        steps = 0
        while matcher.is_active():
            yield matcher.id(), matcher.score()
            matcher.next()
            steps += 1
            if steps % STEPS_BETWEEN_LOOKS == 0:
                self.deadline.check()

    def _nothing(self) -> Answer:
        return Answer(np.zeros(self.snapshot.size, dtype=np.bool_), self._zeros())

    def _zeros(self) -> NDArray[np.float32]:
        return np.zeros(self.snapshot.size, dtype=np.float32)

    def _ones(self) -> NDArray[np.float32]:
        return np.ones(self.snapshot.size, dtype=np.float32)


def _number(field: FieldType, name: str, text: str) -> q.Query:
    try:
        return field.parse_query(name, text)
    except QueryParserError as error:
        return q.error_query(error)
