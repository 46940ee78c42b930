"""The page that bulk actions lead to: what was chosen is counted and shown, and done as it was shown."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.urls import reverse

from articles import takedown
from articles.importing.options import ImportOptions
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.jobs.running import do_waiting
from articles.models.article import Article
from articles.models.change import Change
from articles.models.job import Job, JobState
from articles.models.redirect import ArticleRedirect
from articles.models.tag import Tag
from articles.takedown import Demand
from tests.admin.conftest import Desk, address_of, said
from tests.conftest import Archive
from tests.factories import make_article, make_collection, make_source, make_story

pytestmark = pytest.mark.django_db


def outcomes(page: HttpResponse) -> dict[str, int]:
    return dict(page.context["outcomes"])


def shown(page: HttpResponse) -> list[tuple[str, str, str]]:
    """The titles on a page, with the first of their fields before and after."""
    return [
        (article.title, fields[0].before, fields[0].after) for article, fields in page.context["examples"]
    ]


def test_the_page_counts_by_outcome_status_and_source_and_shows_titles(desk: Desk) -> None:
    down = make_article("محجوب", source="الأفق")
    takedown.take_down(down, Demand(), by=User.objects.get())
    articles = [make_article("منشور", source="الأفق"), make_article("مسودة", status="draft"), down]
    page = desk.choose("publish", articles)
    assert outcomes(page) == {"ستتغيّر": 1, "هي كذلك من قبل": 1, "محجوبة بطلب، تبقى كما هي": 1}
    assert dict(page.context["statuses"]) == {"منشور": 1, "مسودة": 1, "محجوب": 1}
    assert page.context["preview"].sources == [("الأفق", 2), ("", 1)]
    assert shown(page) == [("مسودة", "مسودة", "منشور")]
    assert Article.objects.filter(status="published").count() == 1


def test_values_are_shown_before_and_after_before_anything_is_done(desk: Desk) -> None:
    source = make_source("وكالة الأنباء")
    article = make_article("خبر", source="الساحل")
    page = desk.choose("set_source", [article])
    assert not page.context["is_known"] and "_confirm" not in page.content.decode()
    address = page.request["PATH_INFO"]
    page = desk.post(address, {"source": "وكاله الانباء", "reason": "خطأ", "_confirm": "1"})
    assert shown(page) == [("خبر", "الساحل", "وكالة الأنباء")]
    assert Article.objects.get().source != source
    page = desk.post(address, {"source": "وكالة الأنباء", "reason": "خطأ", "_confirm": "1"})
    assert said(page) == ["تغيّر مقال واحد."]
    assert Article.objects.get().source == source
    assert Change.objects.get().reason == "خطأ"


@pytest.mark.parametrize(
    "action, values, problem",
    [
        ("set_source", {"source": "لا أحد"}, "لا شيء بهذا الاسم"),
        ("set_date", {"published_on": "2015-07-21", "published_precision": "month"}, "أول يوم من الشهر"),
        ("set_date", {"published_on": "", "published_precision": "day"}, "لكل تاريخ دقة"),
        ("add_collections", {"collections": "، ،"}, "اسماً واحداً"),
        ("remove_tags", {"tags": "ما ليس وسماً"}, "لا شيء بهذا الاسم"),
        ("set_author", {"author": "س" * 301}, "300"),
    ],
)
def test_what_cannot_be_is_said_at_once(
    action: str, values: dict[str, str], problem: str, desk: Desk
) -> None:
    page = desk.choose(action, [make_article()])
    page = desk.post(page.request["PATH_INFO"], {**values, "_confirm": "1"})
    assert problem in page.content.decode()
    assert not Change.objects.exists()


def test_collections_and_tags_are_typed_by_name_in_any_spelling(desk: Desk) -> None:
    make_collection("ملفّات")
    article = make_article()
    desk.act("add_collections", [article], collections="ملفات")
    desk.act("add_tags", [article], tags="نفط، ماء")
    desk.act("remove_tags", [article], tags="نِفط")
    assert [held.name for held in (*article.collections.all(), *article.tags.all())] == ["ملفّات", "ماء"]
    assert desk.titles(tag=Tag.objects.get(name="ماء").pk) == [article.title]


def test_many_are_done_by_a_job_as_they_were_chosen(desk: Desk, archive: Archive) -> None:
    for number in range(60):
        archive.add(f"سدّ {number}", status="draft")
    page = desk.choose("publish", Article.objects.all()[:1], select_across="1")
    later = archive.add("بعد الاختيار", status="draft")
    page = desk.confirm(page, reason="جاهزة")
    job = Job.objects.get()
    assert page.request["PATH_INFO"] == address_of(job)
    do_waiting()
    assert "60" in desk.open(job).content.decode()
    later.refresh_from_db()
    assert (later.status, Article.objects.visible().count()) == ("draft", 60)


def test_a_confirmed_draft_is_not_done_twice(desk: Desk) -> None:
    page = desk.choose("withdraw", [make_article()])
    address = page.request["PATH_INFO"]
    desk.post(address, {"_confirm": "1"})
    assert desk.client.post(address, {"_confirm": "1"}).status_code == 404
    assert Change.objects.count() == 1


def test_a_draft_is_its_makers_alone_and_no_list_shows_it(desk: Desk, looker: Desk) -> None:
    draft = Job.objects.create(
        kind="withdraw", title="x", actor=User.objects.get(username="admin"), state=JobState.DRAFT
    )
    looker_user = User.objects.get(username="زائر")
    looker_user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    looker.client.force_login(looker_user)
    assert looker.client.get(reverse("admin:articles_article_bulk", args=[draft.pk])).status_code == 404
    assert list(looker.listed("job").result_list) == []


def test_who_loses_the_permission_between_preview_and_confirmation_is_refused(looker: Desk) -> None:
    user = User.objects.get(username="زائر")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    article = make_article()
    page = looker.choose("withdraw", [article])
    user.user_permissions.remove(Permission.objects.get(codename="publish_article"))
    address = page.request["PATH_INFO"]
    assert looker.client.get(address).status_code == 403
    assert looker.client.post(address, {"_confirm": "1"}).status_code == 403
    assert Article.objects.get().status == "published"


def test_a_takedown_of_many_asks_what_a_takedown_asks(desk: Desk) -> None:
    articles = [make_article("الأول"), make_article("الثاني")]
    demand = {"reason": "privacy", "public_sentence": "طلبت أسرة.", "requester": "سعاد", "note": "سرّ"}
    assert said(desk.act("take_down", articles, **demand)) == ["تغيّر مقالان."]
    assert [held.takedowns.get().requester for held in articles] == ["سعاد", "سعاد"]


def test_an_export_is_for_whoever_asked_for_it(desk: Desk, looker: Desk) -> None:
    desk.client.force_login(User.objects.get(username="admin"))
    article = make_article("مسودة", status="draft")
    desk.act("export_chosen", [article], form="csv")
    do_waiting()
    job = Job.objects.get()
    address = reverse("admin:articles_job_file", args=[job.pk])
    assert address in desk.open(job).content.decode()
    response = desk.client.get(address)
    assert "مسودة" in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "no-store" in response["Cache-Control"]
    User.objects.create_superuser("أخرى")
    looker.client.force_login(User.objects.get(username="أخرى"))
    assert looker.client.get(address).status_code == 404


def test_the_preview_takes_the_same_number_of_queries_however_many_were_chosen(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_article(f"خبر {number}", status="draft", source=f"مصدر {number % 20}")
    page = desk.choose("publish", Article.objects.all())
    with django_assert_max_num_queries(16):
        page = desk.get(page.request["PATH_INFO"])
    assert len(page.context["examples"]) == 20


def test_reading_again_is_tried_before_it_is_done(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "خبر", "body": "متن الخبر"}, ensure_ascii=False), "utf-8")
    store = CaptureStore(settings.CAPTURES_DIR)
    import_paths([str(path)], options=ImportOptions(), store=store, stdin=io.BytesIO())
    Article.objects.update(title="غيره")
    page = desk.choose("reextract", [Article.objects.get(), make_article("بلا نسخة")])
    assert dict(page.context["trial"]) == {"تغيّر نصها": 1, "لا نسخة ملتقطة لها": 1}
    assert ("غيره", "خبر") in [fields[0][1:] for _title, fields in page.context["rereads"]]
    assert page.context["preview"].outcomes == {"changed": 1, "no_capture": 1}
    assert Article.objects.filter(title="غيره").exists()


# Merging


def test_a_merge_asks_who_leads_and_which_day_holds(desk: Desk) -> None:
    first = make_article("الأول", published_on="2015-07-21")
    second = make_article("الثاني", published_on="2015-07-22")
    page = desk.choose("merge", [first, second])
    address = page.request["PATH_INFO"]
    page = desk.post(address, {"lead": second.pk, "reason": "مكرر"})
    assert "أيام مختلفة" in page.content.decode()
    desk.post(address, {"lead": second.pk, "day": "2015-07-21", "reason": "مكرر"})
    assert (Article.objects.get(), ArticleRedirect.objects.get().article) == (second, second)
    assert str(Article.objects.get().published_on) == "2015-07-21"


def test_one_article_is_no_merge(desk: Desk) -> None:
    assert "مقالان على الأقل" in said(desk.choose("merge", [make_article()]))[0]


def test_a_story_is_merged_from_its_page_and_undone_from_the_leads_history(desk: Desk) -> None:
    lead, copy = make_article("الأول"), make_article("نسخة")
    story = make_story(lead, copy, state="confirmed")
    page = desk.post(address_of(story), {"_merge": "1"})
    assert page.context["lead_key"] == str(lead.pk)
    desk.post(page.request["PATH_INFO"], {"lead": lead.pk})
    redirect = ArticleRedirect.objects.get()
    undo = reverse("admin:articles_article_unmerge", args=[redirect.pk])
    history = desk.get(reverse("admin:articles_article_history", args=[lead.pk])).content.decode()
    assert undo in history and copy.public_id in history
    assert "نسخة" in desk.get(undo).content.decode()
    desk.post(undo, {"reason": "خطأ"})
    assert set(Article.objects.all()) == {lead, copy}


def test_confirmed_stories_are_counted_before_they_are_merged(desk: Desk) -> None:
    confirmed = make_story(make_article("أول"), make_article("ثان"), state="confirmed")
    found = make_story(make_article("ثالث"), make_article("رابع"))
    chosen = {"action": "merge_chosen", "_selected_action": [confirmed.pk, found.pk]}
    page = desk.post(reverse("admin:articles_story_changelist"), chosen)
    assert page.context["plan"].articles == 1
    assert outcomes(page) == {"أخبار ستُدمج نسخها": 1, "أخبار لم تُقرّ، تبقى": 1}
    desk.post(page.request["PATH_INFO"], {"reason": "مكررة"})
    do_waiting()
    assert ArticleRedirect.objects.get().article.title == "أول"


# Tags


def test_tags_are_typed_in_the_form_of_an_article_and_stand_in_its_history(desk: Desk) -> None:
    article = make_article()
    (tag,) = Tag.objects.named(["نفط"])
    desk.save(article, tags=[tag.pk])
    change = Change.objects.get()
    assert change.fields == {"tags": [[], [tag.pk]]}
    history = desk.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "نفط" in history
    desk.post(reverse("admin:articles_article_give_back", args=[change.pk]), {})
    assert not article.tags.exists()


def test_no_reader_sees_a_tag(desk: Desk, archive: Archive) -> None:
    article = archive.add()
    article.tags.set(Tag.objects.named(["سرّ المكتب"]))
    archive.index()
    desk.client.logout()
    for address in (article.get_absolute_url(), "/search/?q=سر", "/"):
        assert "سرّ المكتب" not in desk.client.get(address).content.decode()
