"""The desks of sources and collections: one name in every spelling, and an index that hears of a new one."""

from typing import Any

import pytest

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.request import FacetName, SearchRequest
from articles.search.searching import search
from tests.admin.conftest import Desk, address_of
from tests.conftest import Archive
from tests.factories import make_collection, make_source


def delete_address(named: Source | Collection) -> str:
    return address_of(named).replace("/change/", "/delete/")


def test_the_articles_of_a_renamed_source_are_found_by_its_new_name(desk: Desk, archive: Archive) -> None:
    source = make_source("جريدة الأفق")
    archive.add("خبر", source=source)
    archive.index()
    desk.save(source, name="جريدة المدار")
    assert search(SearchRequest(text="المصدر:المدار")).total == 1
    assert search(SearchRequest(text="المصدر:الأفق")).total == 0


def test_the_articles_of_a_renamed_collection_are_found_by_its_new_name(desk: Desk, archive: Archive) -> None:
    collection = make_collection("ملف الحرب")
    archive.add("خبر", collections=[collection])
    archive.index()
    desk.save(collection, name="ملف السلام")
    assert search(SearchRequest(text="المجموعة:السلام")).total == 1
    assert search(SearchRequest(text="المجموعة:الحرب")).total == 0


def test_a_new_address_of_a_collection_is_the_one_that_its_filter_uses(desk: Desk, archive: Archive) -> None:
    collection = make_collection("ملف")
    archive.add("خبر", collections=[collection])
    archive.index()
    desk.save(collection, slug="ملف-الموصل")
    assert search(SearchRequest(filters={FacetName.COLLECTION: ("ملف-الموصل",)})).total == 1


def test_a_change_that_the_index_does_not_hold_marks_nothing(
    desk: Desk, archive: Archive, busy_index: None
) -> None:
    source = make_source("جريدة الأفق")
    archive.add(source=source)
    Article.objects.update(stale_since=None)
    desk.save(source, country="العراق")
    assert not Article.objects.needing_index().exists()


def test_a_source_renamed_while_the_index_is_busy_leaves_its_articles_marked(
    desk: Desk, archive: Archive, busy_index: None
) -> None:
    source = make_source("جريدة الأفق")
    archive.add(source=source)
    archive.add(source="وكالة الساحل")
    Article.objects.update(stale_since=None)
    desk.save(source, name="جريدة المدار")
    assert Article.objects.needing_index().get().source == source


@pytest.mark.parametrize("make", [make_source, make_collection])
def test_a_name_that_is_taken_in_another_spelling_is_refused(desk: Desk, make: Any) -> None:
    make("صحيفة الأفق")
    other = make("وكالة الساحل")
    page = desk.save(other, name="صحيفه  الافق")
    assert "صحيفة الأفق" in str(page.context["adminform"].form.errors["name"])
    other.refresh_from_db()
    assert other.name == "وكالة الساحل"


def test_a_name_can_be_given_another_spelling(desk: Desk) -> None:
    source = make_source("صحيفه الافق")
    desk.save(source, name="صحيفة الأفق")
    source.refresh_from_db()
    assert source.name == "صحيفة الأفق"


def test_an_address_left_empty_is_made_of_the_name(desk: Desk) -> None:
    address = "/admin/articles/collection/add/"
    desk.post(address, {"name": "ملفات الموصل"})
    assert Collection.objects.get().slug == "ملفات-الموصل"


@pytest.mark.parametrize("model, make", [("source", make_source), ("collection", make_collection)])
def test_a_name_is_found_and_completed_in_any_spelling(desk: Desk, model: str, make: Any) -> None:
    made = make("صحيفة الأفق")
    make("وكالة الساحل")
    assert list(desk.listed(model, q="صحيفه الافق").result_list) == [made]
    field = {"source": "source", "collection": "collections"}[model]
    query = {"app_label": "articles", "model_name": "article", "field_name": field, "term": "الافق"}
    assert [row["text"] for row in desk.get("/admin/autocomplete/", **query).json()["results"]] == [
        "صحيفة الأفق"
    ]


def test_the_number_of_articles_leads_to_them(desk: Desk, archive: Archive) -> None:
    source, collection = make_source("الأفق"), make_collection("ملف")
    archive.add("هنا", source=source, collections=[collection])
    archive.add("هناك")
    for model in ("source", "collection"):
        page = desk.get(f"/admin/articles/{model}/").content.decode()
        link = page.split("/admin/articles/article/?")[1].split('"')[0]
        found = desk.client.get(f"/admin/articles/article/?{link}").context["cl"].result_list
        assert [article.title for article in found] == ["هنا"]


def test_a_source_with_articles_cannot_be_deleted(desk: Desk, archive: Archive) -> None:
    source = make_source("الأفق")
    archive.add(source=source)
    assert desk.client.post(delete_address(source), {"post": "yes"}).status_code == 403
    assert Source.objects.exists()


def test_a_source_without_articles_can_be_deleted(desk: Desk) -> None:
    desk.post(delete_address(make_source("سهو")), {"post": "yes"})
    assert not Source.objects.exists()


def test_a_collection_goes_and_its_articles_stay(desk: Desk, archive: Archive) -> None:
    collection = make_collection("ملف")
    archive.add("سدّ الموصل", collections=[collection])
    archive.index()
    asked = desk.get(delete_address(collection)).content.decode()
    assert "مقالات تخرج من المجموعة وتبقى في الأرشيف" in asked
    desk.post(delete_address(collection), {"post": "yes"})
    assert not Collection.objects.exists()
    page = search(SearchRequest(text="الموصل"))
    assert page.total == 1
    assert not [facet for facet in page.facets if facet.name is FacetName.COLLECTION and facet.values]


@pytest.mark.parametrize("model, make", [("source", make_source), ("collection", make_collection)])
def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    desk: Desk, archive: Archive, model: str, make: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        make(f"اسم {number}")
    with django_assert_max_num_queries(7):
        desk.listed(model)
