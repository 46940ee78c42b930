import pytest
from django.db import DatabaseError
from django.test import Client

from articles.models.article import ArticleQuerySet
from tests.conftest import Archive


def test_all_is_well_when_the_database_and_the_index_answer(library: Archive, client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode() == "database: ok\nindex: ok, 6 articles\n"
    assert "no-store" in response["Cache-Control"]


def test_a_missing_index_is_not_well(archive: Archive, client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 503
    assert "index: failed (index_missing)" in response.content.decode()


def test_a_database_that_fails_is_not_well(
    archive: Archive, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: ArticleQuerySet) -> bool:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(ArticleQuerySet, "exists", fail)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert "database: failed (DatabaseError)" in response.content.decode()
