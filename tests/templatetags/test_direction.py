"""An Arabic text runs from right to left, whatever its first word is."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_arabic_title_that_begins_with_a_latin_name_keeps_its_direction(archive, client: Client) -> None:
    archive.add(title="SPAN تنمو 11% في الربع الثاني", body="IRENA قالت ذلك.")
    archive.index()
    page = client.get("/search/", {"q": "تنمو"}).content.decode()
    assert '<article class="hit" dir="rtl">' in page


def test_the_direction_of_an_unknown_language_is_told_by_its_letters(archive, client: Client) -> None:
    archive.add(title="Oil rises", language="en")
    archive.index()
    page = client.get("/search/", {"q": "oil"}).content.decode()
    assert '<article class="hit" dir="auto">' in page
    assert 'lang="en"' in page
