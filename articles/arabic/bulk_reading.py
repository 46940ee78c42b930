"""The readings of many words at once, by the lexicon: what `stemming` and `roots` ask of it, in arrays.

Every cut of every word is looked up in one go, and a reading is one number that is the larger the likelier it is. What
is found is what `Lexicon.ranked` finds for each word by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.arabic.lexicon import (
    PERFECT,
    PLAIN_PERFECT,
    UNSEEN_AFFIX,
    Lexicon,
)
from articles.arabic.packed_words import (
    LONGEST,
    POWERS,
    Numbers,
    Places,
    Rows,
    beginnings,
    lengths_of,
    numbers_of,
    rows_of,
    spread,
)

AT_ONCE = 16_384  # words; bounds memory
# A reading as a number, from its lowest bits up: the headword's rank, the letters of the stem, the weight, the word.
HEADWORD_BITS, LENGTH_BITS, WEIGHT_BITS = 20, 4, 12
LOWEST_WEIGHT = 1 << (WEIGHT_BITS - 1)

Array = NDArray[np.int64]


class Cuts(NamedTuple):
    """Cuts of words into a known prefix, a known stem and a known suffix, each by its number."""

    words: Array
    prefixes: Array
    stems: Array
    suffixes: Array

    def where(self, chosen: NDArray[np.bool_] | Array) -> "Cuts":
        return Cuts(*(each[chosen] for each in self))


class Read(NamedTuple):
    """What words say: the headword of each (its rank, -1 for none), and pairs of a word and a root it may have."""

    headwords: Array
    rooted: Array
    roots: Array


class Affixed:
    """The affixes that are known, and what of them goes with which category, at what weight."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.categories = {category: number for number, category in enumerate(lexicon.categories)}
        self.prefixes, prefix_numbers = _numbered(lexicon.prefixes)
        self.suffixes, suffix_numbers = _numbered(lexicon.suffixes)
        count = len(self.categories)
        self.empty_suffix = suffix_numbers.get("", -1)
        self.allowed = np.zeros((count, len(prefix_numbers), len(suffix_numbers)), dtype=np.bool_)
        self.prefix_weights = np.full((count, len(prefix_numbers)), UNSEEN_AFFIX, dtype=np.int64)
        self.suffix_weights = np.full((count, len(suffix_numbers)), UNSEEN_AFFIX, dtype=np.int64)
        for category, number in self.categories.items():
            allowed, prefix_weights, suffix_weights = lexicon.categories[category]
            for prefix, suffixes in allowed.items():
                own = [suffix_numbers[suffix] for suffix in suffixes]
                self.allowed[number, prefix_numbers[prefix], own] = True
            _put(self.prefix_weights[number], prefix_numbers, prefix_weights)
            _put(self.suffix_weights[number], suffix_numbers, suffix_weights)


def _numbered(affixes: frozenset[str]) -> tuple[Places, dict[str, int]]:
    """Where to find affixes by their numbers as words, and their places; the empty one is the number 0."""
    known, rows = rows_of(sorted(affixes))
    ordered = sorted(affixes)
    numbers = {ordered[place]: number for place, number in zip(known.tolist(), numbers_of(rows), strict=True)}
    if "" in affixes:
        numbers[""] = np.uint64(0)
    ranked = sorted(numbers, key=numbers.__getitem__)
    ascending = np.array([numbers[affix] for affix in ranked], dtype=np.uint64)
    return Places(ascending), {affix: place for place, affix in enumerate(ranked)}


def _put(row: Array, places: Mapping[str, int], weights: Mapping[str, int]) -> None:
    for affix, weight in weights.items():
        if affix in places:
            row[places[affix]] = weight


class BulkReader:
    """The lexicon in arrays; `headwords` are in the order of their letters, `root_names` as they come."""

    def __init__(self, lexicon: Lexicon, roots: Mapping[str, str]) -> None:
        self.affixed = Affixed(lexicon)
        self.longest_prefix, self.longest_suffix = lexicon.longest_prefix, lexicon.longest_suffix
        stems = sorted(lexicon.stems)
        places, rows = rows_of(stems)
        numbers = numbers_of(rows)
        order = np.argsort(numbers)
        self.stems = Places(numbers[order])
        self._read_entries(lexicon, [stems[place] for place in places[order].tolist()])
        self._read_roots(roots)

    def _read_entries(self, lexicon: Lexicon, stems: Sequence[str]) -> None:
        entries = [list(lexicon.read_entries(stem)) for stem in stems]
        self.headwords = sorted({entry.headword for own in entries for entry in own})
        ranks = {headword: rank for rank, headword in enumerate(self.headwords)}
        categories = self.affixed.categories
        every = [(stem, entry) for stem, own in zip(stems, entries, strict=True) for entry in own]
        self.counts = np.fromiter(map(len, entries), dtype=np.int64, count=len(entries))
        self.starts = np.cumsum(self.counts) - self.counts
        self.lengths = np.fromiter(map(len, stems), dtype=np.int64, count=len(stems))
        self.entry_headwords = np.array([ranks[entry.headword] for _stem, entry in every], dtype=np.int64)
        self.entry_categories = np.array([categories[entry.category] for _stem, entry in every], np.int64)
        self.entry_weights = np.array([entry.weight for _stem, entry in every], dtype=np.int64)
        self.plain_perfects = np.array(
            [stem == entry.headword and entry.category.startswith(PERFECT) for stem, entry in every],
            dtype=np.bool_,
        )

    def _read_roots(self, roots: Mapping[str, str]) -> None:
        own = [roots.get(headword, "").split() for headword in self.headwords]
        self.root_names = list(dict.fromkeys(root for each in own for root in each))
        numbers = {root: number for number, root in enumerate(self.root_names)}
        self.root_counts = np.fromiter(map(len, own), dtype=np.int64, count=len(own))
        self.root_starts = np.cumsum(self.root_counts) - self.root_counts
        self.root_numbers = np.array([numbers[root] for each in own for root in each], dtype=np.int64)

    def read(self, rows: Rows, *, doubt: int) -> Read:
        """The likeliest headword of each word; the roots of that, and of those up to `doubt` decibels less likely."""
        found = [
            self._read_some(rows[start : start + AT_ONCE], start, doubt)
            for start in range(0, len(rows), AT_ONCE)
        ]
        none = np.zeros(0, dtype=np.int64)
        return Read(*map(np.concatenate, zip((none, none, none), *found, strict=True)))

    def _read_some(self, rows: Rows, first: int, doubt: int) -> Read:
        readings = self._readings(self._cuts(rows))
        words = readings >> (HEADWORD_BITS + LENGTH_BITS + WEIGHT_BITS)
        weights = readings >> (HEADWORD_BITS + LENGTH_BITS) & ((1 << WEIGHT_BITS) - 1)
        headwords = readings & ((1 << HEADWORD_BITS) - 1)
        lasts = np.flatnonzero(np.diff(words, append=-1))
        best, best_weights = np.full(len(rows), -1, np.int64), np.zeros(len(rows), np.int64)
        best[words[lasts]], best_weights[words[lasts]] = headwords[lasts], weights[lasts]
        likely = weights >= best_weights[words] - doubt
        words, headwords = words[likely], headwords[likely]
        counts = self.root_counts[headwords]
        rooted = np.repeat(words + first, counts)
        roots = self.root_numbers[spread(self.root_starts[headwords], counts)]
        pairs = np.sort(rooted << 32 | roots)
        pairs = pairs[np.diff(pairs, prepend=-1) != 0]
        return Read(best, pairs >> 32, pairs & 0xFFFFFFFF)

    def _cuts(self, rows: Rows) -> Cuts:
        """Every cut of the words, as `Lexicon.cuts` gives those of one."""
        lengths, begun, places = lengths_of(rows), beginnings(rows), np.arange(len(rows))
        suffixes = list(self._suffixes(lengths, begun, places))
        found: list[Cuts] = []
        for letters in range(min(self.longest_prefix, LONGEST - 1) + 1):
            prefixes = self.affixed.prefixes.of(begun[:, letters])
            for behind, own in enumerate(suffixes):
                words = np.flatnonzero((prefixes >= 0) & (own >= 0) & (lengths - behind > letters))
                ends = lengths[words] - behind
                stems = self.stems.of(begun[words, ends] - begun[words, letters] * POWERS[ends - letters])
                found.append(Cuts(words, prefixes[words], stems, own[words]).where(stems >= 0))
        return Cuts(*map(np.concatenate, zip(*found, strict=True)))

    def _suffixes(self, lengths: Array, begun: Numbers, places: Array) -> Iterator[Array]:
        """For each number of letters the number of the suffix that they are, for each word; -1 where they are none."""
        whole = begun[places, lengths]
        for behind in range(min(self.longest_suffix, LONGEST - 1) + 1):
            ends = np.maximum(lengths - behind, 0)
            yield self.affixed.suffixes.of(whole - begun[places, ends] * POWERS[lengths - ends])

    def _readings(self, cuts: Cuts) -> Array:
        """The readings as numbers, ascending: those of a word stand together, its likeliest last."""
        affixed, counts = self.affixed, self.counts[cuts.stems]
        entries = spread(self.starts[cuts.stems], counts)
        cuts = cuts.where(np.repeat(np.arange(len(counts)), counts))
        categories = self.entry_categories[entries]
        allowed = np.flatnonzero(affixed.allowed[categories, cuts.prefixes, cuts.suffixes])
        cuts, entries, categories = cuts.where(allowed), entries[allowed], categories[allowed]
        weights = (
            self.entry_weights[entries]
            + affixed.prefix_weights[categories, cuts.prefixes]
            + affixed.suffix_weights[categories, cuts.suffixes]
            + PLAIN_PERFECT * (self.plain_perfects[entries] & (cuts.suffixes == affixed.empty_suffix))
            + LOWEST_WEIGHT
        )
        readings = (cuts.words << WEIGHT_BITS | weights) << LENGTH_BITS | self.lengths[cuts.stems]
        found: Array = np.sort(readings << HEADWORD_BITS | self.entry_headwords[entries])
        return found
