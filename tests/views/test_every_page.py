"""What holds for all pages alike: markup, language, headers, and that nothing unpublished shows anywhere."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from articles.models.article import Article, Status
from tests.conftest import Archive
from tests.views.conftest import Read

PAGES = [
    "/",
    "/search/",
    "/search/?q=" + quote("الموصل"),
    "/search/?q=" + quote("الموصل") + "&year=2017&sort=newest&size=10",
    "/search/?q=" + quote("لاشيءمنهذا"),
    "/search/?q=" + quote('"الموصل أو') + "&page=abc&size=7&year=abc&sort=x",
    "/search/help/",
    "/preferences/",
    "/search/advanced/",
    "/search/advanced/?write=1&since=abc&distance=-1&level=x",
    "/sources/",
    "/sources/" + quote("جريدة-الأفق") + "/",
    "/sources/" + quote("مصدر-المسودات") + "/",
    "/dates/",
    "/dates/2017/",
    "/dates/2017/2/",
    "/dates/2017/2/14/",
    "/dates/1999/",
    "/dates/undated/",
    "/authors/",
    "/authors/" + quote("ليلى الحداد") + "/",
    "/on-this-day/",
    "/on-this-day/?calendar=hijri&month=5&day=17",
    "/on-this-day/?month=2&day=14",
    "/collections/",
    "/collections/" + quote("ملفات-الموصل") + "/",
]


@pytest.mark.parametrize("language, direction", [("ar", "rtl"), ("en", "ltr")])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_is_well_formed_in_both_languages(
    url: str, language: str, direction: str, library: Archive, read: Read, client: Client
) -> None:
    client.cookies["django_language"] = language
    page = read(url)
    assert page.text
    assert f'<html lang="{language}" dir="{direction}">' in client.get(url).content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_no_page_is_broken_in_an_empty_archive(
    url: str, archive: Archive, read: Read, client: Client
) -> None:
    status = client.get(url).status_code
    assert status in (200, 404, 503)
    assert status != 200 or read(url).text


@pytest.mark.parametrize("url", PAGES)
def test_what_is_not_published_shows_nowhere(url: str, library: Archive, client: Client) -> None:
    text = client.get(url).content.decode()
    for secret in ("مسودة سرية", "خبر محجوب", "زعفران", "ملف خفي"):
        assert secret not in text
    hidden = Article.objects.exclude(status=Status.PUBLISHED)
    assert not [article for article in hidden if article.public_id in text]


def test_unpublished_names_are_not_listed(library: Archive, read: Read) -> None:
    assert "مصدر المسودات" not in read("/sources/").text
    assert "ملف خفي" not in read("/collections/").text
    assert "مصدر المسودات" not in read("/").text


@pytest.mark.parametrize("status, answer", [(Status.DRAFT, 404), (Status.WITHDRAWN, 410)])
def test_the_address_of_what_is_not_published_shows_nothing_of_it(
    status: str, answer: int, library: Archive, read: Read
) -> None:
    hidden = Article.objects.get(status=status)
    page = read(hidden.get_absolute_url(), status=answer)
    assert hidden.title not in page.text


@pytest.mark.parametrize("url", PAGES)
def test_a_reader_gets_no_cookie_and_a_page_is_asked_for_again(
    url: str, library: Archive, client: Client
) -> None:
    response = client.get(url)
    assert not response.cookies
    assert "no-cache" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_page_that_has_not_changed_is_not_sent_again(library: Archive, client: Client) -> None:
    etag = client.get("/sources/")["ETag"]
    assert client.get("/sources/", headers={"If-None-Match": etag}).status_code == 304
    client.cookies["django_language"] = "en"
    assert client.get("/sources/", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_read_not_written(url: str, library: Archive, client: Client) -> None:
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200


BROWSING = [
    ("/", 10),
    ("/sources/", 5),
    ("/sources/" + quote("جريدة-الأفق") + "/", 9),
    ("/dates/", 4),
    ("/dates/2017/", 6),
    ("/dates/2017/2/", 6),
    ("/dates/2017/2/14/", 7),
    ("/dates/undated/", 3),
    ("/authors/", 4),
    ("/authors/" + quote("ليلى الحداد") + "/", 7),
    ("/on-this-day/", 3),
    ("/on-this-day/?calendar=hijri&month=5&day=17", 3),
    ("/collections/", 5),
    ("/collections/" + quote("ملفات-الموصل") + "/", 9),
    ("/search/help/", 0),
]


@pytest.mark.parametrize("url, most", BROWSING)
def test_a_list_takes_as_many_queries_whatever_it_holds(
    url: str, most: int, library: Archive, queries: Callable[[str], int]
) -> None:
    few = queries(url)
    fill(library)
    assert queries(url) == few <= most


def test_results_take_as_many_queries_for_twenty_hits_as_for_one(
    archive: Archive, queries: Callable[[str], int]
) -> None:
    archive.add("النفط", "النفط", source="وكالة الساحل", published_on="2015", collections=["ملف"])
    fill(archive)
    archive.index()
    queries("/search/?q=" + quote("النفط"))  # reads other names once
    one = queries("/search/?q=" + quote("النفط"))
    assert queries("/search/?q=" + quote("الموصل")) == one <= 6
    assert queries("/search/") == one
    narrowed = "/search/?q=" + quote("الموصل") + "&year=2017&collection=" + quote("ملفات-الموصل")
    assert queries(narrowed) == one


def fill(archive: Archive) -> None:
    for number in range(1, 25):
        archive.add(
            f"الموصل {number}",
            "الموصل",
            source="جريدة الأفق" if number % 2 else f"مصدر {number}",
            author=f"كاتب {number}",
            published_on=f"2017-02-{number:02}",
            collections=["ملفات الموصل", f"ملف {number}"],
        )
