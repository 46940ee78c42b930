"""The names of months as people type them, in both calendars, and a regular expression for each list of names."""

import re
from collections.abc import Iterable

from articles.arabic.characters import SUPERSCRIPT_ALEF, TATWEEL
from articles.arabic.normalization import normalize

MONTHS = (
    ("كانون الثاني", "كانون ثاني", "كانون 2", "يناير", "جانفي", "january", "jan"),
    ("شباط", "فبراير", "فيفري", "february", "feb"),
    ("آذار", "مارس", "march", "mar"),
    ("نيسان", "أبريل", "أفريل", "april", "apr"),
    ("أيار", "مايو", "ماي", "may"),
    ("حزيران", "يونيو", "يونيه", "جوان", "june", "jun"),
    ("تموز", "يوليو", "يوليه", "يوليوز", "جويلية", "july", "jul"),
    ("آب", "أغسطس", "أوت", "غشت", "august", "aug"),
    ("أيلول", "سبتمبر", "شتنبر", "september", "sept", "sep"),
    ("تشرين الأول", "تشرين أول", "تشرين 1", "أكتوبر", "october", "oct"),
    ("تشرين الثاني", "تشرين ثاني", "تشرين 2", "نوفمبر", "نونبر", "november", "nov"),
    ("كانون الأول", "كانون أول", "كانون 1", "ديسمبر", "دجنبر", "december", "dec"),
)
HIJRI_MONTHS = (
    ("محرم", "المحرم", "محرم الحرام", "muharram"),
    ("صفر", "صفر الخير", "safar"),
    ("ربيع الأول", "ربيع أول"),
    ("ربيع الثاني", "ربيع الآخر", "ربيع ثاني"),
    ("جمادى الأولى", "جمادى الأول", "جمادى أولى"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادى الثاني", "جمادى الآخر"),
    ("رجب", "rajab"),
    ("شعبان", "shaban"),
    ("رمضان", "ramadan"),
    ("شوال", "shawwal"),
    ("ذو القعدة", "ذي القعدة", "ذا القعدة"),
    ("ذو الحجة", "ذي الحجة", "ذا الحجة"),
)

SAME_LETTER = {"ا": "[اأإآ]", "ي": "[يىئی]", "ه": "[هة]"}
BLANK = r"[\s_]"
# What people put on the names of months. All the marks of all scripts, at every letter, take a second to compile.
MARKS = f"{TATWEEL}\u064b-\u065f{SUPERSCRIPT_ALEF}"


def numbers(months: Iterable[Iterable[str]]) -> dict[str, int]:
    """The number of a month by its normalised names."""
    return {normalize(name): number for number, names in enumerate(months, 1) for name in names}


def spelled(name: str) -> str:
    """A regular expression for a normalised name as people type it: with marks, hamzas, underscores."""
    words = (
        "".join(f"{SAME_LETTER.get(letter, letter)}[{MARKS}]*" for letter in word) for word in name.split()
    )
    return f"{BLANK}+".join(words)


def any_of_names(names: Iterable[str]) -> str:
    """A regular expression for any of the normalised names, longest first; a number may touch its end."""
    longest_first = sorted(names, key=len, reverse=True)
    forms = (spelled(name) + (r"(?!\d)" if name[-1].isdigit() else "") for name in longest_first)
    return f"(?:{'|'.join(forms)})(?![^\\W\\d_])"


def name_key(typed: str) -> str:
    """A name that `any_of_names` found, as it is kept.

    >>> name_key("كانون_الثّاني")
    'كانون الثاني'
    """
    return " ".join(map(normalize, re.split(f"{BLANK}+", typed)))


MONTH_NUMBERS = numbers(MONTHS)
HIJRI_MONTH_NUMBERS = numbers(HIJRI_MONTHS)
MONTH = any_of_names(MONTH_NUMBERS)
HIJRI_MONTH = any_of_names(HIJRI_MONTH_NUMBERS)
