"""Cover pages of sources and collections: what is held, over time and by kind, and every number kept by its link."""

import re
from shutil import rmtree
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from articles.search import holdings
from tests.conftest import Archive
from tests.factories import make_group, make_source
from tests.views.conftest import Read

OFUQ = "/sources/" + quote("جريدة-الأفق") + "/"


def fill(archive: Archive) -> None:
    for number, day in enumerate(("2012-03-09", "2012-04", "2015-07-21", "2015-08-01", "2016", None)):
        archive.add(
            f"خبر {number}",
            source="جريدة الأفق",
            section="سياسة" if number % 2 else "ثقافة",
            author=("ليلى الحداد", "ليلي الحداد", "سامر")[number % 3],
            published_on=day,
            collections=["ملفات الموصل"],
        )
    archive.index()


def test_every_bar_of_a_source_leads_to_the_articles_it_counts(
    archive: Archive, read: Read, client: Client
) -> None:
    fill(archive)
    page = read(OFUQ)
    assert "2013: لا مقالات" in page.text
    assert "بلا مقالات: 2013 – 2014" in page.text
    assert "خارج المخطط لنقص التاريخ: مقال واحد" in page.text
    bars = dict.fromkeys(link for link in page.links if "year=" in link)
    counts = [client.get(link).context["found"].total for link in bars]
    assert counts == [2, 2, 1]


def test_sections_and_authors_have_their_numbers(archive: Archive, read: Read, client: Client) -> None:
    fill(archive)
    page = read(OFUQ)
    assert "ثقافة 3" in page.text
    assert "ليلى الحداد 4" in page.text
    section = next(link for link in page.links if "section=" + quote("ثقافة") in link)
    assert client.get(section).context["found"].total == 3
    author = next(link for link in page.links if link.startswith("/authors/%"))
    assert "4 مقالات" in read(author).text


def test_a_source_shows_its_other_names(archive: Archive, read: Read) -> None:
    archive.add("خبر", source="جريدة الأفق")
    make_group("جريدة الأفق", "الأفق", "Al Ufuq")
    assert "ويسمّى أيضاً: الأفق، Al Ufuq" in read(OFUQ).text


def test_sources_are_in_the_order_of_the_alphabet(archive: Archive, read: Read) -> None:
    for name in ("وكالة الساحل", "الأهرام", "إيلاف", "البيان"):
        archive.add("خبر", source=name)
    text = read("/sources/").text
    assert [text.index(name) for name in ("الأهرام", "إيلاف", "البيان", "وكالة الساحل")] == sorted(
        text.index(name) for name in ("الأهرام", "إيلاف", "البيان", "وكالة الساحل")
    )


def test_many_sources_are_narrowed_by_letter_and_country(archive: Archive, read: Read) -> None:
    for number in range(21):
        make_source(f"صحيفة {number}", country="مصر" if number % 2 else "العراق")
        archive.add("خبر", source=f"صحيفة {number}")
    make_source("الأهرام", country="مصر")
    archive.add("خبر", source="الأهرام")
    page = read("/sources/")
    assert "?letter=" + quote("ا") in page.links
    narrowed = read("/sources/?letter=" + quote("ا")).text
    assert "الأهرام" in narrowed and "صحيفة 1" not in narrowed
    egypt = read("/sources/?country=" + quote("مصر")).text
    assert "صحيفة 1 " in egypt and "صحيفة 2 " not in egypt
    assert "صحيفة 2 " in read("/sources/?country=xyz&letter=xyz").text


def test_a_source_in_a_list_has_its_shape_on_the_span_of_all(archive: Archive, client: Client) -> None:
    archive.add("خبر", source="الأفق", published_on="2012")
    archive.add("خبر", source="الساحل", published_on="2015")
    html = client.get("/sources/").content.decode()
    assert re.findall(r'<rect x="(\d+)" y="0"', html) == ["0", "30"]


def test_a_collection_shows_its_years_and_sources(archive: Archive, read: Read, client: Client) -> None:
    fill(archive)
    page = read("/collections/" + quote("ملفات-الموصل") + "/")
    assert "2012–2016" in page.text
    assert "جريدة الأفق 6" in page.text
    bar = next(link for link in page.links if "year=2012" in link)
    assert client.get(bar).context["found"].total == 2


@pytest.mark.parametrize(
    "url, status",
    [
        ("/", 200),
        ("/sources/", 200),
        (OFUQ, 200),
        ("/dates/", 200),
        ("/authors/", 200),
        ("/authors/" + quote("ليلى الحداد") + "/", 503),
        ("/collections/", 200),
        ("/collections/" + quote("ملفات-الموصل") + "/", 200),
    ],
)
def test_a_large_archive_whose_index_is_gone_is_read_without_its_numbers(
    url: str, status: int, archive: Archive, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(archive)
    rmtree(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    monkeypatch.setattr(holdings, "MOST_READ", 3)
    text = read(url, status=status).text
    assert "خبر 4" in text or "فهرس البحث لا يستجيب الآن" in text


def test_a_results_page_draws_its_timeline_in_the_same_way(archive: Archive, read: Read) -> None:
    for day in ("2012-03-09", "2019-07-21"):
        archive.add("نفط", published_on=day)
    archive.index()
    page = read("/search/?q=" + quote("نفط"))
    assert "2012: مقال واحد" in page.text
    assert "2013: لا مقالات" in page.text
    assert page.links.count("?q=" + quote("نفط") + "&year=2012") >= 2  # the bar and the table's row
