"""The verbs of bulk actions do to many articles what a curator's save does to one, and no more than was judged."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from articles import curation, history, takedown
from articles.bulk import doing
from articles.bulk.actions import ACTIONS
from articles.models.article import Article
from articles.models.change import Change
from articles.models.returned_text import ReturnedText
from articles.models.tag import Tag
from articles.models.version import ArticleVersion
from articles.takedown import Demand
from tests.factories import make_article, make_capture, make_collection, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("ليلى")


def do(name: str, *articles: Article, by: User, **values: Any) -> dict[str, int]:
    keys = [article.pk for article in articles]
    return dict(doing.change(ACTIONS[name], keys, values, by=by, reason="دفعة"))


def test_each_article_has_the_outcome_that_was_previewed(curator: User) -> None:
    down = make_article()
    takedown.take_down(down, Demand(), by=curator)
    hidden = make_article(status="draft", embargoed_until="2990-01-01")
    again = make_article(status="in_review")
    ReturnedText.objects.create(article=again, takedown=takedown.standing_takedown(down))
    counts = do("publish", make_article(), make_article(status="draft"), down, hidden, again, by=curator)
    assert counts == {"already": 1, "changed": 1, "taken_down": 1, "embargoed": 1, "returned": 1}
    down.refresh_from_db(), again.refresh_from_db()
    assert again.status == "in_review"
    assert down.status == "withdrawn"
    assert do("to_review", make_article(), make_article(status="draft"), by=curator) == {
        "no_draft": 1,
        "changed": 1,
    }


def test_what_is_gone_since_is_counted_as_gone(curator: User) -> None:
    gone = make_article()
    Article.objects.filter(pk=gone.pk).delete()
    assert do("withdraw", gone, make_article(), by=curator) == {"changed": 1, "gone": 1}


FIELDS = (
    ("set_author", {"author": "سعاد"}),
    ("set_section", {"section": "اقتصاد"}),
    ("set_date", {"published_on": "2015-07-01", "published_precision": "month"}),
)


@pytest.mark.parametrize("name, values", FIELDS)
def test_a_field_set_for_many_is_the_same_correction_as_for_one(
    name: str, values: dict[str, Any], curator: User
) -> None:
    one, many = make_article("خبر", "متن"), make_article("خبر", "متن")
    make_capture(one), make_capture(many)
    form = Article.objects.get(pk=one.pk)
    for field, value in values.items():
        setattr(form, field, Article._meta.get_field(field).to_python(value))
    curation.save_correction(form, list(values), by=curator, reason="دفعة")
    do(name, many, by=curator, **values)

    def said(article: Article) -> tuple[Any, ...]:
        row = Article.objects.get(pk=article.pk)
        rows = article.versions.order_by("number").values(
            "number", "base", "cause", "actor", "title", "body", "author", "section", "text_digest",
            "published_on", "published_precision", "was_headline_changed", "is_silent",
        )  # fmt: skip
        change = Change.objects.get(key=article.pk)
        told = row.evidence, row.confidence, row.corrected
        return history.fields_of(row), told, list(rows), change.fields, change.reason, change.actor

    assert said(one) == said(many)
    assert Article.objects.get(pk=many.pk).stale_since is not None
    assert LogEntry.objects.filter(object_id=str(many.pk)).get().user == curator


def test_a_second_correction_is_based_on_the_version_that_said_what_it_changes(curator: User) -> None:
    article = make_article("خبر", "متن")
    do("set_author", article, by=curator, author="سعاد")
    do("set_author", article, by=curator, author="ليلى")
    versions = article.versions.order_by("number").values_list("number", "base", "author")
    assert list(versions) == [(1, None, ""), (2, 1, "سعاد"), (3, 2, "ليلى")]


def test_a_source_set_for_many_makes_no_version_and_stands_in_the_history(curator: User) -> None:
    source, article = make_source("الأفق"), make_article(source="الساحل")
    before = article.source_id
    assert do("set_source", article, make_article(source=source), by=curator, source=source.pk) == {
        "changed": 1,
        "already": 1,
    }
    assert Change.objects.get().fields == {"source": [before, source.pk]}
    assert not ArticleVersion.objects.exists()
    assert Article.objects.get(pk=article.pk).evidence["source"]["place"] == "curator"


def test_a_date_may_become_unknown(curator: User) -> None:
    article = make_article(published_on="2015-07-21")
    do("set_date", article, by=curator, published_on=None, published_precision="unknown")
    article.refresh_from_db()
    assert (article.published_on, article.published_precision) == (None, "unknown")


def test_collections_are_added_and_removed_and_noted(curator: User) -> None:
    first, second = make_collection("أولى"), make_collection("ثانية")
    article, there = make_article(collections=[first]), make_article(collections=[first, second])
    assert do("add_collections", article, there, by=curator, collections=[first.pk, second.pk]) == {
        "changed": 1,
        "already": 1,
    }
    assert Change.objects.get().fields == {"collections": [[first.pk], [first.pk, second.pk]]}
    assert do("remove_collections", article, by=curator, collections=[first.pk]) == {"changed": 1}
    assert list(article.collections.all()) == [second]


def test_tags_are_for_the_desk_and_ask_nothing_of_the_index(curator: User) -> None:
    (tag,) = Tag.objects.named(["نفط"])
    article = make_article()
    Article.objects.update(stale_since=None)
    assert do("add_tags", article, by=curator, tags=[tag.pk]) == {"changed": 1}
    assert do("add_tags", article, by=curator, tags=[tag.pk]) == {"already": 1}
    article.refresh_from_db()
    assert (list(article.tags.all()), article.stale_since) == ([tag], None)
    assert Tag.objects.named(["نِفط"]) == [tag]
    assert do("remove_tags", article, by=curator, tags=[tag.pk]) == {"changed": 1}


@pytest.mark.parametrize(
    "name, values",
    [
        ("withdraw", {}),
        ("set_author", {"author": "سعاد"}),
        ("add_tags", {"tags": []}),
        ("take_down", {"reason": "privacy"}),
    ],
)
def test_many_cost_as_many_queries_as_few(
    name: str, values: dict[str, Any], curator: User, django_assert_max_num_queries: Any
) -> None:
    if name == "add_tags":
        values = {"tags": [tag.pk for tag in Tag.objects.named(["نفط", "ماء"])]}
    articles = [make_article(f"خبر {number}", "متن") for number in range(60)]
    with django_assert_max_num_queries(22):
        assert do(name, *articles, by=curator, **values) == {"changed": 60}
    assert Change.objects.count() == 60
