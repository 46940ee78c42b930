"""The names in force: what is in the database now, whoever changed it, and the shipped ones beside a curator's."""

from typing import Any

import pytest
from django.core.management import call_command

from articles.models.synonyms import SynonymGroup, SynonymTerm
from articles.search.name_book import NameBook
from articles.search.names import LoadReport, load_shipped, name_book
from articles.search.shipped_names import ShippedGroup, read_shipped
from tests.factories import make_group

pytestmark = pytest.mark.django_db


def others(word: str) -> list[str]:
    found = name_book().known(word.split())
    return [name.text for name in found.names] if found else []


def test_an_archive_without_names_has_an_empty_book() -> None:
    assert not name_book()


def test_the_terms_of_a_group_are_names_of_each_other_in_its_order() -> None:
    make_group("داعش", "تنظيم الدولة", "ISIS")
    assert others("تنظيم الدولة") == ["داعش", "ISIS"]


def test_one_way_leads_from_the_sources() -> None:
    make_group("بوليس", "شرطة", kind="one_way", sources=1)
    assert (others("البوليس"), others("شرطة")) == (["شرطة"], [])


def test_words_are_known_in_all_their_forms_and_names_as_written() -> None:
    make_group("نفط", "بترول", kind="words")
    make_group("حماس", "حركة المقاومة الإسلامية")
    assert (others("النفط"), others("الحماس")) == (["بترول"], [])


def test_a_group_that_is_switched_off_is_left_out() -> None:
    group = make_group("داعش", "ISIS")
    assert others("داعش") == ["ISIS"]
    SynonymGroup.objects.filter(pk=group.pk).change(is_active=False)
    assert others("داعش") == []


def add_term(group: SynonymGroup) -> None:
    SynonymTerm.objects.create(group=group, text="Daesh", order=5)


def change_term(group: SynonymGroup) -> None:
    term = group.terms.get(text="ISIS")
    term.text = "Daesh"
    term.save()


def delete_term(group: SynonymGroup) -> None:
    group.terms.get(text="ISIS").delete()


def change_kind(group: SynonymGroup) -> None:
    group.kind = "one_way"
    group.save()
    first = group.terms.first()
    first.is_source = True
    first.save()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (add_term, ["تنظيم الدولة", "ISIS", "Daesh"]),
        (change_term, ["تنظيم الدولة", "Daesh"]),
        (delete_term, ["تنظيم الدولة"]),
        (change_kind, ["تنظيم الدولة", "ISIS"]),
        (SynonymGroup.delete, []),
    ],
)
def test_the_next_search_notices_every_change(change: Any, expected: list[str]) -> None:
    group = make_group("داعش", "تنظيم الدولة", "ISIS")
    assert others("داعش") == ["تنظيم الدولة", "ISIS"]
    change(group)
    assert others("داعش") == expected


def test_names_that_have_not_changed_cost_one_query(django_assert_num_queries: Any) -> None:
    make_group("داعش", "ISIS")
    book = name_book()
    with django_assert_num_queries(1):
        assert name_book() is book


def test_a_book_of_another_time_is_not_kept() -> None:
    make_group("داعش", "ISIS")
    assert isinstance(name_book(), NameBook)
    SynonymGroup.objects.all().delete()
    assert not name_book()


# The shipped names


def row(*terms: str, kind: str = "name", sources: int = 0) -> ShippedGroup:
    return ShippedGroup(kind, terms, sources)


def test_shipped_groups_are_added_once() -> None:
    shipped = [row("داعش", "ISIS"), row("بوليس", "شرطة", kind="one_way", sources=1)]
    assert load_shipped(shipped) == LoadReport(added=2)
    assert load_shipped(shipped) == LoadReport(kept=2)
    assert (others("داعش"), others("بوليس"), others("شرطة")) == (["ISIS"], ["شرطة"], [])


def test_a_group_that_nobody_edited_takes_over_a_newer_line() -> None:
    load_shipped([row("داعش", "ISIS")])
    assert load_shipped([row("داعش", "ISIL", "Daesh")]) == LoadReport(updated=1)
    assert others("داعش") == ["ISIL", "Daesh"]


def test_a_group_that_a_curator_edited_stays_as_it_is() -> None:
    load_shipped([row("داعش", "ISIS")])
    add_term(SynonymGroup.objects.get())
    assert load_shipped([row("داعش", "ISIL")]) == LoadReport(kept=1)
    assert others("داعش") == ["ISIS", "Daesh"]


def test_a_group_that_a_curator_turned_round_stays_as_it_is() -> None:
    load_shipped([row("بوليس", "شرطة", kind="one_way", sources=1)])
    for term in SynonymTerm.objects.all():
        term.is_source = not term.is_source
        term.save()
    assert load_shipped([row("بوليس", "أمن", kind="one_way", sources=1)]) == LoadReport(kept=1)
    assert (others("شرطة"), others("بوليس")) == (["بوليس"], [])


def test_a_group_that_a_curator_switched_off_stays_off() -> None:
    load_shipped([row("داعش", "ISIS")])
    SynonymGroup.objects.change(is_active=False)
    load_shipped([row("داعش", "ISIL")])
    assert others("داعش") == []


def test_a_curators_own_group_stands_beside_a_shipped_one() -> None:
    make_group("داعش", "الدواعش")
    load_shipped([row("داعش", "ISIS")])
    assert others("داعش") == ["الدواعش", "ISIS"]


def test_the_command_loads_the_whole_set_and_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    count = len(read_shipped())
    call_command("load_synonyms")
    call_command("load_synonyms")
    assert capsys.readouterr().out.splitlines() == [
        f"{count} groups added, 0 updated, 0 kept",
        f"0 groups added, 0 updated, {count} kept",
    ]
    assert "تنظيم الدولة" in others("داعش")
