"""Bulk work as jobs: whole chunks, by who may still do it, with what it made at hand for its actor."""

import csv
import io
import json
import os
import time

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User

from articles.bulk import files
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.jobs import asking
from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.change import Change
from articles.models.job import Job, JobState
from articles.models.redirect import ArticleRedirect
from articles.models.tag import Tag
from tests.factories import make_article, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    user = User.objects.create_user("ليلى", is_staff=True)
    codes = ("change_article", "publish_article", "view_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def done(kind: str, by: User, keys: list[int], **options: object) -> Job:
    draft = asking.draft(kind, kind, by=by, keys=keys)
    assert asking.confirm(draft, {"reason": "دفعة", **options})
    do_waiting()
    draft.refresh_from_db()
    return draft


def test_a_draft_waits_for_nobody_and_is_confirmed_once(curator: User) -> None:
    draft = asking.draft("withdraw", "حجب", by=curator, keys=[make_article().pk])
    assert do_waiting() == 0
    assert asking.confirm(draft, {}) and not asking.confirm(draft, {})
    assert do_waiting() == 1
    assert Article.objects.get().status == "withdrawn"


def test_drafts_that_nobody_came_back_to_go(curator: User) -> None:
    for _number in range(asking.DRAFTS_OF_ONE + 5):
        asking.draft("withdraw", "حجب", by=curator, keys=[1])
    assert Job.objects.filter(state=JobState.DRAFT).count() == asking.DRAFTS_OF_ONE


def test_what_was_chosen_is_what_is_done(curator: User) -> None:
    keys = [make_article(status="draft").pk for _number in range(450)]
    make_article(status="draft")
    job = done("publish", curator, keys)
    assert (job.state, job.done, job.counts) == (JobState.FINISHED, 450, {"changed": 450})
    assert Article.objects.filter(status="published").count() == Change.objects.count() == 450


def test_who_lost_the_permission_meanwhile_changes_nothing(curator: User) -> None:
    article = make_article()
    draft = asking.draft("withdraw", "حجب", by=curator, keys=[article.pk])
    asking.confirm(draft, {})
    curator.user_permissions.clear()
    do_waiting()
    draft.refresh_from_db()
    assert draft.counts == {"refused": 1}
    assert "إذن" in draft.chunks.get().problem
    assert Article.objects.get().status == "published"


# Files


def exported(curator: User, form: str) -> str:
    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    job = done("export_chosen", curator, keys, values={"form": form}, base="https://w.example")
    assert (job.state, job.counts) == (JobState.FINISHED, {"written": len(keys)})
    path = files.path_of(job.result["file"])
    assert path
    return path.read_text("utf-8")


@pytest.fixture
def two(db: None) -> list[Article]:
    """One published, one draft that a spreadsheet would take for a formula."""
    first = make_article(
        "خبر", 'متن، "باقتباس"\nوسطر', source="الأفق", published_on="2015-07", collections=["ملفات"]
    )
    first.tags.set(Tag.objects.named(["نفط"]))
    return [first, make_article("=1+1", "متن", status="draft")]


def test_a_table_has_drafts_too_with_their_status(two: list[Article], curator: User) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(curator, "csv").removeprefix("\ufeff"), newline="")))
    assert [row["status"] for row in rows] == ["published", "draft"]
    assert rows[0]["body"] == two[0].body
    assert (rows[0]["collections"], rows[0]["tags"]) == ("ملفات", "نفط")
    assert rows[0]["address"] == f"https://w.example/a/{two[0].public_id}/"
    assert rows[1]["title"] == "'=1+1"


def test_json_lines_say_everything_as_it_is(two: list[Article], curator: User) -> None:
    rows = [json.loads(line) for line in exported(curator, "jsonl").splitlines()]
    assert [row["title"] for row in rows] == ["خبر", "=1+1"]
    assert (rows[0]["published_on"], rows[0]["published_precision"]) == ("2015-07-01", "month")


def test_citations_of_all_stand_in_one_file(two: list[Article], curator: User) -> None:
    assert len(json.loads(exported(curator, "json"))) == 2
    assert exported(curator, "bib").count("@article{") == 2
    assert exported(curator, "ris").count("TY  - NEWS") == 2


def test_files_are_kept_for_some_days_and_in_some_number(
    two: list[Article], curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "FILES_KEPT", 1)
    for _number in range(3):
        exported(curator, "bib")
    assert len(list(files.folder().iterdir())) == 2
    for path in files.folder().iterdir():
        os.utime(path, (0, time.time() - 8 * 24 * 60 * 60))
    assert files.tidy_up() == 2


@pytest.mark.parametrize("name", ["../archive.sqlite3", "articles-1-0123456789abcdef.exe", "", "secret_key"])
def test_only_names_of_exports_lead_to_files(name: str, db: None) -> None:
    assert files.path_of(name) is None


# Read again


def test_texts_are_read_again_and_what_a_curator_corrected_stays(curator: User, tmp_path: object) -> None:
    path = settings.DATA_DIR / "a.jsonl"
    lines = [{"title": f"خبر {number}", "body": f"متن الخبر رقم {number}"} for number in range(3)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    store = CaptureStore(settings.CAPTURES_DIR)
    import_paths([str(path)], options=ImportOptions(), store=store, stdin=io.BytesIO())
    first, second, _third = Article.objects.order_by("pk")
    curator_gave = {"title": {"place": "curator", "text": ""}}
    Article.objects.filter(pk=first.pk).update(title="خبر تغيّر")
    Article.objects.filter(pk=second.pk).update(title="عنوان محرر", evidence=curator_gave)
    without = make_article("بلا نسخة")
    job = done("reextract", curator, list(Article.objects.values_list("pk", flat=True)))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, second.title) == ("خبر 0", "عنوان محرر")
    assert job.counts["changed"] >= 1 and job.counts["no_capture"] == 1
    change = Change.objects.get(key=first.pk)
    assert (change.fields["title"], change.reason) == (["خبر تغيّر", "خبر 0"], "دفعة")
    assert not Change.objects.filter(key=without.pk).exists()


# Stories


def test_confirmed_stories_are_merged_many_at_once(curator: User) -> None:
    confirmed = make_story(make_article("أول"), make_article("ثان"), make_article("ثالث"), state="confirmed")
    found = make_story(make_article("رابع"), make_article("خامس"))
    differing = make_story(
        make_article("سادس", published_on="2015-07-21"),
        make_article("سابع", published_on="2015-07-22"),
        state="confirmed",
    )
    hidden = make_story(make_article("ثامن"), make_article("تاسع", status="withdrawn"), state="confirmed")
    keys = [story.pk for story in (confirmed, found, differing, hidden)]
    job = done("merge_stories", curator, keys)
    assert job.counts == {"merged": 1, "not_confirmed": 1, "dates_differ": 1, "barred": 1}
    assert ArticleRedirect.objects.count() == 2
    assert set(ArticleRedirect.objects.values_list("article__title", flat=True)) == {"أول"}
