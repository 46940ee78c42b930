import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.grams import CODES, gram_codes, grams


@pytest.mark.parametrize("word", ["", "و", "في"])
def test_a_short_word_is_one_gram_with_its_marks(word):
    assert grams(word) == (f"_{word}_",)


@given(st.text(st.characters(), min_size=2, max_size=30))
def test_grams_cover_the_marked_word(word):
    found = grams(word)
    assert found[0][0] == found[-1][-1] == "_"
    assert found[0] + "".join(gram[-1] for gram in found[1:]) == f"_{word}_"
    assert {len(gram) for gram in found} == {4}


@given(st.text(st.characters(), max_size=30))
def test_each_gram_has_its_code(word):
    codes = gram_codes(word)
    assert len(codes) == len(grams(word))
    assert all(0 <= code < CODES for code in codes)


def test_codes_are_the_same_for_ever():
    assert gram_codes("كتاب") == (717081, 1041690, 961532)


def test_words_that_share_a_beginning_share_its_codes():
    assert gram_codes("كتاب")[0] == gram_codes("كتابه")[0]
