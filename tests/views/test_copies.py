"""Copies of one story on the results page and on the page of an article."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive
from tests.factories import make_story
from tests.views.conftest import Read

SEARCH = "/search/?q=" + quote("القمح")


@pytest.fixture
def wire(archive: Archive) -> list[Article]:
    """One story in three outlets, the second first in time, and an article of its own."""
    copies = [
        archive.add("سعر القمح يرتفع", "نص الخبر عن القمح كامل", source="الأفق", published_on="2015-07-22"),
        archive.add("القمح أغلى", "نص الخبر عن القمح", source="المدار", published_on="2015-07-21"),
        archive.add("سِعرُ القمح يرتفع", "نص عن القمح", source="الساحل", published_on="2015-07-23"),
    ]
    make_story(*copies)
    archive.add("القمح في المتحف", "خبر آخر", source="الأفق")
    archive.index()
    return copies


def test_copies_are_hits_of_their_own_unless_the_reader_says_otherwise(
    wire: list[Article], read: Read
) -> None:
    page = read(SEARCH)
    assert "4 مقالات" in page.text
    assert {"&copies=group", "&copies=hide"} <= {
        link[-13:] if "group" in link else link[-12:] for link in page.links
    }


def test_grouped_copies_stand_under_the_best_and_are_said_to_be_unreviewed(
    wire: list[Article], read: Read, client: Client
) -> None:
    page = read(SEARCH + "&copies=group")
    assert "مقالان" in page.text
    assert "ونسختان أخريان" in page.text
    assert "وُجدت آلياً ولم تُراجع" in page.text
    assert "جُمعت تحته نسختان" in page.text
    html = client.get(SEARCH + "&copies=group").content.decode()
    under = html[html.index('class="others"') :]
    below = [copy for copy in wire if copy.get_absolute_url() in under]
    assert len(below) == 2
    in_time = sorted(below, key=lambda copy: copy.published_on)
    assert under.index(in_time[0].get_absolute_url()) < under.index(in_time[1].get_absolute_url())


def test_hidden_copies_are_counted_and_can_be_shown(wire: list[Article], read: Read) -> None:
    page = read(SEARCH + "&copies=hide")
    assert "أُخفيت نسختان" in page.text
    assert any(wire[0].public_id in link for link in page.links)
    assert not any(wire[1].public_id in link for link in page.links)
    assert SEARCH.replace("/search/", "") in page.links


def test_the_choice_stays_in_every_link_of_the_page(wire: list[Article], read: Read) -> None:
    links = read(SEARCH + "&copies=group&size=10").links
    facets = [link for link in links if "source=" in link]
    assert facets and all("copies=group" in link for link in facets)


def test_a_value_counts_what_its_click_shows(wire: list[Article], client: Client) -> None:
    found = client.get(SEARCH + "&copies=group&format=json").json()
    assert found["total"] == 2 and found["repeated"] == 2
    assert {value["label"]: value["count"] for value in found["facets"]["source"]} == {
        "الأفق": 2, "المدار": 1, "الساحل": 1,
    }  # fmt: skip
    clicked = client.get(SEARCH + "&copies=group&format=json&source=" + quote("الأفق")).json()
    assert clicked["total"] == 2
    grouped = next(hit for hit in found["hits"] if hit["copies"])
    assert len(grouped["copies"]) == 2 and grouped["more_copies"] == 0


def test_an_unknown_word_for_copies_shows_them_all_and_says_so(wire: list[Article], read: Read) -> None:
    page = read(SEARCH + "&copies=merge")
    assert "4 مقالات" in page.text
    assert "فعُرضت كلها" in page.text


def test_no_choice_is_offered_where_there_is_nothing_to_choose(archive: Archive, read: Read) -> None:
    archive.add("القمح في المتحف")
    archive.index()
    assert not any("copies=" in link for link in read(SEARCH).links)


def test_the_other_outlets_stand_on_the_page_in_order_of_time(wire: list[Article], read: Read) -> None:
    text = read(wire[0].get_absolute_url()).text
    section = text[text.index("مصادر أخرى نشرت الخبر") :]
    assert section.index("القمح أغلى") < section.index("سِعرُ القمح يرتفع")
    assert re.search(r"المدار\s*21 .*?أول من نشر\s*بعنوان آخر\s*أقصر، والفرق كلمة واحدة", section, re.DOTALL)
    assert "لم يراجعها محرر" in section
    assert section.count("بعنوان آخر") == 1  # marks make no other headline


def test_the_first_to_publish_is_told_on_its_own_page(wire: list[Article], read: Read) -> None:
    assert "هذا المقال أول ما نُشر منها" in read(wire[1].get_absolute_url()).text


def test_outlets_of_one_day_share_the_first_and_the_day_of_a_crawl_is_none(
    archive: Archive, read: Read
) -> None:
    crawled = {"published_on": {"place": "crawl", "text": ""}}
    copies = [
        archive.add("أ", "نص", published_on="2015-07-22"),
        archive.add("ب", "نص", published_on="2015-07-22"),
        archive.add("ج", "نص", published_on="2015-07-01", evidence=crawled),
        archive.add("د", "نص", published_on="2015-07"),
    ]
    make_story(*copies)
    page = read(copies[0].get_absolute_url()).text
    assert "هذا المقال من أول يوم" in page
    assert page.count("في أول يوم") == 1
    assert "أول ما نُشر" not in read(copies[2].get_absolute_url()).text


def test_drafts_are_no_outlets(archive: Archive, read: Read) -> None:
    shown, draft = archive.add("منشور", "نص"), archive.add("مسودة سرية", "نص", status="draft")
    make_story(draft, shown)
    archive.index()
    assert "مصادر أخرى" not in read(shown.get_absolute_url()).text
    assert "مسودة سرية" not in read("/search/?q=" + quote("نص") + "&copies=group").text
    assert "منشور" in read("/search/?q=" + quote("نص") + "&copies=hide").text


def test_a_confirmed_story_carries_no_warning(archive: Archive, read: Read) -> None:
    copies = [archive.add(f"القمح {number}", "نص") for number in range(2)]
    make_story(*copies, state="confirmed")
    archive.index()
    assert "لم يراجعها" not in read(copies[0].get_absolute_url()).text
    assert "لم تُراجع" not in read(SEARCH + "&copies=group").text


def test_pages_cost_as_many_queries_however_many_copies_there_are(
    archive: Archive, queries: Callable[[str], int]
) -> None:
    few = [archive.add(f"القمح {number}", "نص", source=f"مصدر {number}") for number in range(2)]
    many = [archive.add(f"الشعير {number}", "نص", source=f"مصدر {number}") for number in range(40)]
    make_story(*few), make_story(*many)
    archive.index()
    assert (
        queries(many[0].get_absolute_url()) == queries(few[0].get_absolute_url()) + 1
    )  # the count of those left out
    barley = "/search/?copies=group&q=" + quote("الشعير")
    assert queries(barley) == queries(SEARCH + "&copies=group")
