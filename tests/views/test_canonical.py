"""Each page names its one address, and pages that are no page of their own ask not to be listed."""

from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive


def head(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition("</head>")[0]


@pytest.mark.parametrize(
    "url, canonical",
    [
        ("/", "/"),
        ("/sources/?x=1", "/sources/"),
        ("/sources/?page=2&x=1", "/sources/?page=2"),
        ("/sources/?page=1", "/sources/"),
        ("/dates/2017/?page=" + "9" * 500, "/dates/2017/"),
        ("/search/?q=a&x=1&page=1", "/search/?q=a"),
        ("/search/help/", "/search/help/"),
    ],
)
def test_a_page_names_its_one_address(url: str, canonical: str, library: Archive, client: Client) -> None:
    assert f'<link rel="canonical" href="http://testserver{canonical}">' in head(client, url)


def test_an_article_has_one_address_whatever_search_led_to_it(library: Archive, client: Client) -> None:
    url = Article.objects.visible()[0].get_absolute_url()
    assert f'<link rel="canonical" href="http://testserver{url}">' in head(client, url + "?q=x&page=3")


def test_what_is_no_page_of_its_own_is_not_listed(library: Archive, client: Client) -> None:
    article = Article.objects.visible()[0]
    capture, noindex = article.captures.get(), '<meta name="robots" content="noindex">'
    for end in ("cite/", "captures/", f"captures/{capture.sha256}/"):
        assert noindex in head(client, article.get_absolute_url() + end), end
    assert noindex in head(client, "/search/?q=" + quote("الموصل"))
    assert noindex not in head(client, article.get_absolute_url())


@pytest.mark.parametrize("url", ["/no/such/page/", "/a/nosuchid00/"])
def test_a_page_that_is_missing_has_no_address(url: str, archive: Archive, client: Client) -> None:
    assert "canonical" not in head(client, url)
    assert "noindex" in head(client, url)
