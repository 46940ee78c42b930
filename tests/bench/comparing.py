"""Our engine beside others on the same articles: each in a process of its own, one after the other, in one run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
OURS = "archive"
ENGINES = {
    OURS: "this archive",
    "stock_haystack": "stock Haystack",
    "plain_whoosh": "plain Whoosh",
    "sqlite_fts5": "SQLite FTS5",
    "postgresql": "PostgreSQL",
    "tantivy_engine": "tantivy",
    "xapian_engine": "Xapian",
}
# Measured at the largest size up to SLOW_TO alone: larger ones take them hours, and one comparison is enough.
SLOW, SLOW_TO = {"stock_haystack", "plain_whoosh"}, 100_000  # articles

Told = dict[str, Any]


def environment(data: Path) -> dict[str, str]:
    return {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def built(module: str, data: Path, collection: Path, keep: Path) -> Told:
    """What the engine's index of a collection took, built now or by an earlier run; a reason where there is none."""
    return _asking("build", module, data, collection, keep)


def answered(module: str, data: Path, collection: Path, keep: Path) -> Told:
    """What its queries took."""
    return _asking("ask", module, data, collection, keep)


def others(size: int, sizes: list[int], chosen: list[str]) -> list[str]:
    """The engines beside ours that are measured at one of the sizes."""
    slow = size == max((each for each in sizes if each <= SLOW_TO), default=0)
    return [module for module in chosen if module != OURS and (slow or module not in SLOW)]


def _asking(verb: str, module: str, data: Path, collection: Path, keep: Path) -> Told:
    python = SYSTEM_PYTHON if module == "xapian_engine" else sys.executable
    command = [python, "-m", "tests.bench.engines.asking", verb, module, str(collection), str(keep)]
    print(f"{verb} {module}", file=sys.stderr)
    ended = subprocess.run(command, cwd=ROOT, env=environment(data), capture_output=True, text=True)
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or ["no message"]
        return {"skipped": f"{verb} ended with {ended.returncode}: {last[0]}"}
    answer: Told = json.loads(ended.stdout.strip().splitlines()[-1])
    return answer
