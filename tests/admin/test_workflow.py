"""Who may take an article from draft to reader and back: the groups, their buttons, and what is refused to others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from articles.models.article import Article
from articles.models.takedown import Takedown
from tests.admin.conftest import Desk, address_of, said
from tests.factories import make_article

As = Callable[[str], Desk]
LIST = "admin:articles_article_changelist"
DEMAND = {"reason": "privacy", "public_sentence": "طلبت أسرة.", "requester": "سعاد", "note": "سرّ"}


@pytest.fixture
def working_as(client: Client, db: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> As:
    """`working_as("محررون")`: somebody of that group, at the desk."""

    def enter(group: str) -> Desk:
        user = User.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return Desk(client, django_capture_on_commit_callbacks)

    return enter


def take_down_address(article: Article) -> str:
    return f"{reverse('admin:articles_article_take_down')}?keys={article.pk}"


def test_an_empty_database_has_the_four_groups_and_their_permissions(db: None) -> None:
    held = {
        group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()
    }
    assert set(held) == {"باحثون", "مستوردون", "محررون", "مديرون"}
    assert all(name.startswith("view_") for name in held["باحثون"])
    assert "publish_article" not in held["مستوردون"]
    assert "publish_article" in held["محررون"] and "take_down_article" not in held["محررون"]
    assert "take_down_article" in held["مديرون"]
    assert not any("user" in name for name in held["مديرون"])


def test_a_researcher_looks_and_changes_nothing(working_as: As) -> None:
    article = make_article("مسودة", status="draft")
    desk = working_as("باحثون")
    page = desk.open(article).content.decode()
    assert 'name="_publish"' not in page and "take-down" not in page
    assert desk.post(address_of(article), {"title": "آخر", "_publish": "1"}).status_code == 403
    assert desk.act("publish", [article]).status_code == 403
    assert Article.objects.get().status == "draft"


def test_who_may_not_publish_sends_to_review(working_as: As) -> None:
    article = make_article("مسودة", status="draft")
    desk = working_as("محررون")
    Group.objects.get(name="محررون").permissions.remove(
        *Group.objects.get(name="محررون").permissions.filter(codename="publish_article")
    )
    page = desk.open(article)
    assert "_to_review" in page.content.decode() and 'name="_publish"' not in page.content.decode()
    assert "embargoed_until" not in page.context["adminform"].form.fields
    desk.save(article, title="صُحّح", _to_review="1", _reason="جاهز")
    article.refresh_from_db()
    assert (article.status, article.title) == ("in_review", "صُحّح")
    assert desk.act("publish", [article]).status_code == 403


@pytest.mark.parametrize("action", ["publish", "withdraw", "to_draft", "take_down"])
def test_an_action_that_is_not_offered_is_refused(action: str, working_as: As) -> None:
    article = make_article(status="in_review")
    desk = working_as("مستوردون")
    assert desk.act(action, [article]).status_code == 403
    assert Article.objects.get().status == "in_review"


def test_a_curator_publishes_what_is_in_review_with_what_was_typed(working_as: As) -> None:
    article = make_article("قيد المراجعة", status="in_review")
    page = working_as("محررون").save(article, title="نُشر", _publish="1", _reason="راجعتها")
    article.refresh_from_db()
    assert (article.status, article.title) == ("published", "نُشر")
    assert said(page) == ["نُشر مقال واحد."]


def test_what_cannot_be_saved_changes_no_status(working_as: As) -> None:
    article = make_article("مسودة", status="draft")
    working_as("محررون").save(article, title="", _publish="1")
    assert Article.objects.get().status == "draft"


def test_only_drafts_are_sent_to_review(working_as: As) -> None:
    draft, published = make_article(status="draft"), make_article()
    working_as("محررون").act("to_review", [draft, published])
    assert set(Article.objects.values_list("status", flat=True)) == {"in_review", "published"}


def test_an_administrator_takes_an_article_down_and_lifts_it(working_as: As) -> None:
    article = make_article("خبر")
    desk = working_as("مديرون")
    assert "خبر" in desk.get(take_down_address(article)).content.decode()
    page = desk.post(take_down_address(article), DEMAND)
    assert said(page) == ["حُجب مقال واحد بطلب."]
    held = Takedown.objects.get()
    assert (held.reason, held.requester, held.taken_by.username) == ("privacy", "سعاد", "مديرون")
    shown = desk.open(article).content.decode()
    assert "سعاد" in shown and 'name="_publish"' not in shown
    desk.post(reverse("admin:articles_article_restore", args=[article.pk]), {"reason": "رُدّ"})
    assert Article.objects.get().status == "published"


def test_chosen_articles_lead_to_the_page_that_asks_why(working_as: As) -> None:
    chosen = [make_article("الأول"), make_article("الثاني")]
    page = working_as("مديرون").act("take_down", chosen).content.decode()
    assert "الأول" in page and "الثاني" in page
    assert not Takedown.objects.exists()


def test_who_may_not_take_down_neither_sees_the_page_nor_who_asked(working_as: As) -> None:
    article = make_article()
    working_as("مديرون").post(take_down_address(article), DEMAND)
    desk = working_as("محررون")
    assert desk.client.get(take_down_address(article)).status_code == 403
    assert desk.client.post(take_down_address(article), DEMAND).status_code == 403
    restore = reverse("admin:articles_article_restore", args=[article.pk])
    assert desk.client.post(restore).status_code == 403
    page = desk.open(article).content.decode()
    assert "محجوب بطلب" in page and "سعاد" not in page and "سرّ" not in page


def test_a_draft_is_previewed_as_it_will_look(working_as: As) -> None:
    article = make_article("مسودة تجربة", "متن المسودة", status="draft")
    response = working_as("باحثون").client.get(reverse("articles:preview", args=[article.public_id]))
    page = response.content.decode()
    assert "متن المسودة" in page and "معاينة لا يراها القراء" in page
    assert (response["X-Robots-Tag"], "no-store" in response["Cache-Control"]) == ("noindex", True)


def test_nobody_else_learns_that_there_is_a_draft(client: Client, looker: Desk) -> None:
    address = reverse("articles:preview", args=[make_article(status="draft").public_id])
    assert looker.client.get(address).status_code == 404
    looker.client.logout()
    assert client.get(address).status_code == 404
