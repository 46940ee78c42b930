"""Items that did not come through are tried again, from their files or from the bytes that were kept."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.importing.store.undoing import undo
from articles.jobs import trying_again
from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.import_run import ImportItem, ImportRun
from articles.models.job import Job, JobState
from tests.importing.samples import FIRST, SECOND

pytestmark = pytest.mark.django_db

GOOD = f'{{"title": "أول", "body": "{FIRST}"}}'
BAD = '{"title": "ثانٍ", '
MENDED = f'{{"title": "ثانٍ", "body": "{SECOND}"}}'


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("سعاد", is_staff=True)


def run_import(path: Path, **options: Any) -> ImportRun:
    import_paths(
        [str(path)],
        options=ImportOptions(**options),
        store=CaptureStore(settings.CAPTURES_DIR),
        stdin=io.BytesIO(),
    )
    return ImportRun.objects.latest("pk")


def failed(run: ImportRun) -> ImportItem:
    return ImportItem.objects.get(run=run, outcome="failed")


def try_again(curator: User, *items: ImportItem) -> Job:
    job = trying_again.ask([item.pk for item in items], by=curator)
    do_waiting()
    job.refresh_from_db()
    return job


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of two records, the second of which is broken."""
    path = tmp_path / "news.jsonl"
    path.write_text(f"{GOOD}\n{BAD}\n", "utf-8")
    return path


def test_an_item_whose_file_was_mended_comes_through_with_the_options_of_its_run(
    curator: User, source: Path
) -> None:
    item = failed(run_import(source, source="جريدة الأفق", status="draft", collections=("ملف",)))
    source.write_text(f"{GOOD}\n{MENDED}\n", "utf-8")
    job = try_again(curator, item)

    assert (job.state, job.counts) == (JobState.FINISHED, {"mended": 1, "failed_again": 0, "gone": 0})
    item.refresh_from_db()
    made = ImportRun.objects.latest("pk")
    assert item.mended_by == made
    assert (made.read, made.new) == (1, 1), "its neighbour is not read again"
    article = Article.objects.get(title="ثانٍ")
    assert (article.status, str(article.source)) == ("draft", "جريدة الأفق")
    assert [held.name for held in article.collections.all()] == ["ملف"]
    assert job.result["links"][0]["address"] == f"/admin/articles/importrun/{made.pk}/change/"


def test_an_item_that_fails_again_says_so_and_keeps_waiting(curator: User, source: Path) -> None:
    item = failed(run_import(source))
    job = try_again(curator, item)
    item.refresh_from_db()
    assert (job.counts["failed_again"], item.mended_by) == (1, None)


def test_a_file_that_is_gone_is_said_to_be_gone_where_no_bytes_were_kept(curator: User, source: Path) -> None:
    empty = source.with_name("empty.jsonl")
    empty.write_text("")
    item = ImportItem.objects.get(run=run_import(empty))
    empty.unlink()
    job = try_again(curator, item)
    item.refresh_from_db()
    assert job.counts == {"gone": 1}
    assert [note["code"] for note in item.notes] == ["source_gone"]
    assert ImportRun.objects.count() == 1


def test_the_bytes_that_were_kept_do_where_the_file_is_gone(curator: User, source: Path) -> None:
    item = failed(run_import(source))
    source.unlink()
    assert item.pk
    job = try_again(curator, item)
    assert job.counts["gone"] == 0
    assert job.counts["failed_again"] == 1


def test_a_whole_file_that_could_not_be_read_is_read_whole(curator: User, tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(b"PK\x03\x04 cut short")
    item = ImportItem.objects.get(run=run_import(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jsonl", f"{GOOD}\n{MENDED}\n")
    try_again(curator, item)
    item.refresh_from_db()
    assert item.mended_by
    assert Article.objects.count() == 2


def test_a_file_in_an_archive_is_found_again(curator: User, tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    for second in (BAD, MENDED):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.jsonl", f"{GOOD}\n{second}\n")
        if second == BAD:
            item = failed(run_import(path))
    try_again(curator, item)
    item.refresh_from_db()
    assert item.mended_by


def test_a_restored_run_may_not_name_files_of_this_machine(curator: User, source: Path) -> None:
    run = run_import(source)
    item = failed(run)
    source.write_text(f"{GOOD}\n{MENDED}\n", "utf-8")
    ImportRun.objects.filter(pk=run.pk).update(was_here=False)
    try_again(curator, item)
    assert not Article.objects.filter(title="ثانٍ").exists()


def test_each_run_is_tried_with_its_own_options(curator: User, source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(f"{BAD}\n", "utf-8")
    items = failed(run_import(source, source="جريدة الأفق")), failed(run_import(other, source="وكالة الساحل"))
    source.write_text(f"{GOOD}\n{MENDED}\n", "utf-8")
    other.write_text(f'{{"title": "ثالث", "body": "{SECOND} ثم قالت."}}\n', "utf-8")
    job = try_again(curator, *items)
    sources = {article.title: str(article.source) for article in Article.objects.all()}
    assert (sources["ثانٍ"], sources["ثالث"]) == ("جريدة الأفق", "وكالة الساحل")
    assert len(job.result["links"]) == 2


def test_what_came_through_is_not_tried_twice(curator: User, source: Path) -> None:
    item = failed(run_import(source))
    source.write_text(f"{GOOD}\n{MENDED}\n", "utf-8")
    try_again(curator, item)
    job = try_again(curator, item)
    assert (job.total, ImportRun.objects.count()) == (0, 2)


def test_undoing_the_new_run_makes_its_items_wait_again(curator: User, source: Path) -> None:
    item = failed(run_import(source))
    source.write_text(f"{GOOD}\n{MENDED}\n", "utf-8")
    try_again(curator, item)
    undo(ImportRun.objects.latest("pk"), store=CaptureStore(settings.CAPTURES_DIR))
    item.refresh_from_db()
    assert item.mended_by is None


def test_while_an_import_runs_the_job_says_so_and_can_be_gone_on_with(curator: User, source: Path) -> None:
    item = failed(run_import(source))
    with only_import(Path(settings.CAPTURES_DIR)):
        job = try_again(curator, item)
    assert job.state == JobState.FAILED
    assert "استيراد آخر" in job.problem
