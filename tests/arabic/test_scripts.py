import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic import scripts
from articles.arabic.characters import TATWEEL
from articles.arabic.scripts import character_class, combining_marks, letters


@pytest.mark.parametrize(
    "blocks, letter",
    [
        (scripts.ARABIC_BLOCKS, "ع"),
        (scripts.ARABIC_BLOCKS, "ﻻ"),
        (scripts.ARABIC_BLOCKS, "گ"),
        (scripts.LATIN_BLOCKS, "é"),
        (scripts.LATIN_BLOCKS, "ʿ"),
        (scripts.CYRILLIC_BLOCKS, "ж"),
        (scripts.GREEK_BLOCKS, "λ"),
        (scripts.HEBREW_BLOCKS, "ש"),
        (scripts.HANGUL_BLOCKS, "한"),
        (scripts.KATAKANA_BLOCKS, "カ"),
    ],
)
def test_a_letter_belongs_to_its_script(blocks, letter):
    assert letter in letters(blocks)


@pytest.mark.parametrize("character", [TATWEEL, "\u064e", "\ufe70", "\u06e5", "،", "٣"])
def test_marks_digits_and_punctuation_are_no_arabic_letters(character):
    assert character not in letters(scripts.ARABIC_BLOCKS)


def test_the_marks_of_every_script_combine():
    assert {"\u064e", "\u0301", "\u05b0", "\u093f", "\u3099"} <= combining_marks()


@given(st.sets(st.characters(), min_size=1))
def test_a_character_class_matches_its_characters_and_no_others(characters):
    pattern = re.compile(f"[{character_class(characters)}]")
    neighbours = {chr(min(ord(character) + 1, 0x10FFFF)) for character in characters}
    assert {found for found in characters | neighbours if pattern.fullmatch(found)} == characters
