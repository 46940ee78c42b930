"""One engine in a process of its own: builds its index of analysed articles, opens it and answers every query.

    python -m tests.bench.engines.asking NAME ARTICLES.tsv QUERIES.json FOLDER

An engine's module has `build(articles, folder)`, `open_index(folder)`, and `ask(index, query)` for the kinds of query
it can answer: the exact total and the ten best keys, or None. Nothing here but the standard library: Xapian belongs
to the system's Python.
"""

import importlib
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROUNDS = 5
BEST = 10


class Row(NamedTuple):
    """An article: its key, outlet, day (a number like 20150721), and the stems of its title and of its body."""

    key: int
    source: str
    day: int
    title: list[str]
    body: list[str]


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            key, source, day, title, body = line.rstrip("\n").split("\t")
            yield Row(int(key), source, int(day), title.split(), body.split())


def spread(milliseconds: list[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    return {"median": statistics.median(ordered), "p95": ordered[int(0.95 * (len(ordered) - 1))]}


def measured(engine: Any, index: Any, queries: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Milliseconds of the first time each query is asked and of later times, and the totals; None where it cannot."""

    def timed(query: dict[str, Any]) -> tuple[float, Any]:
        begun = time.perf_counter()
        answer = engine.ask(index, query)
        return (time.perf_counter() - begun) * 1000, answer

    first = [timed(query) for query in queries]
    if any(answer is None for _taken, answer in first):
        return None
    later = [timed(query)[0] for _round in range(ROUNDS) for query in queries]
    return {
        "first": spread([taken for taken, _answer in first]),
        "warm": spread(later),
        "totals": [answer[0] for _taken, answer in first],
    }


def run(name: str, articles: Path, classes: dict[str, list[dict[str, Any]]], folder: Path) -> dict[str, Any]:
    engine = importlib.import_module(f"tests.bench.engines.{name}")
    begun = time.perf_counter()
    count = engine.build(rows(articles), folder)
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    index = engine.open_index(folder)
    opened = time.perf_counter() - begun
    answers = {kind: measured(engine, index, queries) for kind, queries in classes.items()}
    return {
        "articles": count,
        "articles a second": count / built,
        "bytes an article": engine.size(folder) / count
        if hasattr(engine, "size")
        else bytes_in(folder) / count,
        "open ms": opened * 1000,
        "megabytes": peak_megabytes(),
        "version": engine.VERSION,
        "answers": answers,
    }


def peak_megabytes() -> float:
    """Of this program alone: what the system counts for a process begins with that of the one that started it."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    _name, named, articles, queries, place = sys.argv
    try:
        told = run(named, Path(articles), json.loads(Path(queries).read_text("utf-8")), Path(place))
    except ImportError as error:
        told = {"skipped": f"not installed ({error})"}
    print(json.dumps(told))
