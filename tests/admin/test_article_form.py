"""The desk of one article: what a curator corrects, what stays evidence, and an index that may be busy."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from articles.models.article import Article
from articles.models.index_removal import IndexRemoval
from articles.search.request import SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk, address_of, as_typed
from tests.conftest import Archive
from tests.factories import make_capture, make_collection


def errors(page: Any) -> dict[str, list[str]]:
    return dict(page.context["adminform"].form.errors) if page.context.get("adminform") else {}


def test_a_corrected_title_is_found_at_once(desk: Desk, archive: Archive) -> None:
    article = archive.add("سدّ المصل")
    archive.index()
    desk.save(article, title="سدّ الموصل")
    assert search(SearchRequest(text="الموصل")).total == 1
    assert Article.objects.needing_index().count() == 0


def test_saving_while_the_index_is_busy_succeeds_and_leaves_the_mark(
    desk: Desk, archive: Archive, busy_index: None
) -> None:
    article = archive.add("سدّ المصل")
    page = desk.save(article, title="سدّ الموصل")
    article.refresh_from_db()
    assert article.title == "سدّ الموصل"
    assert article.stale_since
    assert "تنتظر الفهرسة" in page.content.decode() or "ينتظر الفهرسة" in page.content.decode()


def test_saving_with_a_broken_index_succeeds(desk: Desk, archive: Archive, index_folder: Any) -> None:
    article = archive.add("سدّ المصل")
    archive.index()
    for file in (index_folder / "current").glob("*.toc"):
        file.unlink()
    desk.save(article, title="سدّ الموصل")
    article.refresh_from_db()
    assert article.title == "سدّ الموصل"


def test_saving_without_a_change_leaves_text_and_evidence_as_they_were(desk: Desk, archive: Archive) -> None:
    """A browser sends other line breaks than the archive keeps: that is no correction."""
    evidence = {"body": {"place": "column text", "text": ""}}
    article = archive.add("عنوان", "سطر\nآخر\n\nفقرة", evidence=evidence, published_on="2015-07")
    desk.save(article)
    article.refresh_from_db()
    assert article.body == "سطر\nآخر\n\nفقرة"
    assert article.evidence == evidence


def test_a_corrected_field_has_the_curator_for_evidence(desk: Desk, archive: Archive) -> None:
    article = archive.add(evidence={"author": {"place": "dateline", "text": "(ديما)"}})
    desk.save(article, author="ديما صادق")
    article.refresh_from_db()
    assert article.evidence == {"author": {"place": "curator", "text": ""}}


def test_the_history_names_the_fields_that_changed(desk: Desk, archive: Archive) -> None:
    desk.save(archive.add(), author="ديما صادق")
    assert "الكاتب" in LogEntry.objects.get().get_change_message()


def test_a_collection_given_in_the_form_is_in_the_index(desk: Desk, archive: Archive) -> None:
    article = archive.add("سدّ الموصل")
    archive.index()
    collection = make_collection("ملف")
    desk.save(article, collections=[collection.pk])
    facets = {facet.name: facet.values for facet in search(SearchRequest(text="الموصل")).facets}
    assert [value.value for value in facets["collection"]] == [collection.slug]


@pytest.mark.parametrize(
    "values, field",
    [
        ({"title": " \n "}, "title"),
        ({"published_on": "2015-07-21", "published_precision": "unknown"}, "__all__"),
        ({"published_on": "2015-07-21", "published_precision": "month"}, "published_on"),
        ({"published_on": "", "published_precision": "day"}, "__all__"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "HTTP://Example.ORG:80/taken#top"}, "url"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_not_saved(
    desk: Desk, archive: Archive, values: dict[str, str], field: str
) -> None:
    desk.save(archive.add("له الرابط"), url="http://example.org/taken")
    article = archive.add("عنوان")
    assert list(errors(desk.save(article, **values))) == [field]
    article.refresh_from_db()
    assert article.title == "عنوان"


def test_two_articles_without_an_address_do_not_stand_in_each_others_way(
    desk: Desk, archive: Archive
) -> None:
    first, second = archive.add(), archive.add()
    assert not errors(desk.save(first)) and not errors(desk.save(second))


def test_control_characters_do_not_come_in_by_the_form(desk: Desk, archive: Archive) -> None:
    article = archive.add()
    desk.save(article, body="قبل\x1eبعد")
    article.refresh_from_db()
    assert article.body == "قبلبعد"


def test_an_article_can_be_written_at_the_desk(desk: Desk, archive: Archive) -> None:
    address = "/admin/articles/article/add/"
    desk.post(address, desk.typed(desk.get(address)) | {"title": "بخط اليد", "body": "نص"})
    article = Article.objects.get()
    assert (article.title, article.status) == ("بخط اليد", "draft")
    assert article.evidence["title"] == {"place": "curator", "text": ""}
    assert article.text_digest


def test_where_each_field_came_from_can_be_read(desk: Desk, archive: Archive) -> None:
    evidence = {
        "author": {"place": "dateline", "text": "بيروت – (هدى سالم)"},
        "title": {"place": "column headline", "text": "<b>عنوان</b>"},
        "captured_at": {"place": "column crawled", "text": "2015-07-21T00:00"},
    }
    page = desk.open(archive.add(evidence=evidence)).content.decode()
    assert "سطر المكان" in page
    assert "بيروت – (هدى سالم)" in page
    assert "العمود «headline»" in page
    assert "&lt;b&gt;عنوان" in page
    assert "<dt>وقت الالتقاط</dt>" in page


def test_kept_links_are_shown_and_lead_only_to_the_web(desk: Desk, archive: Archive) -> None:
    links = [
        {"title": "ذو صلة", "url": "https://example.org/x"},
        {"title": "خطر", "url": "javascript:alert(1)"},
    ]
    page = desk.open(archive.add(related_links=links)).content.decode()
    assert 'href="https://example.org/x"' in page
    assert "خطر" in page and "javascript:" not in page


@pytest.mark.parametrize("status, shown", [("published", True), ("draft", False), ("withdrawn", False)])
def test_only_a_published_article_has_a_link_to_its_page(
    desk: Desk, archive: Archive, status: str, shown: bool
) -> None:
    article = archive.add(status=status)
    assert ("viewsitelink" in desk.open(article).content.decode()) is shown


def test_the_captures_of_an_article_are_shown_and_cannot_be_changed(desk: Desk, archive: Archive) -> None:
    article = archive.add()
    capture = make_capture(article)
    page = desk.open(article)
    assert capture.sha256[:12] in page.content.decode()
    stolen = {"captures-TOTAL_FORMS": 1, "captures-INITIAL_FORMS": 1, "captures-0-id": capture.pk,
              "captures-0-article": article.pk, "captures-0-sha256": "0" * 64, "captures-0-DELETE": "on"}  # fmt: skip
    desk.post(address_of(article), desk.typed(page) | stolen)
    again = type(capture).objects.get()
    assert (again.sha256, again.article) == (capture.sha256, article)


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_an_article_that_readers_may_have_seen_cannot_be_deleted(
    desk: Desk, archive: Archive, status: str
) -> None:
    article = archive.add(status=status)
    assert desk.client.post(f"{delete_address(article)}", {"post": "yes"}).status_code == 403
    assert Article.objects.count() == 1


def test_a_draft_with_a_capture_cannot_be_deleted(desk: Desk, archive: Archive) -> None:
    article = archive.add(status="draft")
    make_capture(article)
    assert desk.client.post(delete_address(article), {"post": "yes"}).status_code == 403


def test_a_draft_without_evidence_can_be_deleted_and_the_index_forgets_it(
    desk: Desk, archive: Archive
) -> None:
    article = archive.add("مسودة تجربة", status="draft")
    archive.index()
    desk.post(delete_address(article), {"post": "yes"})
    assert not Article.objects.exists()
    assert not IndexRemoval.objects.exists()
    assert desk.titles(q="تجربة") == []


def test_texts_have_their_own_direction_and_language(desk: Desk, archive: Archive) -> None:
    form = desk.open(archive.add(language="en")).context["adminform"].form
    for name in ("title", "body", "author", "url", "section", "dateline", "city", "external_id"):
        assert 'dir="auto"' in str(form[name]), name
    assert 'lang="en"' in str(form["body"])


def test_the_form_asks_the_same_number_of_queries_whatever_the_article_has(
    desk: Desk, archive: Archive, django_assert_max_num_queries: Any
) -> None:
    article = archive.add(source="الأفق", collections=[f"ملف {number}" for number in range(9)])
    for _number in range(9):
        make_capture(article)
    with django_assert_max_num_queries(12):
        desk.open(article)


def delete_address(article: Article) -> str:
    return address_of(article).replace("/change/", "/delete/")


def test_what_a_browser_sends_has_its_own_line_breaks() -> None:
    """The guard of the tests above."""
    assert as_typed("سطر\nآخر") == "سطر\r\nآخر"
