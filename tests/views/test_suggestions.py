import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Archive


@pytest.fixture
def words(archive: Archive) -> Archive:
    archive.add("سقوط الموصل", "العراق", source="صحيفة الأفق", author="نورا الحداد")
    archive.add("خبر", "العراق <b>الموصل</b>")
    archive.add("الموساد سر", status="draft")
    archive.index()
    return archive


def ask(client: Client, typed: str, **parameters: str) -> Any:
    response = client.get("/search/suggest/", {"q": typed, **parameters})
    assert response.status_code == 200
    return json.loads(response.content)


def test_browsers_are_answered_in_the_format_of_opensearch(words: Archive, client: Client) -> None:
    typed, completions, descriptions, urls = ask(client, "المو")
    assert typed == "المو"
    assert completions == ["الموصل", "سقوط الموصل"]
    assert descriptions == ["مقالان", "عنوان مقال"]
    assert parse_qs(urlsplit(urls[0]).query) == {"q": ["الموصل"]}
    assert client.get(urls[1]).status_code == 200


def test_the_answer_says_what_it_is_and_may_be_kept_for_a_minute(words: Archive, client: Client) -> None:
    response = client.get("/search/suggest/", {"q": "المو"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_programs_are_answered_by_kind(words: Archive, client: Client) -> None:
    found = ask(client, "الأف", format="json")
    assert found["sources"][0]["text"] == "صحيفة الأفق"
    assert client.get(found["sources"][0]["url"]).status_code == 200
    assert ask(client, "العرا", format="json")["words"] == [{"text": "العراق", "count": 2}]
    (author,) = ask(client, "الحد", format="json")["authors"]
    assert client.get(author["url"] + "&format=json").json()["total"] == 1


def test_descriptions_are_in_the_language_of_the_reader(words: Archive, client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert ask(client, "المو")[2][0] == "2 articles"


def test_every_suggestion_finds_something(words: Archive, client: Client) -> None:
    for url in ask(client, "ال")[3]:
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("typed", ["", "سر", "زرافة", "*", "ا" * 5000])
def test_an_answer_without_suggestions_is_an_empty_one(typed: str, words: Archive, client: Client) -> None:
    assert ask(client, typed) == [typed, [], [], []]


def test_without_an_index_the_answer_is_empty(db: None, client: Client) -> None:
    assert ask(client, "المو") == ["المو", [], [], []]
    assert not any(ask(client, "المو", format="json").values())


def test_only_questions_are_answered(words: Archive, client: Client) -> None:
    assert client.post("/search/suggest/", {"q": "المو"}).status_code == 405
    assert client.get("/search/suggest/").content == b'["", [], [], []]'


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_no_text_breaks_it(words: Archive, client: Client, text: str) -> None:
    typed, *columns = ask(client, text)
    assert typed == text
    assert len({len(column) for column in columns}) == 1
