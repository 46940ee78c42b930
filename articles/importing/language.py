"""The language of a text, told simply: which letters it is written in."""

import re

from articles.importing.folding import key

SAMPLE = 2000  # characters
ARABIC_LETTERS = re.compile("[\u0621-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
# Everything but the letters, in charsets of one byte: bytes are quicker to count than characters.
NOT_LATIN = bytes(code for code in range(256) if not chr(code).isalpha() or code > 0x7F)
NOT_ARABIC = bytes(code for code in range(256) if not 0xC1 <= code <= 0xEA)
LATIN_WITH_ACCENTS = re.compile("[\u00c0-\u024f]")
CODE = re.compile(r"([a-z]{2,3})(?:-[a-z0-9]{2,8})*")
NAMES = {
    key(name): code
    for code, names in {
        "ar": "العربية عربي عربية arabic ara",
        "en": "الإنجليزية انجليزي english eng",
        "fr": "الفرنسية french français fre fra",
        "fa": "الفارسية persian farsi",
        "ku": "الكردية kurdish",
    }.items()
    for name in names.split()
}


def has_arabic(text: str) -> bool:
    return ARABIC_LETTERS.search(text) is not None


def guess(text: str) -> str:
    """«ar» when Arabic letters dominate, «en» for plain Latin ones, «und» when neither is clear.

    >>> guess("خبر عن NATO"), guess("A report"), guess("Çà et là"), guess("123")
    ('ar', 'en', 'und', 'und')
    """
    sample = text[:SAMPLE]
    latin = len(sample.encode("ascii", "ignore").translate(None, NOT_LATIN))
    arabic = len(sample.encode("iso-8859-6", "ignore").translate(None, NOT_ARABIC))
    if (arabic or (not latin and has_arabic(sample))) and arabic >= latin:
        return "ar"
    return "en" if latin and not LATIN_WITH_ACCENTS.search(sample) else "und"


def code(name: str) -> str:
    """The code a record means by its language column; empty when it means none we know.

    >>> code("Arabic"), code("ar-SA"), code("?")
    ('ar', 'ar', '')
    """
    known = NAMES.get(key(name))
    if known:
        return known
    found = CODE.fullmatch(name.strip().casefold().replace("_", "-"))
    return found[1] if found else ""
