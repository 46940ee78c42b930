"""Records for rescoring (see `grams`) of many texts at once; the same as `grams.record` makes of each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from articles.arabic.packed_words import spread
from articles.search.engines.whoosh.grams import CODE_SHIFT, MOST_IN_BODY, MOST_IN_TITLE, TITLE_SHIFT, encoded
from articles.search.engines.whoosh.word_table import WordTable

if TYPE_CHECKING:
    from articles.search.engines.whoosh.analysing import Texts

AT_ONCE = 128  # texts; bounds memory
COUNT_BITS, CODE_BITS, WORD_BITS = 16, 20, 32
MOST = (1 << COUNT_BITS) - 1
ONE = np.uint64(1)

Keys = NDArray[np.uint64]


class RecordMaker:
    """Makes the records of texts whose words a table numbers."""

    def __init__(self, table: WordTable) -> None:
        self.table = table
        self.surface = np.array(table.surface, dtype=np.int64)
        self.stem_codes = np.array(table.stem_codes, dtype="<u2")[np.array(table.stem, dtype=np.int64)]

    def made(self, texts: "Texts", wanted: NDArray[np.int64]) -> Iterator[dict[str, NDArray[Any]]]:
        """The record of each text."""
        for start in range(0, len(wanted), AT_ONCE):
            yield from self._some(texts, wanted[start : start + AT_ONCE])

    def _some(self, texts: "Texts", wanted: NDArray[np.int64]) -> Iterator[dict[str, NDArray[Any]]]:
        counts = np.diff(texts.bounds)[wanted]
        words = texts.words[spread(texts.bounds[wanted], counts)]
        title_words = np.array(texts.title_words, dtype=np.int64)[wanted]
        grams, gram_counts = self._grams(words, counts, title_words)
        stems = self.stem_codes[words]
        gram_ends, stem_ends = np.cumsum(gram_counts).tolist(), np.cumsum(counts).tolist()
        gram_start = stem_start = 0
        for titled, gram_end, stem_end in zip(title_words.tolist(), gram_ends, stem_ends, strict=True):
            yield encoded(grams[gram_start:gram_end], stems[stem_start:stem_end], titled)
            gram_start, stem_start = gram_end, stem_end

    def _grams(
        self, words: NDArray[np.uint32], counts: NDArray[np.int64], title_words: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The grams of each text with their counters, one text behind the other, and how many each has."""
        numbers = np.repeat(np.arange(len(counts)), counts)
        places = np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts)
        keys, times = counted(_packed(numbers, words, places >= title_words[numbers], bits=WORD_BITS))
        surfaces = self.surface[keys >> ONE & np.uint64((1 << WORD_BITS) - 1)]
        codes, lengths = self.table.grams.of(surfaces)
        keys, times = np.repeat(keys, lengths), np.repeat(times, lengths)
        keys = _packed(keys >> np.uint64(WORD_BITS + 1), codes, keys & ONE, bits=CODE_BITS)
        keys, times = counted(keys, times)
        counters = np.where(
            keys & ONE, np.minimum(times, MOST_IN_BODY), np.minimum(times, MOST_IN_TITLE) << TITLE_SHIFT
        )
        both = keys >> ONE
        firsts = _firsts(both)
        merged = np.add.reduceat(counters, firsts) if len(firsts) else counters
        held = both[firsts]
        per_text = np.bincount((held >> np.uint64(CODE_BITS)).astype(np.int64), minlength=len(counts))
        grams = ((held & np.uint64((1 << CODE_BITS) - 1)) << np.uint64(CODE_SHIFT)) + merged
        return grams.astype(np.uint32), per_text


def _packed(texts: NDArray[Any], values: NDArray[Any], in_body: NDArray[Any], *, bits: int) -> Keys:
    """A number for each: that of the text, a value of so many bits, and whether it stands in the body."""
    upper = texts.astype(np.uint64) << np.uint64(bits) | values.astype(np.uint64)
    packed: Keys = upper << ONE | in_body.astype(np.uint64)
    return packed


def counted(keys: Keys, times: Keys | None = None) -> tuple[Keys, Keys]:
    """The different keys, ascending, and how often each occurs; `times` says how often each stands for.

    Keys are below 2**48: one sort takes a key and its count together.

    >>> [each.tolist() for each in counted(np.array([4, 2, 4], dtype=np.uint64))]
    [[2, 4], [1, 2]]
    """
    if times is None:
        ordered = np.sort(keys)
        firsts = _firsts(ordered)
        return ordered[firsts], np.diff(np.append(firsts, len(keys))).astype(np.uint64)
    packed = np.sort(keys << np.uint64(COUNT_BITS) | np.minimum(times, MOST).astype(np.uint64))
    ordered = packed >> np.uint64(COUNT_BITS)
    firsts = _firsts(ordered)
    held = packed & np.uint64(MOST)
    return ordered[firsts], np.add.reduceat(held, firsts) if len(firsts) else held


def _firsts(ordered: Keys) -> NDArray[np.int64]:
    """Where in ascending keys each different one begins."""
    return (
        np.nonzero(np.append(True, ordered[1:] != ordered[:-1]))[0] if len(ordered) else np.zeros(0, np.int64)
    )
