"""The command: its options, what it prints, and how it ends."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.importing.options import OUTCOMES
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.collection import Collection
from articles.models.import_run import ImportRun
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.importing.crawls import Crawl, address, page

pytestmark = pytest.mark.django_db

TITLE = "سوق المدينة القديمة تفتح أبوابها"
BODY = "فتحت المدينة القديمة سوقها المسقوف صباح أمس، وعاد إليه أربعون حرفياً."


def record(number, **fields):
    return {"url": f"https://example.org/{number}", "title": f"{TITLE} {number}", "body": BODY, **fields}


@pytest.fixture
def records(tmp_path):
    """`records(record(1), ...)` writes a file of records."""
    folder = tmp_path / "inputs"
    folder.mkdir()

    def write(*given, name="a.json"):
        path = folder / name
        path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
        return path

    return write


def run(*arguments):
    """What the command printed on stdout and on stderr, and how it ended."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_articles", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


def printed_totals(out):
    return {
        name: int(count.replace(",", ""))
        for name, count in re.findall(r"^(\w+) +([\d,]+)$", out, re.MULTILINE)
    }


def test_totals_are_printed_and_sum_to_the_items_read(records):
    out, err, status = run(records(record(1), record(2), {"title": ""}), "--no-index")
    totals = printed_totals(out)
    assert (totals["new"], totals["rejected"], totals["read"], status) == (2, 1, 3, 2)
    assert totals["read"] == sum(totals[outcome] for outcome in OUTCOMES)
    assert "item 3: rejected (empty): title and body are empty" in err


def test_all_well_ends_with_0_and_so_does_the_second_run(records):
    path = records(record(1))
    assert run(path)[2] == 0
    out, _err, status = run(path)
    assert (printed_totals(out)["unchanged"], status) == (1, 0)


def test_what_is_imported_is_found_at_once_however_it_is_spelled(records):
    out, _err, _status = run(records(record(1)))
    assert printed_totals(out)["indexed"] == 1
    assert [hit.title_text for hit in search(SearchRequest(text="المدينه القديمه")).hits] == [f"{TITLE} 1"]


def test_no_index_leaves_the_articles_waiting(records):
    run(records(record(1)), "--no-index")
    assert Article.objects.needing_index().count() == 1


def test_dry_run_writes_nothing(records):
    out, _err, status = run(records(record(1)), "--dry-run")
    assert ("dry run" in out, printed_totals(out)["new"], status) == (True, 1, 0)
    assert (Article.objects.count(), ImportRun.objects.count(), settings.CAPTURES_DIR.exists()) == (
        0,
        0,
        False,
    )


def test_format_and_map_and_encoding_are_followed(tmp_path):
    path = tmp_path / "export.dat"
    path.write_bytes(f"العمود الأول;الثاني\n{TITLE};{BODY}\n".encode("windows-1256"))
    options = (
        "--format",
        "csv",
        "--map",
        "العمود الأول=title",
        "--map",
        "الثاني=body",
        "--encoding",
        "cp1256",
    )
    assert printed_totals(run(path, *options)[0])["new"] == 1
    article = Article.objects.get()
    assert (article.title, article.body, Capture.objects.get().charset) == (TITLE, BODY, "windows-1256")


def test_a_mapped_column_that_no_record_had_is_told(records):
    assert "no record had a column 'tilte'" in run(records(record(1)), "--map", "tilte=title")[1]


def test_source_collection_and_status_are_followed(records):
    run(
        records(record(1)),
        "--source",
        "مجلة الميناء",
        "--collection",
        "هبة",
        "--collection",
        "سوق",
        "--status",
        "draft",
    )
    article = Article.objects.get()
    assert (article.source.name, article.status, Collection.objects.count()) == ("مجلة الميناء", "draft", 2)


@pytest.mark.parametrize(
    ("choice", "outcome"), [("skip", "duplicate"), ("capture", "captured"), ("update", "updated")]
)
def test_on_duplicate_is_followed(records, choice, outcome):
    run(records(record(1)))
    out, _err, _status = run(records(record(1, title="عنوان آخر"), name="b.json"), "--on-duplicate", choice)
    assert printed_totals(out)[outcome] == 1


@pytest.mark.parametrize(("option", "read"), [(("--on-error", "stop"), 2), (("--max-errors", "2"), 4)])
def test_the_import_stops_at_errors_when_it_is_told_to(records, option, read):
    out, err, status = run(records(record(1), {"title": ""}, record(2), {"title": " "}, record(3)), *option)
    assert (printed_totals(out)["read"], "stopped" in err, status) == (read, True, 2)


def test_limit_is_followed(records):
    assert printed_totals(run(records(record(1), record(2)), "--limit", "1")[0])["read"] == 1


def test_the_report_holds_every_item_with_its_totals(records, tmp_path):
    path = records(record(1), {"title": ""})
    run(path)
    run(path, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    first, second = report["items"]
    assert (first["outcome"], first["public_id"]) == ("unchanged", Article.objects.get().public_id)
    assert (second["outcome"], second["code"], second["locator"]) == ("rejected", "empty", "item 2")
    assert report["totals"] == {"read": 2, "unchanged": 1, "rejected": 1}


def test_the_report_counts_what_was_passed_over(tmp_path):
    crawl = Crawl().with_page(1).with_response(address(2), b"", status="404 Not Found")
    (tmp_path / "a.warc.gz").write_bytes(crawl.content)
    run(tmp_path / "a.warc.gz", "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (report["totals"], report["passed_over"]) == ({"read": 1, "new": 1}, {"HTTP 404": 1})


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 1),
        (("--http-status", "404"), 1),
        (("--http-status", "200,404"), 2),
        (("--media-type", "text/plain"), 0),
    ],
)
def test_status_and_type_of_pages_in_crawls_are_followed(tmp_path, options, count):
    crawl = Crawl().with_page(1).with_response(address(2), page(2).encode(), status="404 Not Found")
    (tmp_path / "a.warc.gz").write_bytes(crawl.content)
    assert printed_totals(run(*options, tmp_path / "a.warc.gz", "--no-index")[0])["new"] == count


def test_files_passed_over_are_named(records, tmp_path):
    folder = records(record(1)).parent
    (folder / "README.md").write_text("x")
    assert f"1 passed over (its name tells no format): {folder}/README.md" in run(folder)[1]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_how_much_is_done_and_how_much_is_left(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(Crawl().with_page(1).content)
    shown = Terminal()
    call_command("import_articles", str(tmp_path), "--no-index", stdout=io.StringIO(), stderr=shown)
    assert re.search(r"0%\|.*B/s\]", shown.getvalue())


def test_after_many_errors_the_terminal_is_spared(records):
    _out, err, _status = run(records(*[{"title": ""}] * 80))
    assert err.count("rejected (empty)") == 50
    assert "--report" in err


def test_verbosity_0_prints_errors_only(records):
    out, err, _status = run(records(record(1), {"title": ""}), "--verbosity", "0")
    assert (out, "rejected (empty)" in err) == ("", True)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["nowhere.json"], "no such file"),
        (["."], "there is no field 'titel'"),
        (["."], "must end in"),
    ],
    ids=["missing input", "wrong map", "wrong report"],
)
def test_what_cannot_be_done_ends_with_1_and_writes_nothing(arguments, word):
    extra = {"there is no field 'titel'": ["--map", "x=titel"], "must end in": ["--report", "r.doc"]}.get(
        word, []
    )
    _out, err, status = run(*arguments, *extra)
    assert (word in err, status, ImportRun.objects.count()) == (True, 1, 0)


@pytest.mark.parametrize(
    "options",
    [
        ["--limit", "0"],
        ["--encoding", "klingon"],
        ["--http-status", "200,99"],
        ["--media-type", "image/png"],
        ["--format", "pdf"],
        ["--on-duplicate", "merge"],
        ["--nope"],
    ],
)
def test_a_wrong_option_is_refused(options):
    with pytest.raises(CommandError):
        call_command("import_articles", ".", *options)


def test_on_the_command_line_a_wrong_option_ends_with_1_not_2(data_folder: Path):
    command = [sys.executable, "manage.py", "import_articles", ".", "--nope"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert (done.returncode, "unrecognized arguments" in done.stderr) == (1, True)


def test_help_tells_the_exit_status():
    done = subprocess.run(
        [sys.executable, "manage.py", "import_articles", "--help"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert "exit status: 0" in done.stdout
