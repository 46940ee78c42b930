"""Larger collections out of a smaller one: the same every time, with words that grow as in real text."""

import math
from itertools import islice
from pathlib import Path

import pytest

from articles.models.article import Article
from tests.bench.loading import load
from tests.bench.resampling import Growth, Resampling, Sample, Small, Unseen, exponent, measured, of_nothing


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(islice(of_nothing(), 300), tmp_path)


def test_the_first_articles_are_those_of_the_small_collection(small: Small) -> None:
    [made], [given] = Resampling(small).articles(1), islice(of_nothing(), 1)
    assert (made.title, made.body.split()) == (given.title, given.body.split())


def test_a_smaller_size_is_the_beginning_of_a_larger_one(small: Small) -> None:
    assert list(Resampling(small).articles(320)) == list(Resampling(small).articles(400))[:320]


def test_another_seed_makes_other_articles(small: Small) -> None:
    assert list(Resampling(small, 1).articles(310))[300:] != list(Resampling(small, 2).articles(310))[300:]


def test_words_grow_with_the_exponent_that_was_aimed_at(small: Small) -> None:
    small.growth = Growth(small.growth.tokens, small.growth.words, 0.6)
    (_number, tokens, before), (_last, more, after) = measured(Resampling(small).articles(2400), [300, 2400])
    assert math.log(after / before) / math.log(more / tokens) == pytest.approx(0.6, abs=0.06)


def test_a_replaced_token_is_the_same_word_whenever_it_is_asked_for() -> None:
    growth = Growth(tokens=1000, words=400, exponent=0.6)
    asked, again = Unseen(["كتاب", "مدرسة"], growth), Unseen(["كتاب", "مدرسة"], growth)
    forward = [asked.token(number) for number in range(200)]
    assert [again.token(number) for number in reversed(range(200))] == forward[::-1]
    assert len(set(forward)) < 200


def test_the_exponent_is_that_of_the_second_half() -> None:
    assert exponent([(tokens, int(10 * tokens**0.5)) for tokens in range(100, 10_001, 100)]) == pytest.approx(
        0.5, abs=0.01
    )


@pytest.mark.django_db
def test_articles_are_loaded_as_an_import_would_store_them() -> None:
    stored = load(
        [Sample("خبر", "متن الخبر", "صحيفة الأفق", "سعاد", "2015-07-21"), Sample("آخر", "نص", "", "", "")]
    )
    first, second = Article.objects.visible().needing_index().order_by("pk")
    assert stored == 2
    assert (first.source and first.source.name, str(first.published_on)) == ("صحيفة الأفق", "2015-07-21")
    assert second.published_on is None
