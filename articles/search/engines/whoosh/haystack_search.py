"""What SearchQuerySet asks for, answered on a snapshot: the rows of a page, the exact total, and facet counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from django.db.models import Model
from haystack.constants import DJANGO_CT, ID
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_model_ct
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.qparser import QueryParser

from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.evaluation import Answer
from articles.search.engines.whoosh.haystack_facets import date_facets, field_facets
from articles.search.engines.whoosh.marking import text_matcher
from articles.search.engines.whoosh.postings import postings
from articles.search.engines.whoosh.query_strings import parsed
from articles.search.engines.whoosh.query_trees import TreeEvaluation
from articles.search.engines.whoosh.related import SHARED_WORDS, telling_terms
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.spelling import FEW_HITS, suggestion
from articles.search.engines.whoosh.stored_columns import sort_key
from articles.search.matching import FieldMatcher

Stored = dict[str, Any]
UNSUPPORTED = ("within", "dwithin", "distance_point", "stats")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search as SearchQuerySet puts it to its backend, its options under Haystack's names."""

    query_string: str
    sort_by: Collection[str] = ()
    start_offset: int = 0
    end_offset: int | None = None
    highlight: Any = False
    facets: Mapping[str, Mapping[str, Any]] | Iterable[str] = ()
    date_facets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    query_facets: Mapping[str, str] | Iterable[tuple[str, str]] = ()
    narrow_queries: Collection[str] = ()
    spelling_query: str | None = None
    models: Collection[type[Model]] = ()
    result_class: type[Any] = SearchResult

    @classmethod
    def of(cls, query_string: str, options: Mapping[str, Any]) -> "Wanted":
        """Haystack's options that are ours too; what cannot be done is refused, never left out of the answer."""
        if refused := [name for name in UNSUPPORTED if options.get(name)]:
            raise SearchBackendError(f"the archive's engine has no {', '.join(refused)}")
        known = {each.name for each in fields(cls)} - {"query_string"}
        given = {name: value for name, value in options.items() if name in known and value is not None}
        return cls(query_string=str(query_string), **given)


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page as the index stores them, with their scores; what is left to do needs no index."""

    rows: list[tuple[Stored, float]]
    hits: int
    facets: dict[str, Any] = field(default_factory=dict)
    spelling: str | None = None
    matcher: FieldMatcher | None = None  # where what matched is to be marked


class HaystackSearch:
    """Searches of one Haystack connection on one snapshot, until `deadline`."""

    def __init__(self, snapshot: Snapshot, parser: QueryParser, indexes: Any, deadline: Deadline) -> None:
        self.snapshot = snapshot
        self.parser = parser
        self.content: str = parser.fieldname
        self.indexes = indexes
        self.trees = TreeEvaluation(snapshot, self.content, deadline)

    def search(self, wanted: Wanted, *, include_spelling: bool) -> Page:
        tree = self._parsed(wanted.query_string)
        answer = self._narrowed(self.trees.answer(tree), wanted.narrow_queries, wanted.models)
        documents = self._ordered(answer, wanted.sort_by)
        text = wanted.spelling_query or wanted.query_string
        return Page(
            rows=self._rows(answer, documents, wanted),
            hits=len(documents),
            facets=self._facets(answer.mask, wanted),
            spelling=suggestion(self.snapshot, self.content, text)
            if include_spelling and len(documents) < FEW_HITS
            else None,
            matcher=text_matcher(tree, self.content, self.snapshot.reader) if wanted.highlight else None,
        )

    def similar(self, identifier: str, text: str, wanted: Wanted) -> Page:
        """The documents that share the telling words of a text, narrowed to those its query string finds."""
        answer = self._narrowed(self._sharing(text), [wanted.query_string], wanted.models)
        answer.mask[postings(self.snapshot, ID, identifier).documents] = False
        documents = self._ordered(answer, wanted.sort_by)
        return Page(rows=self._rows(answer, documents, wanted), hits=len(documents))

    def _sharing(self, text: str) -> Answer:
        terms = telling_terms(self.snapshot, text, self.content)
        answers = [self.trees.answer(q.Term(self.content, term)) for term in terms]
        if not answers:
            return self.trees.answer(q.NullQuery)
        shared = np.sum([answer.mask for answer in answers], axis=0)
        return Answer(shared >= SHARED_WORDS, np.sum([answer.scores for answer in answers], axis=0))

    # What is found

    def _parsed(self, query_string: str) -> q.Query:
        try:
            return parsed(self.parser, query_string)
        except Exception as error:  # the parser fails in ways of its own on what nobody cleaned
            raise SearchBackendError(
                f"the query string {query_string!r} cannot be read: {error!r}"
            ) from error

    def _narrowed(self, answer: Answer, queries: Collection[str], models: Collection[type[Model]]) -> Answer:
        mask = answer.mask & self._of_models(models)
        for query in queries:
            mask = mask & self.trees.answer(self._parsed(str(query))).mask
        return Answer(mask, answer.scores)

    def _of_models(self, models: Collection[type[Model]]) -> NDArray[np.bool_]:
        """Documents of `models`, of all that have a search index where none are named; no second search."""
        registered = {get_model_ct(model) for model in self.indexes.get_indexed_models()}
        wanted = registered & {get_model_ct(model) for model in models} if models else registered
        held = {term.decode() for term in self.snapshot.reader.lexicon(DJANGO_CT)}
        mask = np.full(self.snapshot.size, fill_value=held <= wanted)
        for label in held & wanted:
            mask[postings(self.snapshot, DJANGO_CT, label).documents] = True
        return mask

    def _ordered(self, answer: Answer, sort_by: Collection[str]) -> NDArray[np.int64]:
        """The documents found in the order asked for, else by score; equals in the order of the index."""
        documents = np.nonzero(answer.mask)[0]
        if not sort_by:
            return documents[np.argsort(-answer.scores[documents], kind="stable")]
        keys = [sort_key(self.snapshot, order, documents) for order in sort_by]
        return documents[np.lexsort(keys[::-1])]

    # What is given of it

    def _rows(
        self, answer: Answer, documents: NDArray[np.int64], wanted: Wanted
    ) -> list[tuple[Stored, float]]:
        page = documents[wanted.start_offset or 0 : wanted.end_offset].tolist()
        return [(self.snapshot.reader.stored_fields(number), float(answer.scores[number])) for number in page]

    def _facets(self, found: NDArray[np.bool_], wanted: Wanted) -> dict[str, Any]:
        if not (wanted.facets or wanted.date_facets or wanted.query_facets):
            return {}
        queries = wanted.query_facets
        pairs = queries.items() if isinstance(queries, Mapping) else queries
        return {
            "fields": field_facets(self.snapshot, found, wanted.facets),
            "dates": date_facets(self.snapshot, found, wanted.date_facets),
            "queries": {f"{name}:{query}": self._query_facet(found, name, query) for name, query in pairs},
        }

    def _query_facet(self, found: NDArray[np.bool_], name: str, query: str) -> int:
        return int((found & self.trees.answer(self._parsed(f"{name}:({query})")).mask).sum())
