import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.keyboard import AZERTY, QWERTY, in_arabic, retyped


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("]hua", "داعش"),
        ("hguvhr", "العراق"),
        ("fy]h]", "بغداد"),
        ("hgl,wg", "الموصل"),
        ("HLVd;h", "أمريكا"),
        ("lwvtd", "مصرفي"),
        ("`if", "ذهب"),
        ("هسهس", "isis"),
        ("لاشلاغ", "baby"),
        ("لخخلمث", "google"),
        ("يشثسا", "daesh"),
    ],
)
def test_a_word_typed_on_the_wrong_layout_is_typed_again(typed: str, meant: str) -> None:
    assert retyped(typed)[0] == meant


def test_the_keys_of_an_azerty_keyboard_are_known_too() -> None:
    assert in_arabic("dhuq", AZERTY) == "ياعش"
    assert in_arabic("$huq", AZERTY) == "داعش"
    assert "داعش" in retyped("$huq")


@pytest.mark.parametrize("typed", ["2015", "a b", "١٢", "", "كلمة ok", "漢字"])
def test_what_the_keys_cannot_write_is_left_alone(typed: str) -> None:
    assert retyped(typed) == ()


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكمنهوي", min_size=1, max_size=10))
def test_arabic_letters_come_back_from_their_keys(word: str) -> None:
    assert [in_arabic(keys, QWERTY) for keys in retyped(word)] == [word]


@given(st.text(max_size=30))
def test_anything_may_be_retyped(typed: str) -> None:
    assert all(isinstance(text, str) and text for text in retyped(typed))
