"""The character 4-grams of a word: they rank what was found, and find nothing by themselves.

Grams are taken of the normalised word, with its two ends marked, so that a shared beginning or ending
counts for more than the same letters in the middle.
"""

import zlib

BOUNDARY = "_"
LETTERS_IN_A_GRAM = 4
CODES = 1 << 20


def grams(surface: str) -> tuple[str, ...]:
    """Every run of four characters of a normalised word whose ends are marked; a shorter word is one gram.

    >>> grams("كتاب")
    ('_كتا', 'كتاب', 'تاب_')
    >>> grams("علم"), grams("في"), grams("و")
    (('_علم', 'علم_'), ('_في_',), ('_و_',))
    """
    marked = f"{BOUNDARY}{surface}{BOUNDARY}"
    last = max(len(marked) - LETTERS_IN_A_GRAM, 0)
    return tuple([marked[place : place + LETTERS_IN_A_GRAM] for place in range(last + 1)])


def gram_codes(surface: str) -> tuple[int, ...]:
    """The grams of a normalised word as numbers below 2**20, the same on every machine and in every run.

    >>> gram_codes("كتاب")
    (717081, 1041690, 961532)
    """
    crc32 = zlib.crc32
    return tuple([crc32(gram.encode("utf-8", "surrogatepass")) % CODES for gram in grams(surface)])
