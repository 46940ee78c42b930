"""Which normalised words a pattern or a fuzzy word stands for: one answer for the engine and for marking."""

import fnmatch
import re
from functools import lru_cache

from articles.arabic.characters import ALEF, BEH, FEH, KAF, LAM, WAW

ARTICLE = ALEF + LAM
# What may cling to the word a pattern describes: كتا* finds الكتاب and وبكتابه too.
PROCLITICS = tuple(
    conjunction + preposition
    for conjunction in ("", WAW, FEH)
    for preposition in ("", ARTICLE, BEH, BEH + ARTICLE, KAF, KAF + ARTICLE, LAM, LAM + LAM)
)
WILDCARD = re.compile(r"[*?]")
ARABIC_START = re.compile("[\u0621-\u064a]")


@lru_cache(maxsize=256)
def pattern_regex(pattern: str) -> re.Pattern[str]:
    """A regular expression for whole normalised words.

    >>> bool(pattern_regex("كتا*").fullmatch("والكتابه")), bool(pattern_regex("كت?ب").fullmatch("كتيبه"))
    (True, False)
    """
    written = fnmatch.translate(pattern.replace("[", "[[]"))
    if not ARABIC_START.match(pattern):
        return re.compile(written)
    return re.compile(f"(?:{'|'.join(sorted(PROCLITICS, key=len, reverse=True))})(?:{written})")


def pattern_prefixes(pattern: str) -> tuple[str, ...]:
    """What the words of a pattern can begin with; empty texts where they may begin with anything.

    >>> pattern_prefixes("bagh*"), pattern_prefixes("*اتيج*"), pattern_prefixes("كتا*")[:3]
    (('bagh',), ('',), ('كتا', 'الكتا', 'بكتا'))
    """
    literal = WILDCARD.split(pattern, maxsplit=1)[0]
    if not literal:
        return ("",)
    if not ARABIC_START.match(literal):
        return (literal,)
    return tuple(clitic + literal for clitic in PROCLITICS)


def is_near(word: str, other: str, edits: int) -> bool:
    """Whether at most `edits` letters added, left out, changed or swapped with a neighbour make one word the other.

    Optimal string alignment (Damerau 1964): no letter is edited twice. The first letters must agree, which keeps the
    number of candidates small and is true of most slips.

    >>> is_near("العراق", "العارق", 1), is_near("كتاب", "كتب", 1), is_near("كتاب", "حساب", 1)
    (True, True, False)
    """
    if word[:1] != other[:1] or abs(len(word) - len(other)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        before, above, row = row, before, [i]
        for j, match in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == match:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > edits:
            return False
    return row[-1] <= edits
