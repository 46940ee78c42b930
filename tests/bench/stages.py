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
from articles.search.engines.connection import engine
from articles.search.engines.index_fields import LevelField, NumberField
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.documents import whoosh_values
from articles.search.engines.whoosh.fields import LevelAnalyzer
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search_indexes import ArticleIndex
from tests.bench.queries import query_classes, typed_classes

ROUNDS = 3


def pages(backend: ArchiveBackend) -> dict[str, dict[str, float]]:
    """Milliseconds of a whole results page through Django by class: the first time a query is asked, and later."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.get("/search/")
    found = {}
    for name, queries in query_classes(backend.snapshot()).items():
        found[name] = asked(client, "/search/", queries)
    return found


def suggestions(backend: ArchiveBackend) -> dict[str, dict[str, float]]:
    """Milliseconds of a whole answer to something typed; the first answer of all makes the word lists."""
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    made = page(client, "/search/suggest/", "ا")
    classes = typed_classes(backend.snapshot())
    found = {name: asked(client, "/search/suggest/", typed) for name, typed in classes.items()}
    return {"the first of a process": {**spread("first", [made]), **spread("later", [made])}, **found}


def asked(client: Client, url: str, queries: list[str]) -> dict[str, float]:
    first = [page(client, url, query) for query in queries]
    later = [page(client, url, query) for _round in range(ROUNDS) for query in queries]
    return {**spread("first", first), **spread("later", later)}


def page(client: Client, url: str, query: str) -> float:
    begun = time.perf_counter()
    response = client.get(url, {"q": query})
    taken = (time.perf_counter() - begun) * 1000
    assert response.status_code == 200, (query, response.status_code)
    return taken


def spread(name: str, values: list[float]) -> dict[str, float]:
    values.sort()
    return {f"{name} median": statistics.median(values), f"{name} p95": values[int(0.95 * (len(values) - 1))]}


def indexing(backend: ArchiveBackend, count: int) -> dict[str, float]:
    """Articles a second from the same rows: ours with all it keeps, plain Whoosh with the fields that it has."""
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
    """Whoosh's own fields for whatever text, number or whole value the archive indexes."""
    return Schema(
        id=ID(stored=True, unique=True), django_ct=ID(stored=True), django_id=ID(stored=True),
        **{name: field for name, field in map(plain_field, ArticleIndex().fields.items()) if field},
    )  # fmt: skip


def plain_field(named: tuple[str, Any]) -> tuple[str, Any]:
    """A field by its name; None for what only our own writer can take: bounds, forms, roots and records."""
    name, field = named
    if isinstance(field, LevelField):
        return name, TEXT(analyzer=LevelAnalyzer(field.level), stored=False)
    if isinstance(field, NumberField):
        return name, NUMERIC(int, bits=64, stored=True, sortable=True)
    return name, ID(stored=True, sortable=True) if getattr(field, "whole", False) else None


def documents(keys: list[int]) -> Iterator[dict[str, Any]]:
    """What the plain writer is given: no value of a field it does not have."""
    index, fields = ArticleIndex(), plain_schema().names()
    for article in index.index_queryset().filter(pk__in=keys).order_by("pk").iterator(500):
        prepared = whoosh_values(index.prepare(article))
        yield {name: value for name, value in prepared if name.removeprefix("_stored_") in fields}


def main() -> None:
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    opened = seconds(backend.snapshot)
    result = {
        "articles": backend.document_count(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, Django {django.__version__}, "
        f"Whoosh {whoosh.versionstring()}",
        "open seconds": opened,
        "suggestions": suggestions(backend),
        "pages": pages(backend),
        "indexing": indexing(backend, int(sys.argv[1])),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
