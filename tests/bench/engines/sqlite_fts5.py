"""SQLite's FTS5: one table of words with positions, BM25 of its own."""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.engines import BEST

VERSION = f"SQLite {sqlite3.sqlite_version}"
LAYOUT = 1
FILE = "fts5.sqlite3"
COUNT = "SELECT count(*) FROM words JOIN articles ON articles.id = words.rowid WHERE words MATCH ?"
FOUND = "SELECT words.rowid FROM words JOIN articles ON articles.id = words.rowid WHERE words MATCH ?"
BETWEEN = " AND day BETWEEN ? AND ?"


def build(rows: Iterator[Any], folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    connection.executescript(
        """PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
        CREATE TABLE articles (id INTEGER PRIMARY KEY, source TEXT, day INTEGER);
        CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0",
            prefix='3')"""
    )
    count = 0
    while batch := list(islice(rows, 1000)):
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?, ?)", [(row.key, row.source, row.day) for row in batch]
        )
        connection.executemany(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
            [(row.key, " ".join(row.title), " ".join(row.body)) for row in batch],
        )
        count += len(batch)
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()
    connection.close()
    return count


def open_index(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE)


def ask(connection: sqlite3.Connection, query: dict[str, Any]) -> tuple[int, list[int]] | None:
    matched = expression(query["kind"], [f'"{stem}"' for stem in query["stems"]])
    if matched is None:
        return None
    days = [query["from"], query["to"]] if query["kind"] == "dated" else []
    order = " ORDER BY day DESC, id DESC" if query["kind"] == "sorted" else " ORDER BY rank"
    total = connection.execute(COUNT + BETWEEN * bool(days), [matched, *days]).fetchone()[0]
    best = connection.execute(
        FOUND + BETWEEN * bool(days) + order + f" LIMIT {BEST}", [matched, *days]
    ).fetchall()
    if query["kind"] == "facets":
        counts = COUNT.replace("count(*)", "source, count(*)") + " GROUP BY source"
        connection.execute(counts, [matched]).fetchall()
    return total, [key for (key,) in best]


def expression(kind: str, stems: list[str]) -> str | None:
    match kind:
        case "word" | "dated" | "sorted" | "facets" | "all":
            return " AND ".join(stems)
        case "any":
            return " OR ".join(stems)
        case "phrase":
            return " + ".join(stems)
        case "near":
            return f"NEAR({' '.join(stems)}, 5)"
        case "prefix":
            return f"{stems[0]}*"
        case "title":
            return f"title : {stems[0]}"
        case _:
            return None
