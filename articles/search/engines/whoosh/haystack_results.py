"""From the rows of a page to Haystack's results. It may ask the database, so it is done when the index is let go."""

from collections.abc import Mapping
from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_identifier
from haystack.utils.app_loading import haystack_get_model

from articles.search.engines.whoosh.documents import restored
from articles.search.engines.whoosh.haystack_search import Page, Stored, Wanted
from articles.search.engines.whoosh.marking import marked_passages


class Results:
    """Makes the results of one connection; `content` is its document field."""

    def __init__(self, indexes: Any, alias: str, content: str) -> None:
        self.indexes = indexes
        self.alias = alias
        self.content = content

    def answer(self, page: Page, wanted: Wanted) -> dict[str, Any]:
        """What a Haystack backend's `search` returns."""
        marked = self._marked(page)
        return {
            "results": [
                self._result(row, score, marked.get(row[ID], {}), wanted.result_class)
                for row, score in page.rows
            ],
            "hits": page.hits,
            "facets": page.facets,
            "spelling_suggestion": page.spelling,
        }

    def _result(self, row: Stored, score: float, marked: Stored, result_class: type[Any]) -> Any:
        app_label, model_name = row[DJANGO_CT].split(".")
        index = self._index_of(row[DJANGO_CT])
        fields = {field.index_fieldname: field for field in index.fields.values()}
        return result_class(app_label, model_name, row[DJANGO_ID], score, **restored(fields, row), **marked)

    def _marked(self, page: Page) -> Mapping[str, Stored]:
        if page.matcher is None:
            return {}
        texts = self._texts([row for row, _score in page.rows])
        return {
            identifier: {"highlighted": {self.content: marked_passages(text, page.matcher)}}
            for identifier, text in texts.items()
        }

    def _texts(self, rows: list[Stored]) -> dict[str, str]:
        """The texts of the documents on a page, from their rows where the index does not store them."""
        texts = {row[ID]: row.get(self.content, "") for row in rows}
        for label in {row[DJANGO_CT] for row in rows if self.content not in row}:
            index = self._index_of(label)
            keys = [row[DJANGO_ID] for row in rows if row[DJANGO_CT] == label]
            for row in index.read_queryset(using=self.alias).filter(pk__in=keys):
                texts[get_identifier(row)] = index.full_prepare(row)[self.content]
        return texts

    def _index_of(self, label: str) -> Any:
        return self.indexes.get_index(haystack_get_model(*label.split(".")))
