"""What SearchQuerySet asks for, answered on a snapshot: the page of results, the exact total, and facet counts."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import Model
from haystack import connections
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct
from haystack.utils.app_loading import haystack_get_model
from numpy.typing import NDArray
from whoosh import query as q
from whoosh.qparser import QueryParser

from articles.search.engines.whoosh.documents import restored
from articles.search.engines.whoosh.evaluation import Answer
from articles.search.engines.whoosh.haystack_facets import date_facets, field_facets
from articles.search.engines.whoosh.marking import marked_passages, text_matcher
from articles.search.engines.whoosh.postings import postings
from articles.search.engines.whoosh.query_strings import parsed
from articles.search.engines.whoosh.query_trees import TreeEvaluation
from articles.search.engines.whoosh.related import SHARED_WORDS, telling_terms
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.spelling import FEW_HITS, suggestion
from articles.search.engines.whoosh.stored_columns import sort_key

Stored = dict[str, Any]
Marker = Callable[[list[Stored]], list[Stored]]


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


class HaystackSearch:
    """Searches of one Haystack connection on one snapshot, until `deadline` (a time.monotonic() moment)."""

    def __init__(self, snapshot: Snapshot, parser: QueryParser, alias: str, deadline: float) -> None:
        self.snapshot = snapshot
        self.parser = parser
        self.alias = alias
        self.content: str = parser.fieldname
        self.indexes = connections[alias].get_unified_index()
        self.trees = TreeEvaluation(snapshot, self.content, deadline)

    def search(self, wanted: Wanted, *, include_spelling: bool) -> dict[str, Any]:
        tree = self._parsed(wanted.query_string)
        answer = self._narrowed(self.trees.answer(tree), wanted.narrow_queries, wanted.models)
        mark = self._marker(tree) if wanted.highlight else None
        results = self._page(answer, wanted, mark)
        suggested = include_spelling and results["hits"] < FEW_HITS
        text = wanted.spelling_query or wanted.query_string
        return results | {
            "facets": self._facets(answer.mask, wanted),
            "spelling_suggestion": suggestion(self.snapshot, self.content, text) if suggested else None,
        }

    def similar(self, instance: Model, wanted: Wanted) -> dict[str, Any]:
        """The documents that share the telling words of `instance`, narrowed to those its query string finds."""
        text = self.indexes.get_index(type(instance)).full_prepare(instance)[self.content]
        answer = self._narrowed(self._sharing(text), [wanted.query_string], wanted.models)
        answer.mask[postings(self.snapshot, ID, get_identifier(instance)).documents] = False
        return self._page(answer, wanted, None)

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

    # What is shown

    def _page(self, answer: Answer, wanted: Wanted, mark: Marker | None) -> dict[str, Any]:
        documents = self._ordered(answer, wanted.sort_by)
        page = documents[wanted.start_offset or 0 : wanted.end_offset].tolist()
        stored = [self.snapshot.reader.stored_fields(document) for document in page]
        marked = mark(stored) if mark else [{} for _document in page]
        results = [
            self._result(fields, float(answer.scores[document]), extra, wanted.result_class)
            for document, fields, extra in zip(page, stored, marked, strict=True)
        ]
        return {"results": results, "hits": len(documents)}

    def _result(self, stored: Stored, score: float, extra: Stored, result_class: type[Any]) -> Any:
        app_label, model_name = stored[DJANGO_CT].split(".")
        index = self.indexes.get_index(haystack_get_model(app_label, model_name))
        fields = {field.index_fieldname: field for field in index.fields.values()}
        values = restored(fields, stored) | extra
        return result_class(app_label, model_name, stored[DJANGO_ID], score, **values)

    def _marker(self, tree: q.Query) -> Marker:
        matcher = text_matcher(tree, self.content, self.snapshot.reader)

        def mark(page: list[Stored]) -> list[Stored]:
            texts = self._texts(page)
            return [
                {"highlighted": {self.content: marked_passages(texts[fields[ID]], matcher)}}
                for fields in page
            ]

        return mark

    def _texts(self, page: list[Stored]) -> dict[str, str]:
        """The texts of the documents on a page, from their rows where the index does not store them."""
        texts = {fields[ID]: fields.get(self.content, "") for fields in page}
        for label in {fields[DJANGO_CT] for fields in page if self.content not in fields}:
            index = self.indexes.get_index(haystack_get_model(*label.split(".")))
            keys = [fields[DJANGO_ID] for fields in page if fields[DJANGO_CT] == label]
            for row in index.read_queryset(using=self.alias).filter(pk__in=keys):
                texts[get_identifier(row)] = index.full_prepare(row)[self.content]
        return texts

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
