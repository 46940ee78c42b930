"""No address of the admin breaks it: whatever is typed after the question mark, the answer is a page or a refusal."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.admin.conftest import Desk
from tests.conftest import Archive
from tests.factories import make_capture, make_collection, make_item, make_run, make_story

HUGE = "9" * 20
VALUES = (
    *("", "0", "1", "-1", "x", HUGE, "9" * 5000, "1e9", "nan", "١٢", "\0", "a\0b", "(", "[", "*", "%", "'", '"', "\\"),
    *("true", "None", "null", "2015-13-45", "0000", "9999", "2015-02-30", "آخر شهر", "1436هـ", "«", "\ud7ff", "👁" * 50),
    *("1,2,3", "-1.2.3", ".", "1.-99", "..", "{{ x }}", "<script>", "http://x", "\r\nX: y"),
)  # fmt: skip
NAMES = (
    *("p", "o", "q", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters", "pop", "foo", "id", "pk"),
    *("body__regex", "title__iregex", "article__body__regex", "source__name__startswith"),
    *("evidence__x__y", "user__password"),
    *("status__exact", "source__id__exact", "source_named", "collection", "collection_named", "run", "run__id__exact"),
    *("since", "until", "published_on__year", "published_on__month", "published_on__day", "published_on__gte"),
    *("author__isempty", "published_on__isempty", "title_is_derived__exact", "surety", "story"),
    *("corrected", "language"),
    *("waiting", "outcome__exact", "outcome__isnull", "code", "article__isempty", "state__exact", "review", "edits"),
    *("cause__exact", "reason__exact", "is_legal__exact", "is_active__exact", "kind__exact"),
    *("id__in", "__", "a__", "\0"),
)  # fmt: skip
LISTS = sorted(
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for model in admin.site._registry
)


@pytest.fixture
def stocked(archive: Archive) -> Archive:
    """A row or two in most lists."""
    one = archive.add("سدّ الموصل", published_on="2015-07-21", source="الأفق", collections=["ملف"])
    two = archive.add("سد الموصل", published_on="2015-07-22", status="draft")
    make_story(one, two)
    make_capture(one)
    make_item(make_run(), article=one)
    make_collection("ملف آخر")
    archive.index()
    return archive


def answered(client: Client, address: str, query: list[tuple[str, str]]) -> int:
    return client.get(f"{address}?{urlencode(query, errors='surrogatepass')}").status_code


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(LISTS),
    query=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=5),
)
@example("/admin/articles/article/", [("body__regex", "(")])
@example("/admin/articles/article/", [("p", HUGE)])
def test_no_set_of_parameters_breaks_a_list(
    desk: Desk, stocked: Archive, address: str, query: list[tuple[str, str]]
) -> None:
    assert answered(desk.client, address, query) in (200, 302, 400)


@pytest.mark.parametrize("lookup", ["body__regex", "title__startswith", "source__name", "evidence__title"])
def test_a_list_is_asked_only_for_what_it_offers(desk: Desk, stocked: Archive, lookup: str) -> None:
    assert answered(desk.client, "/admin/articles/article/", [(lookup, "(")]) == 400


@pytest.mark.parametrize("key", ["x", HUGE, "%00"])
@pytest.mark.parametrize("page", ["change/", "history/", "take/"])
def test_no_key_breaks_a_page(desk: Desk, stocked: Archive, page: str, key: str) -> None:
    for address in LISTS:
        status = desk.client.get(f"{address}{key}/{page}").status_code
        assert status in (200, 301, 302, 400, 403, 404, 405), address


@pytest.mark.parametrize("value", ["x", HUGE, "\0", "2015-13-45"])
@pytest.mark.parametrize("model", ["article", "source", "extractionrules", "synonymgroup"])
def test_no_value_that_a_new_form_is_opened_with_breaks_it(
    desk: Desk, stocked: Archive, model: str, value: str
) -> None:
    for name in ("source", "collections", "published_on", "status", "kind"):
        assert answered(desk.client, f"/admin/articles/{model}/add/", [(name, value)]) in (200, 302, 400)


def test_no_key_that_a_form_is_sent_with_breaks_it(desk: Desk, stocked: Archive) -> None:
    sent = {"title": "خبر", "source": HUGE, "collections": ["x", "\0"], "published_on": "9999-99-99"}
    assert desk.client.post("/admin/articles/article/add/", sent).status_code == 200


@pytest.mark.parametrize("value", ["", "x", HUGE, "\0", "(", "-1"])
def test_no_completion_is_broken(desk: Desk, stocked: Archive, value: str) -> None:
    known = {
        "app_label": "articles",
        "model_name": "article",
        "field_name": "source",
        "term": "",
        "page": "1",
    }
    for name in known:
        status = answered(desk.client, "/admin/autocomplete/", list({**known, name: value}.items()))
        assert status in (200, 302, 400, 403, 404), name


@pytest.mark.parametrize("keys", ["", "x", HUGE, "1,,2", "\0", "-1", "1," * 700])
def test_no_keys_break_the_page_of_takedowns(desk: Desk, stocked: Archive, keys: str) -> None:
    assert answered(desk.client, "/admin/articles/article/take-down/", [("keys", keys)]) in (200, 302, 400)


def test_what_no_filter_knows_finds_nothing(desk: Desk, stocked: Archive) -> None:
    unknown: list[dict[str, Any]] = [
        {"collection": "x"}, {"waiting": "no"}, {"story": "x"}, {"surety": "2"}, {"source__id__exact": HUGE},
        {"run": "x"}, {"since": "متى"}, {"status__exact": "hidden"},
    ]  # fmt: skip
    assert [desk.titles(**query) for query in unknown] == [[]] * len(unknown)
