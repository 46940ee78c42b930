"""The archive's own engine on the index of DATA_DIR: it is built from the database, not from analysed rows.

Words are asked for at the level of stems, as the others hold them; patterns match words as written, of which there are
more. Scores take in title and body, and the best hits are scored once more, as a reader's are.
"""

from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.conf import settings
from django.test import Client

from articles.arabic.analysis import fingerprint
from articles.search import warming
from articles.search.engines.connection import engine
from articles.search.engines.contract import Engine, Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.generations import FORMAT
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
from tests.bench.engines import BEST
from tests.bench.engines.asking import bytes_in

warming.prepare()  # as a process that serves does

VERSION = f"this archive, format {FORMAT}, rules {fingerprint()[:8]}"
LAYOUT = 1
COMMAND = ("manage.py", "rebuild_index")
MADE_OF = "printed"
QUICKLY_BUILT = 100_000  # articles; to so many the index is always built anew
DATES = "التاريخ:{:%Y-%m-%d}..{:%Y-%m-%d}"


def count() -> int:
    return engine().document_count()


def size(folder: Path) -> int:
    """The bytes of the generation in force; the one before it is kept for readers that still have it open."""
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    current = backend.folder.current()
    assert current is not None
    return bytes_in(current)


def stands() -> bool:
    """Whether the index of an earlier run will do."""
    return engine().rules() == fingerprint() and engine().document_count() > QUICKLY_BUILT


def open_index(folder: Path) -> Engine:
    engine().document_count()
    return engine()


def ask(asked: Engine, query: dict[str, Any]) -> tuple[int, list[int]]:
    facets = (FacetName.SOURCE,) if query["kind"] == "facets" else ()
    order = Sort.NEWEST if query["kind"] == "sorted" else Sort.RELEVANCE
    found = asked.find(Question(tree(query), count=BEST, facets=facets, sort=order))
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


# The results page


def open_page(folder: Path) -> Client:
    """A process that serves: its first page, without a query, is behind it."""
    open_index(folder)
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    assert client.get("/search/").status_code == 200
    return client


def page(client: Client, query: dict[str, Any]) -> tuple[int, int]:
    """The results page through Django, as a reader who types the query gets it: words at the default level."""
    order = {"sort": Sort.NEWEST.value} if query["kind"] == "sorted" else {}
    response = client.get("/search/", {"q": typed(query), **order})
    assert response.status_code == 200, (query, response.status_code)
    return 0, len(response.content)


def typed(query: dict[str, Any]) -> str:
    words = query["words"]
    match query["kind"]:
        case "any":
            return " أو ".join(words)
        case "phrase":
            return f"«{' '.join(words)}»"
        case "near":
            return " قرب/5 ".join(words)
        case "prefix":
            return f"{words[0]}*"
        case "wildcard":
            return "*".join(words)
        case "title":
            return f"العنوان:{words[0]}"
        case "dated":
            return f"{words[0]} {DATES.format(day(query['from']), day(query['to']))}"
        case _:
            return " ".join(words)
