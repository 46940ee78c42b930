"""Takes the common prefixes and suffixes off an Arabic word, whatever the word.

The light stemmer "light10" of L. S. Larkey, L. Ballesteros and M. E. Connell, "Light Stemming for
Arabic Information Retrieval" (2007), with the lengths Lucene's Arabic analyzer made customary. No level of
the archive reads words like this: it is what `stemming` is measured against.
"""

from articles.arabic.characters import (
    ALEF,
    BEH,
    FEH,
    HEH,
    KAF,
    LAM,
    NOON,
    TEH,
    TEH_MARBUTA,
    WAW,
    YEH,
)

ARTICLES = (
    ALEF + LAM,
    WAW + ALEF + LAM,
    BEH + ALEF + LAM,
    KAF + ALEF + LAM,
    FEH + ALEF + LAM,
    LAM + LAM,
)
CONJUNCTION = WAW

SUFFIXES = (
    HEH + ALEF,
    ALEF + NOON,
    ALEF + TEH,
    WAW + NOON,
    YEH + NOON,
    YEH + HEH,
    YEH + TEH_MARBUTA,
    HEH,
    TEH_MARBUTA,
    YEH,
)

LETTERS_LEFT = 2
LETTERS_LEFT_BY_CONJUNCTION = 3


def strip_prefix(word: str) -> str:
    """Take off one article with what clings to it, or else a conjunction.

    An article must leave two letters, a lone waw three, since so many roots begin with waw.

    >>> strip_prefix("والحسن"), strip_prefix("للاخر"), strip_prefix("وحسن")
    ('حسن', 'اخر', 'حسن')
    >>> strip_prefix("ال"), strip_prefix("ولد")
    ('ال', 'ولد')
    """
    for article in ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + LETTERS_LEFT:
            return word[len(article) :]
    if word.startswith(CONJUNCTION) and len(word) > LETTERS_LEFT_BY_CONJUNCTION:
        return word[len(CONJUNCTION) :]
    return word


def strip_suffixes(word: str) -> str:
    """Take off each suffix in turn, as long as two letters remain.

    >>> strip_suffixes("زوجها"), strip_suffixes("زوجات"), strip_suffixes("ساهدهات")
    ('زوج', 'زوج', 'ساهد')
    """
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + LETTERS_LEFT:
            word = word[: -len(suffix)]
    return word


def light10(word: str) -> str:
    """The light stem of a normalised word; a word with no Arabic letters is its own stem.

    >>> light10("والمقاتلون"), light10("زوجيه"), light10("london")
    ('مقاتل', 'زوج', 'london')
    """
    return strip_suffixes(strip_prefix(word))
