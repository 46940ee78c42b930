import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.characters import ARABIC_MARKS, INVISIBLE_CONTROLS, TATWEEL
from articles.arabic.tokenization import Token, tokenize, words

UNSEEN = [*sorted(ARABIC_MARKS), *sorted(INVISIBLE_CONTROLS), TATWEEL]

ANY_TEXT = st.text(st.characters())
NEWS_TEXT = st.text(
    st.one_of(
        st.sampled_from("ابتةىئءأإؤ ،؛.,'’٫٬12٣۴aZéشλЖ東カ한हिﷲﻻ\n"),
        st.sampled_from(UNSEEN),
    )
)


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    "word",
    [
        "مُحَمَّد",
        "قٌتل",
        "هٰذا",
        "محـــمد",
        "مح\u200dمد",
        "الع\u200cراق",
        "دم\u00adشق",
        "بر\u200bيد",
        "ا\u0654علن",
        "ﷲ",
        "ﻻ",
        "ﺍﻟﺴﻼﻡ",
        "سوریا",
        "don't",
        "O'Neil",
        "don’t",
        "cafe\u0301",
        "ʿAlī",
        "Москва",
        "שָׁלוֹם",
        "हिन्दी",
        "カタカナ",
        "한국어",
        "ไทย",
        "1.5",
        "1,000",
        "١٬٠٠٠",
        "٢٫٥",
        "1,234,567.89",
        "1.500.000",
        "2,5",
        "٢٠١٤",
    ],
)
def test_it_is_one_token(word):
    assert texts(word) == [word]


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("عام2014", ["عام", "2014"]),
        ("30يونيو", ["30", "يونيو"]),
        ("F16", ["F", "16"]),
        ("مع Brussels", ["مع", "Brussels"]),
        ("لـCNN", ["لـ", "CNN"]),
        ("الـBBC", ["الـ", "BBC"]),
        ("1438هـ", ["1438", "هـ"]),
        ("المجموعة.ولفتت", ["المجموعة", "ولفتت"]),
        ("«داعش»، (سوريا)؟", ["داعش", "سوريا"]),
        ("#القدس_عاصمة", ["القدس", "عاصمة"]),
        ("12.5.2014", ["12", "5", "2014"]),
        ("2015,2016", ["2015", "2016"]),
        ("10:30", ["10", "30"]),
        ("14%", ["14"]),
        ("'word'", ["word"]),
        ("東京", ["東", "京"]),
        ("Αθήναабв", ["Αθήνα", "абв"]),
        ("km²", ["km", "²"]),
        ("أ.ف.ب", ["أ", "ف", "ب"]),
    ],
)
def test_it_is_cut_into_tokens(text, tokens):
    assert texts(text) == tokens


@pytest.mark.parametrize(
    "text", ["", " ", "ـــ", "\u064e\u0651", "\u200f\u202b", "ﱠ", "ﹰ", "—…«»", "🙂", "\ud800"]
)
def test_what_has_no_letter_and_no_digit_has_no_token(text):
    assert texts(text) == []


def test_controls_around_a_word_are_outside_its_token():
    assert list(tokenize("\u202b\u200fبيروت\u200f\u202c")) == [Token("بيروت", 2, 7)]


def test_a_mark_after_a_word_is_inside_its_token():
    assert list(tokenize("الولدُ قال")) == [Token("الولدُ", 0, 6), Token("قال", 7, 10)]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_no_mark_tatweel_or_control_cuts_a_word(unseen):
    for word in (f"مح{unseen}مد", f"مح{unseen}\u064e{unseen}مد", f"Bru{unseen}ssels"):
        assert texts(word) == [word]


@given(ANY_TEXT | NEWS_TEXT)
def test_offsets_cut_the_token_out_of_the_original(text):
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text != ""


@given(ANY_TEXT | NEWS_TEXT)
def test_tokens_stand_in_order_and_never_overlap(text):
    end = 0
    for token in tokenize(text):
        assert token.start >= end
        end = token.end


@given(ANY_TEXT | NEWS_TEXT)
def test_every_letter_and_digit_is_in_a_token(text):
    covered = {place for token in tokenize(text) for place in range(token.start, token.end)}
    unseen = set(UNSEEN)
    assert [
        c for place, c in enumerate(text) if c.isalnum() and c not in unseen and place not in covered
    ] == []


@given(ANY_TEXT | NEWS_TEXT)
def test_a_token_begins_with_a_letter_or_a_number_and_ends_with_no_control(text):
    for token in tokenize(text):
        assert unicodedata.category(token.text[0])[0] in "LNC"  # C: not assigned in Python's Unicode
        assert token.text[0] not in UNSEEN
        assert token.text[-1] not in INVISIBLE_CONTROLS


@given(ANY_TEXT | NEWS_TEXT)
def test_the_quick_way_finds_the_same_words(text):
    assert words(text) == texts(text)


@given(st.text(st.sampled_from("ابتجد"), min_size=2), st.sampled_from(UNSEEN), st.data())
def test_a_word_stays_whole_wherever_the_mark_stands(letters, unseen, data):
    place = data.draw(st.integers(1, len(letters) - 1))
    word = letters[:place] + unseen + letters[place:]
    assert texts(f"({word})") == [word]


def test_a_long_run_of_anything_is_cut_in_linear_time():
    for filler in ("ا", "\u064e", "\u200d", "1", "1,", "1.", ",000", "٬", "a'", "ـ", " ", "a\u200d"):
        assert len(texts(filler * 20_000)) <= 20_000
