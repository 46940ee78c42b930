"""Xapian, with the system's Python (apt install python3-xapian)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xapian

from tests.bench.engines import BEST

VERSION = f"Xapian {xapian.version_string()}"
LAYOUT = 1
DAY, SOURCE = 0, 1
LONGEST = 240  # bytes of a term


def build(rows: Iterator[Any], folder: Path) -> int:
    database = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE_OR_OPEN)
    count = 0
    for row in rows:
        document = xapian.Document()
        for place, stem in enumerate(row.title + row.body):
            document.add_posting(term("", stem), place)
        for stem in row.title:
            document.add_term(term("S", stem))
        document.add_value(DAY, xapian.sortable_serialise(row.day))
        document.add_value(SOURCE, row.source)
        database.replace_document(row.key, document)
        count += 1
        if count % 5000 == 0:
            database.commit()
    database.commit()
    database.close()
    return count


def term(prefix: str, stem: str) -> bytes:
    return (prefix.encode() + stem.encode())[:LONGEST]


def open_index(folder: Path) -> Any:
    return xapian.Database(str(folder / "xapian"))


def ask(database: Any, query: dict[str, Any]) -> tuple[int, list[int]] | None:
    asked = expression(database, query)
    if asked is None:
        return None
    enquire = xapian.Enquire(database)
    enquire.set_query(asked)
    enquire.set_weighting_scheme(xapian.BM25Weight())
    if query["kind"] == "sorted":
        enquire.set_sort_by_value(DAY, True)
    spy = xapian.ValueCountMatchSpy(SOURCE)
    if query["kind"] == "facets":
        enquire.add_matchspy(spy)
    found = enquire.get_mset(0, BEST, database.get_doccount())
    if query["kind"] == "facets":
        [(each.term, each.termfreq) for each in spy.values()]
    return found.get_matches_estimated(), [match.docid for match in found]


def expression(database: Any, query: dict[str, Any]) -> Any:
    stems = [term("", stem) for stem in query["stems"]]
    match query["kind"]:
        case "word" | "sorted" | "facets" | "all":
            return xapian.Query(xapian.Query.OP_AND, stems)
        case "any":
            return xapian.Query(xapian.Query.OP_OR, stems)
        case "phrase":
            return xapian.Query(xapian.Query.OP_PHRASE, stems, len(stems))
        case "near":
            return xapian.Query(xapian.Query.OP_NEAR, stems, 7)
        case "prefix":
            # With fewer arguments its binding takes the text for a list of queries.
            unlimited = 0, xapian.Query.WILDCARD_LIMIT_ERROR
            return xapian.Query(xapian.Query.OP_WILDCARD, query["stems"][0], *unlimited)
        case "title":
            return xapian.Query(term("S", query["stems"][0]))
        case "dated":
            ends = (xapian.sortable_serialise(query[end]) for end in ("from", "to"))
            days = xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, *ends)
            return xapian.Query(xapian.Query.OP_FILTER, xapian.Query(query["stems"][0]), days)
        case _:
            return None
