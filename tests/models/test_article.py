"""Which articles anyone may read, and how the database finds them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models.article import Article
from tests.factories import make_article


@pytest.mark.django_db
def test_of_some_articles_those_are_visible_that_are_published_and_under_no_embargo() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    shown, other = make_article("منشور"), make_article("منشور لم يُسأل عنه")
    draft, withdrawn = make_article(status="draft"), make_article(status="withdrawn")
    waiting = make_article(embargoed_until=tomorrow)
    asked = [shown.pk, draft.pk, withdrawn.pk, waiting.pk, other.pk + 1000]

    assert list(Article.objects.visible_among(asked)) == [shown]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite's planner")
def test_a_page_of_articles_is_found_by_its_keys_and_not_among_all_published_ones() -> None:
    plan = Article.objects.visible_among([1, 2, 3]).explain()

    assert "INTEGER PRIMARY KEY" in plan
    assert "article_by_date" not in plan
