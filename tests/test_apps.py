"""What is imported when Django is set up, and what only when it is asked for."""

import subprocess
import sys

from django.contrib.admin import site
from django.core import checks

from articles.models.article import Article

COMMANDS_SEE = """
import sys
import django
django.setup()
from django.core import checks
from articles.management.commands import rebuild_index
print("articles.admin" in sys.modules, "trafilatura" in sys.modules)
checks.run_checks(tags=[checks.Tags.admin])
print("articles.admin" in sys.modules)
"""

SERVER_SEES = """
import gc
import sys
import newsroom.wsgi
print("articles.admin" in sys.modules, "articles.views.results" in sys.modules, gc.get_freeze_count() > 100_000)
"""


def test_an_index_is_built_without_the_desk_and_checks_are_made_with_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", COMMANDS_SEE], capture_output=True, text=True, check=True
    ).stdout.split()
    assert told == ["False", "False", "True"]


def test_the_desk_is_checked_by_django() -> None:
    assert checks.run_checks(tags=[checks.Tags.admin]) == []
    assert site.is_registered(Article)


def test_a_process_that_serves_has_all_its_pages_before_the_first_reader_comes() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SERVER_SEES], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["True", "True", "True"]
