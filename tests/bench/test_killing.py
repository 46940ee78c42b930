"""A small count of what `killing --commands` does two hundred times."""

import json
import os
import subprocess
import sys

from django.conf import settings


def test_commands_killed_at_random_leave_a_committed_state_and_catch_up() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.killing", "--commands", "3", "--articles", "120"],
        cwd=settings.BASE_DIR, env=dict(os.environ), capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["killed"] == 3
