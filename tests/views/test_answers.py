"""`format=json`: the answer for programs."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive

MOSUL = "/search/?format=json&q=" + quote("الموصل")


def ask(client: Client, url: str, status: int = 200) -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    return response.json()


def test_the_answer_has_the_fields_that_were_promised(library: Archive, client: Client) -> None:
    answer = ask(client, MOSUL)
    assert {"query", "total", "took_ms", "hits", "facets"} <= set(answer)
    assert answer["query"] == "الموصل"
    assert answer["total"] == len(answer["hits"]) == 4
    assert isinstance(answer["took_ms"], float)
    for hit in answer["hits"]:
        assert {"id", "url", "title", "source", "date", "score", "passages"} <= set(hit)


def test_a_hit_has_an_address_that_opens_it(library: Archive, client: Client) -> None:
    article = Article.objects.get(author="ليلى الحداد")
    hit = next(hit for hit in ask(client, MOSUL)["hits"] if hit["id"] == article.public_id)
    assert hit["url"] == "http://testserver" + article.get_absolute_url()
    assert hit["title"] == article.title
    assert hit["source"] == "جريدة الأفق"


def test_a_date_is_iso_as_far_as_it_is_known(library: Archive, client: Client) -> None:
    dates = {hit["date"] for hit in ask(client, MOSUL)["hits"]}
    assert dates == {"2017-02-14", "2016", "2015-11", None}


def test_passages_are_plain_text(archive: Archive, client: Client) -> None:
    archive.add("خبر", "في <b>الموصل</b> & حولها")
    archive.index()
    assert ask(client, MOSUL)["hits"][0]["passages"] == ["في <b>الموصل</b> & حولها"]


def test_facets_are_lists_of_values_with_their_counts(library: Archive, client: Client) -> None:
    facets = ask(client, MOSUL)["facets"]
    assert {"value": "جريدة-الأفق", "label": "جريدة الأفق", "count": 2} in facets["source"]
    assert {"value": "2017", "label": "2017", "count": 1} in facets["year"]


def test_the_same_filters_and_pages_hold(library: Archive, client: Client) -> None:
    answer = ask(client, MOSUL + "&year=2017&size=10")
    assert answer["total"] == 1
    assert answer["pages"] == 1


@pytest.mark.parametrize("parameters", ["&page=abc", "&size=7", "&year=abc", "&sort=x"])
def test_what_was_corrected_is_said(parameters: str, library: Archive, client: Client) -> None:
    answer = ask(client, MOSUL + parameters)
    assert answer["total"] == 4
    assert len(answer["messages"]) == 1


def test_a_page_too_deep_is_an_error_with_a_reason(library: Archive, client: Client) -> None:
    answer = ask(client, MOSUL + "&page=999999", status=400)
    assert answer["hits"] == []
    assert "ضيّق البحث" in answer["messages"][0]


def test_a_missing_index_is_an_error_with_a_reason(archive: Archive, client: Client) -> None:
    answer = ask(client, MOSUL, status=503)
    assert "rebuild_index" in answer["messages"][0]


@pytest.fixture
def many(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of 35 articles, newest first, of which 20 may be reached by the numbers of their pages."""
    titles = [f"نفط {number}" for number in range(35)]
    for title in reversed(titles):
        archive.add(title, published_on="2015-07-21")
    archive.index()
    monkeypatch.setattr("articles.search.searching.MAX_DEPTH", 20)
    monkeypatch.setattr("articles.views.results.MAX_DEPTH", 20)
    return titles


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_next_leads_through_all_hits_however_deep(many: list[str], client: Client, sort: str) -> None:
    found: list[str] = []
    url = f"/search/?format=json&q={quote('نفط')}&size=10&sort={sort}"
    for page in (1, 2, 3, 4):
        answer = ask(client, url)
        assert (answer["page"], answer["total"]) == (page, 35)
        found += [hit["title"] for hit in answer["hits"]]
        url = answer["next"]
    assert url is None
    assert found == many if sort == "newest" else sorted(found) == sorted(many)


@pytest.mark.parametrize(
    "after", ["x", "1~2", "nan~0~1", "0x1.0p+900~20150721~3", "0x0.0p+0~0~1'--", "1~2~3~4"]
)
def test_a_place_to_go_on_from_that_is_none_is_an_error_with_a_reason(
    many: list[str], client: Client, after: str
) -> None:
    answer = ask(client, f"/search/?format=json&q={quote('نفط')}&page=3&after={after}", status=400)
    assert "ابدأ من الصفحة الأولى" in answer["messages"][0]


def test_the_page_leads_on_behind_the_last_number(many: list[str], client: Client) -> None:
    last = client.get(f"/search/?q={quote('نفط')}&size=10&page=2&sort=newest").content.decode()
    [link] = re.findall(r'href="(\?[^"]*)" rel="next"', last)
    third = client.get("/search/" + unescape(link))
    assert [hit.title_text for hit in third.context["found"].hits] == many[20:30]
    assert re.findall(r'href="(\?[^"]*)" rel="next"', third.content.decode())


def test_a_reader_with_a_broken_link_is_told_and_shown_the_first_page(
    many: list[str], client: Client
) -> None:
    response = client.get(f"/search/?q={quote('نفط')}&size=10&page=3&after=broken&sort=newest")
    assert response.status_code == 200
    assert "ابدأ من الصفحة الأولى" in response.content.decode()
    assert [hit.title_text for hit in response.context["found"].hits] == many[:10]
