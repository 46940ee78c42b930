"""What many words tell at once: the terms, the roots and the grams that `analysis`, `roots` and `grams` tell of each.

Plain Arabic words of a usual length, which nearly all are, are worked out together in arrays; all others one by one.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import LITERAL
from articles.arabic.bulk_reading import BulkReader
from articles.arabic.characters import (
    ALEF,
    ALEF_HAMZA_ABOVE,
    ALEF_HAMZA_BELOW,
    ALEF_MADDA,
    ALEF_MAQSURA,
    HAMZA,
    HEH,
    MEEM,
    TEH,
    TEH_MARBUTA,
    WAW_HAMZA,
    YEH,
    YEH_HAMZA,
)
from articles.arabic.grams import BOUNDARY, CODES, LETTERS_IN_A_GRAM, gram_codes
from articles.arabic.normalization import normalize
from articles.arabic.packed_words import (
    BASE,
    LETTERS,
    Rows,
    code_of,
    lengths_of,
    rows_of,
    texts_of,
)
from articles.arabic.roots import DOUBT, known_roots, roots_by_pattern, work_out
from articles.arabic.stemming import Stemmer, stemmer
from articles.arabic.unseen_words import stem_unseen

BOUNDARY_CODE = BASE
FOLDED = np.arange(BASE, dtype=np.uint8)
for written, read in (
    (ALEF_MADDA, ALEF),
    (ALEF_HAMZA_ABOVE, ALEF),
    (ALEF_HAMZA_BELOW, ALEF),
    (ALEF_MAQSURA, YEH),
    (TEH_MARBUTA, HEH),
):
    FOLDED[code_of(written)] = code_of(read)


class Told(NamedTuple):
    """What words tell: the place of each one's surface term in `surfaces`.

    `stems` and `roots` are those of each surface term; so are the grams, which stand one behind the other, as many as
    `gram_counts` says of each.
    """

    surface_of: NDArray[np.int64]
    surfaces: list[str]
    stems: list[str]
    roots: list[Sequence[str]]
    grams: NDArray[np.uint32]
    gram_counts: NDArray[np.int64]


class BulkAnalyser:
    """Analyses words by the tables of a stemmer."""

    def __init__(self, stemmer: Stemmer) -> None:
        self.stemmer = stemmer
        self.reader = BulkReader(stemmer.lexicon, known_roots())
        headwords = self.reader.headwords
        self.terms = [stemmer.related.get(headword, headword) for headword in headwords]

    def tell(self, words: Sequence[str]) -> Told:
        """What the words tell."""
        surfaces = surfaces_of(words)
        places: dict[str, int] = {}
        surface_of = np.array([places.setdefault(surface, len(places)) for surface in surfaces], np.int64)
        distinct = list(places)
        plain, rows = rows_of(distinct)
        stems, roots = self._stems_and_roots(distinct, plain, rows)
        grams, counts = _grams(distinct, plain, rows)
        return Told(surface_of, distinct, stems, roots, grams, counts)

    def _stems_and_roots(
        self, surfaces: list[str], plain: NDArray[np.int64], rows: Rows
    ) -> tuple[list[str], list[Sequence[str]]]:
        """Raises nothing; words without a row are asked for one by one."""
        read = self.reader.read(rows, doubt=DOUBT)
        stems = list(map(self.stemmer.exceptions.get, surfaces))
        roots: list[Sequence[str]] = [()] * len(surfaces)
        names, terms, related = self.reader.root_names, self.terms, self.stemmer.related
        for place, number in zip(plain[read.rooted].tolist(), read.roots.tolist(), strict=True):
            roots[place] = (*roots[place], names[number])
        for place, headword in zip(plain.tolist(), read.headwords.tolist(), strict=True):
            if stems[place] is None and headword < 0:
                unseen = stem_unseen(surfaces[place])
                stems[place] = related.get(unseen, unseen)
            elif stems[place] is None:
                stems[place] = terms[headword]
            if not roots[place]:
                roots[place] = roots_by_pattern(surfaces[place])
        for place in _others(plain, len(surfaces)).tolist():
            stems[place] = self.stemmer.stem(surfaces[place])
            roots[place] = work_out(surfaces[place])
        return [stem or "" for stem in stems], roots


def _others(places: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The places below `count` that are not among `places`."""
    others = np.ones(count, dtype=np.bool_)
    others[places] = False
    return np.flatnonzero(others)


def literals_of(words: Sequence[str]) -> list[str]:
    """The words with their letters as written, as `LITERAL` gives them.

    >>> literals_of(["مُحَمَّد", "كتاب"])
    ['محمد', 'كتاب']
    """
    literals = list(words)
    for place in _others(rows_of(words)[0], len(words)).tolist():
        literals[place] = LITERAL.apply_rules(words[place])
    return literals


def surfaces_of(words: Sequence[str]) -> list[str]:
    """The words normalised; a word that folds to nothing is left so.

    >>> surfaces_of(["الأمريكيّة", "مائة"])
    ['الامريكيه', 'ميه']
    """
    places, rows = rows_of(words)
    surfaces, rows = [""] * len(words), FOLDED[rows]
    is_simple = ~_needs_rules(rows)
    simple = places[is_simple]
    for place, surface in zip(simple.tolist(), texts_of(rows[is_simple]), strict=True):
        surfaces[place] = surface
    for place in _others(simple, len(words)).tolist():
        surfaces[place] = normalize(words[place])
    return surfaces


def _needs_rules(rows: Rows) -> NDArray[np.bool_]:
    """Which of the folded words have a hamza, or letters like those of the hundred: their rules look around."""
    hamzas = np.isin(rows, [code_of(HAMZA), code_of(WAW_HAMZA), code_of(YEH_HAMZA)]).any(axis=1)
    hundred = (
        (rows[:, :-3] == code_of(MEEM))
        & (rows[:, 1:-2] == code_of(ALEF))
        & (rows[:, 2:-1] == code_of(YEH))
        & ((rows[:, 3:] == code_of(HEH)) | (rows[:, 3:] == code_of(TEH)))
    ).any(axis=1)
    found: NDArray[np.bool_] = hamzas | hundred
    return found


def _grams(
    surfaces: list[str], plain: NDArray[np.int64], rows: Rows
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The grams of all words, one behind the other, and how many each has."""
    codes, lengths = bulk_gram_codes(rows)
    counts = np.zeros(len(surfaces), dtype=np.int64)
    counts[plain] = lengths
    others = _others(plain, len(surfaces))
    rest = {place: gram_codes(surfaces[place]) for place in others.tolist()}
    for place, own in rest.items():
        counts[place] = len(own)
    is_other = np.zeros(len(surfaces), dtype=np.bool_)
    is_other[others] = True
    in_rest = np.repeat(is_other, counts)
    grams = np.empty(len(in_rest), dtype=np.uint32)
    grams[~in_rest] = codes
    grams[in_rest] = [code for own in rest.values() for code in own]
    return grams, counts


def _crc_table() -> NDArray[np.uint32]:
    table = np.arange(256, dtype=np.uint32)
    for _bit in range(8):
        table = np.where(table & 1, table >> np.uint32(1) ^ np.uint32(0xEDB88320), table >> np.uint32(1))
    return table


CRC = _crc_table()
# The two bytes of each letter by its code; the boundary has one, what is behind a word none.
FIRST_BYTES, SECOND_BYTES = np.zeros((2, BASE + 1), dtype=np.uint32)
for letter in LETTERS:
    FIRST_BYTES[code_of(letter)], SECOND_BYTES[code_of(letter)] = letter.encode()
FIRST_BYTES[BOUNDARY_CODE] = ord(BOUNDARY)


def bulk_gram_codes(rows: Rows) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The codes of the grams of each word, one word behind the other, and how many each has: see `grams.gram_codes`.

    >>> [each.tolist() for each in bulk_gram_codes(rows_of(["كتاب"])[1])]
    [[717081, 1041690, 961532], [3]]
    """
    lengths = lengths_of(rows)
    marked = np.zeros((len(rows), rows.shape[1] + 2), dtype=np.uint8)
    marked[:, 1:-1] = rows
    marked[:, 0] = BOUNDARY_CODE
    marked[np.arange(len(rows)), lengths + 1] = BOUNDARY_CODE
    counts = np.maximum(lengths + 2 - LETTERS_IN_A_GRAM, 0) + 1
    words = np.repeat(np.arange(len(rows)), counts)
    begins = np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts)
    checksums = np.full(len(words), 0xFFFFFFFF, dtype=np.uint32)
    for place in range(LETTERS_IN_A_GRAM):
        letters = marked[words, begins + place]
        for encoded in (FIRST_BYTES, SECOND_BYTES):
            byte = encoded[letters]
            stepped = CRC[(checksums ^ byte) & 0xFF] ^ checksums >> np.uint32(8)
            checksums = np.where(byte, stepped, checksums)
    return (checksums ^ np.uint32(0xFFFFFFFF)) % np.uint32(CODES), counts


@cache
def bulk_analyser() -> BulkAnalyser:
    """The analyser of the shipped tables, made when first needed."""
    return BulkAnalyser(stemmer())
