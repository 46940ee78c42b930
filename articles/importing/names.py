"""Whether a few words can be a person's name."""

import re

LONGEST_NAME = 60
MOST_WORDS = 6
# Letters of any script, with the apostrophes and hyphens of foreign names, and the points of «د. هدى» and «أ.ف.ب».
WORD = re.compile(r"[^\W\d_]+(?:['’ـ\-][^\W\d_]+)*|(?:[^\W\d_]{1,2}\.)+[^\W\d_]?")


def is_name(text: str) -> bool:
    """Whether the words could be a name; whether they are one, only the place they stand in can tell.

    >>> is_name("د. هدى البستاني"), is_name("قُتل 14 شخصاً"), is_name("")
    (True, False, False)
    """
    words = text.split()
    return 0 < len(words) <= MOST_WORDS and len(text) <= LONGEST_NAME and all(map(_is_word, words))


def _is_word(word: str) -> bool:
    return WORD.fullmatch(_unmarked(word)) is not None


def _unmarked(word: str) -> str:
    return "".join(letter for letter in word if not "\u064b" <= letter <= "\u065f")
