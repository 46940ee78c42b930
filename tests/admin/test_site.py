"""The desk as a whole: who may enter, what every page says of the index, and both of its languages."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.admin import catching_up
from articles.admin.index_desk import IndexDesk
from articles.admin.site import DESKS, ArchiveAdminSite
from articles.models.article import Article
from articles.models.job import Job
from tests.admin.conftest import Desk, said
from tests.conftest import Archive
from tests.factories import make_article, make_capture, make_collection, make_item, make_source

INDEX_NOW = "/admin/index-now/"


def test_every_model_has_a_desk_on_the_site_that_django_serves() -> None:
    assert isinstance(admin.site, ArchiveAdminSite)
    for model in DESKS:
        assert admin.site.is_registered(model)
    assert admin.site.is_registered(User)


def test_the_desks_stand_in_their_own_order(desk: Desk) -> None:
    apps = desk.get("/admin/").context["app_list"]
    listed = next(app["models"] for app in apps if app["app_label"] == "articles")
    assert [shown["model"] for shown in listed] == [*DESKS, IndexDesk]


@pytest.mark.parametrize("language, direction", [("ar", "rtl"), ("en", "ltr")])
def test_every_page_opens_in_both_languages(desk: Desk, db: None, language: str, direction: str) -> None:
    article = make_article(source="الأفق")
    shown = [
        article,
        make_source("الأفق"),
        make_collection(),
        make_capture(article),
        make_item(article=article),
    ]
    desk.client.cookies["django_language"] = language
    pages = [desk.get("/admin/"), desk.get("/admin/articles/article/add/")]
    pages += [desk.open(row) for row in shown]
    pages += [desk.get(reverse(f"admin:articles_{model._meta.model_name}_changelist")) for model in DESKS]
    pages += [desk.get(f"/admin/articles/article/{article.pk}/history/")]
    for page in pages:
        assert f'<html lang="{language}" dir="{direction}">' in page.content.decode()


def test_the_site_carries_the_operators_name_and_a_way_to_the_reading_room(desk: Desk, settings: Any) -> None:
    settings.SITE_NAME = "ذاكرة نينوى"
    page = desk.get("/admin/").content.decode()
    assert "<bdi>ذاكرة نينوى</bdi>" in page
    assert '<a href="/">' in page


def test_every_page_says_that_articles_wait_for_the_index(desk: Desk, archive: Archive) -> None:
    article = archive.add()
    for address in ("/admin/", "/admin/articles/source/", f"/admin/articles/article/{article.pk}/change/"):
        assert "مقال واحد ينتظر الفهرسة" in desk.get(address).content.decode()
    archive.index()
    assert "ينتظر الفهرسة، " not in desk.get("/admin/").content.decode()


def test_the_page_for_signing_in_says_nothing_of_the_archive(client: Client, archive: Archive) -> None:
    archive.add()
    assert 'class="waiting"' not in client.get("/admin/login/").content.decode()


def test_the_button_indexes_what_waits_and_goes_back(desk: Desk, archive: Archive) -> None:
    archive.add("سدّ الموصل")
    assert f'action="{INDEX_NOW}"' in desk.get("/admin/articles/article/").content.decode()
    page = desk.post(INDEX_NOW, {"next": "/admin/articles/article/?waiting=yes"})
    assert page.redirect_chain == [("/admin/articles/article/?waiting=yes", 302)]
    assert said(page) == ["فُهرس تغيير واحد."]
    assert not Article.objects.needing_index().exists()


def test_the_button_does_not_stand_beside_a_form(desk: Desk, archive: Archive) -> None:
    """What was typed and not yet saved would be lost."""
    assert INDEX_NOW not in desk.open(archive.add()).content.decode()


def test_a_busy_index_is_said_and_the_marks_stay(
    desk: Desk, archive: Archive, busy_index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "SECONDS_BY_BUTTON", 0.0)
    archive.add()
    page = desk.post(INDEX_NOW, {})
    assert "ما لم يُفهرس ما زال ينتظر" in said(page)[0]
    assert Article.objects.needing_index().count() == 1


def test_too_much_for_one_request_is_left_to_a_job(
    desk: Desk, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.admin.site.BY_BUTTON", 1)
    archive.add(), archive.add()
    page = desk.get("/admin/").content.decode()
    assert INDEX_NOW not in page
    assert reverse("admin:index_desk") in page
    desk.post(INDEX_NOW, {})
    assert Job.objects.get().kind == "update_index"
    assert Article.objects.needing_index().count() == 2


def test_a_save_does_not_build_a_large_index_that_is_missing(
    desk: Desk, archive: Archive, monkeypatch: pytest.MonkeyPatch, index_folder: Any
) -> None:
    monkeypatch.setattr(catching_up, "AFTER_A_SAVE", 1)
    article = archive.add()
    archive.add()
    Article.objects.update(stale_since=None)
    desk.save(article, title="عنوان")
    assert not index_folder.exists()
    assert Article.objects.needing_index().get() == article


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_button_leads_nowhere_else(desk: Desk, archive: Archive, wanted: str) -> None:
    assert desk.post(INDEX_NOW, {"next": wanted}).redirect_chain == [("/admin/", 302)]


def test_indexing_is_asked_for_by_curators_and_by_posting(looker: Desk, admin_client: Client) -> None:
    assert looker.client.post(INDEX_NOW).status_code == 403
    assert admin_client.get(INDEX_NOW).status_code == 405
    assert Client().post(INDEX_NOW).status_code == 302


def test_indexing_needs_the_token_of_the_page(admin_user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin_user)
    assert strict.post(INDEX_NOW).status_code == 403


def test_who_may_only_look_at_articles_sees_them_and_can_do_nothing(looker: Desk, archive: Archive) -> None:
    looker_user = User.objects.get(username="زائر")
    looker_user.user_permissions.add(Permission.objects.get(codename="view_article"))
    article = archive.add()
    assert 'name="action"' not in looker.get("/admin/articles/article/").content.decode()
    assert 'name="_save"' not in looker.open(article).content.decode()
    looker.act("withdraw", [article])
    article.refresh_from_db()
    assert article.status == "published"
