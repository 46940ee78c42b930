"""The page of queues: what waits, counted up to a bound, each leading to the list of just that."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from articles.admin.queues import MOST, QUEUES, Waiting, bounded_count
from articles.models.article import Article
from articles.models.empty_search import EmptySearch
from articles.models.extraction import RepeatedLine
from articles.models.returned_text import ReturnedText
from articles.models.takedown import Takedown
from articles.models.version import ArticleVersion
from tests.admin.conftest import Desk
from tests.conftest import Archive
from tests.factories import make_item, make_source, make_story

QUEUE = {queue.name: queue for queue in QUEUES}


@pytest.fixture
def one_of_each(archive: Archive) -> None:
    """Something in every queue, and something beside it that is in none."""
    fine = {"author": "ليلى", "published_on": "2015-07-21", "stale_since": None}
    archive.add("تام", **fine)
    archive.add("بلا تاريخ", author="ليلى", stale_since=None)
    archive.add("بلا كاتب", published_on="2015-07-21", stale_since=None)
    archive.add("للمراجعة", status="in_review", **fine)
    archive.add("غداً", embargoed_until=timezone.localdate() + timedelta(days=1), **fine)
    archive.add("بعد شهر", embargoed_until=timezone.localdate() + timedelta(days=30), **fine)
    archive.add("مشكوك", evidence={"author": {"place": "byline", "text": "", "confidence": 0.5}}, **fine)
    archive.add("ينتظر", **{**fine, "stale_since": timezone.now()})
    first, second = archive.add("نسخة", **fine), archive.add("نسخة أخرى", **fine)
    make_story(first, second)
    make_story(archive.add("أُقرّ", **fine), archive.add("أُقرّ معه", **fine), state="confirmed")
    Article.objects.exclude(title="ينتظر").update(stale_since=None)
    source = make_source()
    for number, state in enumerate(("proposed", "dismissed")):
        RepeatedLine.objects.create(source=source, key=str(number), text=f"سطر {number}", state=state)
    for number, reviewed in enumerate((None, timezone.now()), start=1):
        ArticleVersion.objects.create(
            article=first, number=number, cause="capture", title="ع", is_silent=True, reviewed_at=reviewed
        )
    day = date(2026, 1, 9)
    EmptySearch.objects.create(key="ا", text="أ", count=1, first_on=day, last_on=day)
    EmptySearch.objects.create(key="ب", text="ب", count=1, first_on=day, last_on=day, found=3)
    item = make_item(outcome="failed")
    make_item(outcome="failed", mended_by=item.run, locator="item 2")
    make_item(outcome="rejected", locator="item 3")
    ReturnedText.objects.create(
        article=first, takedown=Takedown.objects.create(article=second, reason="other")
    )
    ReturnedText.objects.create(article=second, takedown=Takedown.objects.get(), decided_at=timezone.now())


def shown(page: Any) -> dict[str, Waiting]:
    return {waiting.queue.name: waiting for waiting in page.context["queues"]}


@pytest.mark.parametrize("name", QUEUE)
def test_a_queue_counts_what_its_list_shows(desk: Desk, one_of_each: None, name: str) -> None:
    queue = QUEUE[name]
    assert shown(desk.get("/admin/queues/"))[name].count == 1
    listed = desk.get(queue.address).context["cl"]
    assert len(listed.result_list) == listed.result_count == 1


@pytest.mark.parametrize("name", [queue.name for queue in QUEUES if queue.is_walked])
def test_a_queue_of_articles_begins_with_its_first(desk: Desk, one_of_each: None, name: str) -> None:
    page = desk.client.get(QUEUE[name].begin, follow=True)
    assert (page.context["queue"].position, page.context["queue"].total) == (1, 1)


def test_the_front_page_tells_of_what_waits_and_leads_to_all_queues(desk: Desk, one_of_each: None) -> None:
    page = desk.get("/admin/")
    assert len(shown(page)) == len(QUEUES)
    assert 'href="/admin/queues/"' in page.content.decode()
    assert re.search(r"مسودات قيد المراجعة</a> <bdi class=\"badge\">1</bdi>", page.content.decode())


def test_empty_queues_stand_on_their_own_page_alone(desk: Desk, db: None) -> None:
    assert shown(desk.get("/admin/")) == {}
    assert {waiting.count for waiting in shown(desk.get("/admin/queues/")).values()} == {0}


def test_a_queue_is_shown_to_who_may_look_at_its_list(client: Client, one_of_each: None) -> None:
    curator = User.objects.create_user("سعاد", is_staff=True)
    curator.user_permissions.add(Permission.objects.get(codename="view_importitem"))
    client.force_login(curator)
    assert list(shown(client.get("/admin/queues/"))) == ["failed"]


def test_counting_stops_at_a_bound(db: None) -> None:
    Article.objects.bulk_create(Article(title="خبر") for _number in range(MOST + 20))
    count = bounded_count(Article.objects.all())
    assert count == MOST + 1
    assert Waiting(QUEUE["undated"], count).shown == "1,000+"


def test_the_page_asks_one_query_for_a_queue(
    desk: Desk, one_of_each: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(len(QUEUES) + 6):
        desk.get("/admin/queues/")


def test_nobody_from_outside_sees_the_queues(client: Client, db: None) -> None:
    assert client.get("/admin/queues/").status_code == 302
