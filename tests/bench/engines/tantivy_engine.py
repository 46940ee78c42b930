"""Tantivy through its Python package; see requirements.txt beside this file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy

from tests.bench.engines import BEST

VERSION = str(getattr(tantivy, "__version__", "tantivy")).split(",")[0]
LAYOUT = 1
SCHEMA = (
    tantivy.SchemaBuilder()
    .add_integer_field("id", stored=True, fast=True)
    .add_text_field("source", stored=False, fast=True, tokenizer_name="raw")
    .add_integer_field("day", indexed=True, fast=True)
    .add_text_field("title", stored=False, tokenizer_name="whitespace")
    .add_text_field("text", stored=False, tokenizer_name="whitespace")
    .build()
)
SOURCES = {"sources": {"terms": {"field": "source", "size": 50}}}
Q, MUST, SHOULD = tantivy.Query, tantivy.Occur.Must, tantivy.Occur.Should


def build(rows: Iterator[Any], folder: Path) -> int:
    writer = tantivy.Index(SCHEMA, path=str(folder)).writer(200_000_000, 1)
    count = 0
    for row in rows:
        texts = {"title": " ".join(row.title), "text": " ".join(row.title + row.body)}
        writer.add_document(tantivy.Document(id=row.key, source=row.source, day=row.day, **texts))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def open_index(folder: Path) -> Any:
    return tantivy.Index.open(str(folder)).searcher()


def ask(searcher: Any, query: dict[str, Any]) -> tuple[int, list[Any]] | None:
    asked = expression(query)
    if asked is None:
        return None
    ordered = {"order_by_field": "day"} if query["kind"] == "sorted" else {}
    found = searcher.search(asked, limit=BEST, count=True, **ordered)
    if query["kind"] == "facets":
        searcher.aggregate(asked, SOURCES)
    return found.count, [searcher.doc(address)["id"][0] for _score, address in found.hits]


def expression(query: dict[str, Any]) -> Any:
    stems = query["stems"]
    words = [Q.term_query(SCHEMA, "text", stem) for stem in stems]
    match query["kind"]:
        case "word" | "sorted" | "facets":
            return words[0]
        case "all":
            return Q.boolean_query([(MUST, word) for word in words])
        case "any":
            return Q.boolean_query([(SHOULD, word) for word in words])
        case "phrase":
            return Q.phrase_query(SCHEMA, "text", stems)
        case "near":
            either = (Q.phrase_query(SCHEMA, "text", words, slop=5) for words in (stems, stems[::-1]))
            return Q.boolean_query([(SHOULD, order) for order in either])
        case "prefix":
            return Q.regex_query(SCHEMA, "text", f"{stems[0]}.*")
        case "wildcard":
            return Q.regex_query(SCHEMA, "text", ".*".join(stems))
        case "title":
            return Q.term_query(SCHEMA, "title", stems[0])
        case "dated":
            days = Q.range_query(SCHEMA, "day", tantivy.FieldType.Integer, query["from"], query["to"])
            return Q.boolean_query([(MUST, words[0]), (MUST, days)])
        case _:
            return None
