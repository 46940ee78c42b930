"""The command: what it prints, what it reports, and what it refuses."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.duplicates.folder import only_search
from articles.models.story import Story
from tests.duplicates.texts import sentences, text
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("find_duplicates", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def copies() -> None:
    make_article("=أ", text(1), source="الأفق", published_on="2015-07-21")
    make_article("ب", " ".join(sentences(1)[:10]), source="المدار", published_on="2015-07-22")
    make_article("ج", text(2))


def test_the_command_says_what_it_read_and_wrote(copies: None) -> None:
    assert run().splitlines() == [
        "3 articles read, 3 texts compared, 1 pairs alike",
        "1 stories with 2 copies: 1 new, 0 changed, 0 gone",
        "3 articles wait for `manage.py update_index`",
    ]
    assert (settings.DATA_DIR / "duplicates").is_dir()


def test_a_dry_run_says_so_and_writes_nothing(copies: None) -> None:
    assert run("--dry-run").startswith("dry run: no story was written\n")
    assert not Story.objects.exists()


def test_a_report_has_a_line_a_copy(copies: None, tmp_path: Path) -> None:
    run("--report", tmp_path / "found.csv")
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["story"], row["title"], row["source"]) for row in rows] == [
        ("1", "'=أ", "الأفق"), ("1", "ب", "المدار"),
    ]  # fmt: skip
    run("--report", tmp_path / "found.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf-8").splitlines()]
    assert [(line["title"], line["date"]) for line in lines] == [("=أ", "2015-07-21"), ("ب", "2015-07-22")]


@pytest.mark.parametrize(
    "arguments", [("--report", "found.txt"), ("--since", "yesterday"), ("--since", "2015-01-01", "--all")]
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)


def test_a_second_search_is_told_who_runs_the_first() -> None:
    with only_search(settings.DATA_DIR / "duplicates"), pytest.raises(CommandError, match="process"):
        run()


def test_since_takes_a_date_or_a_moment(copies: None) -> None:
    assert "0 texts compared" in run("--since", "2999-01-01")
    assert "3 texts compared" in run("--since", "2015-01-01T12:00")
