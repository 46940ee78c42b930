"""The baseline: BM25 over light10 stems, made of the postings of normalised words."""

import numpy as np
import pytest

from articles.arabic.analysis import LIGHT10
from articles.search.engines import schema
from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import baseline
from articles.search.engines.whoosh.baseline import UnsupportedQuery
from articles.search.engines.whoosh.evaluation import bm25
from articles.search.engines.whoosh.postings import Postings
from articles.search.syntax import And, Expanded, FieldName, In, Node, Nothing, Or, Phrase, Word
from tests.search.engines.shelf import Shelf, article

SOON = 60.0  # seconds from now


def answered(shelf: Shelf, tree: Node, seconds: float = SOON) -> dict[int, float]:
    """The scores of what is found, by key."""
    snapshot = shelf.snapshot
    answer = baseline.answer(snapshot, tree, Deadline(seconds))
    documents = np.nonzero(answer.mask & snapshot.live)[0]
    return dict(
        zip(snapshot.numbers[schema.KEY][documents].tolist(), answer.scores[documents].tolist(), strict=True)
    )


def test_all_forms_of_a_light10_stem_count_as_one_word(shelf: Shelf) -> None:
    shelf.put(
        article(1, "", "كتاب والكتاب بالكتاب ماء"),
        article(2, "", "ماء ماء ماء ماء"),
        article(3, "", "كتابها"),
    )
    assert LIGHT10("بالكتاب") == LIGHT10("كتابها") == LIGHT10("كتاب")
    found = answered(shelf, Word("الكتاب"))
    listed = Postings(np.array([0, 2]), np.array([3.0, 1.0], dtype=np.float32))
    expected = bm25(shelf.snapshot, schema.EXACT, listed).tolist()
    assert found == pytest.approx({1: expected[0], 3: expected[1]})


def test_a_title_weighs_no_more_than_a_body(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط", "ماء"), article(2, "ماء", "نفط"))
    found = answered(shelf, Word("نفط"))
    assert found[1] == found[2] > 0


def test_any_of_the_words_finds_more_than_all_of_them(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"), article(2, "نفط", "ماء"))
    words = (Word("نفط"), Word("ماء"))
    assert set(answered(shelf, Or(words))) == {1, 2}
    assert set(answered(shelf, And(words))) == {2}


def test_a_body_is_looked_in_without_its_title(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط", "ماء"), article(2, "نفط", "نفط"))
    assert set(answered(shelf, In(FieldName.BODY, Word("نفط")))) == {2}
    assert set(answered(shelf, In(FieldName.TITLE, Word("ماء")))) == set()


def test_other_names_of_a_word_are_not_looked_for(shelf: Shelf) -> None:
    shelf.put(article(1, "داعش"), article(2, "تنظيم الدولة"))
    named = Expanded(Word("داعش"), (Phrase(("تنظيم", "الدولة")),))
    assert answered(shelf, named) == answered(shelf, Word("داعش"))


def test_a_word_that_no_article_has_finds_nothing(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    assert answered(shelf, Word("قمح")) == answered(shelf, Nothing()) == {}


def test_other_questions_than_words_are_refused(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    with pytest.raises(UnsupportedQuery, match="cannot rank Phrase, only words"):
        answered(shelf, Phrase(("نفط",)))


def test_it_stops_when_its_time_is_spent(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    with pytest.raises(QueryTooCostly):
        answered(shelf, Word("نفط"), seconds=-5)
