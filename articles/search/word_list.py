"""The words of an index with how many documents hold each, as arrays that answer in about a millisecond."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

# The letters that normalised words are written with; any other character is a stranger to all of them.
ARABIC_LETTERS = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
ALPHABET = ARABIC_LETTERS + LATIN_LETTERS + DIGITS + "'"
STRANGER = 0  # its code; the letters are numbered from 1
CODES = {letter: code for code, letter in enumerate(ALPHABET, start=1)}
LONGEST_WORD = 24  # letters; a longer word is neither completed nor corrected

AFTER_EVERY_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Counted:
    """A word, and the number of documents that hold it."""

    word: str
    count: int


def encode(words: Sequence[str]) -> NDArray[np.uint8]:
    """The letters of words as numbers, one column a word, filled up with STRANGER.

    >>> encode(["اب", "ء"]).tolist()
    [[2, 1], [3, 0]]
    """
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    codes = np.zeros((int(lengths.max(initial=0)), len(words)), dtype=np.uint8)
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    columns = np.repeat(np.arange(len(words)), lengths)
    rows = np.arange(len(points)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    codes[rows, columns] = CODE_OF_POINT[np.minimum(points, len(CODE_OF_POINT) - 1)]
    return codes


def _codes_of_points() -> NDArray[np.uint8]:
    table = np.zeros(max(map(ord, ALPHABET)) + 2, dtype=np.uint8)
    for letter, code in CODES.items():
        table[ord(letter)] = code
    return table


CODE_OF_POINT = _codes_of_points()

# One bit a letter, digits together: words whose letters differ by many bits are many edits apart.
BIT_OF_CODE = np.zeros(len(ALPHABET) + 1, dtype=np.uint64)
BIT_OF_CODE[1:] = [1 << min(code, 63) for code in range(len(ALPHABET))]


def letter_bits(codes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Which letters each word has, a bit a letter."""
    bits = np.zeros(codes.shape[1], dtype=np.uint64)
    for row in codes:
        bits |= BIT_OF_CODE[row]
    return bits


@dataclass
class WordList:
    """Words in the order of their letters' code points; arrays that few questions need are made when asked for."""

    words: list[str] = field(default_factory=list)
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def count(self, word: str) -> int:
        place = bisect_left(self.words, word)
        found = place < len(self.words) and self.words[place] == word
        return int(self.counts[place]) if found else 0

    def starting_with(self, prefix: str, limit: int) -> list[Counted]:
        """The `limit` most frequent words that begin with `prefix`, the most frequent first."""
        first = bisect_left(self.words, prefix)
        last = bisect_left(self.words, prefix + AFTER_EVERY_LETTER, lo=first)
        return self.most_frequent(np.arange(first, last), limit)

    def most_frequent(self, numbers: NDArray[np.int64], limit: int) -> list[Counted]:
        """The `limit` most frequent of the words with these numbers; equals in the order of the alphabet."""
        numbers = self.largest(numbers, limit)
        order = np.argsort(-self.counts[numbers], kind="stable")[:limit]
        return [Counted(self.words[number], int(self.counts[number])) for number in numbers[order].tolist()]

    def largest(self, numbers: NDArray[np.int64], limit: int) -> NDArray[np.int64]:
        """The numbers of the `limit` most frequent of these words, and of those as frequent as the last of them."""
        if not 0 < limit < len(numbers):
            return numbers[: max(limit, 0)]
        counts = self.counts[numbers]
        return numbers[counts >= np.partition(counts, len(counts) - limit)[len(counts) - limit]]

    @cached_property
    def codes(self) -> NDArray[np.uint8]:
        """The letters of every word, longer words cut."""
        return encode([word[:LONGEST_WORD] for word in self.words])

    @cached_property
    def lengths(self) -> NDArray[np.uint8]:
        return np.fromiter((min(len(word), 255) for word in self.words), dtype=np.uint8)

    @cached_property
    def bits(self) -> NDArray[np.uint64]:
        return letter_bits(self.codes)

    def with_letters_of(self, word: str, *, differing: int, longer: int) -> NDArray[np.int64]:
        """The numbers of words of about the same letters: at most `differing` of them in one of the two alone."""
        if not self.words or not 0 < len(word) <= LONGEST_WORD:
            return np.zeros(0, dtype=np.int64)
        lengths = self.lengths.astype(np.int16)
        (own,) = letter_bits(encode([word]))
        near = (np.abs(lengths - len(word)) <= longer) & (lengths <= LONGEST_WORD)
        near &= np.bitwise_count(self.bits ^ own) <= differing
        return np.nonzero(near)[0]
