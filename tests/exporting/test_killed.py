"""Killed at any moment, an export leaves nothing in its place, and a restoration goes on when it is run again.

The processes are real, and so is SIGKILL; so is the other process that writes while an export reads.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.exporting.whole import SEEDS, files

KILLED = -9
FILES = [SEEDS / "web", SEEDS / "wikalat-alsahil.jsonl"]

# Runs a command; at the given call of the given function, something happens before it, or behind it.
HOOK = """
import importlib, os, signal, sqlite3, sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from articles.exporting import lines, restoring

lines.CHUNK_ITEMS = restoring.BATCH = 4

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def write():
    other = sqlite3.connect(settings.DATA_DIR / "archive.sqlite3", timeout=5)
    with other:
        other.execute("UPDATE articles_article SET title = 'من عملية أخرى'")
        other.execute("DELETE FROM articles_importitem")
    other.close()

what, module, name, method, call, when, *arguments = sys.argv[1:]
holder = importlib.import_module(module)
holder = getattr(holder, name) if name else holder
original, calls = getattr(holder, method), []

def hooked(*values, **named):
    calls.append(1)
    if len(calls) == int(call) and when == "before":
        globals()[what]()
    answer = original(*values, **named)
    if len(calls) == int(call) and when == "after":
        globals()[what]()
    return answer

setattr(holder, method, hooked)
call_command(*arguments)
"""
EXPORTING = {
    "in the middle of the captures": ("articles.exporting.run", "_Writer", "_write_capture", 9, "after"),
    "when all is written but the manifest": ("articles.exporting.bag", "", "close", 1, "before"),
    "when all is written and has no name yet": ("pathlib", "Path", "replace", 1, "before"),
}
RESTORING = {
    "between two batches of articles": ("articles.exporting.store.rows_back", "", "insert", 6, "before"),
    "in the transaction of a batch": ("articles.exporting.store.rows_back", "", "insert", 5, "after"),
    "when captures have their bytes and no rows": (
        "articles.importing.store.captures", "CaptureStore", "sync", 3, "after",
    ),
    "in the items of a run": ("articles.exporting.restoring", "_Restoring", "_write_items", 3, "after"),
}  # fmt: skip


def python(data: Path, *arguments: object) -> int:
    environment = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True).returncode


def export(data: Path, folder: Path) -> dict[str, bytes]:
    assert python(data, "manage.py", "export_archive", folder) == 0
    return files(folder)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The data folder of an archive with nothing in it."""
    folder = tmp_path_factory.mktemp("empty")
    assert python(folder, "manage.py", "migrate", "--verbosity", "0") == 0
    return folder


@pytest.fixture(scope="module")
def source(empty, tmp_path_factory):
    """The data folder of an archive that was filled, and an export of it."""
    folder = tmp_path_factory.mktemp("source")
    data = shutil.copytree(empty, folder / "data")
    assert python(data, "manage.py", "import_articles", *FILES, "--no-index") == 0
    export(data, folder / "export")
    return folder


@pytest.mark.parametrize("moment", EXPORTING)
def test_a_killed_export_leaves_nothing_in_its_place_and_does_not_hinder_the_next(source, tmp_path, moment):
    target = tmp_path / "export"
    status = python(source / "data", "-c", HOOK, "kill", *EXPORTING[moment], "export_archive", target)
    assert (status, target.exists()) == (KILLED, False)
    assert export(source / "data", target) == files(source / "export")
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


@pytest.mark.parametrize("moment", RESTORING)
def test_a_killed_restoration_goes_on_and_ends_in_an_equal_archive(source, empty, tmp_path, moment):
    data = shutil.copytree(empty, tmp_path / "data")
    arguments = ("import_articles", source / "export", "--no-index")
    assert python(data, "-c", HOOK, "kill", *RESTORING[moment], *arguments) == KILLED
    assert python(data, "manage.py", *arguments) == 0
    assert export(data, tmp_path / "again") == files(source / "export")


def test_an_export_holds_one_state_while_another_process_writes(source, tmp_path):
    data = shutil.copytree(source / "data", tmp_path / "data")
    between = ("articles.exporting.run", "_Writer", "_write_captures", 1, "before")
    assert python(data, "-c", HOOK, "write", *between, "export_archive", tmp_path / "export") == 0
    connection = sqlite3.connect(data / "archive.sqlite3")
    titles = connection.execute("SELECT DISTINCT title FROM articles_article").fetchall()
    connection.close()
    assert titles == [("من عملية أخرى",)], "the other process was not kept waiting"
    assert files(tmp_path / "export") == files(source / "export")
