"""What a group of other names, or a kept word, would do to searches is seen before it is saved."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

from articles.models.change import Change
from articles.models.stem_exceptions import StemException
from articles.models.synonyms import SynonymGroup
from articles.search.name_book import NameBook
from articles.search.names import name_book
from articles.search.request import SearchRequest
from articles.search.searching import search
from articles.search.what_if import TOO_COMMON, what_if
from tests.admin.conftest import Desk, address_of
from tests.admin.test_synonyms import ADD, problems, rows
from tests.conftest import Archive
from tests.factories import make_group, make_kept_word

PREVIEW = {"_preview": "1"}
ADD_WORD = "/admin/articles/stemexception/add/"


def page_of(desk: Desk, address: str, data: dict[str, Any]) -> str:
    response = desk.post(address, data | PREVIEW)
    assert response.status_code == 200
    return response.content.decode()


def word(text: str, **more: Any) -> dict[str, Any]:
    return {"word": text, "kind": "name", "is_active": "on", **more}


@pytest.fixture
def mosul(archive: Archive) -> Archive:
    archive.add("خبر أول", "هجوم لتنظيم الدولة على القرية")
    archive.add("خبر ثان", "أعلن داعش عن الهجوم")
    for number in range(30):
        archive.add(f"سوق {number}", "أسعار الخضار")
    archive.index()
    return archive


# Other names


def test_a_preview_tells_what_each_term_finds_and_would_find_and_saves_nothing(
    desk: Desk, mosul: Archive
) -> None:
    response = desk.post(ADD, rows("داعش", "تنظيم الدولة") | PREVIEW)
    shown = response.context["preview"]["of_group"]
    counted = [(each.text, each.alone, each.now, each.then, each.added) for each in shown.found.effects]
    assert counted == [("داعش", 1, 1, 2, 1), ("تنظيم الدولة", 1, 1, 2, 1)]
    assert not SynonymGroup.objects.exists()
    assert not Change.objects.exists()


def test_the_articles_that_come_in_are_shown_with_the_name_marked(desk: Desk, mosul: Archive) -> None:
    page = page_of(desk, ADD, rows("داعش", "تنظيم الدولة"))
    assert "خبر أول" in page
    assert "<mark>لتنظيم</mark> <mark>الدولة</mark>" in page


def test_what_was_typed_stays_in_the_form_and_can_be_saved(desk: Desk, mosul: Archive) -> None:
    typed = rows("داعش", "تنظيم الدولة")
    page = page_of(desk, ADD, typed)
    assert 'value="تنظيم الدولة"' in page
    desk.post(ADD, typed)
    assert SynonymGroup.objects.count() == 1


def test_a_change_is_compared_with_what_is_in_force(desk: Desk, mosul: Archive) -> None:
    group = make_group("داعش", "تنظيم الدولة")
    page = desk.open(group)
    inline = page.context["inline_admin_formsets"][0].formset
    data = desk.typed(page)
    for number, form in enumerate(inline.initial_forms):
        data |= {f"terms-{number}-{name}": form[name].value() for name in ("text", "order", "id")}
        data[f"terms-{number}-group"] = group.pk
    data |= {"terms-1-text": "البغدادي", "terms-TOTAL_FORMS": 2}
    data.pop("terms-1-is_source", None)
    shown = desk.post(address_of(group), data | PREVIEW).context["preview"]["of_group"]
    assert [(each.now, each.then, each.lost) for each in shown.found.effects][0] == (2, 1, 1)
    assert [term.text for term in group.terms.all()] == ["داعش", "تنظيم الدولة"]


def test_a_term_of_another_group_leads_to_it(desk: Desk, mosul: Archive) -> None:
    other = make_group("داعِش", "دولة الخلافة", label="تنظيمات", is_active=False)
    page = page_of(desk, ADD, rows("داعش", "تنظيم الدولة"))
    assert address_of(other) in page
    assert "معطّلة" in page


def test_a_term_that_finds_nothing_and_one_in_too_much_are_told(desk: Desk, mosul: Archive) -> None:
    page = page_of(desk, ADD, rows("البغدادي", "أسعار"))
    assert "«البغدادي» لا يرد في أي مقال منشور" in page
    assert "يطغى" in page
    shown = desk.post(ADD, rows("البغدادي", "أسعار") | PREVIEW).context["preview"]["of_group"]
    assert shown.found.effects[1].share > TOO_COMMON


def test_one_way_is_said_in_a_sentence(desk: Desk, mosul: Archive) -> None:
    page = page_of(desk, ADD, rows("بوليس", "شرطة", kind="one_way", sources=1))
    assert "من بحث عن «بوليس» وجد أيضاً ما فيه «شرطة»" in page


def test_what_cannot_be_saved_is_told_and_not_counted(desk: Desk, mosul: Archive) -> None:
    response = desk.post(ADD, rows("داعش") | PREVIEW)
    assert "اسمين على الأقل" in problems(response)
    assert "preview" not in response.context


def test_an_inactive_group_would_do_nothing(desk: Desk, mosul: Archive) -> None:
    typed = rows("داعش", "تنظيم الدولة")
    del typed["is_active"]
    assert "لا أثر لها ما لم تُفعّل" in page_of(desk, ADD, typed)


@pytest.mark.parametrize("broken", [False, True])
def test_without_an_index_the_preview_says_so_and_the_group_can_be_saved(
    desk: Desk, archive: Archive, index_folder: Path, broken: bool
) -> None:
    if broken:
        archive.add("خبر")
        archive.index()
        for file in index_folder.glob("current/*.toc"):
            file.write_bytes(b"nothing")
    page = page_of(desk, ADD, rows("داعش", "تنظيم الدولة"))
    assert "لك أن تحفظها مع ذلك" in page
    desk.post(ADD, rows("داعش", "تنظيم الدولة"))
    assert name_book().known(["داعش"])


def test_the_questions_to_the_database_do_not_grow_with_the_terms(
    desk: Desk, mosul: Archive, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    names = ("داعش", "تنظيم الدولة", *(f"اسم{letter}" for letter in "ابتثجحخدذ"))
    with django_assert_max_num_queries(30):
        page_of(desk, ADD, rows(*names))
    assert not SynonymGroup.objects.exists()


def test_terms_there_is_no_time_for_are_named(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add("خبر")
    archive.index()
    monkeypatch.setattr("articles.search.what_if.SECONDS", 0.0)
    assert what_if(["داعش"], NameBook(), NameBook(), alone=NameBook()).untold == ("داعش",)


def test_who_may_not_add_gets_no_preview(looker: Desk) -> None:
    assert looker.client.post(ADD, rows("داعش", "دولة") | PREVIEW).status_code == 403
    assert looker.client.post(ADD_WORD, word("هدى") | PREVIEW).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_group_saved_at_the_desk_is_found_by_a_search_over_another_connection(
    admin_client: Client, archive: Archive
) -> None:
    archive.add("هجوم لتنظيم الدولة")
    archive.index()
    assert totals_elsewhere("داعش") == 0
    admin_client.post(ADD, rows("داعش", "تنظيم الدولة"))
    assert totals_elsewhere("داعش") == 1
    SynonymGroup.objects.all().change(is_active=False)
    assert totals_elsewhere("داعش") == 0


def totals_elsewhere(text: str) -> int:
    """What a search finds in a thread of its own, with a connection of its own."""
    found: list[int] = []

    def look() -> None:
        found.append(search(SearchRequest(text)).total)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


# From a search without results


def test_the_form_of_a_new_group_takes_the_terms_of_its_address(desk: Desk) -> None:
    page = desk.get(ADD, term=["داعش", "تنظيم الدولة", "داعش", " "]).content.decode()
    assert page.count('value="تنظيم الدولة"') == 1
    assert page.count('value="داعش"') == 2  # the label, and the first term


def test_terms_of_the_address_that_stay_as_they_were_are_saved(desk: Desk) -> None:
    desk.post(f"{ADD}?term=داعش&term=الدولة", rows("داعش", "الدولة"))
    assert [term.text for term in SynonymGroup.objects.get().terms.all()] == ["داعش", "الدولة"]


def test_too_many_terms_and_no_terms_do_no_harm(desk: Desk) -> None:
    desk.get(ADD, term=[f"اسم {number}" for number in range(50)] + ["س" * 5000, "؟!"])
    assert not SynonymGroup.objects.exists()


@pytest.mark.parametrize(
    ("query", "terms"),
    [("الحشد الشعبي", "term=الحشد+الشعبي"), ("«ولاية نينوى» أو البغدادي", "term=ولاية+نينوى&term=البغدادي")],
)
def test_a_search_without_results_leads_curators_to_a_new_group(
    desk: Desk, mosul: Archive, query: str, terms: str
) -> None:
    address = desk.get("/search/", q=query).context["naming_address"]
    asked = desk.client.get(address)
    assert asked.status_code == 200
    assert unquote(address) == f"{ADD}?{terms}"


def test_readers_and_staff_without_the_permission_are_not_led_there(
    client: Client, looker: Desk, mosul: Archive
) -> None:
    assert "synonymgroup" not in looker.get("/search/", q="البغدادي").content.decode()
    assert "synonymgroup" not in Client().get("/search/", {"q": "البغدادي"}).content.decode()
    looker_user = User.objects.get(username="زائر")
    looker_user.user_permissions.add(Permission.objects.get(codename="add_synonymgroup"))
    assert "synonymgroup" in looker.get("/search/", q="البغدادي").content.decode()


# Kept words


@pytest.fixture
def damascus(archive: Archive) -> Archive:
    archive.add("زار سوريا", "عاد من سوريا")
    archive.add("وزير سوري", "قال مسؤول سوري")
    archive.index()
    return archive


def test_a_preview_of_a_word_tells_what_drops_out_and_saves_nothing(desk: Desk, damascus: Archive) -> None:
    response = desk.post(ADD_WORD, word("سوريا") | PREVIEW)
    shown = response.context["preview"]
    assert (shown["effect"].now, shown["effect"].then, shown["effect"].lost) == (2, 1, 1)
    assert [form.text for form in shown["leaving"]] == ["سوري"]
    page = response.content.decode()
    assert "<mark>سوري</mark>" in page
    assert not StemException.objects.exists()


def test_a_saved_word_is_in_force_and_in_the_history(desk: Desk, damascus: Archive) -> None:
    desk.post(ADD_WORD, word("سوريا"))
    row = StemException.objects.get()
    assert name_book().kept.found("سوريا")
    desk.save(row, kind="word")
    changes = list(Change.objects.filter(kind="kept_word", key=row.pk).order_by("pk"))
    assert changes[1].fields == {"kind": ["name", "word"]}
    desk.post(f"/admin/articles/stemexception/changes/{changes[1].pk}/", {"reason": ""})
    row.refresh_from_db()
    assert row.kind == "name"
    assert "سوريا" in desk.get(address_of(row).replace("/change/", "/history/")).content.decode()


@pytest.mark.parametrize("text", ["سوري ة", "؟", "كلمتان هنا"])
def test_more_than_a_word_is_refused(desk: Desk, text: str) -> None:
    assert "كلمة واحدة لا غير" in desk.post(ADD_WORD, word(text)).content.decode()
    assert not StemException.objects.exists()


def test_the_article_alone_is_no_word(desk: Desk) -> None:
    assert "أداة التعريف وحدها" in desk.post(ADD_WORD, word("الـ")).content.decode()
    assert not StemException.objects.exists()


def test_a_word_is_kept_once_in_any_spelling(desk: Desk) -> None:
    make_kept_word("هدى")
    assert "موجودة بإملاء آخر" in desk.post(ADD_WORD, word("هدي")).content.decode()
    assert StemException.objects.count() == 1


def test_a_word_without_an_index_can_be_saved(desk: Desk) -> None:
    assert "ولك أن تحفظها مع ذلك" in page_of(desk, ADD_WORD, word("هدى"))
    desk.post(ADD_WORD, word("هدى"))
    assert StemException.objects.count() == 1


def test_the_list_finds_a_word_in_any_spelling(desk: Desk) -> None:
    row = make_kept_word("هدى")
    make_kept_word("جمال")
    assert list(desk.listed("stemexception", q="هدي").result_list) == [row]
