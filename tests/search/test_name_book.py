"""Other names are found where they stand in a query: as written, with what clings to them, and no further."""

import pytest

from articles.search.name_book import NameBook, NameGroup, with_clitics

BOOK = NameBook(
    [
        NameGroup(("داعش", "تنظيم الدولة", "الدولة الإسلامية", "تنظيم الدولة الإسلامية", "ISIS")),
        NameGroup(("الإمارات", "الإمارات العربية المتحدة", "UAE")),
        NameGroup(("حماس", "حركة المقاومة الإسلامية")),
        NameGroup(("روسيا", "الاتحاد الروسي")),
        NameGroup(("بروسيا", "مملكة بروسيا")),
        NameGroup(("نفط", "بترول"), are_names=False),
        NameGroup(("سلاح كيماوي", "سلاح كيميائي محرم"), are_names=False),
        NameGroup(("بوليس", "شرطة", "أمن"), sources=("بوليس",), are_names=False),
        NameGroup(("نفط", "ذهب أسود"), sources=("نفط",), are_names=False),
    ]
)


def known(query: str) -> tuple[int, list[str]] | None:
    found = BOOK.known(query.split())
    return (found.length, [name.text for name in found.names]) if found else None


@pytest.mark.parametrize(
    "query",
    [
        "الدولة الإسلامية",
        "الدوله الاسلاميه",
        "والدولة الإسلامية",
        "للدولة الإسلامية",
        "وبالدولة الإسلامية هنا",
    ],
)
def test_a_name_is_found_in_any_spelling_and_with_what_clings_to_it(query: str) -> None:
    assert known(query) == (2, ["داعش", "تنظيم الدولة", "تنظيم الدولة الإسلامية", "ISIS"])


@pytest.mark.parametrize(
    "query",
    [
        "دولة إسلامية",
        "الدول الإسلامية",
        "الدولة والإسلامية",
        "الدولة",
        "إمارات",
        "الحماس",
        "الحماسة",
        "تنظيم القاعدة",
    ],
)
def test_a_name_is_not_found_in_words_that_are_like_it(query: str) -> None:
    assert known(query) is None


def test_the_longest_name_is_found() -> None:
    assert known("تنظيم الدولة الإسلامية في العراق") == (
        3,
        ["داعش", "تنظيم الدولة", "الدولة الإسلامية", "ISIS"],
    )
    assert known("الإمارات العربية") == (1, ["الإمارات العربية المتحدة", "UAE"])


def test_a_word_is_a_name_of_its_own_before_it_is_another_with_something_before_it() -> None:
    assert known("بروسيا") == (1, ["مملكة بروسيا"])
    assert known("لروسيا") == (1, ["الاتحاد الروسي"])


def test_latin_names_are_found_in_capitals_or_not() -> None:
    assert known("isis") == (1, ["داعش", "تنظيم الدولة", "الدولة الإسلامية", "تنظيم الدولة الإسلامية"])


@pytest.mark.parametrize("query", ["نفط", "النفط", "والنفط"])
def test_words_are_found_in_all_their_forms_with_the_names_of_every_group(query: str) -> None:
    assert known(query) == (1, ["بترول", "ذهب أسود"])


def test_several_words_are_found_in_all_their_forms() -> None:
    assert known("السلاح الكيماوي") == (2, ["سلاح كيميائي محرم"])


def test_one_way_leads_from_its_sources_only() -> None:
    assert known("البوليس") == (1, ["شرطة", "أمن"])
    assert known("الشرطة") is None


def test_a_group_without_words_or_others_is_no_name() -> None:
    assert not NameBook([NameGroup(("؟", "!")), NameGroup(("داعش", "داعِش"))])


def test_what_clings_to_a_name_keeps_it_a_name() -> None:
    book = NameBook([NameGroup(("الإمارات", "UAE"))])
    assert all(book.known([form]) for form in with_clitics("الامارات"))
