"""An import that is killed at any moment leaves an archive in order, and goes on when it is run again.

The processes are real, and so is SIGKILL; it comes at chosen moments, so that every run of the tests is the same.
"""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from articles.importing.store.captures import CaptureStore
from tests.importing.samples import BODY, PAGE, TITLE

KILLED = -9
PAGES, RECORDS = 40, 200

# What stands in the database when all went well, whatever the keys and the random names.
ARTICLES = """
    SELECT title, body, url_digest, text_digest, source_id IS NULL FROM articles_article ORDER BY title, url_digest
"""
CAPTURES = """
    SELECT capture.sha256, capture.size, capture.origin, capture.locator, article.url_digest, article.title
    FROM articles_capture capture LEFT JOIN articles_article article ON article.id = capture.article_id
    ORDER BY capture.origin, capture.locator
"""

VERSIONS = """
    SELECT article.url_digest, number, base, cause, version.title, version.body, version.text_digest, capture.locator,
        was_headline_changed, were_numbers_changed, is_silent
    FROM articles_articleversion version JOIN articles_article article ON article.id = version.article_id
    LEFT JOIN articles_capture capture ON capture.id = version.capture_id
    ORDER BY article.url_digest, number
"""

# Runs the command; at the given call of the given method, the process kills itself before or after it.
KILLER = """
import importlib, os, signal, sys
import django
django.setup()
from django.core.management import call_command
from articles.importing import run

run.CHUNK_ITEMS = 50
module, name, method, call, when, *arguments = sys.argv[1:]
holder = getattr(importlib.import_module(module), name)
original, calls = getattr(holder, method), []

def killed(*values, **named):
    calls.append(1)
    if len(calls) == int(call) and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    answer = original(*values, **named)
    if len(calls) == int(call):
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

setattr(holder, method, killed)
call_command("import_articles", *arguments)
"""
STORE, SAVING, RUN = (f"articles.importing.{name}" for name in ("store.captures", "store.saving", "run"))
MOMENTS = {
    "before the first bytes are kept": (STORE, "CaptureStore", "write", 1, "before"),
    "when a capture is written and has no name yet": ("pathlib", "Path", "replace", 70, "before"),
    "when the bytes of a chunk have reached the disk": (STORE, "CaptureStore", "sync", 2, "after"),
    "in a transaction, with articles and no captures": (
        SAVING,
        "ChunkWriter",
        "_insert_captures",
        2,
        "before",
    ),
    "in a transaction, when everything is in it": (SAVING, "ChunkWriter", "_count", 3, "after"),
    "in a transaction, with captures and no versions": (
        SAVING,
        "ChunkWriter",
        "_write_versions",
        5,
        "before",
    ),
    "when a chunk is committed and not yet told": (SAVING, "ChunkWriter", "write", 2, "after"),
    "when everything is stored and the run is not closed": (RUN, "_Import", "run", 1, "after"),
}


def python(data: Path, *arguments: str) -> int:
    environment = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True).returncode


def import_all(data: Path, inputs: Path) -> int:
    return python(data, "manage.py", "import_articles", str(inputs), "--no-index")


def import_and_be_killed(data: Path, inputs: Path, moment: str, *options: str) -> int:
    return python(data, "-c", KILLER, *map(str, MOMENTS[moment]), str(inputs), "--no-index", *options)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The data folder of an archive with nothing in it."""
    folder = tmp_path_factory.mktemp("empty")
    assert python(folder, "manage.py", "migrate", "--verbosity", "0") == 0
    return folder


@pytest.fixture
def data(empty, tmp_path):
    """Such a folder of the test's own."""
    return shutil.copytree(empty, tmp_path / "data")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Pages, and records with a broken one and repeated ones: five chunks of the killed process."""
    folder = tmp_path_factory.mktemp("inputs")
    for number in range(PAGES):
        (folder / f"page{number:03}.txt").write_text(f"{TITLE} رقم {number}\n\n{BODY} {number}", "utf-8")
    records = [
        {
            "url": f"https://example.org/{number % 180}",
            "title": f"{TITLE} {number}",
            "body": f"{PAGE} {number}",
            "source": "صحيفة المرفأ",
        }
        for number in range(RECORDS)
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    lines[100] = '{"title": '
    (folder / "records.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(inputs, empty, tmp_path_factory):
    """The archive of an import that nobody killed."""
    data = shutil.copytree(empty, tmp_path_factory.mktemp("undisturbed") / "data")
    assert import_all(data, inputs) == 2
    assert rows(data, "SELECT read, new, captured, failed FROM articles_importrun") == [(240, 219, 20, 1)]
    return data


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data / "archive.sqlite3")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def assert_in_order(data: Path) -> None:
    """Every capture's bytes are there, every article has a capture, no article is there twice, counts add up."""
    store = CaptureStore(data / "captures")
    for (sha256,) in rows(data, "SELECT DISTINCT sha256 FROM articles_capture"):
        store.read(sha256)
    amiss = {
        "article without a capture": """
            SELECT count(*) FROM articles_article
            WHERE id NOT IN (SELECT article_id FROM articles_capture WHERE article_id NOT NULL)""",
        "article twice": """
            SELECT count(*) FROM (
                SELECT 1 FROM articles_article GROUP BY text_digest, url_digest HAVING count(*) > 1)""",
        "outcome without its article": """
            SELECT count(*) FROM articles_importitem WHERE outcome = 'new' AND article_id IS NULL""",
        "run whose counts are not those of its items": """
            SELECT count(*) FROM articles_importrun run WHERE new + captured + failed <> (
                SELECT count(*) FROM articles_importitem WHERE run_id = run.id)""",
    }
    assert {name: rows(data, query)[0][0] for name, query in amiss.items()} == dict.fromkeys(amiss, 0)
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_and_run_again_the_archive_is_as_if_nothing_had_happened(inputs, undisturbed, data, moment):
    assert import_and_be_killed(data, inputs, moment) == KILLED
    assert_in_order(data)
    ((stored,),) = rows(data, "SELECT count(*) FROM articles_article")
    assert import_all(data, inputs) == 2
    assert_in_order(data)
    assert rows(data, ARTICLES) == rows(undisturbed, ARTICLES)
    assert rows(data, CAPTURES) == rows(undisturbed, CAPTURES)
    assert rows(data, VERSIONS) == rows(undisturbed, VERSIONS)
    assert rows(data, "SELECT count(*) FROM articles_articleversion") == [(40,)]
    killed, whole = rows(data, "SELECT state, new, unchanged FROM articles_importrun ORDER BY id")
    assert (killed[0], whole[0]) == ("stopped", "finished")
    assert killed[1] == stored
    assert whole[1] == len(rows(undisturbed, ARTICLES)) - stored


def test_what_was_told_before_the_kill_is_stored(inputs, data, tmp_path):
    moment = "in a transaction, when everything is in it"
    report = tmp_path / "report.csv"
    assert import_and_be_killed(data, inputs, moment, "--report", str(report)) == KILLED
    with report.open(encoding="utf-8-sig", newline="", errors="ignore") as file:
        told = {row["public_id"] for row in csv.DictReader(file) if row["title"]}
    assert told <= {public_id for (public_id,) in rows(data, "SELECT public_id FROM articles_article")}
