"""Whoosh as it comes: its own fields, codec and matchers, on the same analysed words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import whoosh
from whoosh import query as q
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.query.spans import SpanNear2

from tests.bench.engines import BEST

VERSION = f"Whoosh {whoosh.versionstring()}"
LAYOUT = 1


def build(rows: Iterator[Any], folder: Path) -> int:
    words = SpaceSeparatedTokenizer()
    schema = Schema(
        id=NUMERIC(int, bits=64, stored=True), source=ID(sortable=True), day=NUMERIC(int, sortable=True),
        title=TEXT(analyzer=words), text=TEXT(analyzer=words),
    )  # fmt: skip
    writer = create_in(str(folder), schema).writer(limitmb=256)
    count = 0
    for row in rows:
        texts = {"title": " ".join(row.title), "text": " ".join(row.title + row.body)}
        writer.add_document(id=row.key, source=row.source, day=row.day, **texts)
        count += 1
    writer.commit()
    return count


def open_index(folder: Path) -> Any:
    return open_dir(str(folder)).searcher()


def ask(searcher: Any, query: dict[str, Any]) -> tuple[int, list[int]] | None:
    asked = expression(query)
    options: dict[str, Any] = {"limit": BEST}
    if query["kind"] == "sorted":
        options |= {"sortedby": "day", "reverse": True}
    if query["kind"] == "facets":
        options |= {"groupedby": "source"}
    found = searcher.search(asked, **options)
    if query["kind"] == "facets":
        {name: len(held) for name, held in found.groups("source").items()}
    return len(found), [hit["id"] for hit in found]


def expression(query: dict[str, Any]) -> q.Query:
    stems = query["stems"]
    words = [q.Term("text", stem) for stem in stems]
    match query["kind"]:
        case "any":
            return q.Or(words)
        case "phrase":
            return q.Phrase("text", stems)
        case "near":
            return SpanNear2(words, slop=6, ordered=False)
        case "prefix":
            return q.Prefix("text", stems[0])
        case "wildcard":
            return q.Wildcard("text", "*".join(stems))
        case "title":
            return q.Term("title", stems[0])
        case "dated":
            return q.And([*words, q.NumericRange("day", query["from"], query["to"])])
        case _:
            return q.And(words) if len(words) > 1 else words[0]
