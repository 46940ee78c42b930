"""What the index endures: many readers beside a writer for minutes.

    python -m tests.bench.endurance --minutes 10 --readers 4

Every answer is compared with what the state it came from holds (tests/bench/together.py). It runs in processes of its
own on an archive in a temporary folder; nothing of the project's data is touched. Writers are killed by `killing`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

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

from articles.search import indexing
from tests.bench.loading import load
from tests.bench.resampling import Sample, of_nothing
from tests.bench.together import MARK, together


def marked(size: int) -> Iterator[Sample]:
    """Generated articles, each with the word MARK in its title."""
    samples = list(of_nothing())[:1000]
    for number in range(size):
        sample = samples[number % len(samples)]
        yield Sample(MARK, sample.body, sample.source, sample.author, sample.published)


def new_archive(size: int) -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    load(marked(size))
    assert not indexing.rebuild().problem


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--json", type=Path, help="a file for the findings; make bench takes it as ENDURANCE")
    options = parser.parse_args()
    new_archive(options.articles)
    told = together(options.minutes, options.readers)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if told.get("errors") or told.get("wrong counts"):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
