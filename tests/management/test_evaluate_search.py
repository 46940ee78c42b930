"""The command: its options, what it prints and writes, and how it ends."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import Archive


def run(*arguments: object) -> str:
    """What the command printed."""
    out = io.StringIO()
    call_command("evaluate_search", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def files(archive: Archive, tmp_path: Path) -> list[Any]:
    """The options that name a question set of two, over an indexed archive of three."""
    archive.add("افتتاح الجسر", "قص المحافظ شريط الجسر الجديد", external_id="page-1")
    archive.add("حصاد القمح", "بدأ موسم القمح في السهل", external_id="page-2")
    archive.add("مباراة", "فاز الفريق بهدفين", external_id="page-3")
    archive.index()
    queries, judgements = tmp_path / "queries.tsv", tmp_path / "qrels.txt"
    queries.write_text("q1\tمتى افتتح الجسر؟\nq2\tمتى يبدأ موسم القمح؟\nq3\tمن فاز؟\n", "utf-8")
    judgements.write_text("q1 0 page-1 1\nq2 0 page-2 1\nq4 0 page-9 1\n", "utf-8")
    return ["--queries", queries, "--qrels", judgements]


def test_measures_are_printed_with_their_intervals(files: list[Any]) -> None:
    printed = run(*files).splitlines()
    assert printed[0] == ("2 queries asked, 1 without judgements, 0 with no such document in the archive")
    assert printed[1].split() == ["nDCG@10", "MRR@10", "recall@10", "recall@100"]
    assert printed[2].split() == ["warraq"] + ["1.000", "[1.000,", "1.000]"] * 4
    assert printed[3].startswith("warraq: ")
    assert "0 ran out of time" in printed[3]


def test_a_baseline_is_printed_with_the_difference(files: list[Any]) -> None:
    rows = [line.split()[0] for line in run(*files, "--baseline", "light10").splitlines()[2:]]
    assert rows == ["warraq", "light10", "difference", "warraq:", "light10:"]


def test_a_json_report_says_what_was_measured_and_how(files: list[Any], tmp_path: Path) -> None:
    run(*files, "--baseline", "light10", "--seed", "5", "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [ranking["ranking"] for ranking in report["rankings"]] == ["warraq", "light10"]
    assert report["rankings"][0]["means"]["nDCG@10"] == {"mean": 1.0, "low": 1.0, "high": 1.0}
    assert set(report["differences"]["light10"]) == {"nDCG@10", "MRR@10", "recall@10", "recall@100"}
    assert [question["query"] for question in report["questions"]] == ["q1", "q2"]
    assert (report["queries"], report["unjudged"], report["seed"]) == (2, 1, 5)


def test_a_csv_report_has_a_row_a_query(files: list[Any], tmp_path: Path) -> None:
    run(*files, "--baseline", "light10", "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["query"] for row in rows] == ["q1", "q2"]
    assert {"warraq nDCG@10", "light10 recall@100"} <= set(rows[0])


def test_every_second_line_can_be_held_back(files: list[Any], tmp_path: Path) -> None:
    run(*files, "--lines", "odd", "--report", tmp_path / "report.csv")
    assert "q1" in (tmp_path / "report.csv").read_text("utf-8")
    assert "q2" not in (tmp_path / "report.csv").read_text("utf-8")


def test_fewer_queries_can_be_asked(files: list[Any]) -> None:
    assert run(*files, "--limit-queries", 1).startswith("1 queries asked")


def test_headlines_of_the_archive_are_asked_of_the_bodies(files: list[Any]) -> None:
    printed = run("--headlines", 3, "--baseline", "light10").splitlines()
    assert printed[0].startswith("3 queries asked")
    # «مباراة» stands in no body, the two others do.
    assert printed[2].split()[-3:] == ["0.667", "[0.000,", "1.000]"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give --queries and --qrels, or --headlines N"),
        (["--queries", "q.tsv"], "give --queries and --qrels, or --headlines N"),
        (["--headlines", "5", "--queries", "q.tsv"], "take no --queries"),
        (["--headlines", "5", "--field", "title"], "--field title"),
        (["--headlines", "0"], "must be a whole number above 0, not '0'"),
        (["--report", "report.txt"], "must end in .json or .csv, not 'report.txt'"),
        (["--report", "no/such/folder/report.csv"], "there is no folder no/such/folder"),
        (["--queries", "no.tsv", "--qrels", "no.tsv"], "no.tsv cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said(db: None, arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)


def test_judgements_of_other_documents_leave_nothing_to_ask(files: list[Any], tmp_path: Path) -> None:
    (tmp_path / "qrels.txt").write_text("q1 0 elsewhere 1\n", "utf-8")
    with pytest.raises(CommandError, match="nothing to ask: 2 without judgements, 1 with no such document"):
        run(*files)


def test_an_archive_without_an_index_is_told_what_to_do(archive: Archive) -> None:
    archive.add("افتتاح الجسر", "قص المحافظ الشريط")
    with pytest.raises(CommandError, match="there is no search index"):
        run("--headlines", 1)
