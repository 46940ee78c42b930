"""The letters of each script, so that a token never crosses from one script to another."""

import unicodedata
from collections.abc import Iterable

from articles.arabic.characters import ARABIC_MARKS, TATWEEL, span

ARABIC_BLOCKS = (
    ("\u0600", "\u06ff"),
    ("\u0750", "\u077f"),
    ("\u0870", "\u08ff"),
    ("\ufb50", "\ufdff"),
    ("\ufe70", "\ufeff"),
    ("\U0001ee00", "\U0001eeff"),
)
LATIN_BLOCKS = (
    ("A", "Z"),
    ("a", "z"),
    ("\u00aa", "\u02ff"),
    ("\u1d00", "\u1dbf"),
    ("\u1e00", "\u1eff"),
    ("\u2071", "\u209c"),
    ("\u212a", "\u212b"),
    ("\u2c60", "\u2c7f"),
    ("\ua722", "\ua7ff"),
    ("\uab30", "\uab6f"),
    ("\ufb00", "\ufb06"),
    ("\uff21", "\uff5a"),
    ("\U0001d400", "\U0001d7cb"),
)
GREEK_BLOCKS = (("\u0370", "\u03ff"), ("\u1f00", "\u1fff"))
CYRILLIC_BLOCKS = (("\u0400", "\u052f"), ("\u1c80", "\u1c8f"), ("\u2de0", "\u2dff"), ("\ua640", "\ua69f"))
HEBREW_BLOCKS = (("\u05d0", "\u05f2"), ("\ufb1d", "\ufb4f"))
HANGUL_BLOCKS = (("\u1100", "\u11ff"), ("\u3131", "\u318e"), ("\ua960", "\ua97f"), ("\uac00", "\ud7fb"))
KATAKANA_BLOCKS = (("\u30a1", "\u30ff"), ("\u31f0", "\u31ff"), ("\uff66", "\uff9f"))

# Written without spaces: each character is a word to the tokenizer, as in Unicode's annex 29.
# They hold nothing but letters, and too many to list one by one.
IDEOGRAPHIC_BLOCKS = (
    ("\u3005", "\u3007"),
    ("\u3041", "\u3096"),
    ("\u309d", "\u309f"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\U00020000", "\U0003ffff"),
)

Blocks = tuple[tuple[str, str], ...]


def letters(blocks: Blocks) -> frozenset[str]:
    """The letters in these blocks; tatweel and the marks Unicode calls letters are left out.

    >>> sorted(letters((("+", "C"),)))
    ['A', 'B', 'C']
    """
    characters = frozenset[str]().union(*(span(first, last) for first, last in blocks))
    return frozenset(filter(str.isalpha, characters)) - ARABIC_MARKS - {TATWEEL}


def combining_marks() -> frozenset[str]:
    """Every combining mark of every script (Unicode categories Mn, Mc, Me), up to plane 1.

    >>> "\\u0301" in combining_marks()
    True
    """
    return frozenset(mark for mark in map(chr, range(0x20000)) if unicodedata.category(mark)[0] == "M")


def character_class(characters: Iterable[str]) -> str:
    r"""The inside of a regular expression's [...] for these characters, runs written as ranges.

    >>> character_class("cab_")
    '\\_a-c'
    """
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(_written(first) + (f"-{_written(last)}" if last > first else "") for first, last in runs)


def _written(code: int) -> str:
    character = chr(code)
    return character if character.isalnum() else f"\\{character}"
