"""By source, by date, by collection."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.conftest import Archive
from tests.factories import make_collection, make_source
from tests.views.conftest import Read


def test_sources_are_listed_with_their_articles_and_years(library: Archive, read: Read) -> None:
    page = read("/sources/")
    assert "مصدران" in page.text
    assert "جريدة الأفق العراق · 2016–2017 مقالان" in page.text
    assert "/sources/" + quote("جريدة-الأفق") + "/" in page.links


def test_a_source_lists_its_articles_newest_first(library: Archive, read: Read) -> None:
    text = read("/sources/" + quote("جريدة-الأفق") + "/").text
    assert text.index("دفاتر المقاتلين") < text.index("معركة الموصل")
    assert "شهر في الموصل" not in text


def test_a_source_is_searched_from_its_own_page(library: Archive, read: Read, client: Client) -> None:
    cover = client.get("/sources/" + quote("جريدة-الأفق") + "/").content.decode()
    assert '<input type="hidden" name="source" value="جريدة-الأفق">' in cover
    assert client.get("/search/", {"q": "الموصل", "source": "جريدة-الأفق"}).context["found"].total == 2


def test_a_source_that_has_nothing_published_says_so(archive: Archive, read: Read) -> None:
    make_source("مصدر جديد")
    assert "لا مقالات منشورة هنا بعد" in read("/sources/" + quote("مصدر-جديد") + "/").text


def test_a_homepage_that_is_no_web_address_is_not_linked(archive: Archive, read: Read) -> None:
    source = make_source("مصدر", homepage="javascript:alert(1)")
    archive.add("خبر", source=source)
    assert "javascript:alert(1)" not in read(source.get_absolute_url()).links


def test_the_years_are_counted(library: Archive, read: Read) -> None:
    page = read("/dates/")
    assert "2017 مقال واحد" in page.text
    assert "بلا تاريخ معروف: مقال واحد" in page.text
    assert "/dates/undated/" in page.links
    assert "/dates/2016/" in page.links


def test_a_day_is_named_in_both_calendars(archive: Archive, read: Read) -> None:
    archive.add("خبر", published_on="2017-02-14")
    text = read("/dates/2017/2/14/").text
    assert "الثلاثاء 14 شباط / فبراير 2017" in text
    assert "17 جمادى الأولى 1438 هـ" in text


def test_a_period_leads_to_its_neighbours_that_have_articles(archive: Archive, read: Read) -> None:
    for day in ("2014-03-09", "2016-05-01", "2016-05-30", "2017"):
        archive.add("خبر", published_on=day)
    assert {"/dates/2014/", "/dates/2017/"} <= set(read("/dates/2016/").links)
    assert "/dates/2014/3/" in read("/dates/2016/5/").links
    assert "/dates/2017/1/" not in read("/dates/2016/5/").links
    day = read("/dates/2016/5/1/").links
    assert "/dates/2014/3/9/" in day
    assert "/dates/2016/5/30/" in day


def test_a_period_leads_to_the_wider_ones(archive: Archive, read: Read) -> None:
    assert {"/dates/", "/dates/2016/", "/dates/2016/5/"} <= set(read("/dates/2016/5/1/").links)


@pytest.mark.parametrize(
    "address", ["0", "99999", "2015/13", "2015/0", "2015/2/30", "2015/2/0", "abc", "9" * 400, quote("٢٠١٥")]
)
def test_a_day_that_no_calendar_has_is_not_found(address: str, archive: Archive, client: Client) -> None:
    assert client.get(f"/dates/{address}/").status_code == 404


@pytest.mark.parametrize("address", ["1", "9999", "9999/12", "9999/12/31", "1/1/1"])
def test_the_ends_of_the_calendar_are_pages_too(address: str, archive: Archive, read: Read) -> None:
    assert read(f"/dates/{address}/").text


def test_collections_are_listed_with_what_they_are(library: Archive, read: Read) -> None:
    make_collection("ملفات الموصل", description="أوراق عن المدينة.")
    assert "ملفات الموصل أوراق عن المدينة. 2017 مقال واحد" in read("/collections/").text


def test_a_collection_lists_its_articles(library: Archive, read: Read) -> None:
    text = read("/collections/" + quote("ملفات-الموصل") + "/").text
    assert "دفاتر المقاتلين" in text
    assert "معركة الموصل" not in text


@pytest.mark.parametrize("address", ["/sources/x/", "/collections/x/"])
def test_an_unknown_shelf_is_not_found(address: str, archive: Archive, read: Read) -> None:
    assert read(address, status=404).text


@pytest.mark.parametrize("page, shown", [("1", 50), ("2", 3), ("99", 3), ("abc", 50), ("0", 3), ("", 50)])
def test_a_list_has_fifty_to_a_page_and_every_page_number_leads_somewhere(
    page: str, shown: int, archive: Archive, client: Client, read: Read
) -> None:
    for number in range(53):
        archive.add(f"خبر {number}", source="الأفق", published_on="2015-07-21")
    for address in ("/sources/" + quote("الأفق") + "/", "/dates/2015/7/21/"):
        read(f"{address}?page={page}")
        assert len(client.get(f"{address}?page={page}").context["shelf"].page.object_list) == shown
