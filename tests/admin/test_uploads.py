"""A curator sends files, sees what would become of them, imports them and takes them back."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.admin.code_words import WORDS
from articles.importing.codes import FAILED, REJECTED
from articles.importing.store.lock import only_import
from articles.jobs.running import do_waiting
from articles.models.article import Article, Status
from articles.models.collection import Collection
from articles.models.import_run import ImportRun
from articles.models.job import Job, JobState
from articles.models.upload import Upload, UploadState
from tests.admin.conftest import Desk, said

pytestmark = pytest.mark.django_db

NEWS = [
    {
        "title": "افتتاح جسر الكوت",
        "body": "افتُتح الجسر صباح اليوم بعد عامين من العمل.",
        "source": "جريدة الأفق",
    },
    {"title": "موسم التمور", "body": "بدأ موسم جني التمور في البساتين.", "source": "جريدة الأفق"},
]


def news(items: list[dict[str, str]] = NEWS, name: str = "أخبار.jsonl") -> io.BytesIO:
    file = io.BytesIO("\n".join(json.dumps(item, ensure_ascii=False) for item in items).encode())
    file.name = name
    return file


def send(desk: Desk, *files: Any, **options: Any) -> Upload:
    """Send files and have them previewed."""
    response = desk.post(reverse("admin:articles_upload_add"), form(*files, **options))
    assert response.status_code == 200
    do_waiting()
    return Upload.objects.get()


def form(*files: Any, **options: Any) -> dict[str, Any]:
    return {"sent": list(files), "status": "published", "on_duplicate": "capture", **options}


def bring_in(desk: Desk, upload: Upload) -> None:
    desk.post(reverse("admin:articles_upload_import", args=[upload.pk]), {})
    do_waiting()
    upload.refresh_from_db()


def text(page: HttpResponse) -> str:
    return page.content.decode()


def test_the_preview_says_what_is_new_and_writes_nothing(desk: Desk) -> None:
    upload = send(desk, news([*NEWS, {"title": "", "body": ""}]))

    assert upload.state == UploadState.PREVIEWED
    assert upload.preview["counts"] == {"new": 2, "rejected": 1}
    page = text(desk.open(upload))
    assert "افتتاح جسر الكوت" in page
    assert "لا عنوان فيه ولا متن" in page
    assert not Article.objects.exists()
    assert not ImportRun.objects.exists()


def test_what_was_previewed_is_imported_indexed_and_its_files_go(desk: Desk) -> None:
    upload = send(desk, news())
    bring_in(desk, upload)

    assert upload.state == UploadState.IMPORTED
    assert set(Article.objects.values_list("title", "status")) == {
        ("افتتاح جسر الكوت", Status.PUBLISHED),
        ("موسم التمور", Status.PUBLISHED),
    }
    assert not Article.objects.needing_index().exists()
    assert upload.files == []
    assert ImportRun.objects.get().inputs == ["أخبار.jsonl"]
    assert Article.objects.first().captures.get().origin == f"uploads/{upload.pk}/أخبار.jsonl"


def test_the_import_is_taken_back_as_a_whole(desk: Desk) -> None:
    upload = send(desk, news())
    bring_in(desk, upload)
    address = desk.open(upload).context["undo_address"]
    assert "موسم" not in text(desk.get(address))  # it asks, and names the run

    desk.post(address, {})
    do_waiting()

    upload.refresh_from_db()
    assert upload.state == UploadState.UNDONE
    assert not Article.objects.exists()
    assert Job.objects.first().counts["taken_back"] == 2


def test_what_a_curator_worked_on_stays_and_the_job_says_why(desk: Desk) -> None:
    upload = send(desk, news())
    bring_in(desk, upload)
    desk.save(Article.objects.get(title="موسم التمور"), title="موسم التمور يبدأ")
    desk.post(desk.open(upload).context["undo_address"], {})
    do_waiting()

    assert [article.title for article in Article.objects.all()] == ["موسم التمور يبدأ"]
    assert Job.objects.first().result["kept"] == ["موسم التمور يبدأ: عمل عليه محرر، وسجلّه يقول من"]
    assert "عمل عليه محرر" in text(desk.open(Job.objects.first()))


def test_sent_again_it_says_that_nothing_changed(desk: Desk) -> None:
    bring_in(desk, send(desk, news()))
    desk.post(reverse("admin:articles_upload_add"), form(news()))
    do_waiting()
    again = Upload.objects.first()
    assert again.preview["counts"] == {"unchanged": 2}


def test_the_form_says_how_the_files_are_filed(desk: Desk) -> None:
    collection = Collection.objects.named("ملفات الكوت")
    file = io.BytesIO("عنوان;نص كامل\nخبر;متن الخبر الأول هنا\n".encode("windows-1256"))
    file.name = "dump.csv"
    upload = send(
        desk,
        file,
        source="وكالة الساحل",
        collections=[collection.pk],
        status="draft",
        map="نص كامل=body",
        encoding="windows-1256",
        format="csv",
    )
    bring_in(desk, upload)
    article = Article.objects.get()
    assert (article.title, article.body, article.source.name, article.status) == (
        "خبر", "متن الخبر الأول هنا", "وكالة الساحل", Status.DRAFT,
    )  # fmt: skip
    assert list(article.collections.all()) == [collection]


def test_a_line_of_the_map_that_cannot_be_followed_is_told(desk: Desk) -> None:
    page = text(desk.post(reverse("admin:articles_upload_add"), form(news(), map="نص كامل=متن")))
    assert "«نص كامل=متن»: اكتب اسم العمود=الحقل" in page
    assert not Upload.objects.exists()


def test_without_a_file_nothing_is_sent(desk: Desk) -> None:
    assert "اختر ملفاً واحداً على الأقل." in text(desk.post(reverse("admin:articles_upload_add"), form()))


def test_what_is_larger_than_the_limit_is_refused_before_it_is_kept(desk: Desk, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    page = desk.post(reverse("admin:articles_upload_add"), form(news()))
    assert "أكبر مما يُرسل هنا" in said(page)[0]
    assert not Upload.objects.exists()
    assert not (Path(settings.DATA_DIR) / "uploads").exists()


def test_the_token_is_asked_for_though_the_quota_comes_first(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="admin"))
    address = reverse("admin:articles_upload_add")
    assert strict.post(address, form(news())).status_code == 403
    assert not Upload.objects.exists()

    token = strict.get(address).cookies["csrftoken"].value
    assert strict.post(address, form(news(), csrfmiddlewaretoken=token)).status_code == 302
    assert Upload.objects.exists()


def test_names_of_files_lead_nowhere(desk: Desk) -> None:
    upload = send(desk, news(name="../../../etc/passwd.jsonl"), news(name="passwd.jsonl"))
    assert [path.name for path in upload.files] == ["2-passwd.jsonl", "passwd.jsonl"]
    assert upload.folder.parent == Path(settings.DATA_DIR) / "uploads"


def test_files_that_are_discarded_are_gone(desk: Desk) -> None:
    upload = send(desk, news())
    desk.post(reverse("admin:articles_upload_discard", args=[upload.pk]), {})
    upload.refresh_from_db()
    assert (upload.state, upload.files) == (UploadState.DISCARDED, [])
    bring_in(desk, upload)
    assert not Article.objects.exists()


def test_pressed_twice_it_is_imported_once(desk: Desk) -> None:
    upload = send(desk, news())
    for _time in range(2):
        desk.post(reverse("admin:articles_upload_import", args=[upload.pk]), {})
    do_waiting()
    assert ImportRun.objects.count() == 1


def test_while_another_import_runs_the_job_says_so_and_can_be_gone_on_with(desk: Desk) -> None:
    upload = send(desk, news())
    with only_import(settings.CAPTURES_DIR):
        bring_in(desk, upload)
    job = Job.objects.first()
    assert (job.state, job.problem) == (JobState.FAILED, "يجري استيراد آخر الآن. أكمل هذه المهمة حين ينتهي.")

    desk.post(reverse("admin:articles_job_go_on", args=[job.pk]), {})
    do_waiting()
    assert Article.objects.count() == 2


def test_the_report_is_a_table_for_a_spreadsheet(desk: Desk) -> None:
    upload = send(desk, news())
    response = desk.get(reverse("admin:articles_upload_report", args=[upload.pk, "preview"]))
    table = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert table.splitlines()[0].startswith("origin,locator,outcome")
    assert desk.client.get(reverse("admin:articles_upload_report", args=[upload.pk, "x"])).status_code == 404


@pytest.fixture
def importer(client: Client, django_capture_on_commit_callbacks: Callable[..., Any]) -> Desk:
    user = User.objects.create_user("مستورد", is_staff=True)
    user.groups.add(Group.objects.get(name="مستوردون"))
    client.force_login(user)
    return Desk(client, django_capture_on_commit_callbacks)


def test_importers_send_drafts_and_take_back_their_own(importer: Desk) -> None:
    page = text(importer.post(reverse("admin:articles_upload_add"), form(news(), status="published")))
    assert not Upload.objects.exists()
    assert "errors" in page

    upload = send(importer, news(), status="draft")
    bring_in(importer, upload)
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}

    other = ImportRun.objects.create()
    undo = reverse("admin:articles_importrun_undo")
    assert importer.client.get(undo, {"runs": other.pk}).status_code == 403
    assert importer.client.get(undo, {"runs": upload.runs.get().pk}).status_code == 200


def test_who_may_not_send_is_refused(looker: Desk) -> None:
    assert looker.client.get(reverse("admin:articles_upload_add")).status_code == 403


def test_every_code_of_an_item_has_its_word() -> None:
    assert set(WORDS) == {*REJECTED, *FAILED}
