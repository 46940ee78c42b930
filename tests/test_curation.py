"""What a verb of curation changes, marks and writes down."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError

from articles import curation
from articles.models.article import Article
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.conftest import Archive
from tests.factories import make_article, make_collection, make_source


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("ليلى")


def found(text: str) -> list[str]:
    return [hit.title_text for hit in search(SearchRequest(text=text)).hits]


def test_publishing_changes_only_what_was_not_published(curator: User) -> None:
    make_article(status="draft"), make_article(status="withdrawn"), make_article(status="published")
    assert curation.publish(Article.objects.all(), by=curator) == 2
    assert set(Article.objects.values_list("status", flat=True)) == {"published"}
    assert LogEntry.objects.count() == 2


def test_a_single_article_can_be_withdrawn_and_knows_it(curator: User) -> None:
    article = make_article()
    assert curation.withdraw(article, by=curator) == 1
    assert article.status == "withdrawn"


def test_an_article_goes_back_to_the_drafts(curator: User) -> None:
    article = make_article()
    curation.to_draft(article, by=curator)
    assert article.status == "draft"


def test_a_changed_article_waits_for_the_index_and_an_unchanged_one_does_not(
    archive: Archive, curator: User
) -> None:
    archive.add("يُحجب")
    kept = archive.add("محجوب من قبل", status="withdrawn")
    archive.index()
    curation.withdraw(Article.objects.all(), by=curator)
    assert list(Article.objects.needing_index()) == list(Article.objects.exclude(pk=kept.pk))


def test_a_withdrawn_article_is_gone_from_the_search_before_the_index_knows(
    archive: Archive, curator: User
) -> None:
    article = archive.add("سدّ الموصل")
    archive.index()
    assert found("الموصل") == ["سدّ الموصل"]
    curation.withdraw(article, by=curator)
    assert found("الموصل") == []


def test_a_published_article_is_found_when_the_index_has_caught_up(archive: Archive, curator: User) -> None:
    article = archive.add("سدّ الموصل", status="draft")
    archive.index()
    assert found("الموصل") == []
    curation.publish(article, by=curator)
    archive.index()
    assert found("الموصل") == ["سدّ الموصل"]


def test_the_history_says_who_changed_what_and_why(curator: User) -> None:
    article = make_article("خبر مكرر")
    curation.withdraw(article, by=curator, reason=" نشرناه مرتين ")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.object_repr) == (curator, str(article.pk), "خبر مكرر")
    assert entry.get_change_message() == "من «منشور» إلى «محجوب». نشرناه مرتين"
    assert entry.get_edited_object() == article


@pytest.mark.django_db(transaction=True)
def test_a_change_that_cannot_be_written_down_is_not_made() -> None:
    article = make_article()
    with pytest.raises(IntegrityError):
        curation.withdraw(article, by=User())
    article.refresh_from_db()
    assert article.status == "published"


def test_a_set_that_shrinks_while_it_is_changed_is_changed_whole(
    curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curation, "BATCH", 2)
    for _number in range(5):
        make_article(status="draft")
    assert curation.publish(Article.objects.filter(status="draft").order_by("title"), by=curator) == 5
    assert LogEntry.objects.count() == 5


def test_the_number_of_queries_does_not_grow_with_the_articles(
    curator: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        make_article(status="draft")
    curation.to_draft(make_article(), by=curator)  # the content type is known from here on
    with django_assert_max_num_queries(7):
        curation.publish(Article.objects.all(), by=curator)


def test_a_curators_value_is_evidence_of_its_own(curator: User) -> None:
    crawled = {"place": "crawl", "text": "2015-07-21"}
    article = make_article(published_on="2015-07-21", evidence={"published_on": crawled, "city": crawled})
    curation.save_correction(article, ["published_precision", "status", "collections"])
    article.refresh_from_db()
    assert article.evidence == {"published_on": {"place": "curator", "text": ""}, "city": crawled}
    assert not article.date_is_from_crawl


def test_a_title_that_a_curator_gave_is_not_a_derived_one(curator: User) -> None:
    article = make_article("أول جملة في النص", title_is_derived=True)
    curation.save_correction(article, ["author"])
    assert article.title_is_derived
    curation.save_correction(article, ["title"])
    assert not article.title_is_derived


def test_a_corrected_article_waits_for_the_index(archive: Archive) -> None:
    article = archive.add()
    archive.index()
    article.refresh_from_db()
    curation.save_correction(article, ["title"])
    assert Article.objects.needing_index().get() == article


def test_a_corrected_text_is_still_known_to_the_next_import(db: None) -> None:
    article = make_article("عنوان", "متن", text_digest="as it came in")
    article.body = "متن مصحّح"
    curation.save_correction(article, ["body"])
    assert article.text_digest == "as it came in"


def test_the_digest_of_the_address_follows_the_address(db: None) -> None:
    article = make_article(url="https://example.org/a")
    curation.save_correction(article, ["url"])
    first = article.url_digest
    article.url = ""
    curation.save_correction(article, ["url"])
    assert first and not article.url_digest


def test_only_the_articles_of_a_renamed_source_are_marked(
    archive: Archive, django_assert_num_queries: Any
) -> None:
    source = make_source("الأفق")
    marked = archive.add(source=source)
    archive.add(source="الساحل")
    archive.index()
    with django_assert_num_queries(1):
        assert curation.mark_articles_of(source) == 1
    assert Article.objects.needing_index().get() == marked


def test_the_articles_of_a_collection_that_goes_are_marked_and_stay(archive: Archive) -> None:
    collection = make_collection("ملف")
    member = archive.add(collections=[collection])
    archive.add()
    archive.index()
    assert curation.delete_collection(collection) == 1
    assert Article.objects.count() == 2
    assert Article.objects.needing_index().get() == member
