"""The results beside the one that is read."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from articles.models.article import Article
from articles.search.request import MAX_DEPTH
from tests.conftest import Archive
from tests.views.conftest import Read

OIL = "?q=" + quote("نفط") + "&sort=oldest&size=10"
LINK = re.compile(r'<a rel="(prev|next)" href="([^"]+)">|<a class="next" rel="(next)" href="([^"]+)">')


@pytest.fixture
def oil(archive: Archive) -> list[Article]:
    """Twenty-five hits, the oldest first."""
    articles = [
        archive.add(f"نفط {day}", "نفط", published_on=f"2016-01-{day:02}", source="الأفق")
        for day in range(1, 26)
    ]
    archive.index()
    return articles


def beside(client: Client, url: str) -> dict[str, str]:
    """The links to the results on either side, by what they are."""
    found = LINK.findall(client.get(url).content.decode().replace("&amp;", "&"))
    return {one or other: link or other_link for one, link, other, other_link in found}


def test_the_results_before_and_after_are_led_to_by_their_titles(oil: list[Article], read: Read) -> None:
    page = read(oil[4].get_absolute_url() + OIL)
    assert "5 من 25" in page.text
    assert "النتيجة السابقة نفط 4" in re.sub(r"السابقة ?نفط", "السابقة نفط", page.text)
    assert oil[3].get_absolute_url() + OIL in page.links
    assert oil[5].get_absolute_url() + OIL in page.links


def test_the_first_has_none_before_it_and_the_last_none_after(oil: list[Article], client: Client) -> None:
    assert beside(client, oil[0].get_absolute_url() + OIL).keys() == {"next"}
    assert beside(client, oil[24].get_absolute_url() + OIL + "&page=3").keys() == {"prev"}


def test_one_can_go_through_all_results_and_back(oil: list[Article], client: Client) -> None:
    url, seen = oil[0].get_absolute_url() + OIL, []
    while url:
        seen.append(urlsplit(url).path)
        page = parse_qs(urlsplit(url).query).get("page", ["1"])
        assert page == [str((len(seen) - 1) // 10 + 1)]
        last, url = url, beside(client, url).get("next", "")
    assert seen == [article.get_absolute_url() for article in oil]
    while last:
        assert urlsplit(last).path == seen.pop()
        last = beside(client, last).get("prev", "")
    assert seen == []


def test_an_article_that_the_search_does_not_find_there_has_none(
    oil: list[Article], archive: Archive, client: Client
) -> None:
    other = archive.add("قمح", "قمح")
    archive.index()
    assert beside(client, other.get_absolute_url() + OIL) == {}
    assert beside(client, oil[0].get_absolute_url() + OIL + "&page=3") == {}
    assert beside(client, oil[0].get_absolute_url()) == {}


def test_the_search_gone_wrong_goes_unsaid(oil: list[Article], client: Client, archive: Archive) -> None:
    too_deep = f"{OIL}&page={MAX_DEPTH // 10 + 1}"
    assert beside(client, oil[0].get_absolute_url() + too_deep) == {}


def test_without_an_index_the_article_is_read_alone(archive: Archive, client: Client) -> None:
    article = archive.add("نفط", "نفط")
    assert client.get(article.get_absolute_url() + OIL).status_code == 200
    assert beside(client, article.get_absolute_url() + OIL) == {}


def test_a_withdrawn_neighbour_is_not_led_to(oil: list[Article], client: Client) -> None:
    Article.objects.filter(pk=oil[3].pk).change(status="withdrawn")
    links = beside(client, oil[4].get_absolute_url() + OIL)
    assert oil[3].public_id not in links["prev"]
    assert urlsplit(links["prev"]).path == oil[2].get_absolute_url()


def test_neighbours_cost_the_same_wherever_one_is(oil: list[Article], queries: Callable[[str], int]) -> None:
    queries(oil[0].get_absolute_url() + OIL)  # reads other names once
    middle = queries(oil[4].get_absolute_url() + OIL)
    assert queries(oil[14].get_absolute_url() + OIL + "&page=2") == middle <= 12
