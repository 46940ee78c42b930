"""The command, and import_articles with what it wrote: what they print, what they refuse, and how they end."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.importing.store.lock import only_import
from articles.models.article import Article
from articles.models.capture import Capture
from tests.exporting import whole

pytestmark = pytest.mark.django_db


def run(*arguments, command="export_archive"):
    """What the command printed on stdout and on stderr, and how it ended."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(str(error))
    return out.getvalue(), err.getvalue(), status


def restore(*arguments):
    return run(*arguments, command="import_articles")


@pytest.fixture
def exported(tmp_path):
    """The export of an archive with the web part of the sample collection."""
    whole.import_all(whole.SEEDS / "web")
    assert run(tmp_path / "export")[2] == 0
    return tmp_path / "export"


def test_the_counts_are_told(tmp_path):
    whole.import_all(whole.SEEDS / "web")
    out, err, status = run(tmp_path / "export", "--wacz", tmp_path / "a.wacz")
    assert (err, status) == ("", 0)
    told = dict(line.replace(",", "").split() for line in out.splitlines())
    assert told["articles"] == str(Article.objects.count())
    assert int(told["bytes"]) == sum(len(content) for name, content in whole.files(tmp_path / "export").items()
                                     if name.startswith("data/"))  # fmt: skip
    assert (tmp_path / "a.wacz").exists()


def test_an_export_is_restored_indexed_and_told(exported):
    whole.empty()
    out, err, status = restore(exported)
    assert (err, status) == ("", 0)
    assert [line.split() for line in out.splitlines() if "articles" in line] == [["articles", "12", "0"]]
    assert "indexed             12" in out
    assert Article.objects.needing_index().count() == 0


def test_no_index_leaves_indexing_for_later(exported):
    whole.empty()
    assert "indexed" not in restore(exported, "--no-index")[0]
    assert Article.objects.needing_index().count() == 12


def test_a_dry_run_writes_nothing(exported):
    whole.empty()
    out, _err, status = restore(exported, "--dry-run")
    assert (out.splitlines()[0], status) == ("dry run: nothing was written", 0)
    assert Article.objects.count() == 0


def test_missing_bytes_end_with_2(exported, tmp_path):
    first = Capture.objects.order_by("pk").first()
    whole.store().path(first.sha256).unlink()
    _out, err, status = run(tmp_path / "other")
    assert (status, f"no capture {first.sha256}" in err, "verify_archive" in err) == (2, True, True)


def test_a_folder_that_is_not_empty_ends_with_1(exported):
    assert run(exported)[1:] == (f"{exported} is not empty; an export is written into a folder of its own", 1)


def test_a_damaged_export_ends_with_1_and_names_the_file(exported):
    (exported / "data/articles.jsonl").write_text("{}\n")
    out, err, status = restore(exported)
    assert (out, status, "1 files are damaged: data/articles.jsonl: 3 bytes" in err) == ("", 1, True)


def test_an_export_is_restored_by_itself_and_as_it_is(exported):
    others = restore(exported, whole.SEEDS)
    options = restore(exported, "--source", "صحيفة", "--status", "draft", "--limit", "3")
    assert (others[1], others[2]) == (f"{exported} is an export: it is restored by itself", 1)
    assert options[1].endswith("restored as it is: --limit, --source, --status cannot be followed")


def test_an_export_among_other_files_is_not_read_as_articles(exported):
    whole.empty()
    _out, err, status = restore(exported.parent, "--no-index")
    assert (status, "rejected (export): an export is restored by itself" in err) == (2, True)
    assert Article.objects.count() == 0


def test_a_restoration_waits_for_no_import(exported):
    with only_import(Path(settings.CAPTURES_DIR)):
        _out, err, status = restore(exported)
    assert (status, "another import is running" in err) == (1, True)


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--since", "gestern", "'gestern' is no date"),
        ("--max-warc-size", "0", "'0' is no size"),
        ("--max-warc-size", "2X", "'2X' is no size"),
    ],
)
def test_wrong_values_are_refused(tmp_path, option, value, problem):
    with pytest.raises(CommandError, match=problem):
        call_command("export_archive", str(tmp_path / "export"), option, value)


@pytest.mark.parametrize("since", ["2026-11-01", "2026-11-01T12:00", "2026-11-01T12:00+03:00"])
def test_since_takes_dates_and_moments(tmp_path, since):
    assert run(tmp_path / "export", "--since", since, "--max-warc-size", "200M")[2] == 0
