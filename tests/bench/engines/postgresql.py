"""PostgreSQL's full text: a server of our own on a socket in the folder, stopped at the end of the process.

It has no BM25: ts_rank stands for it. Phrases are found by its own operator; near, prefix in the index, no wildcards.
"""

import atexit
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.engines import BEST

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
if BINARIES is None:
    raise ImportError("no server in /usr/lib/postgresql")
VERSION = f"PostgreSQL {BINARIES.parent.name}"
LAYOUT = 1
USER = "postgres" if os.getuid() == 0 else None  # the server refuses to be run by root
TABLE = """
    CREATE UNLOGGED TABLE articles (id bigint PRIMARY KEY, source text, day integer, title tsvector, words tsvector)
"""
INSERT = "INSERT INTO articles VALUES (%s, %s, %s, to_tsvector('simple', %s), to_tsvector('simple', %s))"
LONGEST = 1_000_000  # a tsvector holds a megabyte
MAKING = ("-U", "bench", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8")


def server(folder: Path, *arguments: str) -> None:
    assert BINARIES is not None
    command = [BINARIES / arguments[0], "-D", str(folder / "data"), *arguments[1:]]
    subprocess.run(command, cwd=folder, user=USER, check=True, stdout=subprocess.DEVNULL)


def prepare(folder: Path) -> None:
    """Start the server; it stops when this process ends."""
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={data} -c fsync=off -c shared_buffers=256MB"
    server(folder, "pg_ctl", "-l", str(data / "log"), "-w", "-o", options, "start")
    atexit.register(server, folder, "pg_ctl", "-m", "fast", "-w", "stop")


def pids(folder: Path) -> list[int]:
    """The server's; none before it runs."""
    noted = folder / "data" / "postmaster.pid"
    return [int(noted.read_text().split()[0])] if noted.exists() else []


def build(rows: Iterator[Any], folder: Path) -> int:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if USER:
        shutil.chown(data, USER)
        for outer in (folder, *folder.parents[:-2]):
            outer.chmod(outer.stat().st_mode | 0o011)
    server(folder, "initdb", *MAKING)
    prepare(folder)
    count = 0
    with connected(folder) as connection:
        connection.execute(TABLE)
        while batch := list(islice(rows, 500)):
            with connection.cursor() as cursor:
                cursor.executemany(INSERT, [stored(row) for row in batch])
            count += len(batch)
        for index in ("GIN (words)", "GIN (title)", "btree (day)"):
            connection.execute(f"CREATE INDEX ON articles USING {index}")
    with connected(folder) as connection:
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE articles")
    return count


def stored(row: Any) -> tuple[Any, ...]:
    return row.key, row.source, row.day, " ".join(row.title), " ".join(row.title + row.body)[:LONGEST]


def connected(folder: Path) -> psycopg.Connection[Any]:
    return psycopg.connect(host=str(folder / "data"), user="bench", dbname="postgres")


def size(folder: Path) -> int:
    with connected(folder) as connection:
        row = connection.execute("SELECT pg_total_relation_size('articles')").fetchone()
        assert row is not None
        return int(row[0])


def open_index(folder: Path) -> psycopg.Connection[Any]:
    connection = connected(folder)
    connection.autocommit = True
    return connection


def ask(connection: psycopg.Connection[Any], query: dict[str, Any]) -> tuple[int, list[int]] | None:
    words = expression(query["kind"], ["'" + stem.replace("'", "''") + "'" for stem in query["stems"]])
    if words is None:
        return None
    column = "title" if query["kind"] == "title" else "words"
    where = f"FROM articles WHERE {column} @@ %(words)s::tsquery"
    if query["kind"] == "dated":
        where += " AND day BETWEEN %(from)s AND %(to)s"
    order = (
        "day DESC, id DESC" if query["kind"] == "sorted" else f"ts_rank({column}, %(words)s::tsquery) DESC"
    )
    given = {"words": words, "from": query.get("from"), "to": query.get("to")}
    total = connection.execute(f"SELECT count(*) {where}", given).fetchone()
    best = connection.execute(f"SELECT id {where} ORDER BY {order} LIMIT {BEST}", given).fetchall()
    if query["kind"] == "facets":
        connection.execute(f"SELECT source, count(*) {where} GROUP BY source", given).fetchall()
    assert total is not None
    return total[0], [key for (key,) in best]


def expression(kind: str, stems: list[str]) -> str | None:
    match kind:
        case "any":
            return " | ".join(stems)
        case "phrase":
            return " <-> ".join(stems)
        case "prefix":
            return f"{stems[0]}:*"
        case "near" | "wildcard":
            return None
        case _:
            return " & ".join(stems)
