"""Rescoring: it raises the best hits by what they share with the query, and keeps everything else where it was."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engines import schema
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh import ranking
from articles.search.engines.whoosh.evaluation import Evaluation
from articles.search.engines.whoosh.ranking import asked_words, recent, rescored
from articles.search.syntax import (
    And,
    AtLeast,
    Everything,
    Expanded,
    FieldName,
    In,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Wildcard,
    Word,
)
from tests.search.engines.shelf import Shelf, article, temporary_shelf
from tests.search.engines.whoosh import archives

SOON = 60.0  # seconds from now


def scored(shelf: Shelf, tree: Node) -> tuple[np.ndarray, np.ndarray]:
    """The documents that match and the scores they have before rescoring."""
    answer = Evaluation(shelf.snapshot, Deadline(SOON)).answer(tree)
    documents = np.nonzero(answer.mask & shelf.snapshot.live)[0]
    return documents, answer.scores[documents]


def raised(shelf: Shelf, tree: Node, *, seconds: float = SOON) -> dict[int, float]:
    """By the keys of the hits what rescoring adds to their scores."""
    documents, scores = scored(shelf, tree)
    after = rescored(shelf.snapshot, tree, documents, scores, Deadline(seconds)).scores
    keys = shelf.snapshot.numbers[schema.KEY][documents]
    return dict(zip(keys.tolist(), (after - scores).tolist(), strict=True))


def words(*texts: str) -> Or:
    return Or(tuple(map(Word, texts)))


def texts(tree: Node) -> list[str]:
    return [asked.text for asked in asked_words(tree)]


# Which words count


def test_words_and_quoted_words_are_asked_for_in_order() -> None:
    assert texts(And((Word("نفط"), Phrase(("سوق", "حرة")), Or((Word("قمح"), Word("ماء")))))) == [
        "نفط",
        "سوق",
        "حرة",
        "قمح",
        "ماء",
    ]


def test_what_is_excluded_is_not_asked_for() -> None:
    assert texts(And((Word("نفط"), Not(Word("غاز"))))) == ["نفط"]


def test_other_names_are_not_asked_for() -> None:
    assert texts(Expanded(Word("داعش"), (Phrase(("تنظيم", "الدولة")),))) == ["داعش"]


def test_patterns_have_no_word_to_ask_for() -> None:
    assert texts(And((Wildcard("نف*"), Everything()))) == []


def test_parts_of_a_nearness_and_of_a_count_are_asked_for() -> None:
    assert texts(And((Near((Word("نفط"), Word("سعر")), 5), AtLeast(2, Word("ماء"))))) == ["نفط", "سعر", "ماء"]


def test_the_innermost_field_holds() -> None:
    tree = And((In(FieldName.TITLE, Word("نفط")), Word("سعر")))
    assert [asked.field for asked in asked_words(tree)] == [FieldName.TITLE, None]


# What is raised


def test_the_form_that_was_asked_for_is_raised_above_other_forms(shelf: Shelf) -> None:
    shelf.put(article(1, body="مقاتلون في المدينة"), article(2, body="مقاتلين في المدينة"))
    added = raised(shelf, Word("مقاتلون"))
    assert added[1] > added[2] > 0


def test_words_side_by_side_are_raised_above_near_ones_and_these_above_scattered_ones(shelf: Shelf) -> None:
    gap = "ثم قال كلاماً كثيراً وطويلاً جداً حول أمور أخرى غير هذه"
    shelf.put(
        article(1, body=f"سعر النفط {gap}"),
        article(2, body=f"سعر برميل النفط {gap}".replace(" هذه", "")),
        article(3, body=f"سعر {gap} النفط"),
    )
    added = raised(shelf, words("سعر", "النفط"))
    assert added[1] > added[2] > added[3] > 0


def test_no_pair_reaches_from_a_title_into_a_body(shelf: Shelf) -> None:
    shelf.put(article(1, "سعر", "النفط"), article(2, "", "سعر النفط"))
    added = raised(shelf, words("سعر", "النفط"))
    assert added[2] > added[1]


def test_no_pair_reaches_from_an_article_into_the_next(shelf: Shelf) -> None:
    shelf.put(
        article(1, "", "قمح سعر"), article(2, "", "نفط ماء"), article(3, "", "نفط"), article(4, "", "سعر")
    )
    added = raised(shelf, words("سعر", "نفط"))
    assert added[1] < added[4]  # longer, and no pair
    assert added[2] < added[3]


def test_a_word_looked_for_in_the_title_is_not_raised_by_the_body(shelf: Shelf) -> None:
    shelf.put(article(1, "النفط"), article(2, "نفطي", "النفط النفط النفط النفط"))
    added = raised(shelf, In(FieldName.TITLE, Word("النفط")))
    assert added[1] > added.get(2, 0.0)


def test_a_word_looked_for_in_the_body_is_not_raised_by_the_title(shelf: Shelf) -> None:
    shelf.put(article(1, "سعر النفط", "سعر وماء ونفط"), article(2, "قمح", "سعر وماء ونفط"))
    added = raised(shelf, And((In(FieldName.BODY, Word("سعر")), In(FieldName.BODY, Word("النفط")))))
    assert added[1] == pytest.approx(added[2])


def test_names_of_sources_raise_nothing(shelf: Shelf) -> None:
    shelf.put(article(1, "الأفق", source="الأفق"))
    assert raised(shelf, In(FieldName.SOURCE, Word("الأفق"))) == {1: 0.0}


def test_a_query_without_words_leaves_the_scores_as_they_are(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    assert raised(shelf, Everything()) == {1: 0.0}


def test_a_word_that_is_asked_for_twice_is_no_pair_with_itself(shelf: Shelf) -> None:
    shelf.put(article(1, body="نفط نفط"))
    assert raised(shelf, And((Word("نفط"), Word("نفط")))) == pytest.approx(raised(shelf, Word("نفط")))


def test_only_the_best_are_raised(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "RESCORED", 2)
    shelf.put(*(article(key, body="نفط " * key + "ماء " * (9 - key)) for key in range(1, 6)))
    added = raised(shelf, Word("نفط"))
    assert {key for key, more in added.items() if more} == {4, 5}


def test_of_equally_good_hits_the_newest_are_raised(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "RESCORED", 2)
    dates = ["2015-07-21", "2016-01-02", "2014", "2015-07-21"]
    shelf.put(*(article(key, "نفط", published_on=day) for key, day in enumerate(dates, start=1)))
    assert {key for key, more in raised(shelf, Word("نفط")).items() if more} == {2, 4}


def test_nothing_is_raised_when_the_time_is_nearly_spent(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    assert raised(shelf, Word("نفط"), seconds=0.001) == {1: 0.0}


def test_the_scores_that_were_given_are_not_changed(shelf: Shelf) -> None:
    shelf.put(article(1, "نفط"))
    documents, scores = scored(shelf, Word("نفط"))
    before = scores.copy()
    rescored(shelf.snapshot, Word("نفط"), documents, scores, Deadline(SOON))
    assert scores.tolist() == before.tolist()


@settings(deadline=None, max_examples=50)
@given(commits=archives.commits, tree=archives.trees, best=st.integers(1, 4))
def test_no_hit_falls_behind_one_that_was_not_rescored(commits: list[Any], tree: Any, best: int) -> None:
    with temporary_shelf() as shelf, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "RESCORED", best)
        for commit in commits:
            shelf.put(*archives.articles_of(commit))
        if not any(commits):
            return
        documents, scores = scored(shelf, tree)
        after = rescored(shelf.snapshot, tree, documents, scores, Deadline(SOON)).scores
        rest = (
            np.setdiff1d(np.arange(len(documents)), ranking.best_places(shelf.snapshot, documents, scores))
            if len(documents)
            else []
        )
        changed = np.setdiff1d(np.arange(len(documents)), rest)
        assert (after[rest] == scores[rest]).all()
        assert not len(rest) or after[changed].min() >= after[rest].max()


# Age


def aged(shelf: Shelf) -> dict[int, float]:
    """By the keys what is left of a score of 1."""
    documents = np.nonzero(shelf.snapshot.live)[0]
    left = recent(shelf.snapshot, documents, np.ones(len(documents), dtype=np.float32))
    return dict(zip(shelf.snapshot.numbers[schema.KEY][documents].tolist(), left.tolist(), strict=True))


def test_the_newest_article_keeps_its_score_and_age_takes_half_at_most(shelf: Shelf) -> None:
    dates = {1: "2016-07-21", 2: "2015-07-22", 3: "1950", 4: None}
    shelf.put(*(article(key, published_on=day) for key, day in dates.items()))
    left = aged(shelf)
    assert left[1] == 1.0
    assert left[2] == pytest.approx(0.75, abs=0.005)  # a year old: half of the half that age can take
    assert left[3] == pytest.approx(0.5, abs=0.005)
    assert left[4] == 0.5


def test_an_unknown_day_counts_as_the_beginning_of_its_month(shelf: Shelf) -> None:
    shelf.put(
        article(1, published_on="2015-07-01"),
        article(2, published_on="2015-07"),
        article(3, published_on="2015"),
    )
    left = aged(shelf)
    assert left[1] >= left[2] > left[3] > 0.5


def test_an_archive_without_dates_ages_all_alike(shelf: Shelf) -> None:
    shelf.put(article(1), article(2))
    assert set(aged(shelf).values()) == {0.5}
