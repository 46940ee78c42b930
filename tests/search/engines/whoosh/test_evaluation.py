"""How a tree is evaluated: words by their stems, phrases by the words as written, each in its field."""

from datetime import date

import pytest

from articles.search.engines.whoosh import expansions
from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    FieldName,
    In,
    Not,
    Or,
    Phrase,
    Wildcard,
    Word,
)
from tests.search.engines.shelf import Shelf, article


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("اعلن", "أَعْلَنَ"),
        ("الى", "إلى"),
        ("المقاتلون", "مقاتليه"),
        ("الامريكية", "الأمريكيّة"),
        ("٢٠١٤", "2014"),
        ("2014", "٢٠١٤"),
        ("reuters", "Reuters"),
        ("قتل", "قٌتل"),
        ("محمد", "محـــمد"),
        ("و", "و"),
    ],
)
def test_a_word_is_found_however_it_is_written(shelf: Shelf, typed: str, printed: str) -> None:
    shelf.put(article(1, body=f"قبل {printed} بعد"), article(2, body="قبل بعد"))
    assert shelf.keys(Word(typed)) == {1}


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("رئيس", "الوزراء"), "رئيس الوزراء العراقي", True),
        (("رئيس", "الوزراء"), "رئيسُ الوزراءِ", True),
        (("رئيس", "الوزراء"), "«رئيس» الوزراء", True),
        (("رئيس", "الوزراء"), "رئيس مجلس الوزراء", False),
        (("رئيس", "الوزراء"), "الوزراء رئيس", False),
        (("رئيس", "وزراء"), "رئيس الوزراء", False),
        (("نفط", "نفط"), "نفط", False),
        (("نفط", "نفط"), "نفط نفط", True),
        (("نفط", "غاز", "نفط"), "نفط غاز نفط غاز", True),
        (("نفط", "نفط", "غاز"), "نفط غاز نفط", False),
    ],
)
def test_a_phrase_is_its_words_one_after_the_other(
    shelf: Shelf, words: tuple[str, ...], text: str, found: bool
) -> None:
    shelf.put(article(1, body=text))
    assert shelf.keys(Phrase(words)) == ({1} if found else set())


def test_no_phrase_runs_from_a_title_into_its_body(shelf: Shelf) -> None:
    shelf.put(article(1, title="اجتماع رئيس", body="الوزراء يجتمعون"))
    assert shelf.keys(Phrase(("رئيس", "الوزراء"))) == set()
    assert shelf.keys(And((Word("رئيس"), Word("الوزراء")))) == {1}


def test_a_word_in_a_field_is_looked_for_there_alone(shelf: Shelf) -> None:
    shelf.put(
        article(1, title="نفط", body="قمح", source="alufuq", author="منى كريم"),
        article(2, title="قمح", body="نفط"),
    )
    assert shelf.keys(In(FieldName.TITLE, Word("نفط"))) == {1}
    assert shelf.keys(In(FieldName.TITLE, Phrase(("قمح",)))) == {2}
    assert shelf.keys(In(FieldName.AUTHOR, Word("مني"))) == {1}
    assert shelf.keys(In(FieldName.SOURCE, Word("alufuq"))) == {1}
    assert shelf.keys(In(FieldName.SOURCE, Word("نفط"))) == set()
    assert shelf.keys(In(FieldName.TITLE, Wildcard("نف*"))) == {1}


def test_a_name_is_not_stemmed(shelf: Shelf) -> None:
    shelf.put(article(1, author="هاني"), article(2, author="هان"))
    assert shelf.keys(In(FieldName.AUTHOR, Word("هان"))) == {2}


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2015-07-01", "2015-07-31", {1, 2}),
        ("2015-07-21", "2015-07-21", {1}),
        ("2015-01-01", "2015-12-31", {1, 2, 3}),
        ("2015-07-02", None, {1}),
        (None, "2015-07-30", {1}),
        (None, None, {1, 2, 3}),
        ("2016-01-01", "2015-01-01", set()),
    ],
)
def test_a_partial_date_is_in_a_range_that_holds_all_it_may_mean(
    shelf: Shelf, start: str | None, end: str | None, found: set[int]
) -> None:
    shelf.put(
        article(1, published_on="2015-07-21"),
        article(2, published_on="2015-07"),
        article(3, published_on="2015"),
        article(4),
    )
    range_ = DateRange(start and date.fromisoformat(start), end and date.fromisoformat(end))
    assert shelf.keys(range_) == found


def test_a_date_range_is_not_confined_to_a_field(shelf: Shelf) -> None:
    shelf.put(article(1, published_on="2015"))
    assert shelf.keys(In(FieldName.TITLE, DateRange(date(2015, 1, 1), None))) == {1}


def test_not_alone_finds_all_the_others(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط"), article(2, title="قمح"))
    assert shelf.keys(Not(Word("نفط"))) == {2}
    assert shelf.keys(Not(Not(Word("نفط")))) == {1}
    assert shelf.keys(And((Everything(), Not(Word("قمح"))))) == {1}


def test_an_unknown_word_does_not_spoil_an_or(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط"))
    assert shelf.keys(Or((Word("نفط"), Word("ﻻوجودله")))) == {1}
    assert shelf.keys(And((Word("نفط"), Word("ﻻوجودله")))) == set()


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("قتا*", {1}),
        ("?تال", {1}),
        ("*تال", {1}),
        ("ق*ل", {1, 2}),
        ("قت?", {2}),
        ("قتل*", {2}),
        ("[ق]تل", set()),
    ],
)
def test_a_pattern_is_matched_letter_for_letter(shelf: Shelf, pattern: str, found: set[int]) -> None:
    shelf.put(article(1, body="قتال"), article(2, body="قتل"))
    assert shelf.keys(Wildcard(pattern)) == found


def test_a_pattern_may_be_typed_with_its_hamzas_and_marks(shelf: Shelf) -> None:
    shelf.put(article(1, body="أَعْلَنَت"))
    assert shelf.keys(Wildcard("أعْل*")) == {1}


def test_a_pattern_that_stands_for_too_many_words_is_told(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 2)
    shelf.put(*(article(key, body=f"كلمة{letter}") for key, letter in enumerate("ابتث", start=1)))
    found = shelf.find(Wildcard("كلمه*"))
    assert (set(found.keys), found.capped) == (
        {1, 2},
        ("كلمه*",),
    )  # as frequent as the others
    assert shelf.find(Wildcard("كلمها*")).capped == ()


def test_words_of_several_segments_are_expanded_together(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansions, "MAX_EXPANSIONS", 3)
    for key, letter in enumerate("ابت", start=1):
        shelf.put(article(key, body=f"كلمة{letter}"))
    assert shelf.keys(Wildcard("كلم*")) == {1, 2, 3}


def test_the_spelling_asked_for_comes_first(shelf: Shelf) -> None:
    shelf.put(article(1, body="مقاتلين في المدينة"), article(2, body="المقاتلون في المدينة"))
    assert shelf.find(Word("المقاتلون")).keys == (2, 1)


def test_a_title_counts_more_than_a_body(shelf: Shelf) -> None:
    shelf.put(article(1, title="قمح", body="نفط"), article(2, title="نفط", body="قمح"))
    assert shelf.find(Word("نفط")).keys == (2, 1)


def test_scores_are_never_negative_even_where_every_article_holds_the_word(shelf: Shelf) -> None:
    shelf.put(*(article(key, title="نفط") for key in range(1, 5)))
    assert min(shelf.find(Word("نفط")).scores) > 0


def test_deleted_documents_are_found_by_no_part_of_a_tree(shelf: Shelf) -> None:
    shelf.put(article(1, title="نفط"), article(2, title="نفط"), article(3, title="قمح"))
    shelf.take(1)
    for tree in (Word("نفط"), Not(Word("قمح")), Wildcard("نف*"), Phrase(("نفط",))):
        assert shelf.keys(tree) == {2}
