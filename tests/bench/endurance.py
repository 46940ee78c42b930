"""What the index endures: many readers beside a writer for minutes, and writers killed at random moments.

    python -m tests.bench.endurance together --minutes 10 --readers 4
    python -m tests.bench.endurance killed --kills 200

`together` compares every answer with what the state it came from holds (tests/bench/together.py). Where writers are
killed every article has the word MARK and a number of its version in its title, so that a look at the index tells which
version of each it holds. Each part runs in processes of its own on an archive in a temporary folder; nothing of the
project's data is touched.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]


def with_an_archive_of_its_own() -> None:
    """Run this command once more, with DATA_DIR in a temporary folder, and end as it ends."""
    with tempfile.TemporaryDirectory(prefix="archive-endurance-") as folder:
        own = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "ENDURANCE": "1"}
        command = [sys.executable, "-m", "tests.bench.endurance", *sys.argv[1:]]
        raise SystemExit(subprocess.run(command, cwd=ROOT, env={**os.environ, **own}).returncode)


if __name__ == "__main__" and "ENDURANCE" not in os.environ:
    with_an_archive_of_its_own()

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.core.management import call_command

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.contract import Question
from articles.search.index_check import check_index
from articles.search.syntax import Word
from tests.bench.loading import load
from tests.bench.resampling import Sample, of_nothing
from tests.bench.together import MARK, SEED, together

# Commands that a killed writer runs, with the share of articles that changed before each.
WRITERS = (("update_index", 0.002), ("update_index", 0.3), ("rebuild_index", 0.02))


def marked(size: int) -> Iterator[Sample]:
    """Generated articles of version 0."""
    samples = list(of_nothing())[:1000]
    for number in range(size):
        sample = samples[number % len(samples)]
        yield Sample(versioned(0), sample.body, sample.source, sample.author, sample.published)


def versioned(version: int) -> str:
    return f"{MARK} {version_word(version)}"


def version_word(version: int) -> str:
    """A number that stands in no article."""
    return str(700_000_000 + version)


def new_archive(size: int) -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    load(marked(size))
    assert not indexing.rebuild().problem


# Writers that are killed


def killed(options: argparse.Namespace) -> dict[str, Any]:
    """Kill writers at random moments; after each the index must hold a committed state, and catch up."""
    new_archive(options.articles)
    chance = random.Random(SEED)
    durations = {
        writer: timed(writer, chance, options.articles, number) for number, writer in enumerate(WRITERS, 1)
    }
    done: Counter[str] = Counter()
    for kill in range(options.kills):
        writer = chance.choice(WRITERS)
        version = len(WRITERS) + 1 + kill
        changed = change(writer[1], chance, options.articles, version)
        process = subprocess.Popen(
            [sys.executable, "manage.py", writer[0]],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=chance.uniform(0, durations[writer]))
            done["came to their end before"] += 1
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            done[f"killed: {writer[0]} of {writer[1]:.1%}"] += 1
        verify(changed, version, options.articles)
    return {"kills": options.kills, **done, "lost, doubled or damaged": 0}


def timed(writer: tuple[str, float], chance: random.Random, size: int, version: int) -> float:
    changed = change(writer[1], chance, size, version)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "manage.py", writer[0]], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    verify(changed, version, size)
    return time.perf_counter() - begun


def change(share: float, chance: random.Random, size: int, version: int) -> set[int]:
    keys = set(chance.sample(range(1, size + 1), max(1, int(share * size))))
    for start in range(0, size + 1, 500):
        some = [key for key in keys if start <= key < start + 500]
        Article.objects.filter(pk__in=some).change(title=versioned(version))
    return keys


def verify(changed: set[int], version: int, size: int) -> None:
    """The index holds every article once, the changed ones in the order of keys up to a commit; then it catches up."""
    held = keys_with(version, size)
    assert held <= changed, "an article has a version that nobody gave it"
    assert held == set(sorted(changed)[: len(held)]), "what was committed is no beginning of what was changed"
    found = check_index()
    assert not found.problem, found.problem
    assert not found.damage, found.damage
    assert not (found.missing or found.gone or found.different or found.twice), found
    assert engine().find(Question(Word(MARK))).total == size
    assert not indexing.index_stale().problem
    assert keys_with(version, size) == changed
    assert not check_index().advice


def keys_with(version: int, size: int) -> set[int]:
    return set(engine().find(Question(Word(version_word(version)), count=size)).keys)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("together", "killed"))
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--json", type=Path, help="a file for the findings; make bench takes it as ENDURANCE")
    options = parser.parse_args()
    if options.part == "together":
        new_archive(options.articles)
        told = together(options.minutes, options.readers)
    else:
        told = killed(options)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if told.get("errors") or told.get("wrong counts"):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
