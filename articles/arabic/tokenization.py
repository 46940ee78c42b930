r"""Cuts a text into tokens whose offsets point into the text as it was given.

A token is a run of letters of one script, or a number. Combining marks, tatweel and invisible
controls belong to the word they stand in, so مُحَمَّد is one token; a change of script or from letter to
digit ends it, so عام2014 is two. A run of nothing but marks is no token.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.characters import (
    APOSTROPHES,
    ARABIC_MARKS,
    COMMAS,
    DECIMAL_POINTS,
    GROUPING_SEPARATORS,
    INVISIBLE_CONTROLS,
    NUMBER_SEPARATORS,
    TATWEEL,
)
from articles.arabic.scripts import (
    ARABIC_BLOCKS,
    CYRILLIC_BLOCKS,
    GREEK_BLOCKS,
    HANGUL_BLOCKS,
    HEBREW_BLOCKS,
    IDEOGRAPHIC_BLOCKS,
    KATAKANA_BLOCKS,
    LATIN_BLOCKS,
    character_class,
    combining_marks,
    letters,
)


class Token(NamedTuple):
    """A word or number as it stands in a text: `text == original[start:end]`."""

    text: str
    start: int
    end: int


MARKS = character_class((combining_marks() | ARABIC_MARKS | {TATWEEL}) - INVISIBLE_CONTROLS)
CONTROLS = character_class(INVISIBLE_CONTROLS)

ARABIC = character_class(letters(ARABIC_BLOCKS))
LATIN = character_class(letters(LATIN_BLOCKS))
IDEOGRAPHS = "".join(f"{first}-{last}" for first, last in IDEOGRAPHIC_BLOCKS)
SPACED_SCRIPTS = tuple(
    character_class(letters(blocks))
    for blocks in (CYRILLIC_BLOCKS, GREEK_BLOCKS, HEBREW_BLOCKS, HANGUL_BLOCKS, KATAKANA_BLOCKS)
)


def word_pattern(letter_class: str) -> str:
    """A word in one script, whose letters these are."""
    return _run_of(f"[{letter_class}]", f"[{letter_class}{MARKS}]")


def other_word_pattern(named: str) -> str:
    """A word in any script but the named ones; also signs that count as numbers but are no digits."""
    letter = rf"[^\W\d_{character_class(ARABIC_MARKS | {TATWEEL})}{named}]"
    return _run_of(letter, f"(?:{letter}|[{MARKS}])")


def _run_of(first: str, inside: str) -> str:
    # Possessive: a token never gives back a letter. Controls are taken only where more follows them.
    return f"{first}{inside}*+(?:[{CONTROLS}]++{inside}++)*+"


def number_pattern() -> str:
    r"""A number with its thousands and decimals; 1.2.3 and 3,14159 are not one number but several.

    >>> re.findall(number_pattern(), "1.5 1,000 10.500.000 2,4 12.5.2014")
    ['1.5', '1,000', '10.500.000', '2,4', '12', '5', '2014']
    """
    decimals = rf"[{DECIMAL_POINTS}]\d++"
    grouped_twice = (
        rf"\d{{1,3}}(?:[{NUMBER_SEPARATORS}]\d{{3}}){{2,}}(?:[{DECIMAL_POINTS}{COMMAS}]\d{{1,2}})?"
    )
    grouped_once = rf"\d{{1,3}}[{GROUPING_SEPARATORS}]\d{{3}}(?:{decimals})?"
    ungrouped = rf"\d++(?:{decimals}|[{COMMAS}]\d{{1,2}})"
    separated = f"(?:{grouped_twice}|{grouped_once}|{ungrouped})"
    return rf"(?<!\d[{NUMBER_SEPARATORS}]){separated}(?!\d|[{NUMBER_SEPARATORS}]\d)|\d++"


def token_pattern() -> str:
    """Any token, the commonest kinds first."""
    latin = word_pattern(LATIN)
    return "|".join(
        (
            word_pattern(ARABIC),
            number_pattern(),
            f"{latin}(?:[{character_class(APOSTROPHES)}]{latin})*+",
            f"[{IDEOGRAPHS}][{MARKS}]*+",
            *map(word_pattern, SPACED_SCRIPTS),
            other_word_pattern("".join((ARABIC, LATIN, IDEOGRAPHS, *SPACED_SCRIPTS))),
        )
    )


TOKEN = re.compile(token_pattern())


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a text in order, never overlapping.

    >>> [token.text for token in tokenize("في عام2014، قال لـCNN")]
    ['في', 'عام', '2014', 'قال', 'لـ', 'CNN']
    >>> next(tokenize("«مُحَمَّد»"))
    Token(text='مُحَمَّد', start=1, end=9)
    """
    return (Token(match[0], *match.span()) for match in TOKEN.finditer(text))


# No token crosses white space, so a run between blanks («المقاتلون»,) has the same tokens everywhere.
RUNS = BoundedCache[tuple[str, ...]](lambda run: tuple(TOKEN.findall(run)), limit=200_000)


def words(text: str) -> list[str]:
    """The texts of the tokens alone, several times faster than `tokenize`.

    >>> words("مع Brussels")
    ['مع', 'Brussels']
    """
    return list(chain.from_iterable(map(RUNS.__getitem__, text.split())))
