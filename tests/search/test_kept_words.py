"""Words that are searched as they stand: in force at once, found with what clings to them, and marked alike."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import STEM, SURFACE
from articles.models.stem_exceptions import StemException
from articles.search.expansion import expand
from articles.search.kept_words import ARTICLE, KeptWord, KeptWords, forms_of
from articles.search.name_book import NameBook, NameGroup
from articles.search.names import name_book
from articles.search.request import SearchRequest
from articles.search.results import SearchPage
from articles.search.searching import search
from articles.search.syntax import Expanded, FieldName, In, Level, Not, Phrase, Word
from tests.conftest import Archive
from tests.factories import make_kept_word

SYRIA = "سوريا"


def titles(page: SearchPage) -> set[str]:
    return {hit.title_text for hit in page.hits}


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        (KeptWord("هدى"), ["هدى", "وهدى", "لهدى", "فبهدى", "هدي"]),
        (KeptWord("الحياة"), ["الحياة", "والحياه", "للحياة", "وبالحياة"]),
        (KeptWord("اللواء"), ["اللواء", "للواء", "باللواء"]),
        (KeptWord("محمد"), ["محمد", "محمداً", "بمحمد"]),
        (KeptWord("كتاب", is_name=False), ["كتاب", "الكتاب", "للكتاب", "كتابهم", "وكتابه", "كتاباً"]),
        (KeptWord("حياة", is_name=False), ["حياته", "الحياة", "لحياتنا"]),
        (KeptWord("هدى", is_name=False), ["هداهم", "الهدى"]),
        (KeptWord("يكتب", is_name=False), ["سيكتب", "وسيكتبها"[:-2], "فيكتب"]),
    ],
)
def test_a_kept_word_is_recognised_with_what_clings_to_it(kept: KeptWord, typed: list[str]) -> None:
    words = KeptWords([kept])
    assert [words.found(word) for word in typed] == [kept] * len(typed)


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        (KeptWord("هدى"), ["هداية", "هادي", "الهدى", "هداهم", "هد"]),
        (KeptWord("الحياة"), ["حياة", "حياته", "حي"]),
        (KeptWord("كتاب", is_name=False), ["كتب", "كاتب", "مكتوب", "كتابة"]),
    ],
)
def test_other_words_are_not_taken_for_it(kept: KeptWord, typed: list[str]) -> None:
    words = KeptWords([kept])
    assert [words.forms(word) for word in typed] == [()] * len(typed)


@settings(deadline=None, max_examples=50)
@given(st.text("ابتهديورلكمن", min_size=2, max_size=9), st.sampled_from(["", "ة", "ى"]), st.booleans())
def test_every_form_leads_back_to_the_word(word: str, ending: str, is_name: bool) -> None:
    word += ending
    assume(word != ARTICLE)  # which the desk refuses
    kept = KeptWord(word, is_name)
    words = KeptWords([kept])
    assert forms_of(kept)[0] == SURFACE(word)
    assert all(words.found(form) for form in forms_of(kept))


def test_an_empty_book_changes_no_query() -> None:
    assert expand(Word("هدى"), Level.STEM, NameBook()).tree == Word("هدى", Level.STEM)


def test_the_forms_stand_in_the_place_of_the_stem_and_the_reading_tells_of_it() -> None:
    expansion = expand(Word("لهدى"), Level.SYNONYMS, NameBook(kept=[KeptWord("هدى")]))
    assert isinstance(expansion.tree, Word)
    assert "وهدي" in expansion.tree.only
    assert expansion.kept == ("لهدى",)


@pytest.mark.parametrize("level", [Level.LITERAL, Level.NORMALISED])
def test_a_stricter_level_needs_no_exception(level: Level) -> None:
    expansion = expand(Word("هدى"), level, NameBook(kept=[KeptWord("هدى")]))
    assert (expansion.tree, expansion.kept) == (Word("هدى", level), ())


def test_what_is_quoted_or_a_name_of_a_source_stays_as_it_was() -> None:
    book = NameBook(kept=[KeptWord("الحياة")])
    for tree in (Phrase(("الحياة",)), In(FieldName.SOURCE, Word("الحياة"))):
        assert expand(tree, Level.STEM, book).kept == ()


def test_what_is_excluded_is_kept_too() -> None:
    tree = expand(Not(Word("هدى")), Level.STEM, NameBook(kept=[KeptWord("هدى")])).tree
    assert isinstance(tree, Not)
    assert isinstance(tree.part, Word)
    assert tree.part.only


def test_a_kept_word_has_its_other_names_and_one_of_its_own_stem_among_them() -> None:
    groups = [NameGroup((SYRIA, "سورية", "الشام"))]
    plain = expand(Word(SYRIA), Level.SYNONYMS, NameBook(groups))
    kept = expand(Word(SYRIA), Level.SYNONYMS, NameBook(groups, [KeptWord(SYRIA)]))
    assert [also.name for also in kept.also] == ["سورية", "الشام"]
    assert set(plain.also) <= set(kept.also)
    assert isinstance(kept.tree, Expanded)


def test_a_form_that_the_reader_dropped_stays_dropped() -> None:
    tree = expand(Word("هدى"), Level.STEM, NameBook(kept=[KeptWord("هدى")]), dropped=["وهدى"]).tree
    assert isinstance(tree, Word)
    assert tree.without == ("وهدي",)


def test_a_word_apart_is_not_found_by_others_of_its_stem() -> None:
    assert STEM("سوري") == STEM(SYRIA)
    both = KeptWords([KeptWord(SYRIA, is_apart=True)])
    assert "بسوريا" in both.kept_from("سوري")
    assert KeptWords([KeptWord(SYRIA)]).kept_from("سوري") == ()


# In an archive


@pytest.fixture
def damascus(archive: Archive) -> Archive:
    archive.add("زار سوريا", "وصل إلى سوريا ثم عاد من سوريا")
    archive.add("لسوريا", "مساعدات لسوريا")
    archive.add("وزير سوري", "قال مسؤول سوري")
    archive.add("السوريون", "عاد السوريون")
    archive.index()
    return archive


def test_a_word_is_kept_and_stemmed_again_without_indexing(damascus: Archive) -> None:
    before = titles(search(SearchRequest(SYRIA)))
    assert "وزير سوري" in before
    row = make_kept_word(SYRIA)
    page = search(SearchRequest(SYRIA))
    assert titles(page) == {"زار سوريا", "لسوريا"}
    assert "تُبحث كما هي" in page.query.messages[0].text
    row.is_active = False
    row.save()
    assert titles(search(SearchRequest(SYRIA))) == before


def test_the_ladder_counts_what_each_level_finds_then(damascus: Archive) -> None:
    make_kept_word(SYRIA)
    steps = {step.level: step.total for step in search(SearchRequest(SYRIA)).ladder}
    assert steps == {Level.LITERAL: 1, Level.NORMALISED: 1, Level.STEM: 2, Level.SYNONYMS: 2}


def test_marks_and_reasons_agree_with_what_is_found(damascus: Archive) -> None:
    make_kept_word(SYRIA)
    hits = {hit.title_text: hit for hit in search(SearchRequest(SYRIA)).hits}
    assert [piece.text for piece in hits["لسوريا"].title if piece.matched] == ["لسوريا"]
    assert {reason.kind for reason in hits["لسوريا"].reasons} == {"kept"}
    assert {reason.kind for reason in hits["زار سوريا"].reasons} == {"literal"}


def test_the_forms_listed_are_those_that_are_found(damascus: Archive) -> None:
    make_kept_word(SYRIA)
    (forms,) = search(SearchRequest(SYRIA)).forms
    assert {form.text for form in forms.forms} == {SYRIA, "لسوريا"}


def test_apart_other_words_of_the_stem_do_not_find_it(damascus: Archive) -> None:
    assert "زار سوريا" in titles(search(SearchRequest("سوري")))
    make_kept_word(SYRIA, is_apart=True)
    page = search(SearchRequest("سوري"))
    assert titles(page) == {"وزير سوري", "السوريون"}
    assert not [message for message in page.query.messages if message.code == "kept_word"]
    assert all(SYRIA not in form.text for word in page.forms for form in word.forms)


@pytest.mark.parametrize("query", ["العنوان:سوريا", "المتن:سوريا", "المقدمة:سوريا"])
def test_a_field_is_searched_alike(damascus: Archive, query: str) -> None:
    make_kept_word(SYRIA)
    assert titles(search(SearchRequest(query))) == {"زار سوريا", "لسوريا"}


def test_words_near_each_other_and_several_times_are_found_alike(damascus: Archive) -> None:
    make_kept_word(SYRIA)
    assert titles(search(SearchRequest("وصل NEAR/3 سوريا"))) == {"زار سوريا"}
    assert titles(search(SearchRequest("مساعدات NEAR/3 سوريا"))) == {"لسوريا"}


def test_another_process_sees_the_change_with_its_next_search(
    damascus: Archive, django_assert_num_queries: Callable[..., object]
) -> None:
    name_book()
    with django_assert_num_queries(1):
        assert not name_book()
    StemException.objects.bulk_create([StemException(word=SYRIA, key=SURFACE(SYRIA))])
    assert name_book().kept.found(SYRIA)
    StemException.objects.filter(word=SYRIA).change(is_active=False)
    assert not name_book()


@pytest.mark.django_db(transaction=True)
def test_another_connection_sees_it(index_folder: object) -> None:
    make_kept_word(SYRIA)
    found: list[bool] = []

    def look() -> None:
        found.append(name_book().kept.found(SYRIA) is not None)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [True]
