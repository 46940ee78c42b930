"""Report files: one entry an item, in CSV for spreadsheets and in JSON for programs."""

import csv
import json
from collections import Counter

import pytest

from articles.importing.options import ItemReport, Summary
from articles.importing.records import Note
from articles.importing.reports import WrongReport, report_file

ITEMS = [
    ItemReport(
        "a.json", "item 1", "new", public_id="abc", title="سوق", notes=(Note("html"), Note("cut", "سطر; آخر"))
    ),
    ItemReport("a.json", "item 2", "failed", "bad_json", 'line 2: "خطأ"'),
]


def test_json_holds_the_items_and_the_totals(tmp_path):
    with report_file(tmp_path / "r.json") as report:
        for item in ITEMS:
            report.item(item)
        report.totals(Summary(counts=Counter(new=1, failed=1)))
    found = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [item["outcome"] for item in found["items"]] == ["new", "failed"]
    assert found["items"][0]["notes"] == [{"code": "html", "text": ""}, {"code": "cut", "text": "سطر; آخر"}]
    assert found["totals"] == {"read": 2, "new": 1, "failed": 1}


def test_json_of_no_items_is_json(tmp_path):
    with report_file(tmp_path / "r.json"):
        pass
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["items"] == []


def test_csv_opens_in_a_spreadsheet_with_its_arabic(tmp_path):
    with report_file(tmp_path / "r.CSV") as report:
        for item in ITEMS:
            report.item(item)
    assert (tmp_path / "r.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "r.CSV").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["title"] == "سوق"
    assert rows[0]["notes"] == "html; cut: سطر; آخر"
    assert rows[1]["message"] == 'line 2: "خطأ"'


def test_a_title_that_a_spreadsheet_would_run_is_defused(tmp_path):
    with report_file(tmp_path / "r.csv") as report:
        report.item(ItemReport("a", "", "new", title="=1+1"))
    assert "'=1+1" in (tmp_path / "r.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["r.txt", "r", "missing/r.csv"])
def test_a_report_that_cannot_be_written_is_refused_at_once(tmp_path, name):
    with pytest.raises(WrongReport, match="--report"), report_file(tmp_path / name):
        pass
