"""One spelling for text that the importer compares: fingerprints, names of columns, months, places, furniture.

These folds are frozen, and apart from `articles.arabic` on purpose: fingerprints made with them are in the
database, and must not change when the analysis of words for searching does.
"""

import re
import unicodedata

TATWEEL = "\u0640"
MARKS = [*map(chr, range(0x064B, 0x0660)), "\u0670", *map(chr, range(0x06D6, 0x06DD)), TATWEEL]
INVISIBLE = [
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u061c",
]
# Characters that stay are in the table too: a look-up that finds nothing is the slow one.
FOLDS: dict[int, str] = {
    ord(letter): folded
    for letter, folded in (
        {chr(code): chr(code) for code in range(0x700)}
        | dict.fromkeys([*MARKS, *INVISIBLE], "")
        | dict.fromkeys("أإآٱ", "ا")
        | {"ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك"}
        | dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789", strict=True))
    ).items()
}
NOT_LETTERS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text in one spelling: marks, tatweel, hamza seats, final yeh and heh, digits, compatibility forms, case.

    >>> fold("إقــرأ أيضًا"), fold("١٢ آذار"), fold("المالکی")
    ('اقرا ايضا', '12 اذار', 'المالكي')
    """
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(FOLDS).casefold()


def key(name: str) -> str:
    """A name to look things up by: folded, its words joined by one space, without punctuation.

    >>> key(" publication_date "), key("«أ. ف. ب.»")
    ('publication date', 'ا ف ب')
    """
    return NOT_LETTERS.sub(" ", fold(name)).strip()
