from urllib.parse import quote

import pytest
from django.test import Client

from articles.preferences import MONTH_NAMES, Digits, Months, Preferences, Theme
from tests.conftest import Archive
from tests.views.conftest import Read


def choose(client: Client, **chosen: str) -> None:
    client.post("/preferences/choose/", chosen)


def test_nothing_is_chosen_until_a_reader_chooses(archive: Archive, client: Client, read: Read) -> None:
    page = client.get("/preferences/").content.decode()
    assert page.count(" checked") == 3
    assert "data-theme" not in page
    assert not client.cookies


def test_a_choice_is_kept_for_a_year_and_leads_back(archive: Archive, client: Client) -> None:
    response = client.post("/preferences/choose/", {"theme": "dark", "next": "/dates/"})
    assert response.status_code == 302
    assert response["Location"] == "/dates/"
    cookie = response.cookies["reading"]
    assert cookie.value == "dark.western.both"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]


def test_a_choice_leaves_the_others_as_they_were(archive: Archive, client: Client) -> None:
    choose(client, digits="eastern", months="morocco")
    choose(client, theme="light")
    assert client.cookies["reading"].value == "light.eastern.morocco"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_on_every_page(theme: str, archive: Archive, client: Client) -> None:
    choose(client, theme=theme)
    for url in ("/", "/sources/", "/search/help/", "/no/such/page/"):
        page = client.get(url).content.decode()
        assert f'data-theme="{theme}"' in page
        assert f'<meta name="color-scheme" content="{theme}">' in page


def test_eastern_digits_are_on_pages_and_not_in_archived_text(
    library: Archive, client: Client, read: Read
) -> None:
    article = library.add("قمة 2017", "عُقدت القمة في 14 فبراير.", published_on="2017-02-14")
    choose(client, digits="eastern")
    page = read(article.get_absolute_url()).text
    assert "٢٠١٧" in page
    assert "قمة 2017" in page
    assert "في 14 فبراير" in page
    client.cookies["django_language"] = "en"
    assert "٢٠١٧" not in read(article.get_absolute_url()).text


@pytest.mark.parametrize("months", [months for months in Months if months is not Months.BOTH])
def test_months_have_the_names_of_the_region_chosen(
    months: Months, library: Archive, client: Client, read: Read
) -> None:
    choose(client, months=months)
    assert f"{MONTH_NAMES[months][1]} 2017" in read("/dates/2017/2/14/").text


def test_json_is_the_same_whatever_the_reader_chose(library: Archive, client: Client) -> None:
    address = "/search/?format=json&q=" + quote("الموصل")
    before = client.get(address).json()
    choose(client, digits="eastern", months="morocco", theme="dark")
    after = client.get(address).json()
    assert {**after, "took_ms": 0} == {**before, "took_ms": 0}


@pytest.mark.parametrize("cookie", ["", "....", "dark", "x" * 5000, "eastern.dark.none", "\x00"])
def test_any_cookie_is_read_as_far_as_it_is_known(cookie: str) -> None:
    read = Preferences.read(cookie)
    assert read.theme is (Theme.DARK if "dark" in cookie else Theme.SYSTEM)
    assert read.digits is (Digits.EASTERN if "eastern" in cookie else Digits.WESTERN)
    assert Preferences.read(read.written()) == read


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(wanted: str, archive: Archive, client: Client) -> None:
    assert client.post("/preferences/choose/", {"theme": "dark", "next": wanted})["Location"] == "/"
    page = client.get("/preferences/", {"next": wanted}).content.decode()
    assert '<input type="hidden" name="next" value="/">' in page
    assert f'value="{wanted}"' not in page


def test_a_choice_is_posted(archive: Archive, client: Client) -> None:
    assert client.get("/preferences/choose/").status_code == 405
