"""Several processes on one index: searches never fail nor miscount, and a killed writer leaves a whole index."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from articles.search.syntax import Everything, Word
from tests.search.engines.shelf import Shelf
from tests.search.engines.whoosh.processes import ARTICLES

# Whoosh leaves a file open when the next one is gone: a writer has just removed both.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

MODULE = "tests.search.engines.whoosh.processes"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", *arguments]


def place(folder: Path) -> dict[str, Any]:
    """Where a process runs, with the archive in `folder`."""
    return {"cwd": settings.BASE_DIR, "env": {**os.environ, "DATA_DIR": str(folder)}}


def test_searches_while_another_process_rebuilds_and_updates(tmp_path: Path) -> None:
    with subprocess.Popen(command(MODULE, "writing"), stdout=subprocess.PIPE, **place(tmp_path)) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        shelf, searches, states = Shelf(tmp_path / "index"), 0, set()
        while writer.poll() is None:
            assert shelf.find(Everything()).total == ARTICLES
            assert shelf.find(Word("نفط"), count=5).total == ARTICLES
            states.add(shelf.snapshot.identity)
            searches += 1
    assert writer.returncode == 0
    assert searches > 5
    assert len(states) > 1


@pytest.mark.parametrize("commits", [1, 4])
def test_indexing_that_was_killed_is_caught_up(tmp_path: Path, commits: int) -> None:
    with subprocess.Popen(command(MODULE, "indexing"), stdout=subprocess.PIPE, **place(tmp_path)) as indexing:
        assert indexing.stdout is not None
        for _commit in range(commits):
            assert indexing.stdout.readline() == b"committed\n"
        indexing.send_signal(signal.SIGKILL)
    shelf = Shelf(tmp_path / "index")
    assert shelf.find(Everything()).total == ARTICLES
    report = subprocess.run(
        [sys.executable, "manage.py", "update_index"],
        capture_output=True,
        check=True,
        text=True,
        **place(tmp_path),
    ).stdout
    assert report.endswith(" 0 waiting\n")
    found = shelf.find(Everything(), count=1000)
    assert (found.total, len(set(found.keys))) == (ARTICLES, ARTICLES)


def test_a_writer_killed_at_any_moment_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    told = subprocess.run(
        command(MODULE, "killing", str(tmp_path / "index")), capture_output=True, text=True, **place(tmp_path)
    )
    assert told.returncode == 0, told.stderr
    killed = dict(re.findall(r"(\w+): killed (\d+) times", told.stdout))
    assert int(killed["replace_articles"]) > 15
    assert int(killed["empty"]) > 1


def test_processes_made_by_fork_do_not_disturb_each_other(tmp_path: Path) -> None:
    told = subprocess.run(
        command(MODULE, "forking", str(tmp_path / "index")), capture_output=True, text=True, **place(tmp_path)
    )
    assert told.returncode == 0, told.stderr


def test_a_writer_killed_at_random_moments_leaves_whole_states(tmp_path: Path) -> None:
    told = subprocess.run(
        command("tests.bench.killing", "6", "3"), capture_output=True, text=True, **place(tmp_path)
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("killed 6 times")
