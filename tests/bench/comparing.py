"""Our engine beside others on the same articles: each in a process of its own, one after the other, in one run."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
ENGINES = {
    "archive": "this archive",
    "plain_whoosh": "plain Whoosh",
    "sqlite_fts5": "SQLite FTS5",
    "postgresql": "PostgreSQL",
    "tantivy_engine": "tantivy",
    "xapian_engine": "Xapian",
}
TO_100_000 = {"plain_whoosh"}  # larger sizes take hours


def compare(data: Path, folder: Path, size: int) -> dict[str, Any]:
    """What each engine takes for the articles of an archive; a reason where it was skipped."""
    folder.mkdir(parents=True)
    articles, queries = folder / "articles.tsv", folder / "queries.json"
    environment = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    _run([sys.executable, "-m", "tests.bench.engines.analysed", str(articles), str(queries)], environment)
    told = {}
    for module, name in ENGINES.items():
        if module in TO_100_000 and size > 100_000:
            told[name] = {"skipped": "measured to 100,000 articles"}
            continue
        place = folder / module
        place.mkdir()
        told[name] = _asked(module, articles, queries, place, environment)
        shutil.rmtree(place)
    return told


def _asked(
    module: str, articles: Path, queries: Path, place: Path, environment: dict[str, str]
) -> dict[str, Any]:
    python = SYSTEM_PYTHON if module == "xapian_engine" else sys.executable
    command = [python, "-m", "tests.bench.engines.asking", module, str(articles), str(queries), str(place)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or ["no message"]
        return {"skipped": f"ended with {ended.returncode}: {last[0]}"}
    answer: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return answer


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
