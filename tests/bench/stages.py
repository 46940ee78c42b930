"""What is measured inside Django: suggestions, an update of one article, and indexing beside two other ways.

    python -m tests.bench.stages ARTICLES [--update]

Run by `python -m tests.bench` as a process of its own; prints one JSON object.
"""

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

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
from articles.search.engines.contract import Question
from articles.search.engines.index_fields import LevelField, NumberField
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.documents import whoosh_values
from articles.search.engines.whoosh.fields import LevelAnalyzer
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search.indexing import index_stale
from articles.search.syntax import Word
from articles.search_indexes import ArticleIndex
from tests.bench.engines.stock_haystack import updated
from tests.bench.queries import typed_classes

ROUNDS = 3
UPDATES = 25
NEVER_SEEN = 810_000_000
STOCK = 1000  # articles: one batch of stock Haystack's update, which opens a reader for each of them


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


def updates(backend: ArchiveBackend) -> dict[str, float]:
    """Milliseconds from an article's change in the database until a search finds it by its new title."""
    titles = Article.objects.order_by("pk").values_list("pk", "title")
    chosen = list(titles[:: max(1, titles.count() // UPDATES)][:UPDATES])
    wall, processor = [], []
    for number, (key, _title) in enumerate(chosen):
        word = str(NEVER_SEEN + number)
        Article.objects.filter(pk=key).change(title=word)
        begun = time.perf_counter(), time.process_time()
        report = index_stale()
        found = backend.find(Question(Word(word), count=1))
        wall.append((time.perf_counter() - begun[0]) * 1000)
        processor.append((time.process_time() - begun[1]) * 1000)
        assert not report.problem, report.problem
        assert found.keys == (key,), (found.keys, key)
    for key, title in chosen:  # the archive may be one that is kept
        Article.objects.filter(pk=key).change(title=title)
    index_stale()
    return {**spread("wall", wall), **spread("processor", processor), "most": max(wall)}


class Took(NamedTuple):
    """Of an index that was built: seconds, processor seconds (of child processes too), and its bytes."""

    seconds: float
    processor: float
    bytes: int


def indexing(backend: ArchiveBackend, count: int) -> dict[str, Any]:
    """The same rows in one process: ours with all it keeps, plain Whoosh with fields it has, stock Haystack."""
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True)[:count])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        backend.folder = IndexFolder(folder / "ours")
        backend.processes = 1
        told = {
            "ours": took(folder / "ours", lambda: backend.rebuild([keys], wait=1, done=lambda _count: None)),
            "plain Whoosh": took(folder / "plain", lambda: plain_whoosh(folder / "plain", keys)),
            "stock Haystack": took(folder / "stock", lambda: updated(folder / "stock", keys[:STOCK])),
        }
    given = {"stock Haystack": min(STOCK, len(keys))}
    return {
        "articles": len(keys),
        **{name: rates(each, given.get(name, len(keys))) for name, each in told.items()},
    }


def took(folder: Path, work: Callable[[], None]) -> Took:
    folder.mkdir()
    begun, processor = time.perf_counter(), sum(os.times()[:4])
    work()
    seconds, processor = time.perf_counter() - begun, sum(os.times()[:4]) - processor
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return Took(seconds, processor, sum(path.stat().st_size for path in files))


def rates(told: Took, count: int) -> dict[str, float]:
    return {
        "a second": count / told.seconds,
        "a processor second": count / told.processor,
        "bytes an article": told.bytes / count,
    }


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
    result = {
        "articles": backend.document_count(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, Django {django.__version__}, "
        f"Whoosh {whoosh.versionstring()}",
        "suggestions": suggestions(backend),
        **({"updates": updates(backend)} if "--update" in sys.argv else {}),
        "indexing": indexing(backend, int(sys.argv[1])),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
