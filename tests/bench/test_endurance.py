"""A small version of what `endurance` does for minutes."""

import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings

from tests.bench.together import States


def run(*arguments: str) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.endurance", *arguments],
        cwd=settings.BASE_DIR, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_readers_beside_a_writer_never_fail_nor_miscount() -> None:
    told = run("--articles", "60", "--minutes", "0.08", "--readers", "2")
    assert (told["errors"], told["wrong counts"]) == ([], 0)
    assert told["compared"] > 0
    assert told["commits"]["rebuilds"] == 1


def test_a_state_before_its_merge_answers_as_the_commit_after_it() -> None:
    states = States({("1", 2): {"mark": [5, 0]}, ("1", 5): {"mark": [6, 0]}, ("2", 1): {"mark": [7, 0]}})
    assert states.wanted(("1", 4)) == states.wanted(("1", 5)) == {"mark": [6, 0]}
    assert states.wanted(("1", 6)) == states.wanted(("2", 2)) == {}
