"""The Atom feed of a search, held against the rules of RFC 4287."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.test import Client

from articles.models.article import Article
from tests.conftest import Archive
from tests.views.conftest import Read

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/search/feed/?q=" + quote("الموصل")
ONCE_IN_A_FEED = ("id", "title", "updated")
AT_MOST_ONCE_IN_AN_ENTRY = ("published", "summary", "content", "rights", "source")


def entries_of(root: ET.Element) -> list[ET.Element]:
    return root.findall(ATOM + "entry")


def texts(element: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


def links(element: ET.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(ATOM + "link")}


def strictly_read(client: Client, url: str) -> ET.Element:
    """The feed, with what RFC 4287 asks of a feed and of each entry already asserted."""
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == ATOM + "feed"
    for element in (root, *entries_of(root)):
        for name in ONCE_IN_A_FEED:
            (text,) = texts(element, name)
            assert text.strip()
        assert datetime.fromisoformat(texts(element, "updated")[0]).tzinfo
        assert links(element)["alternate"].startswith("http://testserver/")
        alternates = [link for link in element.findall(ATOM + "link") if link.attrib["rel"] == "alternate"]
        assert len(alternates) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None  # so an entry need not name one
    for element in entries_of(root):
        assert all(len(texts(element, name)) <= 1 for name in AT_MOST_ONCE_IN_AN_ENTRY)
        assert all(name.text for name in element.findall(f"{ATOM}author/{ATOM}name"))
        assert all(category.attrib["term"] for category in element.findall(ATOM + "category"))
        assert all(datetime.fromisoformat(moment).tzinfo for moment in texts(element, "published"))
    ids = [texts(element, "id")[0] for element in entries_of(root)]
    assert len(ids) == len(set(ids))
    return root


def test_a_search_is_followed_newest_first(library: Archive, client: Client) -> None:
    root = strictly_read(client, FEED)
    assert texts(root, "title") == ["الموصل – ورّاق"]
    titles = [texts(entry, "title")[0] for entry in entries_of(root)]
    assert titles == [
        "دفاتر المقاتلين الأجانب في الموصل",
        "معركة الموصل في عام",
        "شهر في الموصل",
        "بلا تاريخ ولا مصدر",
    ]


def test_an_entry_tells_its_article(library: Archive, client: Client) -> None:
    entry = entries_of(strictly_read(client, FEED))[0]
    article = Article.objects.get(author="ليلى الحداد")
    assert links(entry)["alternate"] == "http://testserver" + article.get_absolute_url()
    assert texts(entry, "published") == ["2017-02-14T00:00:00+00:00"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "ليلى الحداد"
    terms = {category.attrib["term"] for category in entry.findall(ATOM + "category")}
    assert terms == {"جريدة-الأفق", "سياسة"}
    assert "وجد الجنود صندوقاً من الوثائق." in texts(entry, "summary")[0]


def test_a_feed_reader_takes_it(library: Archive, client: Client) -> None:
    read = feedparser.parse(client.get(FEED).content)
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries][0] == "دفاتر المقاتلين الأجانب في الموصل"
    assert read.entries[0].published_parsed[:3] == (2017, 2, 14)


def test_ids_stay_whatever_changes(library: Archive, client: Client) -> None:
    before = [texts(entry, "id") for entry in entries_of(strictly_read(client, FEED))]
    article = Article.objects.get(author="ليلى الحداد")
    article.title = "عنوان آخر في الموصل"
    article.save()
    assert [texts(entry, "id") for entry in entries_of(strictly_read(client, FEED))] == before
    assert before[0][0].startswith("tag:testserver,")


def test_the_feed_knows_itself_and_its_results(library: Archive, client: Client) -> None:
    here = links(strictly_read(client, FEED + "&page=9&size=50&x=y"))
    assert here["self"] == "http://testserver" + FEED + "&sort=newest"
    assert here["alternate"] == "http://testserver/search/?q=" + quote("الموصل") + "&sort=newest"


def test_a_feed_takes_the_parameters_of_the_results_page(library: Archive, client: Client) -> None:
    root = strictly_read(client, FEED + "&year=2016")
    assert [texts(entry, "title") for entry in entries_of(root)] == [["معركة الموصل في عام"]]
    oldest = strictly_read(client, FEED + "&sort=oldest")
    assert texts(entries_of(oldest)[0], "title") == ["شهر في الموصل"]


def test_no_more_than_thirty_come(archive: Archive, client: Client) -> None:
    for day in range(1, 32):
        archive.add(f"خبر {day}", published_on=f"2016-01-{day:02}")
    archive.index()
    entries = entries_of(strictly_read(client, "/search/feed/"))
    assert len(entries) == 30
    assert texts(entries[0], "title") == ["خبر 31"]


def test_a_search_that_finds_nothing_is_a_feed_too(library: Archive, client: Client) -> None:
    assert entries_of(strictly_read(client, "/search/feed/?q=" + quote("لاشيءمنهذا"))) == []


def test_what_xml_cannot_carry_is_left_out(archive: Archive, client: Client) -> None:
    archive.add("<b>\x01 & \x0b]]>", "نص \ufffe\x08 <script>", author="\x02أ & ب", section="&amp;")
    archive.index()
    (entry,) = entries_of(strictly_read(client, "/search/feed/?q=&year="))
    assert texts(entry, "title") == ["<b> & ]]>"]
    assert texts(entry, "summary") == ["نص <script>"]


@pytest.mark.parametrize("query", ["\x00", '"(', "a" * 3000, "&sort=x&level=y&page=-1"])
def test_no_query_breaks_a_feed(query: str, library: Archive, client: Client) -> None:
    assert strictly_read(client, "/search/feed/?q=" + quote(query, safe="&=")) is not None


def test_a_feed_that_has_not_changed_is_not_sent_again(library: Archive, client: Client) -> None:
    etag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"If-None-Match": etag}).status_code == 304


def test_without_an_index_readers_are_asked_to_come_back(archive: Archive, client: Client) -> None:
    response = client.get(FEED)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0


def test_what_is_not_published_is_in_no_feed(library: Archive, client: Client) -> None:
    text = client.get("/search/feed/?q=").content.decode()
    assert not [secret for secret in ("مسودة سرية", "خبر محجوب", "زعفران") if secret in text]


def test_pages_of_results_sources_and_collections_lead_to_their_feeds(
    library: Archive, client: Client, read: Read
) -> None:
    feed = '<link rel="alternate" type="application/atom+xml"'
    for url in (
        "/search/?q=" + quote("الموصل"),
        "/sources/" + quote("جريدة-الأفق") + "/",
        "/collections/" + quote("ملفات-الموصل") + "/",
    ):
        assert feed in client.get(url).content.decode()
    assert "/search/feed/?q=" + quote("الموصل") in read("/search/?q=" + quote("الموصل")).links


def test_a_feed_takes_few_queries(library: Archive, queries: Callable[[str], int]) -> None:
    queries(FEED)
    assert queries(FEED) <= 4
