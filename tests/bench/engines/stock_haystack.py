"""Haystack as it comes, on Whoosh as it comes: its own engine, schema, analyzer and SearchQuerySet.

It is given the articles of DATA_DIR as printed and asked for words as printed: it has no Arabic, so it finds fewer.
Its `update` opens a reader for each article, which at 100,000 would take days; the index is written in one go instead,
which is also quicker to search. `stages` measures `update` on a few.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
import haystack
import whoosh
from haystack import connections, indexes
from haystack.query import SearchQuerySet

from articles.models.article import Article, ArticleQuerySet

VERSION = f"django-haystack {haystack.__version__}, Whoosh {whoosh.versionstring()}"
LAYOUT = 1
MADE_OF = "printed"
QUERIES, ROUNDS = 3, 1  # of each class: an answer takes seconds
STOCK = "haystack.backends.whoosh_backend.WhooshEngine"
BATCH = 1000  # articles a commit
FACETS = ("source", "author")


class StockIndex(indexes.SearchIndex, indexes.Indexable):
    """A search index as Haystack's tutorial writes one."""

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="title")
    source = indexes.CharField(faceted=True)
    author = indexes.CharField(model_attr="author", faceted=True)
    published = indexes.DateTimeField(model_attr="published_on", null=True)

    def get_model(self) -> type[Article]:
        return Article

    def index_queryset(self, using: str | None = None) -> ArticleQuerySet:
        return Article.objects.visible().select_related("source").order_by("pk")

    def prepare_text(self, article: Article) -> str:
        return f"{article.title}\n{article.body}"

    def prepare_source(self, article: Article) -> str:
        return article.source.name if article.source else ""


def connected(folder: Path, alias: str = "stock") -> Any:
    """Haystack's backend on an index in this folder."""
    connections.connections_info[alias] = {
        "ENGINE": STOCK,
        "PATH": str(folder / "whoosh"),
        "SILENTLY_FAIL": False,
    }
    connections[alias].get_unified_index().build(indexes=[StockIndex()])
    backend = connections[alias].get_backend()
    backend.setup()
    return backend


def build(rows: Iterator[Any], folder: Path) -> int:
    backend, index = connected(folder), StockIndex()
    writer = backend.index.writer(limitmb=256)
    count = 0
    for article in index.index_queryset().iterator(500):
        prepared = index.full_prepare(article)
        writer.add_document(**{name: backend._from_python(value) for name, value in prepared.items()})
        count += 1
    writer.commit()
    return count


def updated(folder: Path, keys: list[int]) -> None:
    """A new index through `update`, as update_index gives it articles."""
    backend, index = connected(folder, "updated"), StockIndex()
    for start in range(0, len(keys), BATCH):
        backend.update(index, index.index_queryset().filter(pk__in=keys[start : start + BATCH]))


def open_index(folder: Path) -> Any:
    return connected(folder)


def ask(_backend: Any, query: dict[str, Any]) -> tuple[int, list[int]]:
    """Top 20 without highlighting."""
    found = SearchQuerySet(using="stock").raw_search(expression(query))
    if query["kind"] == "sorted":
        found = found.order_by("-published")
    if query["kind"] == "facets":
        found = found.facet("source")
    best = [int(hit.pk) for hit in found[:20]]
    return len(found), best


def page(_backend: Any, query: dict[str, Any]) -> tuple[int, int]:
    """What the results page asks: 20 hits highlighted, facets, a timeline by month, the total; no template."""
    found = SearchQuerySet(using="stock").raw_search(expression(query)).highlight()
    if query["kind"] == "sorted":
        found = found.order_by("-published")
    for name in FACETS:
        found = found.facet(name)
    found = found.date_facet("published", date(2005, 1, 1), date(2016, 1, 1), "month")
    shown = [(hit.title, hit.highlighted) for hit in found[:20]]
    counted = found.facet_counts()
    return len(found), len(shown) + len(counted.get("fields", ()))


def expression(query: dict[str, Any]) -> str:
    """The query in Whoosh's language; proximity is in order only, as its parser has it."""
    words = query["words"]
    match query["kind"]:
        case "any":
            return " OR ".join(words)
        case "phrase":
            return f'"{" ".join(words)}"'
        case "near":
            return f'"{" ".join(words)}"~5'
        case "prefix":
            return f"{words[0]}*"
        case "wildcard":
            return "*".join(words)
        case "title":
            return f"title:{words[0]}"
        case "dated":
            return f"{words[0]} AND published:[{query['from']}000000 TO {query['to']}235959]"
        case _:
            return " AND ".join(words)
