import unicodedata

import pytest

from articles.arabic import characters


@pytest.mark.parametrize(
    "constant, name",
    [
        ("TATWEEL", "ARABIC TATWEEL"),
        ("HAMZA", "ARABIC LETTER HAMZA"),
        ("ALEF_WASLA", "ARABIC LETTER ALEF WASLA"),
        ("ALEF_MAQSURA", "ARABIC LETTER ALEF MAKSURA"),
        ("HIGH_HAMZA", "ARABIC LETTER HIGH HAMZA"),
        ("ALEF_HIGH_HAMZA", "ARABIC LETTER HIGH HAMZA ALEF"),
        ("MADDAH_ABOVE", "ARABIC MADDAH ABOVE"),
        ("SUPERSCRIPT_ALEF", "ARABIC LETTER SUPERSCRIPT ALEF"),
        ("ARABIC_DECIMAL_SEPARATOR", "ARABIC DECIMAL SEPARATOR"),
        ("ARABIC_THOUSANDS_SEPARATOR", "ARABIC THOUSANDS SEPARATOR"),
        ("ARABIC_LETTER_MARK", "ARABIC LETTER MARK"),
        ("ZERO_WIDTH_NON_JOINER", "ZERO WIDTH NON-JOINER"),
        ("MODIFIER_APOSTROPHE", "MODIFIER LETTER APOSTROPHE"),
    ],
)
def test_a_constant_is_the_character_it_says(constant, name):
    assert unicodedata.name(getattr(characters, constant)) == name


def test_the_classes_of_characters_do_not_overlap():
    classes = (
        characters.ARABIC_MARKS,
        characters.INVISIBLE_CONTROLS,
        characters.LATIN_ACCENTS,
        characters.HEBREW_POINTS,
        characters.ARABIC_PUNCTUATION,
        frozenset(characters.TATWEEL),
    )
    assert sum(map(len, classes)) == len(frozenset().union(*classes))


def test_no_letter_of_the_arabic_alphabet_is_a_mark():
    alphabet = characters.span("\u0621", "\u063a") | characters.span("\u0641", "\u064a")
    assert alphabet & characters.ARABIC_MARKS == set()


def test_every_combining_mark_of_the_arabic_blocks_is_a_mark():
    blocks = characters.span("\u0600", "\u06ff") | characters.span("\u08a0", "\u08ff")
    assert {c for c in blocks if unicodedata.category(c) == "Mn"} <= characters.ARABIC_MARKS


def test_the_signs_that_stand_alone_in_a_quran_are_not_marks():
    assert not characters.ARABIC_MARKS & {"\u06dd", "\u06de", "\u06e9"}


def test_every_invisible_control_is_invisible():
    assert {unicodedata.category(control) for control in characters.INVISIBLE_CONTROLS} <= {"Cf", "Mn", "Cn"}


def test_digits_stand_in_the_order_of_their_values():
    for digits in (characters.ARABIC_INDIC_DIGITS, characters.PERSIAN_DIGITS):
        assert [unicodedata.digit(digit) for digit in digits] == list(range(10))
