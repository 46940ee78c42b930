"""Terms without Whoosh's readers, which read files piece by piece: in whole arrays, or from mapped memory.

The words of a field over several segments become one list, the most frequent of them; and the terms of a segment that
begin with a prefix are found ten times faster than Whoosh finds them.
"""

import mmap
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader

from articles.search.engines.whoosh.segment_words import SegmentWords
from articles.search.word_list import WordList

MOST_WORDS = 150_000  # kept in memory, the most frequent: some 20 MB
LONGEST = 48  # bytes of a word, two a letter of Arabic; longer ones are left out
AT_A_TIME = 8  # bytes that are hashed in one step
ONES = np.uint64(0xFFFFFFFFFFFFFFFF)

# An entry of a term dictionary: lengths of key and data, key (number of the field, then the term), data (flags in a
# byte, weight in four, document frequency in four, ...). Numbers are big-endian.
NUMBER, FIELD_NUMBER, BEFORE_FREQUENCY = 4, 2, 5
PLACES = {"B": ">u1", "H": ">u2", "i": ">i4", "I": ">u4", "q": ">i8"}


@dataclass(frozen=True)
class Entries:
    """The words of one segment that are short enough: the number of each, and how long it is in bytes."""

    held: SegmentWords
    numbers: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, held: SegmentWords) -> "Entries":
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


def word_list(segments: Iterable[SegmentWords]) -> WordList:
    """The most frequent words of one field in these segments together; deleted documents still count."""
    held = [Entries.of(words) for words in segments if len(words)]
    if not held:
        return WordList()
    hashes = np.concatenate([each.hashes() for each in held])
    order = np.argsort(hashes, kind="stable")
    begins = np.nonzero(np.diff(hashes[order], prepend=~hashes[order][:1]))[0]
    frequencies = np.concatenate([each.held.counts[each.numbers].astype(np.int64) for each in held])
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


class TermFile:
    """A segment's term dictionary mapped into memory."""

    def __init__(self, leaf: SegmentReader) -> None:
        terms = leaf._terms
        path = Path(leaf.storage().folder) / leaf.segment().make_filename(W3Codec.TERMS_EXT)
        with path.open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        index = terms._tindex
        self.fields: dict[str, int] = terms._fieldmap
        self.places = np.frombuffer(
            self.data, dtype=PLACES[index.extras["indextype"]], count=index.indexlen, offset=index.indexbase
        )

    def beginning_with(self, name: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms of a field that begin so, in order, and how many documents hold each, deleted ones included."""
        if name not in self.fields:
            return
        wanted = self.fields[name].to_bytes(FIELD_NUMBER, "big") + prefix.encode("utf-8", "surrogatepass")
        first = bisect_left(range(len(self.places)), wanted, key=self._key)
        for number in range(first, len(self.places)):
            key = self._key(number)
            if not key.startswith(wanted):
                return
            frequency = int(self.places[number]) + 2 * NUMBER + len(key) + BEFORE_FREQUENCY
            yield key[FIELD_NUMBER:].decode(), self._number(frequency)

    def _key(self, number: int) -> bytes:
        place = int(self.places[number])
        start = place + 2 * NUMBER
        return self.data[start : start + self._number(place)]

    def _number(self, place: int) -> int:
        return int.from_bytes(self.data[place : place + NUMBER], "big")
