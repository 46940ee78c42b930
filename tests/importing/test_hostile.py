"""Every hostile input ends in the outcome of the table, and the import goes on."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from articles.importing.codes import is_rejection
from articles.models.article import Article
from tests.importing.hostile import CASES
from tests.importing.samples import PAGE, TITLE

MOST_MEMORY = 300  # megabytes
# The peak of the process itself: what wait() tells of a child includes its parent before it became another program.
IMPORT_AND_TELL_MEMORY = """
import pathlib, re, sys
import django
django.setup()
from django.core.management import CommandError, call_command
call_command("migrate", verbosity=0, skip_checks=True)
status = 0
try:
    call_command("import_articles", sys.argv[1], "--no-index")
except CommandError as error:
    status = error.returncode
print(status, re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
def test_a_hostile_input_has_its_outcome_and_the_run_goes_on(importer, write, case):
    name, build, expected = CASES[case]
    path = write(name, build())
    fine = write("z.txt", PAGE)
    summary = importer(path, fine)
    *hostile, last = importer.reports
    assert [report.code or report.outcome for report in hostile] == expected
    assert [report.outcome for report in hostile if report.code] == [
        "rejected" if is_rejection(code) else "failed" for code in expected if code != "new"
    ]
    assert (last.outcome, last.title, summary.read) == ("new", TITLE, len(expected) + 1)
    assert importer(path).counts.get("new", 0) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["an entity that reads a file", "a billion laughs", "scripts in a title"])
def test_nothing_hostile_reaches_an_article(importer, write, case):
    name, build, _expected = CASES[case]
    importer(write(name, build()))
    article = Article.objects.get()
    told = f"{article.title} {article.body}"
    assert (TITLE in told, "root:" in told, "haha" in told, "alert" in told) == (True, False, False, False)


def test_there_are_forty_hostile_inputs_and_more():
    assert len(CASES) >= 40


def test_memory_stays_in_bounds_whatever_comes(tmp_path):
    for number, (name, build, _expected) in enumerate(CASES.values()):
        (tmp_path / "hostile" / f"{number:02}").mkdir(parents=True)
        (tmp_path / "hostile" / f"{number:02}" / name).write_bytes(build())
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AND_TELL_MEMORY, str(tmp_path / "hostile")],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    status, kilobytes = map(int, done.stdout.split()[-2:])
    assert status == 2
    assert kilobytes / 1024 < MOST_MEMORY
