"""Cautious rules for words the lexicon cannot read: names mostly, spelled in more ways than one.

Each rule takes off only what is nearly always an affix, or writes two spellings as one. What looks like a
clitic in a foreign name (بوتين, كلينتون, فيرغسون) mostly is none, so single letters but و stay.
"""

import re

from articles.arabic.characters import ALEF, BEH, FEH, HEH, KAF, LAM, MEEM, NOON, TEH, WAW, YEH
from articles.arabic.lexicon import fold_geem

LETTERS_LEFT_BY_CONJUNCTION = 4

ARTICLE = re.compile(f"[{WAW}{FEH}]?(?:[{BEH}{KAF}]?{ALEF}{LAM}|{LAM}{LAM})(?=.{{3}})")
DUAL = f"{TEH}(?:{YEH}|{ALEF}){NOON}"
NISBA = re.compile(f"(?<=.{{3}}{YEH})(?:{HEH}|{ALEF}{TEH}|[{YEH}{WAW}{ALEF}]{NOON}|{DUAL})$")
FEMININE = re.compile(f"(?<=.{{4}})(?:{ALEF}{TEH}|{DUAL})$")
PLURAL_OF_PARTICIPLE = re.compile(f"^({MEEM}.{{3,}})[{WAW}{YEH}]{NOON}$")


def strip_proclitics(word: str) -> str:
    """Take off the article with what clings to it, or else «and» where a long word remains.

    >>> strip_proclitics("والهاشتاغ"), strip_proclitics("للهاشتاغ"), strip_proclitics("وزوكربيرغ")
    ('هاشتاغ', 'هاشتاغ', 'زوكربيرغ')
    >>> strip_proclitics("الو"), strip_proclitics("وتسن"), strip_proclitics("الواحه")
    ('الو', 'وتسن', 'واحه')
    """
    article = ARTICLE.match(word)
    if article:
        return word[article.end() :]
    return word[1:] if word.startswith(WAW) and len(word) > LETTERS_LEFT_BY_CONJUNCTION else word


def fold_nisba(word: str) -> str:
    """Write the feminine, the dual and the plurals of an adjective in ي as that adjective.

    >>> fold_nisba("داعشيه"), fold_nisba("داعشيين"), fold_nisba("داعشيون"), fold_nisba("داعشي")
    ('داعشي', 'داعشي', 'داعشي', 'داعشي')
    """
    return NISBA.sub("", word)


def fold_feminine(word: str) -> str:
    """Write the plural and the dual of a feminine noun as its singular: not as the word without ة.

    >>> fold_feminine("مشفرات"), fold_feminine("مشفرتين"), fold_feminine("مشفره")
    ('مشفره', 'مشفره', 'مشفره')
    """
    return FEMININE.sub(HEH, word)


def fold_participle(word: str) -> str:
    """Take the sound plural off what looks like a participle.

    >>> fold_participle("مدونين"), fold_participle("مدونون"), fold_participle("هاملتون")
    ('مدون', 'مدون', 'هاملتون')
    """
    return PLURAL_OF_PARTICIPLE.sub(r"\1", word)


RULES = (strip_proclitics, fold_nisba, fold_feminine, fold_participle, fold_geem)


def stem_unseen(word: str) -> str:
    """The stem of a normalised word that no list knows; a word without Arabic letters is its own.

    >>> stem_unseen("والهاشتاغات"), stem_unseen("london")
    ('هاشتاغه', 'london')
    """
    if word.isascii():
        return word
    for rule in RULES:
        word = rule(word)
    return word
