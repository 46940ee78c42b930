"""One engine in a process of its own: builds its index of an archive's articles, or answers every query on it.

    python -m tests.bench.engines.asking build NAME COLLECTION KEEP
    python -m tests.bench.engines.asking ask NAME COLLECTION KEEP

COLLECTION is the folder that `analysed` wrote. The index goes into a folder of KEEP whose name follows from what it is
built of: the articles, the engine's version and its LAYOUT. One that an earlier run built is used again.

An engine's module has `build(articles, folder)`, `open_index(folder)`, `ask(index, query)` for the kinds of query it
can answer (the exact total and the best keys, or None), VERSION and LAYOUT. Where it must be otherwise than below it
has also COMMAND and `count()` in the place of `build`, `page(index, query)` and `open_page`, `prepare(folder)` before
anything is timed, `stands()`, `size(folder)`, `pids(folder)` of its server, MADE_OF, QUERIES and ROUNDS. Nothing here
but the standard library: Xapian belongs to the system's Python.
"""

import contextlib
import hashlib
import importlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.memory import Watch, megabytes, own_megabytes

ROUNDS = 5
SECONDS_A_CLASS = 20.0  # of rounds after the first; at least one
BUILT = "built.json"

Query = dict[str, Any]
Classes = dict[str, list[Query]]
Told = dict[str, Any]


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


# Building


def place(engine: Any, name: str, about: Told, keep: Path) -> Path:
    """The folder of this engine's index of this collection."""
    made_of = about[getattr(engine, "MADE_OF", "analysed")], engine.VERSION, engine.LAYOUT
    digest = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:12]
    return keep / f"{name}-{about['articles']}-{digest}"


def build(engine: Any, collection: Path, folder: Path) -> Told:
    """Build the index, unless it stands there whole, and tell what that took, and when."""
    if (folder / BUILT).exists() and getattr(engine, "stands", lambda: True)():
        return {**json.loads((folder / BUILT).read_text("utf-8")), "reused": True}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Watch(getattr(engine, "pids", None), folder, itself=not hasattr(engine, "COMMAND")) as watch:
        begun = time.perf_counter()
        count = build_by(engine, collection, folder)
        seconds = time.perf_counter() - begun
    told = {
        "articles": count,
        "seconds": seconds,
        "processor seconds": watch.seconds,
        "megabytes": watch.megabytes,
        "bytes": engine.size(folder) if hasattr(engine, "size") else bytes_in(folder),
        "version": engine.VERSION,
        "measured": date.today().isoformat(),
    }
    (folder / BUILT).write_text(json.dumps(told), "utf-8")
    return told


def build_by(engine: Any, collection: Path, folder: Path) -> int:
    """Have the engine build its index, by a command of its own where it has one; the number of articles."""
    if hasattr(engine, "COMMAND"):
        subprocess.run([sys.executable, *engine.COMMAND], check=True, stdout=subprocess.DEVNULL)
        return int(engine.count())
    return int(engine.build(rows(collection / "articles.tsv"), folder))


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


# Asking


def ask(engine: Any, folder: Path, classes: Classes) -> Told:
    """What each class of query takes, each in a process of its own, forked before anything of the index was opened."""
    getattr(engine, "prepare", Path)(folder)
    asked = {kind: queries[: getattr(engine, "QUERIES", len(queries))] for kind, queries in classes.items()}

    def told_by(verb: str) -> dict[str, Told]:
        works = {kind: partial(opened, engine, folder, queries, verb) for kind, queries in asked.items()}
        return {kind: in_a_fork(work) for kind, work in works.items()}

    told = told_by("ask")
    pages = told_by("page") if hasattr(engine, "page") else {}
    return {
        "open ms": spread([each["open ms"] for each in told.values()]),
        "reader megabytes": max(each["megabytes"] for each in told.values()),
        "reader alone": max(each["own"] for each in told.values()),
        "answers": {kind: each["answers"] for kind, each in told.items()},
        "pages": {kind: each["answers"] for kind, each in pages.items()},
    }


def opened(engine: Any, folder: Path, queries: list[Query], verb: str) -> Told:
    begun = time.perf_counter()
    opening = getattr(engine, "open_page", engine.open_index) if verb == "page" else engine.open_index
    index = opening(folder)
    taken = (time.perf_counter() - begun) * 1000
    answers = measured(getattr(engine, verb), index, queries, getattr(engine, "ROUNDS", ROUNDS))
    return {
        "open ms": taken,
        "answers": answers,
        "megabytes": megabytes([os.getpid()]),
        "own": own_megabytes(os.getpid()),
    }


def measured(
    verb: Callable[[Any, Query], Any], index: Any, queries: list[Query], rounds: int = ROUNDS
) -> Told | None:
    """Milliseconds of the first time each query is asked and of later times, and the totals; None where it cannot."""

    def timed(query: Query) -> tuple[float, float, Any]:
        begun, processor = time.perf_counter(), time.thread_time()
        answer = verb(index, query)
        return (time.perf_counter() - begun) * 1000, (time.thread_time() - processor) * 1000, answer

    first = [timed(query) for query in queries]
    if any(answer is None for *_taken, answer in first):
        return None
    until = time.perf_counter() + SECONDS_A_CLASS
    later = []
    for number in range(rounds):
        if number and time.perf_counter() > until:
            break
        later += [timed(query) for query in queries]
    return {
        "first": spread([wall for wall, *_more in first]),
        "warm": spread([wall for wall, *_more in later]),
        "processor": spread([processor for _wall, processor, _answer in later]),
        "times": [round(wall, 3) for wall, *_more in later],
        "first times": [round(wall, 3) for wall, *_more in first],
        "totals": [answer[0] for *_taken, answer in first],
    }


def in_a_fork(work: Callable[[], Told]) -> Told:
    """What `work` tells, done in a child of this process."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writing, "w") as file, contextlib.redirect_stdout(sys.stderr):
            json.dump(work(), file)
            file.flush()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        told = file.read()
    _pid, status = os.waitpid(child, 0)
    if not told:
        raise SystemExit(f"a child ended with {os.waitstatus_to_exitcode(status)}")
    answer: Told = json.loads(told)
    return answer


def main() -> None:
    verb, name, collection, keep = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    try:
        engine = importlib.import_module(f"tests.bench.engines.{name}")
    except ImportError as error:
        print(json.dumps({"skipped": f"not installed ({error})"}))
        return
    about = json.loads((collection / "collection.json").read_text("utf-8"))
    folder = place(engine, name, about, keep)
    if verb == "build":
        told = build(engine, collection, folder)
    else:
        told = ask(engine, folder, json.loads((collection / "queries.json").read_text("utf-8")))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
