"""The words of a field over several segments as one list, the most frequent of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar.terms import FieldTerms
from articles.search.word_list import WordList

MOST_WORDS = 150_000  # kept in memory, the most frequent: some 20 MB
LONGEST = 48  # bytes of a word, two a letter of Arabic; longer ones are left out
AT_A_TIME = 8  # bytes that are hashed in one step
ONES = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True)
class Entries:
    """The words of one segment that are short enough: the number of each, and how long it is in bytes."""

    held: FieldTerms
    numbers: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, held: FieldTerms) -> "Entries":
        starts = held.starts.astype(np.int64)
        lengths: NDArray[np.int64] = starts[1:] - starts[:-1] - 1  # less the line end
        short = np.nonzero(lengths <= LONGEST)[0]
        return cls(held, short, lengths[short])

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        return self.held.starts[self.numbers].astype(np.int64)

    def hashes(self) -> NDArray[np.uint64]:
        """A number for each word, the same in every segment; eight bytes of each are taken in at a time."""
        text = bytes(self.held.text)
        eights: NDArray[np.uint64] = np.ndarray(
            (len(text),), dtype="<u8", buffer=text + bytes(AT_A_TIME), strides=(1,)
        )
        hashes = self.lengths.astype(np.uint64)
        for begin in range(0, LONGEST, AT_A_TIME):
            rest = np.nonzero(self.lengths > begin)[0]
            bits = np.minimum(self.lengths[rest] - begin, AT_A_TIME).astype(np.uint64) * np.uint64(8)
            taken = eights[self.starts[rest] + begin] & (ONES >> (np.uint64(64) - bits))
            hashes[rest] = _mixed(hashes[rest] ^ taken)
        return hashes


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014): every bit in bears on every bit out."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def word_list(segments: Iterable[FieldTerms]) -> WordList:
    """The most frequent words of one field in these segments together; deleted documents still count."""
    held = [Entries.of(words) for words in segments if len(words)]
    if not held:
        return WordList()
    hashes = np.concatenate([each.hashes() for each in held])
    order = np.argsort(hashes, kind="stable")
    begins = np.nonzero(np.diff(hashes[order], prepend=~hashes[order][:1]))[0]
    frequencies = np.concatenate([each.held.document_frequencies(each.numbers) for each in held])
    counts = np.add.reduceat(frequencies[order], begins)
    kept = (
        np.argpartition(-counts, MOST_WORDS)[:MOST_WORDS]
        if len(counts) > MOST_WORDS
        else np.arange(len(counts))
    )
    words = _written(held, order[begins[kept]])
    ranked = sorted(range(len(words)), key=words.__getitem__)
    return WordList([words[number] for number in ranked], counts[kept][ranked])


def _written(held: list[Entries], numbers: NDArray[np.int64]) -> list[str]:
    """The words that stand at these numbers when the entries of all segments are counted through."""
    words: list[str] = [""] * len(numbers)
    begun = 0
    for each in held:
        text = bytes(each.held.text)
        places = np.nonzero((numbers >= begun) & (numbers < begun + len(each.numbers)))[0]
        own = numbers[places] - begun
        starts = each.starts[own]
        ends = (starts + each.lengths[own]).tolist()
        for place, start, end in zip(places.tolist(), starts.tolist(), ends, strict=True):
            words[place] = text[start:end].decode()
        begun += len(each.numbers)
    return words
