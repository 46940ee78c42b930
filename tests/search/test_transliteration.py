import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.normalization import normalize
from articles.search.transliteration import SoundIndex, alignment, arabic_skeleton, latin_skeletons
from articles.search.word_list import WordList

COUNTS = {
    "داعش": 1700, "دهشة": 23, "الموصل": 126, "مسؤول": 900, "بغداد": 300, "كربلاء": 26, "حفتر": 22, "العراق": 1200,
    "العرق": 50, "القاعدة": 600, "قادة": 560, "أردوغان": 140, "بوتين": 120, "بطن": 45, "طهران": 540, "نتنياهو": 120,
    "السعودية": 5000, "السعودي": 3500, "خالد": 2600, "محمد": 6000, "الشيخ": 900, "غزة": 700, "قطر": 440, "ناصر": 870,
    "حوثي": 200, "ظهران": 60, "الرياض": 2900, "تويتر": 50, "غوغل": 54, "موبايلي": 30, "google": 16, "twitter": 16,
    "mobily": 232, "a": 3,
}  # fmt: skip
WORDS = sorted({normalize(word): count for word, count in COUNTS.items()}.items())
INDEX = SoundIndex(
    WordList([word for word, _count in WORDS], np.array([count for _word, count in WORDS], dtype=np.int64))
)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("da3esh", "داعش"),
        ("daesh", "داعش"),
        ("Daech", "داعش"),
        ("mosul", "الموصل"),
        ("Almosul", "الموصل"),
        ("Al-Mawsil", "الموصل"),
        ("baghdad", "بغداد"),
        ("Karbala", "كربلاء"),
        ("Haftar", "حفتر"),
        ("3iraq", "العراق"),
        ("el3ira2", "العراق"),
        ("al-Qaeda", "القاعدة"),
        ("Erdogan", "أردوغان"),
        ("putin", "بوتين"),
        ("Tehran", "طهران"),
        ("6ahran", "طهران"),
        ("Netanyahu", "نتنياهو"),
        ("sa3oudi", "السعودي"),
        ("5aled", "خالد"),
        ("Khaled", "خالد"),
        ("mu7ammad", "محمد"),
        ("mohamed", "محمد"),
        ("Sheikh", "الشيخ"),
        ("gaza", "غزة"),
        ("9atar", "قطر"),
        ("na9er", "ناصر"),
        ("houthi", "حوثي"),
        ("Dhahran", "ظهران"),
        ("Riyadh", "الرياض"),
    ],
)
def test_an_arabic_word_is_found_behind_latin_letters(typed: str, meant: str) -> None:
    assert INDEX.arabic_of(typed, limit=1)[0].word == normalize(meant)


@pytest.mark.parametrize("typed, meant", [("غوغل", "google"), ("تويتر", "twitter"), ("موبيلي", "mobily")])
def test_a_latin_word_is_found_behind_arabic_letters(typed: str, meant: str) -> None:
    assert INDEX.latin_of(typed, limit=1)[0].word == meant


@pytest.mark.parametrize("typed", ["football", "x", "a", "", "2015", "ai", "كتاب", "é"])
def test_nothing_is_made_of_what_sounds_like_no_word(typed: str) -> None:
    assert INDEX.arabic_of(typed, limit=3) == []


def test_words_that_only_a_few_documents_hold_can_be_left_out() -> None:
    assert INDEX.arabic_of("haftar", limit=3, least=100) == []


def test_the_whole_list_is_given_skeletons_as_one_word_is() -> None:
    skeletons, order = INDEX.arabic
    alone = {number: arabic_skeleton(INDEX.words.words[number]) for number in order.tolist()}
    assert [alone[number] for number in order.tolist()] == skeletons.tolist()


def test_an_index_of_no_words_finds_none() -> None:
    assert SoundIndex(WordList()).arabic_of("daesh", limit=3) == []
    assert SoundIndex(WordList()).latin_of("داعش", limit=3) == []


@given(st.text("abdeghiklmnoqrstuwyz23579'-", max_size=24), st.text("ابتحدرسعقلمنهوي", max_size=12))
def test_any_two_words_can_be_aligned(latin: str, arabic: str) -> None:
    assert alignment(latin, arabic) >= 0
    assert len(latin_skeletons(latin)) <= 8


@given(st.text(max_size=30))
def test_anything_may_be_asked(typed: str) -> None:
    assert len(INDEX.arabic_of(typed, limit=2)) <= 2
    assert len(INDEX.latin_of(typed, limit=2)) <= 2
