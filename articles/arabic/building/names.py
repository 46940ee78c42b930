"""Picks the words of a frequency list that the lexicon lacks: names above all, of people, places and firms.

What is such a word with a clitic or an ending is left out, so that the list holds each word once.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from articles.arabic.characters import ALEF, BEH, FEH, HEH, KAF, LAM, MEEM, NOON, TEH, WAW, YEH

LEAST_FREQUENCY = 1e-7
SHORTEST = 3

CONJUNCTIONS = (WAW, FEH)
PREPOSITIONS = (BEH, LAM, KAF)
ARTICLES = (ALEF + LAM, BEH + ALEF + LAM, KAF + ALEF + LAM, LAM + LAM)
PREFIXES = tuple(
    conjunction + rest for conjunction in ("", *CONJUNCTIONS) for rest in ("", *ARTICLES, *PREPOSITIONS)
)
SUFFIXES = (
    "",
    HEH,
    ALEF + TEH,
    YEH + NOON,
    WAW + NOON,
    ALEF + NOON,
    TEH + YEH + NOON,
    TEH + ALEF + NOON,
    HEH + ALEF,
    HEH + MEEM,
)
# How much rarer a word may be than the same word with an article, a clitic or an ending before it is
# doubted that it is the one it was made of.
RARER_THAN_WITH_ARTICLE = 0.01
RARER_THAN_WITH_CLITIC = 1.0
RARER_THAN_WITH_ENDING = 0.5

ARABIC_LETTERS = re.compile("[\u0621-\u063a\u0641-\u064a]+")


def pick_names(frequencies: Mapping[str, float], is_known: Callable[[str], bool]) -> Iterator[str]:
    """The words that are frequent enough, not known, and not made of a likelier word.

    >>> list(pick_names({"اوباما": 1e-5, "واوباما": 1e-6, "كتاب": 1e-4}, {"كتاب"}.__contains__))
    ['اوباما']
    """
    for word, frequency in frequencies.items():
        if frequency < LEAST_FREQUENCY or len(word) < SHORTEST or not ARABIC_LETTERS.fullmatch(word):
            continue
        if not is_known(word) and not is_made_of_another(word, frequencies):
            yield word


def is_made_of_another(word: str, frequencies: Mapping[str, float]) -> bool:
    """Whether taking an affix off leaves a word frequent enough to be what this one is made of."""
    own = frequencies[word]
    return any(frequencies.get(rest, 0.0) >= own * ratio for rest, ratio in without_affixes(word))


def without_affixes(word: str) -> Iterator[tuple[str, float]]:
    """What is left of a word without each affix it may have, and the least ratio of frequencies to believe it."""
    for prefix in PREFIXES:
        if word.startswith(prefix):
            for suffix in SUFFIXES:
                rest = word[len(prefix) : len(word) - len(suffix)]
                if (prefix or suffix) and word.endswith(suffix) and len(rest) >= SHORTEST:
                    yield rest, ratio_to_believe(prefix, suffix)


def ratio_to_believe(prefix: str, suffix: str) -> float:
    if suffix:
        return RARER_THAN_WITH_ENDING
    return RARER_THAN_WITH_ARTICLE if prefix.endswith(LAM) and len(prefix) > 1 else RARER_THAN_WITH_CLITIC
