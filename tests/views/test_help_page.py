from urllib.parse import parse_qs, urlsplit

from django.test import Client

from articles.search.fields import FIELDS
from articles.search.operators import OPERATORS
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
    assert sorted(asked) == sorted(row.example for row in (*OPERATORS, *FIELDS))
    for link in tried:
        told = {said.code for said in client.get(link).context["found"].query.messages}
        assert told <= {"date_relative", "date_hijri"}


def test_operators_stand_under_what_they_are_about(archive: Archive, read: Read) -> None:
    text = read("/search/help/").text
    headings = ["كلمات تجمعها وتستثنيها", "حروف الكلمة", "العبارة والقرب", "التواريخ", "البحث في حقل واحد"]
    assert sorted(headings, key=text.rindex) == headings
    assert text.rindex("العبارة والقرب") < text.rindex("في جملة واحدة") < text.rindex("التواريخ")


def test_an_operator_is_shown_as_it_is_typed(archive: Archive, read: Read) -> None:
    text = read("/search/help/").text
    for typed in ("قرب/5", "NEAR/5", "جملة:", "مرات3:", '"…"~5', "«…»", "(…)", "العنوان:"):
        assert typed in text


def test_the_help_is_there_in_english(archive: Archive, read: Read, client: Client) -> None:
    client.cookies["django_language"] = "en"
    text = read("/search/help/").text
    assert "All words are required" in text
    assert OPERATORS[0].explanation not in text
