"""The archive's own engine on the index of DATA_DIR: it is built from the database, not from analysed rows.

Words are asked for at the level of stems, as the others hold them; patterns match words as written, of which there are
more. Scores take in title and body, and the best hits are scored once more, as a reader's are.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.contract import Engine, Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.request import FacetName, Sort
from articles.search.syntax import (
    And,
    DateRange,
    FieldName,
    In,
    Level,
    Near,
    Node,
    Or,
    Phrase,
    Wildcard,
    Word,
)

VERSION = "this archive"


def build(rows: Iterator[Any], folder: Path) -> int:
    return indexing.rebuild().indexed


def size(folder: Path) -> int:
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    return sum(path.stat().st_size for path in backend.folder.path.rglob("*") if path.is_file())


def open_index(folder: Path) -> Engine:
    engine().document_count()
    return engine()


def ask(asked: Engine, query: dict[str, Any]) -> tuple[int, list[int]]:
    facets = (FacetName.SOURCE,) if query["kind"] == "facets" else ()
    order = Sort.NEWEST if query["kind"] == "sorted" else Sort.RELEVANCE
    found = asked.find(Question(tree(query), count=10, facets=facets, sort=order))
    return found.total, list(found.keys)


def tree(query: dict[str, Any]) -> Node:
    words = tuple(Word(word, Level.STEM) for word in query["words"])
    match query["kind"]:
        case "any":
            return Or(words)
        case "phrase":
            return Phrase(tuple(query["words"]), Level.STEM)
        case "near":
            return Near(words, 5)
        case "prefix":
            return Wildcard(f"{query['words'][0]}*")
        case "wildcard":
            return Wildcard("*".join(query["words"]))
        case "title":
            return In(FieldName.TITLE, words[0])
        case "dated":
            return And((words[0], DateRange(day(query["from"]), day(query["to"]))))
        case _:
            return And(words) if len(words) > 1 else words[0]


def day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
