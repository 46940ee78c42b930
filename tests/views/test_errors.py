import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from articles.views.errors import server_error
from tests.conftest import Archive
from tests.views.conftest import Read
from tests.views.markup import Page


def test_a_missing_page_says_where_to_go(archive: Archive, read: Read) -> None:
    page = read("/no/such/page/", status=404)
    assert "الصفحة غير موجودة" in page.text
    assert {"/", "/sources/", "/dates/"} <= set(page.links)


def test_a_missing_page_speaks_the_readers_language(archive: Archive, client: Client, read: Read) -> None:
    client.cookies["django_language"] = "en"
    assert "Page not found" in read("/no/such/page/", status=404).text


def test_our_own_mistakes_have_a_page_that_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    response = server_error(rf.get("/"))
    page = Page(response.content.decode())
    assert response.status_code == 500
    assert page.problems == []
    assert "خلل في الموقع" in page.text


def test_a_form_without_its_token_is_refused_in_arabic(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(
        reverse("admin:login"), {"username": "x", "password": "y"}
    )
    page = Page(response.content.decode())
    assert response.status_code == 403
    assert page.problems == []
    assert "لم يُقبل الطلب" in page.text


@pytest.mark.parametrize("language, words", [("ar", "لا إذن لك"), ("en", "no permission")])
def test_a_forbidden_page_says_who_may_enter(language: str, words: str, rf: RequestFactory) -> None:
    with translation.override(language):
        assert words in render_to_string("403.html", {}, request=rf.get("/"))
