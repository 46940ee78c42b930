import pytest
from django.test import Client

from tests.conftest import Archive


def language_of(client: Client, **headers: str) -> str:
    return client.get("/sources/", headers=headers)["Content-Language"]


def test_arabic_is_spoken_until_another_language_is_chosen(archive: Archive, client: Client) -> None:
    assert language_of(client) == "ar"
    assert language_of(client, **{"Accept-Language": "en-GB,en;q=0.9"}) == "ar"


def test_the_choice_is_kept_and_leads_back(archive: Archive, client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/dates/?page=2"})
    assert response.status_code == 302
    assert response["Location"] == "/dates/?page=2"
    cookie = response.cookies["django_language"]
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert language_of(client) == "en"
    client.post("/language/", {"language": "ar", "next": "/"})
    assert language_of(client) == "ar"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil"]
)
def test_the_way_back_stays_on_this_site(wanted: str, archive: Archive, client: Client) -> None:
    assert client.post("/language/", {"language": "en", "next": wanted})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "fr", "../../etc", "x" * 1000])
def test_a_language_we_do_not_speak_is_arabic(language: str, archive: Archive, client: Client) -> None:
    client.post("/language/", {"language": language})
    assert language_of(client) == "ar"
    client.cookies["django_language"] = language
    assert language_of(client) == "ar"


def test_the_language_is_changed_by_posting_only(archive: Archive, client: Client) -> None:
    assert client.get("/language/?language=en").status_code == 405


def test_no_token_is_needed_to_change_it() -> None:
    response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en", "next": "/dates/"})
    assert response.status_code == 302


@pytest.mark.parametrize("language, words", [("ar", "المصادر"), ("en", "Sources")])
def test_the_pages_speak_it(language: str, words: str, archive: Archive, client: Client) -> None:
    client.cookies["django_language"] = language
    assert words in client.get("/").content.decode()
