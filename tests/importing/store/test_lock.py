"""One import at a time."""

import os
import subprocess
import sys

import pytest

from articles.importing.store.lock import Busy, only_import


def test_a_second_import_is_told_which_process_runs(tmp_path):
    with only_import(tmp_path), pytest.raises(Busy, match=str(os.getpid())), only_import(tmp_path):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path):
    held = 0
    for _time in range(2):
        with only_import(tmp_path):
            held += 1
    assert held == 2


def test_a_killed_process_leaves_the_lock_free(tmp_path):
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from articles.importing.store.lock import only_import;"
        "lock = only_import(Path(sys.argv[1])); lock.__enter__(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)]).returncode == -9
    with only_import(tmp_path):
        pass
