"""Digits as readers type and print them. Only digits change: separators stay as they are."""

from articles.arabic.characters import ARABIC_INDIC_DIGITS, ASCII_DIGITS, PERSIAN_DIGITS

TO_ASCII = str.maketrans(ARABIC_INDIC_DIGITS + PERSIAN_DIGITS, ASCII_DIGITS * 2)
TO_ARABIC_INDIC = str.maketrans(ASCII_DIGITS + PERSIAN_DIGITS, ARABIC_INDIC_DIGITS * 2)


def to_ascii_digits(text: str) -> str:
    """Write Arabic-Indic and Persian digits as 0-9, for a machine to read.

    >>> to_ascii_digits("عام ٢٠١٤ و ۱۹۹۰")
    'عام 2014 و 1990'
    """
    return text.translate(TO_ASCII)


def to_arabic_indic(text: str) -> str:
    """Write 0-9 and Persian digits as Arabic-Indic ones, for people to read.

    >>> to_arabic_indic("عام 2014")
    'عام ٢٠١٤'
    """
    return text.translate(TO_ARABIC_INDIC)
