"""The forms a part of a query stands for, with the visible articles that hold each; nothing of a draft."""

import pytest

from articles.search.engines.contract import Form, QueryTooCostly
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.forms import forms
from articles.search.syntax import Fuzzy, Level, Root, Wildcard, Word
from tests.search.engines.shelf import Shelf, article


def texts(shelf: Shelf, part: Word | Wildcard | Fuzzy | Root, count: int = 10) -> list[tuple[str, int]]:
    return [(form.text, form.count) for form in shelf.backend.forms(part, count=count)]


def test_the_forms_of_a_word_are_counted_by_article(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط نفط النفط"), article(2, body="النفط"))
    shelf.put(article(3, body="والنفط، النفط"))
    assert texts(shelf, Word("نفط", Level.STEM)) == [("النفط", 3), ("نفط", 1), ("والنفط", 1)]
    assert texts(shelf, Word("نفط", Level.STEM), count=1) == [("النفط", 3)]


def test_a_form_is_shown_as_most_articles_write_it(shelf: Shelf) -> None:
    shelf.put(
        article(1, body="الإعلان"), article(2, body="الإعْلان"), article(3, body="الاعلان الاعلان الاعلان")
    )
    [form] = shelf.backend.forms(Word("اعلان", Level.STEM), count=9)
    assert form == Form("الإعلان", "الاعلان", 3)


def test_nothing_of_a_draft_a_hidden_or_a_deleted_article_is_told(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط"), article(2, body="نفطكم", status="draft"), article(3, body="نفطهم"))
    shelf.put(article(4, body="نفطنا"))
    shelf.take(4)
    everything = shelf.backend.forms(Word("نفط", Level.STEM), count=9, hidden={3})
    assert everything == [Form("النفط", "النفط", 1)]
    for pattern in (Wildcard("نفط*"), Fuzzy("نفطكم", 2)):
        told = {form.text for form in shelf.backend.forms(pattern, count=9, hidden={3})}
        assert told <= {"النفط"}


def test_forms_that_are_excluded_are_not_told(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط نفط"))
    assert texts(shelf, Word("نفط", Level.STEM, without=("النفط",))) == [("نفط", 1)]


def test_a_word_that_is_not_stemmed_has_one_form(shelf: Shelf) -> None:
    shelf.put(article(1, body="أعلن"), article(2, body="اعلن أعلنت"), article(3, body="أعلن"))
    assert shelf.backend.forms(Word("اعلن", Level.NORMALISED), count=9) == [Form("أعلن", "اعلن", 3)]
    assert shelf.backend.forms(Word("اعلن", Level.LITERAL), count=9) == [Form("اعلن", "اعلن", 1)]
    assert shelf.backend.forms(Word("غائب", Level.LITERAL), count=9) == []
    assert shelf.backend.forms(Word("غائب", Level.STEM), count=9) == []


def test_the_forms_of_a_pattern_and_of_a_fuzzy_word_are_what_they_stand_for(shelf: Shelf) -> None:
    shelf.put(article(1, body="كتاب الكتابة"), article(2, body="كتاب كتب"))
    assert texts(shelf, Wildcard("كتا*")) == [("كتاب", 2), ("الكتابة", 1)]
    assert texts(shelf, Fuzzy("كتاب", 1)) == [("كتاب", 2), ("كتب", 1)]


def test_the_forms_of_a_root_are_words_that_have_it(shelf: Shelf) -> None:
    shelf.put(article(1, body="كتاب مكتبة"), article(2, body="مكتبة نفط"))
    assert texts(shelf, Root("كتب")) == [("مكتبة", 2), ("كتاب", 1)]
    assert texts(shelf, Root("زبد")) == []


def test_counting_ends_with_the_time(shelf: Shelf) -> None:
    shelf.put(article(1, body="النفط"))
    with pytest.raises(QueryTooCostly):
        forms(shelf.snapshot, Word("نفط", Level.STEM), Deadline(0), count=9)
