from urllib.parse import parse_qs, urlsplit

from django.test import Client

from articles.search.operators import FIELDS, OPERATORS
from tests.conftest import Archive
from tests.views.conftest import Read


def test_every_operator_and_field_of_the_parser_is_explained(archive: Archive, read: Read) -> None:
    text = read("/search/help/").text
    for row in (*OPERATORS, *FIELDS):
        assert row.explanation in text
        assert row.example in text


def test_every_example_can_be_tried(library: Archive, read: Read, client: Client) -> None:
    tried = [link for link in read("/search/help/").links if link.startswith("/search/?q=")]
    asked = [parse_qs(urlsplit(link).query)["q"][0] for link in tried]
    assert asked == [row.example for row in (*OPERATORS, *FIELDS)]
    for link in tried:
        assert client.get(link).context["found"].query.messages == ()


def test_the_help_is_there_in_english(archive: Archive, read: Read, client: Client) -> None:
    client.cookies["django_language"] = "en"
    text = read("/search/help/").text
    assert "All words are required" in text
    assert OPERATORS[0].explanation not in text
