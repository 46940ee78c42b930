"""What rescoring needs to know of the best hits, one record an article in a column of the index.

A record is three lists of numbers:

grams   32 bits each and ascending: 20 bits of code, 4 of how often in the title, 8 of how often in the body
stems   the stem of each word, title and body in order: a code of 16 bits
title   one number, how many words the title has

Codes stand for letters only to compare them: two grams may share one, so records rank and never match.
"""

import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import COLUMN

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.grams import CODES, gram_codes
from articles.arabic.tokenization import words
from articles.search.engines import schema
from articles.search.engines.schema import PART_BREAK
from articles.search.engines.whoosh.columnar.columns import ListsColumn
from articles.search.engines.whoosh.fields import placed_words

if TYPE_CHECKING:
    from articles.search.engines.whoosh.snapshot import Snapshot

CODE_SHIFT, TITLE_SHIFT = 12, 8
MOST_IN_TITLE, MOST_IN_BODY = 15, 255  # what a gram's counters hold; BM25 hardly tells more apart
GRAMS, STEMS, TITLE = "grams", "stems", "title"
TYPES = {GRAMS: "<u4", STEMS: "<u2", TITLE: "<u4"}
STEM_CODES = 1 << 16
CACHED_WORDS = 100_000
SAMPLED = 2048  # articles that tell how common a gram is


def stem_code(stem: str) -> int:
    """A stem as a number below 2**16, the same on every machine.

    >>> stem_code("كتاب") == stem_code("كتاب") < STEM_CODES
    True
    """
    return zlib.crc32(stem.encode("utf-8", "surrogatepass")) % STEM_CODES


# Of a word as printed, as bytes: 32-bit gram codes moved to their place, and the 16-bit code of its stem.
GRAM_BYTES: BoundedCache[bytes] = BoundedCache(
    lambda word: array("I", [code << CODE_SHIFT for code in gram_codes(SURFACE(word))]).tobytes(),
    limit=CACHED_WORDS,
)
STEM_BYTES: BoundedCache[bytes] = BoundedCache(
    lambda word: stem_code(STEM(word)).to_bytes(2, "little"), limit=CACHED_WORDS
)


def record(text: str) -> dict[str, NDArray[Any]]:
    """The record of title, PART_BREAK and body."""
    placed, _places = placed_words(text)  # which the fields of words have asked for already
    title_words = len(words(text.partition(PART_BREAK)[0]))
    in_title, title_counts = np.unique(_grams(placed[:title_words]), return_counts=True)
    in_body, body_counts = np.unique(_grams(placed[title_words:]), return_counts=True)
    grams = np.union1d(in_title, in_body)
    grams[np.searchsorted(grams, in_title)] += _counter(title_counts, MOST_IN_TITLE) << np.uint32(TITLE_SHIFT)
    grams[np.searchsorted(grams, in_body)] += _counter(body_counts, MOST_IN_BODY)
    stems = np.frombuffer(b"".join([STEM_BYTES[word] for word in placed]), dtype="<u2")
    return encoded(grams, stems, title_words)


def encoded(grams: NDArray[Any], stems: NDArray[Any], title_words: int) -> dict[str, NDArray[Any]]:
    """A record as the column takes it."""
    return {GRAMS: grams, STEMS: stems, TITLE: np.array([title_words])}


def _grams(printed: Iterable[str]) -> NDArray[np.uint32]:
    return np.frombuffer(b"".join([GRAM_BYTES[word] for word in printed]), dtype=np.uint32)


def _counter(counts: NDArray[Any], most: int) -> NDArray[np.uint32]:
    return np.minimum(counts, most).astype(np.uint32)


class RecordColumn(COLUMN):
    """A Whoosh field that keeps the record of a text, and no word of it."""

    def __init__(self) -> None:
        super().__init__(ListsColumn(**TYPES))

    def to_column_value(self, value: str | dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """The record of a text; one that was made with those of a whole batch is taken as it is."""
        return record(value) if isinstance(value, str) else value

    def from_column_value(self, value: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        return value


@dataclass(frozen=True, slots=True)
class Records:
    """Records of several documents, one behind the other.

    The grams of document i are `grams[gram_bounds[i] : gram_bounds[i + 1]]`, and so are its stems; of those, the first
    `title_words[i]` stand in the title.
    """

    grams: NDArray[np.uint32]
    gram_bounds: NDArray[np.int64]
    stems: NDArray[np.uint16]
    stem_bounds: NDArray[np.int64]
    title_words: NDArray[np.int64]


class Holders(NamedTuple):
    """Grams found in documents: which document and which code, by their numbers in what was asked for, and the gram."""

    documents: NDArray[np.int64]
    codes: NDArray[np.int64]
    grams: NDArray[np.uint32]


class RecordReader:
    """The records of one snapshot, and how common each gram is in it."""

    def __init__(self, snapshot: "Snapshot") -> None:
        self.snapshot = snapshot
        self.size = snapshot.size
        # One more than the length, 0 where it is not counted: of what nobody asked for no memory is taken.
        self._lengths = np.zeros((2, snapshot.size), dtype=np.int32)
        self._commonness: Commonness | None = None

    def records(self, documents: NDArray[np.int64], *, with_grams: bool = True) -> Records:
        """The records of `documents`; that of a document without one is empty."""
        grams, gram_counts = self._lists(GRAMS, documents) if with_grams else _no_grams(documents)
        stems, stem_counts = self._lists(STEMS, documents)
        title_words, held = self._lists(TITLE, documents)
        titles = np.zeros(len(documents), dtype=np.int64)
        titles[held > 0] = title_words
        return Records(grams, _bounds(gram_counts), stems, _bounds(stem_counts), titles)

    def gram_lengths(self, documents: NDArray[np.int64]) -> NDArray[np.int32]:
        """How many grams each of the documents has in its title (row 0) and in its body (row 1); kept once counted."""
        new = documents[self._lengths[0, documents] == 0]
        if len(new):
            grams, counts = self._lists(GRAMS, new)
            self._lengths[:, new] = [sums(counted, _bounds(counts)) + 1 for counted in frequencies(grams)]
        return self._lengths[:, documents] - 1

    def holders(self, documents: NDArray[np.int64], codes: NDArray[np.uint32]) -> Holders:
        """Which of the documents hold grams of which of the codes; the grams are looked up where they stand."""
        found: list[Holders] = []
        for arrays, offset in self.snapshot.parts():
            places = np.flatnonzero((documents >= offset) & (documents < offset + arrays.count))
            if len(places):
                items, edges = arrays.lists(schema.GRAMS, GRAMS)
                numbers = documents[places] - offset
                starts, stops = edges[numbers].astype(np.int64), edges[numbers + 1].astype(np.int64)
                own = _held(np.asarray(items), starts, stops, codes)
                found.append(Holders(places[own.documents], own.codes, own.grams))
        none = np.zeros(0, dtype=np.int64)
        return Holders(*map(np.concatenate, zip((none, none, none.astype(np.uint32)), *found, strict=True)))

    def _lists(self, part: str, documents: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """One part of the records of documents, one behind the other, and how long it is in each."""
        counts = np.zeros(len(documents), dtype=np.int64)
        found: list[NDArray[Any]] = [np.zeros(0, dtype=TYPES[part])] * len(documents)
        for arrays, offset in self.snapshot.parts():
            places = np.flatnonzero((documents >= offset) & (documents < offset + arrays.count))
            if len(places):
                items, edges = arrays.lists(schema.GRAMS, part)
                items, numbers = np.asarray(items), documents[places] - offset
                starts, stops = edges[numbers].astype(np.int64), edges[numbers + 1].astype(np.int64)
                counts[places] = stops - starts
                for place, start, stop in zip(places.tolist(), starts.tolist(), stops.tolist(), strict=True):
                    found[place] = items[start:stop]
        return np.concatenate([np.zeros(0, dtype=TYPES[part]), *found]), counts

    def commonness(self) -> "Commonness":
        """Worked out when first asked for: the records of a sample of documents are read."""
        if self._commonness is None:
            step = max(1, -(-self.size // SAMPLED))
            self._commonness = Commonness(*self._lists(GRAMS, np.arange(0, self.size, step, dtype=np.int64)))
        return self._commonness


def _no_grams(documents: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    return np.zeros(0, dtype=TYPES[GRAMS]), np.zeros(len(documents), dtype=np.int64)


def _held(
    items: NDArray[np.uint32],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    codes: NDArray[np.uint32],
) -> Holders:
    """The grams of these codes in each stretch of `items`, which ascend within it and hold a code once."""
    places = first_at_least(items, starts, stops, codes << np.uint32(CODE_SHIFT))
    documents, numbers = np.nonzero(places < stops[:, np.newaxis])
    grams = items[places[documents, numbers]]
    same = grams >> np.uint32(CODE_SHIFT) == codes[numbers]
    return Holders(documents[same], numbers[same], grams[same])


def first_at_least(
    items: NDArray[np.uint32],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    wanted: NDArray[np.uint32],
) -> NDArray[np.int64]:
    """For each stretch (a row) and each number (a column) the first place in the stretch of one as large, or its end.

    >>> first_at_least(np.array([1, 5, 9, 2, 3]), np.array([0, 3]), np.array([3, 5]), np.array([3, 6])).tolist()
    [[1, 2], [4, 5]]
    """
    first = np.repeat(starts[:, np.newaxis], len(wanted), axis=1)
    ends = stops[:, np.newaxis]
    longest = int((stops - starts).max(initial=0))
    # All searches take the same steps, the largest first: what lies a step ahead and is smaller is stepped over.
    for step in (1 << bit for bit in reversed(range(longest.bit_length()))):
        ahead = first + (step - 1)
        smaller = items.take(ahead, mode="clip") < wanted
        smaller &= ahead < ends
        first += smaller * step
    return first


def sums(numbers: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of each stretch between two bounds.

    >>> sums(np.array([3, 4, 5], dtype=np.uint32), np.array([0, 2, 2, 3])).tolist()
    [7, 0, 5]
    """
    totals = np.zeros(len(bounds) - 1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled):
        totals[filled] = np.add.reduceat(numbers, bounds[filled], dtype=np.int64)
    return totals


def _bounds(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])


class Commonness:
    """How many documents of a sample hold each gram, and how long their records are."""

    def __init__(self, grams: NDArray[np.uint32], held: NDArray[np.int64]) -> None:
        """`grams` are those of all records of the sample, `held` is how many each of them has."""
        title, body = frequencies(grams)
        documents = max(1, int(np.count_nonzero(held)))
        self.counts = np.bincount(grams >> np.uint32(CODE_SHIFT), minlength=CODES).astype(np.uint16)
        self.documents = documents
        # Grams an article, for BM25's length; never 0, so that it can divide.
        self.in_title = max(1.0, float(title.sum()) / documents)
        self.in_body = max(1.0, float(body.sum()) / documents)

    def idf(self, codes: NDArray[np.int64]) -> NDArray[np.float64]:
        """BM25's idf as the sample has it, ln(1 + (n − df + ½) / (df + ½))."""
        counts = self.counts[codes].astype(np.int64)
        return np.asarray(np.log1p((self.documents - counts + 0.5) / (counts + 0.5)))


def frequencies(grams: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """How often each gram of a record occurs in the title and in the body."""
    return grams >> np.uint32(TITLE_SHIFT) & np.uint32(MOST_IN_TITLE), grams & np.uint32(MOST_IN_BODY)
