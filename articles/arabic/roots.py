"""The root of a word: its three or four radicals, told by the lexicon or by the patterns of the language.

A root joins words of many meanings (كاتب, مكتبة, مكاتبات), so it is asked for by name and never the
default of a search.
"""

import re
from functools import cache

from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.datafiles import read_rows, read_table
from articles.arabic.lexicon import lexicon

# Any letter but alef and its kin, which stand for a radical that has changed.
RADICAL = "[\u0621\u0628\u062a-\u063a\u0641-\u0648\u064a]"

CLITICS = re.compile("^[وف]?(?:[بلك]?ال|لل|س(?=[يتن]))?")
ENDINGS = re.compile("(?<=.{3})(?:[ياو]ن|ات|تين|تان|ها|هم|هما|نا|يه|ي|ه|وا|ت)$")

LONGEST = 14
DOUBT = 6  # readings this many decibels below the likeliest still count
REMEMBERED = 200_000


@cache
def known_roots() -> dict[str, str]:
    """The roots of headwords, as the table has them: several stand on one line."""
    return read_table("roots.txt")


@cache
def patterns() -> dict[int, list[re.Pattern[str]]]:
    """The patterns of the language as expressions that catch the radicals, by the number of letters they match.

    In `data/patterns.txt` ف, ع and ل stand for the radicals, as grammarians write them.
    """
    found: dict[int, list[re.Pattern[str]]] = {}
    for row in sorted(read_rows("patterns.txt")):
        found.setdefault(len(row[0]), []).append(read_pattern(row[0]))
    return found


def read_pattern(pattern: str) -> re.Pattern[str]:
    """The expression for a pattern: its radicals are groups, its other letters themselves.

    >>> read_pattern("مفعول").fullmatch("مكتوب").groups()
    ('ك', 'ت', 'ب')
    """
    return re.compile("".join(f"({RADICAL})" if letter in "فعل" else letter for letter in pattern))


def roots_by_lexicon(word: str) -> tuple[str, ...]:
    """The roots of the headwords that a word may be read as, the likeliest first.

    >>> roots_by_lexicon("مكاتبات"), roots_by_lexicon("والكتاب")
    (('كتب',), ('كتب',))
    """
    found: dict[str, None] = {}
    best = None
    for reading in lexicon().ranked(word):
        best = reading.weight if best is None else best
        if reading.weight >= best - DOUBT:
            found.update(dict.fromkeys(known_roots().get(reading.headword, "").split()))
    return tuple(found)


def roots_by_pattern(word: str) -> tuple[str, ...]:
    """The root of a word that has the form of a pattern, without its clitics and endings.

    >>> roots_by_pattern("والمستحوذون"), roots_by_pattern("مشفره"), roots_by_pattern("اوباما")
    (('حوذ',), ('شفر',), ())
    """
    bare = ENDINGS.sub("", CLITICS.sub("", word, count=1))
    for pattern in patterns().get(len(bare), ()):
        match = pattern.fullmatch(bare)
        if match:
            return ("".join(match.groups()),)
    return ()


def work_out(word: str) -> tuple[str, ...]:
    if word.isascii() or len(word) > LONGEST:
        return ()
    return roots_by_lexicon(word) or roots_by_pattern(word)


ROOTS = BoundedCache[tuple[str, ...]](work_out, limit=REMEMBERED)


def roots(word: str) -> tuple[str, ...]:
    """The roots a normalised word may have, the likeliest first; none where none is told with reason.

    >>> roots("مكتبه"), roots("يستخدمون"), roots("بنك"), roots("london")
    (('كتب',), ('خدم',), (), ())
    """
    return ROOTS[word]
