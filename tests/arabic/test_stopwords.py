import pytest

from articles.arabic.datafiles import read_rows
from articles.arabic.normalization import normalize
from articles.arabic.stopwords import STOPWORDS, is_stopword


@pytest.mark.parametrize("word", ["في", "إلى", "الى", "على", "من", "هذا", "التي", "هو", "كان", "أن", "ثم"])
def test_a_function_word_is_a_stopword(word):
    assert is_stopword(word)


@pytest.mark.parametrize("word", ["ومن", "فهو", "بأن", "لأن", "كأن", "وبأن", "لهذا", "كذلك", "ولكن", "لقد"])
def test_clitics_do_not_hide_a_function_word(word):
    assert is_stopword(word)


@pytest.mark.parametrize("word", ["إِلَى", "الـتـي", "هٰذا", "ﻓﻲ", "عل\u200dى", "علی"])
def test_spelling_does_not_hide_a_function_word(word):
    assert is_stopword(word)


@pytest.mark.parametrize(
    "word",
    ["بغداد", "العراق", "ولد", "بحث", "كتاب", "لبنان", "وزير", "فريق", "منى", "عمان", "2014", "the", ""],
)
def test_a_content_word_is_no_stopword(word):
    assert not is_stopword(word)


@pytest.mark.parametrize("word", ["ولي", "ولاية", "فهم", "فلك", "فتحت", "فعلي"])
def test_a_content_word_that_looks_like_clitic_and_function_word_is_no_stopword(word):
    assert not is_stopword(word)


def test_stopwords_are_kept_as_the_surface_level_spells_them():
    assert [word for word in STOPWORDS if normalize(word) != word] == []


def test_every_exception_is_needed():
    rows = read_rows("stopwords.txt")
    behind_clitics = {normalize(letter + row[0]) for row in rows for letter in ("و", "ف", *row[1:])}
    behind_both = {
        normalize(first + second + row[0]) for row in rows for second in row[1:] for first in ("و", "ف")
    }
    exceptions = {normalize(word) for word, *_ in read_rows("not_stopwords.txt")}
    assert exceptions <= behind_clitics | behind_both


def test_no_word_is_listed_twice():
    words = [word for word, *_ in read_rows("stopwords.txt")]
    assert len(words) == len(set(words))
