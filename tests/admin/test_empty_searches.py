"""The desk of searches in vain: what waits, asked again, dismissed, made a set of other names."""

from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import empty_searches
from articles.models.empty_search import EmptySearch
from tests.admin.conftest import Desk, said
from tests.conftest import Archive

LIST = "/admin/articles/emptysearch/"


@pytest.fixture
def searches(archive: Archive) -> list[EmptySearch]:
    archive.add("سدّ الموصل")
    archive.index()
    today = timezone.localdate()
    return [
        EmptySearch.objects.create(key=text, text=text, count=count, first_on=today, last_on=today)
        for text, count in (("الموصل", 2), ("زعفران بري", 5))
    ]


def texts(desk: Desk, **query: str) -> list[str]:
    return [row.text for row in desk.listed("emptysearch", **query).result_list]


def act(desk: Desk, action: str, *rows: EmptySearch, state: str = "") -> list[str]:
    return said(
        desk.post(f"{LIST}?state={state}", {"action": action, "_selected_action": [row.pk for row in rows]})
    )


def test_what_was_searched_for_most_stands_first(desk: Desk, searches: list[EmptySearch]) -> None:
    assert texts(desk) == ["زعفران بري", "الموصل"]


def test_opening_the_list_takes_in_what_was_noted(desk: Desk, searches: list[EmptySearch]) -> None:
    empty_searches.note("باب الطوب")
    assert "باب الطوب" in texts(desk)


def test_a_search_asked_again_says_what_it_finds_and_leaves_the_queue(
    desk: Desk, searches: list[EmptySearch]
) -> None:
    assert act(desk, "ask_again", *searches) == ["أُعيد البحث: 2، وصار له جواب: 1."]
    assert texts(desk) == ["زعفران بري"]
    assert texts(desk, state="answered") == ["الموصل"]


def test_a_search_is_dismissed_and_brought_back(desk: Desk, searches: list[EmptySearch]) -> None:
    act(desk, "dismiss", searches[0])
    assert texts(desk) == ["زعفران بري"]
    assert texts(desk, state="dismissed") == ["الموصل"]
    act(desk, "bring_back", searches[0], state="dismissed")
    assert len(texts(desk)) == 2


def test_a_search_leads_to_a_new_group_of_names_and_to_the_readers_page(
    desk: Desk, searches: list[EmptySearch]
) -> None:
    page = desk.get(LIST).content.decode()
    add = reverse("admin:articles_synonymgroup_add")
    assert f'href="{add}?term={quote("زعفران")}+{quote("بري")}"' in page
    assert f'href="/search/?q={quote("زعفران")}+{quote("بري")}"' in page


def test_nobody_writes_or_deletes_searches_by_hand(desk: Desk, searches: list[EmptySearch]) -> None:
    assert desk.client.get(f"{LIST}add/").status_code == 403
    assert desk.client.post(f"{LIST}{searches[0].pk}/delete/", {"post": "yes"}).status_code == 403
