from collections.abc import Callable
from urllib.parse import quote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponseBase
from django.test import Client

from articles.models.article import Article
from articles.views import sitemaps
from tests.conftest import Archive

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(response: HttpResponseBase) -> ET.Element:
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(b"".join(response))  # type: ignore[arg-type]


def locations(root: ET.Element) -> list[str]:
    return [found.text or "" for found in root.iter(SITEMAP + "loc")]


def test_the_sitemap_leads_to_every_published_article_and_to_no_other(
    library: Archive, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "KEYS_IN_A_PART", 2)
    index = read(client.get("/sitemap.xml"))
    assert index.tag == SITEMAP + "sitemapindex"
    parts = [url for url in locations(index) if "/articles-" in url]
    listed = [url for part in parts for url in locations(read(client.get(part)))]
    visible = Article.objects.visible().order_by("pk")
    assert listed == [f"http://testserver{article.get_absolute_url()}" for article in visible]
    assert len(parts) > 1


def test_an_article_is_listed_with_its_last_change(archive: Archive, client: Client) -> None:
    article = archive.add("خبر")
    (part,) = [url for url in locations(read(client.get("/sitemap.xml"))) if "/articles-" in url]
    (changed,) = read(client.get(part)).iter(SITEMAP + "lastmod")
    assert changed.text == article.updated_at.isoformat(timespec="seconds")


def test_pages_that_lead_to_articles_are_listed_once(library: Archive, client: Client) -> None:
    listed = locations(read(client.get("/sitemap/pages.xml")))
    assert len(listed) == len(set(listed))
    for path in (
        "/",
        "/sources/" + quote("جريدة-الأفق") + "/",
        "/collections/" + quote("ملفات-الموصل") + "/",
        "/dates/2017/",
    ):
        assert "http://testserver" + path in listed
    assert not [url for url in listed if quote("مصدر-المسودات") in url or quote("ملف-خفي") in url]


@pytest.mark.parametrize("part", ["7", "9" * 30])
def test_a_part_that_holds_nothing_is_not_found(part: str, library: Archive, client: Client) -> None:
    assert client.get(f"/sitemap/articles-{part}.xml").status_code == 404


def test_an_empty_archive_has_a_sitemap(archive: Archive, client: Client) -> None:
    assert locations(read(client.get("/sitemap.xml"))) == ["http://testserver/sitemap/pages.xml"]


def test_a_part_is_never_held_whole(archive: Archive, client: Client) -> None:
    archive.add("خبر")
    assert client.get(locations(read(client.get("/sitemap.xml")))[1]).streaming


def test_sitemaps_take_as_many_queries_whatever_they_hold(
    archive: Archive, queries: Callable[[str], int]
) -> None:
    archive.add("خبر", source="مصدر", collections=["ملف"])
    archive.index()
    queries("/sitemap/pages.xml")  # reads once what later pages find in memory
    one = queries("/sitemap.xml"), queries("/sitemap/pages.xml")
    for number in range(9):
        archive.add("خبر", source=f"مصدر {number}", collections=[f"ملف {number}"])
    archive.index()
    assert (queries("/sitemap.xml"), queries("/sitemap/pages.xml")) == one
    assert one[0] == 1
    assert one[1] <= 6


def test_robots_are_kept_from_result_lists_and_led_to_articles(library: Archive, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    article = Article.objects.visible().first()
    assert article
    for allowed in ("/", article.get_absolute_url(), "/search/help/", "/sources/"):
        assert robots.can_fetch("*", allowed), allowed
    for kept_from in (
        "/search/?q=x&page=2",
        "/search/feed/?q=x",
        "/url/http://a/",
        "/timemap/link/http://a/",
    ):
        assert not robots.can_fetch("*", kept_from), kept_from
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
    assert "Disallow: /a/*/captures/\n" in response.content.decode()
