"""The history of fields: what the verbs note, how a body is kept once, and what can be given back."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles import curation, history, reverting
from articles.models.article import Article
from articles.models.change import Change
from articles.models.version import ArticleVersion
from tests.conftest import Archive
from tests.factories import make_article, make_collection, make_group, make_source


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("ليلى")


def corrected(article: Article, by: User, **values: object) -> Change:
    for name, value in values.items():
        setattr(article, name, value)
    curation.save_correction(article, list(values), by=by)
    return Change.objects.latest("pk")


def test_a_correction_is_noted_field_by_field(curator: User) -> None:
    source = make_source()
    article = make_article("خبر", author="ديما", published_on="2015-07-21")
    change = corrected(article, curator, author="ديما القيسي", source=source)
    assert change.fields == {"author": ["ديما", "ديما القيسي"], "source": [None, source.pk]}
    assert (change.kind, change.key, change.label, change.actor) == ("article", article.pk, "خبر", curator)


def test_a_body_is_named_by_its_versions_and_kept_once(curator: User) -> None:
    article = make_article("خبر", "المتن القديم الطويل")
    change = corrected(article, curator, body="متن جديد")
    assert change.fields == {"body": [{"version": 1}, {"version": 2}]}


def test_saving_the_same_again_is_no_change(curator: User) -> None:
    article = make_article("خبر")
    curation.save_correction(article, [], by=curator)
    assert not Change.objects.exists()


def test_a_new_article_is_noted_with_what_it_says(curator: User) -> None:
    article = Article(title="خبر", body="متن", author="ديما")
    curation.save_correction(article, ["title", "body", "author"], by=curator)
    fields = Change.objects.get().fields
    assert fields["author"] == [None, "ديما"] and "body" not in fields and "section" not in fields
    assert reverting.give_back(Change.objects.get(), by=curator) == 0


def test_each_article_of_many_has_its_status_noted(curator: User) -> None:
    make_article(status="draft"), make_article(status="in_review"), make_article()
    curation.publish(Article.objects.all(), by=curator, reason=" راجعتها ")
    told = Change.objects.order_by("pk").values_list("fields", "reason")
    assert list(told) == [
        ({"status": ["draft", "published"]}, "راجعتها"),
        ({"status": ["in_review", "published"]}, "راجعتها"),
    ]


def test_fields_go_back_to_what_they_were_before_a_change_and_all_after_it(
    curator: User, archive: Archive
) -> None:
    held = make_collection("ملفات")
    article = archive.add("خبر", "متن", author="ديما", collections=[held])
    first = corrected(article, curator, body="متن ثانٍ", author="ليلى")
    corrected(article, curator, author="سامر")
    curation.save_correction(article, [], by=curator, collections=[])
    archive.index()
    assert reverting.give_back(first, by=curator, reason="خطأ") == 3
    article.refresh_from_db()
    assert (article.body, article.author, list(article.collections.all())) == ("متن", "ديما", [held])
    assert article.stale_since and article.evidence["author"]["place"] == "curator"
    assert Change.objects.latest("pk").reason.endswith("خطأ")
    assert reverting.give_back(first, by=curator) == 0


def test_what_was_given_back_can_be_taken_forth_again(curator: User) -> None:
    article = make_article("خبر", author="ديما")
    reverting.give_back(corrected(article, curator, author="ليلى"), by=curator)
    reverting.give_back(Change.objects.latest("pk"), by=curator)
    assert Article.objects.get().author == "ليلى"


def test_a_status_is_not_given_back(curator: User) -> None:
    article = make_article(status="draft")
    curation.publish(article, by=curator)
    assert reverting.give_back(Change.objects.get(), by=curator) == 0
    assert Article.objects.get().status == "published"


def test_a_body_whose_version_is_gone_stays(curator: User) -> None:
    article = make_article("خبر", "متن", author="ديما")
    change = corrected(article, curator, body="متن ثانٍ", author="ليلى")
    ArticleVersion.objects.all().delete()
    assert reverting.give_back(change, by=curator) == 1
    article.refresh_from_db()
    assert (article.body, article.author) == ("متن ثانٍ", "ديما")


def test_an_address_that_another_article_took_is_not_given_back(curator: User) -> None:
    article = make_article("خبر")
    corrected(article, curator, url="https://example.org/a")
    change = corrected(article, curator, url="")
    corrected(make_article("آخر"), curator, url="https://example.org/a")
    with pytest.raises(ValidationError):
        reverting.give_back(change, by=curator)
    assert Article.objects.get(pk=article.pk).url == ""


def test_the_terms_of_a_group_go_back_together(curator: User) -> None:
    group = make_group("داعش", "تنظيم الدولة", sources=1, kind="one_way")
    before = history.fields_of(group)
    group.terms.last().delete()
    change = history.note(group, before, by=curator)
    assert change and set(change.fields) == {"terms"}
    reverting.give_back(change, by=curator)
    assert history.fields_of(group)["terms"] == [["داعش", True], ["تنظيم الدولة", False]]


def test_a_source_that_gets_its_name_back_has_its_articles_indexed(curator: User, archive: Archive) -> None:
    source = make_source("الأفق")
    archive.add(source=source)
    archive.index()
    before = history.fields_of(source)
    source.name = "الأفق الجديد"
    source.save()
    change = history.note(source, before, by=curator)
    assert change
    reverting.give_back(change, by=curator)
    source.refresh_from_db()
    assert source.name == "الأفق"
    assert Article.objects.needing_index().count() == 1
