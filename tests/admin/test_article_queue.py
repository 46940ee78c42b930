"""From one article to the next: the list that an article was opened from goes along with it."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.urls import reverse

from articles.models.article import Article
from tests.admin.conftest import Desk
from tests.conftest import Archive

UNSIGNED = {"author__isempty": "1"}


@pytest.fixture
def unsigned(archive: Archive) -> list[Article]:
    """Three articles without an author, the newest first, and one with."""
    archive.add("موقّع", author="ليلى", published_on="2016-01-09")
    return [archive.add(f"بلا كاتب {day}", published_on=f"2015-07-2{day}") for day in (3, 2, 1)]


def begin(desk: Desk, **filters: str) -> str:
    """The address of the first article of a list."""
    answer = desk.client.get(reverse("admin:articles_article_queue"), filters)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def press(desk: Desk, address: str, button: str = "_save_next", **values: Any) -> HttpResponse:
    page = desk.get(address)
    carried = re.search(r'name="_following" value="([\d,]*)"', page.content.decode())
    sent = {button: "1", "_following": carried[1] if carried else ""}
    return desk.post(address, desk.typed(page) | sent | values)


def shown(page: HttpResponse) -> str:
    return page.context["original"].title


def place(page: HttpResponse) -> tuple[int, int]:
    return page.context["queue"].position, page.context["queue"].total


def test_a_filtered_list_is_gone_through_by_saving(desk: Desk, unsigned: list[Article]) -> None:
    """What is corrected leaves the list, and the next one is still the next one."""
    address = begin(desk, **UNSIGNED)
    first = desk.get(address)
    assert (shown(first), place(first)) == ("بلا كاتب 3", (1, 3))

    second = press(desk, address, author="هدى سالم")
    assert (shown(second), place(second)) == ("بلا كاتب 2", (1, 2))
    third = press(desk, second.wsgi_request.get_full_path(), author="هدى سالم")
    assert (shown(third), place(third)) == ("بلا كاتب 1", (1, 1))
    end = press(desk, third.wsgi_request.get_full_path(), author="هدى سالم")
    assert "فرغ الصف" in end.content.decode()
    assert Article.objects.filter(author="هدى سالم").count() == 3


def test_what_is_skipped_stays_and_is_told_of_at_the_end(desk: Desk, unsigned: list[Article]) -> None:
    page = desk.get(begin(desk, **UNSIGNED))
    for _skipped in range(2):
        page = desk.get(page.context["queue"].following)
    assert (shown(page), place(page)) == ("بلا كاتب 1", (3, 3))
    assert shown(desk.get(page.context["queue"].previous)) == "بلا كاتب 2"

    end = press(desk, page.wsgi_request.get_full_path())
    text = end.content.decode()
    assert "3 مقالات" in text
    assert shown(desk.client.get(end.context["again"], follow=True)) == "بلا كاتب 3"


def test_saving_what_stays_in_the_list_goes_on_all_the_same(desk: Desk, unsigned: list[Article]) -> None:
    second = press(desk, begin(desk, **UNSIGNED), title="بلا كاتب بعد")
    assert (shown(second), place(second)) == ("بلا كاتب 2", (2, 3))


def test_an_article_that_somebody_else_corrected_meanwhile_is_passed_over(
    desk: Desk, unsigned: list[Article]
) -> None:
    address = begin(desk, **UNSIGNED)
    page = desk.get(address)
    carried = page.context["queue"].carried
    Article.objects.filter(pk=unsigned[1].pk).update(author="غيري")
    after = desk.post(address, desk.typed(page) | {"_save_next": "1", "_following": carried, "author": "أنا"})
    assert shown(after) == "بلا كاتب 1"


def test_the_list_itself_leads_into_its_queue(desk: Desk, unsigned: list[Article]) -> None:
    listed = desk.get(reverse("admin:articles_article_changelist"), **UNSIGNED).content.decode()
    address = re.search(rf'href="([^"]*/{unsigned[1].pk}/change/[^"]*)"', listed)
    assert address
    page = desk.get(address[1].replace("&amp;", "&"))
    assert place(page) == (2, 3)


def test_a_search_is_a_queue_too(desk: Desk, archive: Archive) -> None:
    for number in range(3):
        archive.add(f"سدّ الموصل {number}")
    archive.index()
    page = desk.get(begin(desk, q="الموصل"))
    assert place(page) == (1, 3)


def test_the_pages_of_a_long_list_follow_each_other(desk: Desk, archive: Archive) -> None:
    articles = [archive.add(f"خبر {number}", published_on="2015-07-21") for number in range(105)]
    last_of_page = articles[-50]
    filters = "author__isempty=1"
    page = desk.get(f"/admin/articles/article/{last_of_page.pk}/change/", _changelist_filters=filters)
    assert place(page) == (50, 105)
    following = page.context["queue"].following
    assert parse_qs(parse_qs(urlsplit(following).query)["_changelist_filters"][0])["p"] == ["2"]
    assert place(desk.get(following)) == (51, 105)


def test_an_article_opened_by_itself_is_in_no_queue(desk: Desk, unsigned: list[Article]) -> None:
    page = desk.open(unsigned[0])
    assert page.context["queue"] is None
    assert "_save_next" not in page.content.decode()


def test_a_list_that_is_none_is_no_queue(desk: Desk, unsigned: list[Article]) -> None:
    address = f"/admin/articles/article/{unsigned[0].pk}/change/"
    assert desk.get(address, _changelist_filters="published_on__year=x").context["queue"] is None


def test_what_cannot_be_saved_stays_where_it_is(desk: Desk, unsigned: list[Article]) -> None:
    page = press(desk, begin(desk, **UNSIGNED), title="")
    assert (shown(page), place(page)) == ("بلا كاتب 3", (1, 3))
    assert page.context["errors"]


def test_going_on_asks_as_many_queries_in_a_long_list_as_in_a_short_one(
    desk: Desk, archive: Archive, django_assert_max_num_queries: Any
) -> None:
    for number in range(120):
        archive.add(f"خبر {number}", source=f"مصدر {number % 7}")
    address = begin(desk, **UNSIGNED)
    with django_assert_max_num_queries(24):
        desk.get(address)


def test_who_may_not_look_at_articles_has_no_queue_of_them(looker: Desk, unsigned: list[Article]) -> None:
    assert looker.client.get(reverse("admin:articles_article_queue")).status_code == 403
    assert looker.client.get(reverse("admin:articles_article_queue_end")).status_code == 403
