"""The desk of texts that were taken down and came in again: decided by who may take articles down."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from articles import takedown
from articles.models.article import Article, Status
from articles.models.returned_text import ReturnedText
from articles.takedown import Demand
from tests.admin.conftest import Desk, address_of, said
from tests.conftest import Archive

LIST = "/admin/articles/returnedtext/"


@pytest.fixture
def returned(archive: Archive, admin_user: User) -> ReturnedText:
    gone, again = archive.add("محجوب"), archive.add("عاد", status="in_review")
    takedown.take_down(gone, Demand(), by=admin_user)
    return ReturnedText.objects.create(article=again, takedown=takedown.standing_takedown(gone))


def act(desk: Desk, action: str, row: ReturnedText) -> Any:
    return desk.post(LIST, {"action": action, "_selected_action": [row.pk]})


def test_both_articles_can_be_opened_from_it(desk: Desk, returned: ReturnedText) -> None:
    page = desk.get(LIST).content.decode()
    assert address_of(returned.article) in page and address_of(returned.takedown.article) in page


def test_publishing_it_is_refused_until_somebody_decided(desk: Desk, returned: ReturnedText) -> None:
    desk.act("publish", [returned.article])
    assert Article.objects.get(pk=returned.article_id).status == Status.IN_REVIEW
    assert said(act(desk, "another_text", returned)) == ["يجوز نشر: 1."]
    desk.act("publish", [returned.article])
    assert Article.objects.get(pk=returned.article_id).status == Status.PUBLISHED
    assert list(desk.listed("returnedtext").result_list) == []


def test_it_is_taken_down_too(desk: Desk, returned: ReturnedText) -> None:
    page = act(desk, "take_down_too", returned)
    assert page.wsgi_request.GET["keys"] == str(returned.article_id)
    desk.post(page.wsgi_request.get_full_path(), {"reason": "privacy"})
    assert takedown.standing_takedown(returned.article)
    returned.refresh_from_db()
    assert returned.decided_at


def test_an_article_that_came_in_again_says_so_on_its_page(desk: Desk, returned: ReturnedText) -> None:
    page = desk.open(returned.article).content.decode()
    assert "نصّه نص مقال محجوب بطلب" in page
    assert address_of(returned.takedown.article) in page


def test_who_may_not_take_down_decides_nothing(looker: Desk, returned: ReturnedText) -> None:
    curator = User.objects.get(username="زائر")
    curator.user_permissions.add(Permission.objects.get(codename="view_returnedtext"))
    act(looker, "another_text", returned)
    returned.refresh_from_db()
    assert returned.decided_at is None
