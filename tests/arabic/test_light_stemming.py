import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.analysis import LIGHT10
from articles.arabic.light_stemming import light10, strip_prefix, strip_suffixes

ARABIC_WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=12)


@pytest.mark.parametrize("word", ["الحسن", "والحسن", "بالحسن", "كالحسن", "فالحسن", "للحسن", "وحسن"])
def test_the_article_and_what_clings_to_it_come_off(word):
    assert light10(word) == "حسن"


def test_the_article_comes_off_behind_lam():
    assert light10("للاخر") == "اخر"


@pytest.mark.parametrize(
    "word",
    ["زوجها", "زوجان", "زوجات", "زوجون", "زوجين", "زوجيه", "زوجية", "زوجه", "زوجة", "زوجي"],
)
def test_a_suffix_comes_off(word):
    assert light10(word) == "زوج"


@pytest.mark.parametrize("word", ["وساهدون", "ساهدهات", "والساهدين"])
def test_prefix_and_several_suffixes_come_off(word):
    assert light10(word) == "ساهد"


@pytest.mark.parametrize("word", ["ال", "الو", "ولد", "وقف", "لل", "ها", "ون", "و", ""])
def test_words_too_short_to_stem_are_their_own_stems(word):
    assert light10(word) == word


def test_only_one_prefix_comes_off():
    assert strip_prefix("والوالد") == "والد"


def test_suffixes_come_off_in_their_order_only():
    assert strip_suffixes("كتابيها") == "كتاب"
    assert strip_suffixes("كتابهاي") == "كتابها"


@pytest.mark.parametrize("word", ["London", "2014", "1.5", "Москва", "東"])
def test_a_word_without_arabic_letters_is_its_own_stem(word):
    assert light10(word) == word


@given(ARABIC_WORDS)
def test_a_stem_is_a_piece_of_its_word(word):
    assert light10(word) in word


@given(ARABIC_WORDS)
def test_a_stem_keeps_two_letters(word):
    assert len(light10(word)) >= min(2, len(word))


@pytest.mark.parametrize(("printed", "term"), [("الأمريكيّة", "امريك"), ("والحَسَن", "حسن"), ("BBC", "bbc")])
def test_the_baseline_reads_a_word_as_printed(printed, term):
    assert LIGHT10(printed) == term
