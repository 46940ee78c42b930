"""The desk of other names: a group is written, found, switched on and off, and in force with the next search."""

from typing import Any

import pytest
from django.http import HttpResponse

from articles.models.synonyms import MAX_TERMS, SynonymGroup
from articles.search.names import load_shipped, name_book
from articles.search.request import SearchRequest
from articles.search.searching import search
from articles.search.shipped_names import ShippedGroup
from tests.admin.conftest import Desk, address_of, said
from tests.conftest import Archive
from tests.factories import make_group

ADD = "/admin/articles/synonymgroup/add/"


def rows(*terms: str, sources: int = 0, **more: Any) -> dict[str, Any]:
    """The form of a group as a browser sends it."""
    data: dict[str, Any] = {"label": "عنوان", "kind": "name", "is_active": "on", **more}
    data |= {"terms-TOTAL_FORMS": len(terms), "terms-INITIAL_FORMS": 0}
    for number, term in enumerate(terms):
        data |= {f"terms-{number}-text": term, f"terms-{number}-order": number}
        data |= {f"terms-{number}-is_source": "on"} if number < sources else {}
    return data


def problems(page: HttpResponse) -> str:
    return " ".join(
        str(error)
        for inline in page.context["inline_admin_formsets"]
        for error in (*inline.formset.non_form_errors(), *inline.formset.errors)
    )


def test_a_group_is_in_force_with_the_next_search_without_indexing(desk: Desk, archive: Archive) -> None:
    archive.add("هجوم لتنظيم الدولة")
    archive.index()
    assert search(SearchRequest(text="داعش")).total == 0
    desk.post(ADD, rows("داعش", "تنظيم الدولة"))
    assert search(SearchRequest(text="داعش")).total == 1


def test_the_terms_keep_their_order_and_lose_blanks_too_many(desk: Desk) -> None:
    desk.post(ADD, rows("داعش", " تنظيم   الدولة ", "ISIS"))
    group = SynonymGroup.objects.get()
    assert [term.text for term in group.terms.all()] == ["داعش", "تنظيم الدولة", "ISIS"]


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        (("داعش",), "اسمين على الأقل"),
        (tuple(f"اسم{letter}" for letter in "ابتثجحخدذرزسشص"), str(MAX_TERMS)),
        (("أحمد", "احمد"), "اسم واحد عند البحث"),
        (("داعش", "؟!"), "كلمة واحدة على الأقل"),
        (("داعش", "كلمة " * 21), "لا يزيد الاسم"),
    ],
)
def test_what_is_no_group_is_refused_with_a_reason(desk: Desk, terms: tuple[str, ...], problem: str) -> None:
    assert problem in problems(desk.post(ADD, rows(*terms)))
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize("sources", [0, 2])
def test_one_way_has_a_beginning_and_an_end(desk: Desk, sources: int) -> None:
    page = desk.post(ADD, rows("بوليس", "شرطة", kind="one_way", sources=sources))
    assert "علّم منطلقاً" in problems(page)
    desk.post(ADD, rows("بوليس", "شرطة", kind="one_way", sources=1))
    assert name_book().known(["بوليس"])
    assert not name_book().known(["شرطة"])


def test_a_group_is_found_by_any_of_its_names_in_any_spelling(desk: Desk) -> None:
    group = make_group("داعش", "الدولة الإسلامية", label="تنظيم")
    make_group("نفط", "بترول")
    for query in ("الدوله الاسلامية", "داعِش", "تنظيم"):
        assert list(desk.listed("synonymgroup", q=query).result_list) == [group]


def test_chosen_groups_are_switched_off_and_on(desk: Desk) -> None:
    group = make_group("داعش", "ISIS")
    address = "/admin/articles/synonymgroup/"
    assert name_book()
    page = desk.post(address, {"action": "switch_off", "_selected_action": [group.pk]})
    assert said(page) == ["غُيّرت مجموعة واحدة."]
    assert not name_book()
    desk.post(address, {"action": "switch_on", "_selected_action": [group.pk]})
    assert name_book()


def test_a_shipped_group_is_switched_off_and_not_deleted(desk: Desk) -> None:
    load_shipped([ShippedGroup("name", ("داعش", "ISIS"))])
    address = address_of(SynonymGroup.objects.get()).replace("/change/", "/delete/")
    assert desk.client.post(address, {"post": "yes"}).status_code == 403
    assert SynonymGroup.objects.exists()


def test_a_curators_group_can_be_deleted(desk: Desk) -> None:
    address = address_of(make_group("داعش", "ISIS")).replace("/change/", "/delete/")
    desk.post(address, {"post": "yes"})
    assert not SynonymGroup.objects.exists()


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for letter in "ابتثجحخ":
        make_group(f"اسم{letter}", f"صورة{letter}")
    with django_assert_max_num_queries(9):
        page = desk.get("/admin/articles/synonymgroup/").content.decode()
    assert "اسما، صورةا" in page


def test_who_may_only_look_cannot_switch_anything(looker: Desk) -> None:
    make_group("داعش", "ISIS")
    assert looker.client.get("/admin/articles/synonymgroup/").status_code == 403
