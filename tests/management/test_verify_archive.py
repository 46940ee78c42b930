"""The command: what it prints, what it writes, and how it ends."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.models.capture import Capture
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def run(*arguments, command="verify_archive"):
    """What the command printed on stdout and on stderr, and how it ended."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


@pytest.fixture
def imported(tmp_path):
    """Three imported records; the paths of their bytes, in the order of the captures."""
    records = [{"title": f"خبر {number}", "body": f"متن الخبر {number}."} for number in range(3)]
    path = tmp_path / "news.json"
    path.write_text(json.dumps(records), "utf-8")
    assert run(path, "--no-index", command="import_articles")[2] == 0
    store = CaptureStore(settings.CAPTURES_DIR)
    return [store.path(capture.sha256) for capture in Capture.objects.order_by("pk")]


def test_a_fresh_import_is_sound_and_ends_with_0(imported):
    out, err, status = run()
    assert (out.split()[:2], err, status) == (["sound", "3"], "", 0)


def test_an_empty_archive_is_sound():
    assert run()[1:] == ("", 0)


def test_findings_end_with_2_and_say_how_to_mend_them(imported):
    imported[0].unlink()
    imported[1].write_bytes(b"no gzip")
    out, err, status = run()
    assert ("item 1: missing:" in err, "item 2: damaged:" in err, status) == (True, True, 2)
    assert f"copy missing and damaged files from a backup of {settings.CAPTURES_DIR}" in err
    assert out.split()[:6] == ["sound", "1", "missing", "1", "damaged", "1"]


def test_an_orphan_is_a_finding(imported):
    Capture.objects.order_by("pk").first().delete()
    out, err, status = run()
    assert (f"{imported[0]}: orphan: no capture names it" in err, status) == (True, 2)


def test_articles_without_a_capture_are_counted_and_no_finding():
    make_article()
    out, err, status = run()
    assert ("1 published articles have no capture" in out, err, status) == (True, "", 0)


def test_limit_reads_only_the_first_captures(imported):
    imported[2].unlink()
    out, _err, status = run("--limit", 2)
    assert (out.split()[:2], status) == (["sound", "2"], 0)


def test_a_json_report_has_findings_and_totals(imported, tmp_path):
    imported[1].unlink()
    make_article()
    run("--report", tmp_path / "found.json")
    report = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert [(item["locator"], item["outcome"]) for item in report["items"]] == [("item 2", "missing")]
    assert report["totals"] == {"read": 3, "sound": 2, "missing": 1, "orphan": 0}
    assert report["passed_over"] == {"published_without_capture": 1}


def test_a_csv_report_has_a_row_for_each_finding(imported, tmp_path):
    imported[1].unlink()
    run("--report", tmp_path / "found.csv")
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["outcome"] for row in csv.DictReader(file)] == ["missing"]


def test_after_fifty_findings_the_terminal_is_told_of_the_report():
    settings.CAPTURES_DIR.mkdir()
    for number in range(60):
        (settings.CAPTURES_DIR / f"stray {number}").touch()
    _out, err, _status = run()
    assert (err.count(": orphan:"), "--report FILE.csv lists them all" in err) == (50, True)


@pytest.mark.parametrize("options", [("--report", "found.txt"), ("--limit", "0"), ("--limit", "many")])
def test_a_wrong_option_ends_with_1(options):
    assert run(*options)[2] == 1


def test_beside_an_import_captures_are_read_and_the_rest_ends_with_1(imported):
    with only_import(settings.CAPTURES_DIR):
        _out, err, status = run()
    assert ("were not looked for: another import is running" in err, status) == (True, 1)


def test_verbosity_0_prints_findings_only(imported):
    imported[0].unlink()
    out, err, status = run("--verbosity", 0)
    assert (out, "missing" in err, status) == ("", True, 2)
