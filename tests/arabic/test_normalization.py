import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.characters import ARABIC_MARKS, INVISIBLE_CONTROLS, TATWEEL
from articles.arabic.datafiles import DataFileError, read_rows
from articles.arabic.normalization import (
    ALL_RULES,
    PLAIN_ARABIC,
    fold_digits,
    fold_foreign_letters,
    literal,
    normalize,
    read_foreign_letters,
)

ANY_TEXT = st.text(st.characters())  # surrogates and unassigned code points too
ARABIC_TEXT = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from("aeéÉßİ'’1,.٫٬\u0301\u0654\u200d"),
    )
)
PLAIN_ALPHABET = [*map(chr, range(0x0621, 0x063B)), *map(chr, range(0x0641, 0x064B))]


@pytest.mark.parametrize(
    "typed, printed",
    [
        ("اعلن", "أَعْلَنَ"),
        ("الى", "إلى"),
        ("احدى", "إحدى"),
        ("الامريكية", "الأمريكية"),
        ("الان", "الآن"),
        ("الولد", "ٱلولد"),
        ("اخر", "ٵخر"),
        ("شيء", "شیءٴ"),
        ("قتل", "قٌتل"),
        ("ولدا", "ولداً"),
        ("هذا", "هٰذا"),
        ("محمد", "محـــمد"),
        ("القاهره", "القاهرة"),
        ("الذي", "الذى"),
        ("شيء", "شئ"),
        ("شيء", "شىء"),
        ("سيء", "سيئ"),
        ("مومن", "مؤمن"),
        ("رييس", "رئيس"),
        ("بغداد", "\ufeffبغداد"),
        ("العراق", "الع\u200cراق"),
        ("الله", "ﷲ"),
        ("لا", "ﻻ"),
        ("السلام", "اﻟﺴﻼم"),
        ("ايران", "ایران"),
        ("علي", "علی"),
        ("كوكل", "گوگل"),
        ("باريس", "پاریس"),
        ("فيينا", "ڤيينا"),
        ("2014", "٢٠١٤"),
        ("1000", "1,000"),
        ("1990", "۱۹۹۰"),
        ("bbc", "BBC"),
        ("cafe", "Café"),
        ("don't", "don’t"),
    ],
)
def test_a_reader_types_what_another_prints(typed, printed):
    assert normalize(typed) == normalize(printed)


@pytest.mark.parametrize(
    "one, other",
    [
        ("إلى", "إلا"),
        ("إلى", "الا"),
        ("ماء", "ما"),
        ("سماء", "سما"),
        ("كفاءة", "كفاية"),
        ("بناءة", "بناية"),
        ("عمان", "عما"),
        ("منى", "من"),
        ("علي", "علا"),
        ("بيت", "بيه"),
        ("ضل", "ظل"),
        ("شؤون", "شين"),
        ("1.5", "15"),
        ("2.500", "2500"),
        ("1,000", "1.000"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert normalize(one) != normalize(other)


@pytest.mark.parametrize("letter", "أإآؤئۂۀ")
def test_composed_and_decomposed_hamza_agree(letter):
    decomposed = unicodedata.normalize("NFD", letter)
    assert decomposed != letter
    for level in (literal, normalize):
        assert level(f"ب{decomposed}ت") == level(f"ب{letter}ت")


def test_an_accent_joins_its_letter_when_the_mark_between_them_goes():
    assert literal("e\u0654\u0301") == "é"


def test_a_vowel_mark_or_a_joiner_between_a_letter_and_its_hamza_does_not_matter():
    assert literal("ا\u064e\u0654ب") == literal("ا\u200d\u0654ب") == "أب"


@pytest.mark.parametrize("letter", [row[1] for row in read_rows("foreign_letters.txt")])
def test_a_foreign_letter_becomes_a_letter_of_the_alphabet(letter):
    assert fold_foreign_letters(letter) in PLAIN_ALPHABET


def test_a_code_point_that_is_not_its_letters_stops_the_program():
    with pytest.raises(DataFileError, match="U\\+0041"):
        read_foreign_letters([["U+0041", "گ", "ك", "gaf"]])


@pytest.mark.parametrize(
    "word", ["أعلن", "إلى", "القاهرة", "الذى", "شيء", "گوگل", "BBC", "Café", "٢٠١٤", "1,000"]
)
def test_the_literal_level_keeps_letters_as_written(word):
    assert literal(word) == word


@pytest.mark.parametrize(
    "printed, kept",
    [("أَعْلَـنَ", "أعلن"), ("ﻗﺎﻝ", "قال"), ("د\u00adمشق", "دمشق"), ("ＢＢＣ", "BBC"), ("ﰀ", "ئج")],
)
def test_the_literal_level_forgets_marks_tatweel_controls_and_presentation(printed, kept):
    assert literal(printed) == kept


@pytest.mark.parametrize(
    "printed, number",
    [
        ("١٬٠٠٠", "1000"),
        ("1,000", "1000"),
        ("1،000", "1000"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("11.700،000", "11700000"),
        ("٢٫٥", "2.5"),
        ("2,5", "2.5"),
        ("٢،٥", "2.5"),
        ("0.125", "0.125"),
        ("12,34", "12.34"),
        ("2014", "2014"),
    ],
)
def test_a_number_is_the_same_however_it_is_printed(printed, number):
    assert fold_digits(printed) == number


def test_punctuation_outside_numbers_is_left():
    assert normalize("a,b") == "a,b"


@given(ANY_TEXT | ARABIC_TEXT)
def test_normalizing_again_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)


@given(ANY_TEXT | ARABIC_TEXT)
def test_the_literal_level_is_stable(text):
    assert literal(literal(text)) == literal(text)


@given(ANY_TEXT | ARABIC_TEXT)
def test_the_surface_of_the_literal_form_is_the_surface(text):
    assert normalize(literal(text)) == normalize(text)


@given(ANY_TEXT | ARABIC_TEXT)
def test_no_mark_tatweel_or_control_is_left(text):
    unseen = ARABIC_MARKS | INVISIBLE_CONTROLS | {TATWEEL}
    assert unseen.isdisjoint(literal(text))
    assert unseen.isdisjoint(normalize(text))


@given(st.text(PLAIN_ALPHABET) | st.text(st.characters(max_codepoint=0x7F)))
def test_the_short_cuts_give_what_all_rules_give(word):
    folded = word
    for rule in ALL_RULES:
        folded = rule(folded)
    assert normalize(word) == folded


def test_the_short_cut_for_plain_arabic_knows_the_alphabet():
    assert PLAIN_ARABIC.fullmatch("".join(PLAIN_ALPHABET))
    assert not PLAIN_ARABIC.fullmatch(TATWEEL)


def test_each_character_of_the_first_two_planes_is_stable_once_normalized():
    surfaces = {normalize(character) for character in map(chr, range(0x20000))}
    assert {surface for surface in surfaces if normalize(surface) != surface} == set()
