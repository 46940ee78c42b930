"""Names in the order of an Arabic index: by letter, with the forms of hamza as one, «ال» left out of account."""

from articles.arabic.normalization import normalize

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
OTHERS = "#"  # where a name begins with no letter of the alphabet, nor with a Latin one
LATIN = "A-Z"
CARRIERS = str.maketrans({"ؤ": "و", "ئ": "ي", "ء": "ا"})
ARTICLE = "ال"
# Words whose first two letters are their own, once their hamza is left off.
NO_ARTICLE = frozenset(
    map(normalize, ("إلهام", "إلياس", "إليسا", "إليسار", "إلزا", "ألفرد", "ألمانيا", "ألكسندر", "ألبير"))
)


def filing_name(name: str) -> str:
    """What a name is filed under: folded, without the article, without signs before its first letter.

    >>> filing_name("«الأهرام»"), filing_name("إلهام شاهين"), filing_name("الوئام")
    ('اهرام', 'الهام شاهين', 'ويام')
    """
    words = [_letters(word) for word in name.split()]
    kept = [word for word in words if word] or [name]
    return " ".join([_without_article(kept[0]), *kept[1:]])


def letter_of(filed: str) -> str:
    """The heading of a filing name: a letter of the alphabet, Latin letters together, or all others.

    >>> letter_of("اهرام"), letter_of("reuters"), letter_of("24 ساعه")
    ('ا', 'A-Z', '#')
    """
    first = filed[:1]
    if first in LETTERS:
        return first or OTHERS
    return LATIN if first.isascii() and first.isalpha() else OTHERS


def _letters(word: str) -> str:
    """The folded word between its first and its last letter or digit."""
    folded = normalize(word).translate(CARRIERS).casefold()
    inside = [place for place, letter in enumerate(folded) if letter.isalnum()]
    return folded[inside[0] : inside[-1] + 1] if inside else ""


def _without_article(word: str) -> str:
    has_article = word.startswith(ARTICLE) and len(word) > 4 and word not in NO_ARTICLE
    return word[len(ARTICLE) :] if has_article else word
