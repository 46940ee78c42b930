"""What is measured inside Django: the results page by class of query, and indexing beside plain Whoosh's.

Run by `python -m tests.bench` as a process of its own; prints one JSON object.
"""

import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
import whoosh
from django.conf import settings
from django.test import Client
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.index import create_in

from articles.models.article import Article
from articles.search.engines import schema
from articles.search.engines.connection import engine
from articles.search.engines.whoosh.backend import ArchiveBackend, whoosh_values
from articles.search.engines.whoosh.fields import LevelAnalyzer
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search_indexes import ArticleIndex
from tests.bench.queries import query_classes

ROUNDS = 3


def pages(backend: ArchiveBackend) -> dict[str, dict[str, float]]:
    """Milliseconds of a whole results page through Django by class: the first time a query is asked, and later."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.get("/search/")
    found = {}
    for name, queries in query_classes(backend.snapshot()).items():
        first = [page(client, query) for query in queries]
        later = [page(client, query) for _round in range(ROUNDS) for query in queries]
        found[name] = {**spread("first", first), **spread("later", later)}
    return found


def page(client: Client, query: str) -> float:
    begun = time.perf_counter()
    response = client.get("/search/", {"q": query})
    taken = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, (query, response.status_code)
    return taken


def spread(name: str, values: list[float]) -> dict[str, float]:
    values.sort()
    return {f"{name} median": statistics.median(values), f"{name} p95": values[int(0.95 * (len(values) - 1))]}


def indexing(backend: ArchiveBackend, count: int) -> dict[str, float]:
    """Articles a second with the same fields and terms: ours, and plain Whoosh's, from the same rows."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:count])
    with tempfile.TemporaryDirectory() as folder:
        backend.folder = IndexFolder(Path(folder) / "ours")
        ours = seconds(lambda: backend.rebuild([keys], wait=1, done=lambda _count: None))
        plain = seconds(lambda: plain_whoosh(Path(folder), keys))
    return {"articles": len(keys), "ours": len(keys) / ours, "plain Whoosh": len(keys) / plain}


def seconds(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def plain_whoosh(folder: Path, keys: list[int]) -> None:
    """The same documents into Whoosh's own fields, writer and codec, analysed by the same rules."""
    index = create_in(str(folder), plain_schema())
    writer = index.writer(limitmb=256)
    for document in documents(keys):
        writer.add_document(**document)
    writer.commit()


def plain_schema() -> Schema:
    texts = {schema.TEXT: "stem", schema.EXACT: "surface", schema.TITLE: "stem", schema.TITLE_EXACT: "surface",
             schema.SOURCE_NAME: "surface", schema.AUTHOR_NAME: "surface"}  # fmt: skip
    whole = (schema.STATUS, schema.SOURCE, schema.AUTHOR, schema.COLLECTIONS)
    return Schema(
        id=ID(stored=True, unique=True), django_ct=ID(stored=True), django_id=ID(stored=True),
        **{name: TEXT(analyzer=LevelAnalyzer(level), stored=False) for name, level in texts.items()},
        **{name: ID(stored=True, sortable=True) for name in whole},
        **{name: NUMERIC(int, bits=64, stored=True, sortable=True) for name in (schema.KEY, schema.PUBLISHED)},
    )  # fmt: skip


def documents(keys: list[int]) -> Iterator[dict[str, Any]]:
    index = ArticleIndex()
    for article in index.index_queryset().filter(pk__in=keys).order_by("pk").iterator(500):
        yield dict(whoosh_values(index.prepare(article)))


def main() -> None:
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    opened = seconds(backend.snapshot)
    result = {
        "articles": backend.document_count(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, Django {django.__version__}, "
        f"Whoosh {whoosh.versionstring()}",
        "open seconds": opened,
        "pages": pages(backend),
        "indexing": indexing(backend, int(sys.argv[1])),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
