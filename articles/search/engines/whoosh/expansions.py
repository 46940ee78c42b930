"""The words of the index that a pattern or a fuzzy word stands for, the most frequent where there are too many."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from articles.arabic.roots import roots
from articles.search.engines.whoosh.columnar.terms import FieldTerms
from articles.search.engines.whoosh.deadline import Deadline
from articles.search.engines.whoosh.fields import folded
from articles.search.engines.whoosh.postings import encoded
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.patterns import WILDCARD, is_near, pattern_prefixes, pattern_regex
from articles.search.syntax import Node

MAX_EXPANSIONS = 200  # words that one pattern may stand for
MAX_NEAR = 50  # words that one fuzzy word may stand for
MAX_SCANNED = 400_000  # words looked at for one pattern, in all segments together
KEPT_EXPANSIONS = 100  # of up to 200 words each: about a megabyte
KEPT = 5  # times the words wanted, of each segment: one that is rare in a segment may be frequent in all
WORDS_BETWEEN_LOOKS = 4096

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words, the most frequent first; `is_cut` where there are more."""

    words: tuple[str, ...]
    is_cut: bool


def kept(snapshot: Snapshot, asked: tuple[str, Node], work_out: Callable[[], Expansion]) -> Expansion:
    """What a pattern was found to stand for in a field: a page searches for it and then lists its forms."""
    held: dict[tuple[str, Node], Expansion] = snapshot.derived.setdefault("expansions", {})
    found = held.get(asked)
    if found is None:
        found = work_out()
        if len(held) >= KEPT_EXPANSIONS:
            held.clear()
        held[asked] = found
    return found


def words_like(snapshot: Snapshot, field: str, pattern: str, deadline: Deadline) -> Expansion:
    """The words of a field that a pattern stands for."""
    written = folded(pattern)
    limit = max(1, MAX_SCANNED // max(1, len(snapshot.readers)))
    matched = Counts(MAX_EXPANSIONS)
    for words in _of_segments(snapshot, field, deadline):
        scanned, is_whole = _scanned(words, written, limit)
        matched.is_cut |= not is_whole
        matched.add(words, scanned if _says_all(written) else _matching(words, scanned, written, deadline))
    return matched.expansion()


def words_near(snapshot: Snapshot, field: str, text: str, edits: int, deadline: Deadline) -> Expansion:
    """The word itself, whether the index holds it or not, and those of a field that are near it."""
    matched = Counts(MAX_NEAR - 1)
    for words in _of_segments(snapshot, field, deadline):
        numbers = words.beginning_with(encoded(text[:1]))
        near = numbers.start + near_lines(words.lines(numbers), text, edits)
        matched.add(words, near, lambda word: word != text and is_near(text, word, edits))
    found = matched.expansion()
    return Expansion((text, *found.words), found.is_cut)


def words_of_root(snapshot: Snapshot, field: str, radicals: str, deadline: Deadline) -> Expansion:
    """The words of a field that may have a root, by looking at all: for the fields of names, which hold few."""
    matched = Counts(MAX_EXPANSIONS)
    for words in _of_segments(snapshot, field, deadline):
        every = np.arange(min(len(words), MAX_SCANNED))
        matched.is_cut |= len(words) > len(every)
        written = words.lines(range(len(every))).split("\n")
        found = [number for number, word in zip(every, written, strict=False) if radicals in roots(word)]
        matched.add(words, np.array(found, dtype=np.int64))
    return matched.expansion()


def _of_segments(snapshot: Snapshot, field: str, deadline: Deadline) -> Iterator[FieldTerms]:
    for arrays, _offset in snapshot.parts():
        deadline.check()
        yield arrays.words(field)


class Counts:
    """Words and how many documents hold each, through all segments; `most` of them are wanted."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.counts: dict[str, int] = {}
        self.is_cut = False

    def add(
        self, words: FieldTerms, numbers: Numbers, wanted: Callable[[str], bool] = lambda word: True
    ) -> None:
        """The words of one segment at these numbers; of very many only the most frequent."""
        most = KEPT * self.most
        if len(numbers) > most:
            self.is_cut = True
            numbers = numbers[np.argsort(-words.document_frequencies(numbers), kind="stable")[:most]]
        for word, count in words.written(numbers.tolist()):
            if word in self.counts or wanted(word):
                self.counts[word] = self.counts.get(word, 0) + count

    def expansion(self) -> Expansion:
        ranked = sorted(self.counts, key=lambda word: (-self.counts[word], word))
        return Expansion(tuple(ranked[: self.most]), self.is_cut or len(ranked) > self.most)


# Patterns


def _says_all(pattern: str) -> bool:
    """Whether a word matches as soon as it begins with the letters of a pattern, or holds them anywhere."""
    return not WILDCARD.search(pattern.strip("*")) and pattern.endswith("*")


def _scanned(words: FieldTerms, pattern: str, limit: int) -> tuple[Numbers, bool]:
    """The numbers of at most `limit` words that may match a pattern, and whether these are all that may.

    They are those with the longest run of letters in the pattern: at their beginning, or anywhere.
    """
    runs = WILDCARD.split(pattern)
    longest = max(runs, key=len)
    if len(longest) > len(runs[0]):
        return _holding(words, longest, limit)
    if not runs[0]:
        return np.arange(min(len(words), limit)), len(words) <= limit
    begun = [words.beginning_with(encoded(prefix)) for prefix in pattern_prefixes(pattern)]
    numbers = np.unique(np.concatenate([np.arange(numbers.start, numbers.stop) for numbers in begun]))
    return numbers[:limit], len(numbers) <= limit


def _holding(words: FieldTerms, letters: str, limit: int) -> tuple[Numbers, bool]:
    """As `_scanned`, of the words that hold these letters in a row."""
    found = re.finditer(re.escape(encoded(letters)), words.text)
    places = np.fromiter((match.start() for match in islice(found, limit)), dtype=np.int64)
    return np.unique(np.searchsorted(words.starts, places, side="right") - 1), next(found, None) is None


def _matching(words: FieldTerms, numbers: Numbers, pattern: str, deadline: Deadline) -> Numbers:
    """Those of the words that a pattern matches."""
    matches = pattern_regex(pattern).fullmatch
    kept: list[int] = []
    for begin in range(0, len(numbers), WORDS_BETWEEN_LOOKS):
        deadline.check()
        some = numbers[begin : begin + WORDS_BETWEEN_LOOKS]
        if some[-1] - some[0] == len(some) - 1:  # words in a row are read at once
            written = words.lines(range(int(some[0]), int(some[-1]) + 1)).split("\n")
        else:
            written = [words[number].decode() for number in some.tolist()]
        kept += [number for number, word in zip(some.tolist(), written, strict=False) if matches(word)]
    return np.array(kept, dtype=np.int64)


# Fuzzy words


def near_lines(lines: str, text: str, edits: int) -> Numbers:
    """The numbers of the lines that `is_near` tells near the text, all lines worked out at once.

    >>> near_lines("كتاب\\nكتب\\nكاتب\\nكتابه\\nكتابات\\n", "كتاب", 1).tolist()
    [0, 1, 2, 3]
    """
    codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ends = np.nonzero(codes == ord("\n"))[0]
    starts = np.concatenate((ends[:0], [0], ends[:-1] + 1))[: len(ends)].astype(np.int64)
    lengths = ends - starts
    kept = np.nonzero(np.abs(lengths - len(text)) <= edits)[0]
    distances = _distances(codes, starts[kept], lengths[kept], text, edits)
    return kept[distances <= edits]


def _distances(
    codes: NDArray[np.uint32], starts: Numbers, lengths: Numbers, text: str, edits: int
) -> NDArray[np.int8]:
    """How far each word is from the text, or more than `edits`: as in `is_near`, a diagonal band of the table."""
    letters = [
        np.where(lengths > j, codes[np.minimum(starts + j, len(codes) - 1)], 0)
        for j in range(len(text) + edits)
    ]
    far = np.full(len(starts), edits + 1, dtype=np.int8)
    above: dict[int, NDArray[np.int8]] = {}
    before: dict[int, NDArray[np.int8]] = {}
    row = {j: np.full(len(starts), j, dtype=np.int8) for j in range(edits + 1)}
    for i, letter in enumerate(text, 1):
        above, before, row = before, row, {}
        for j in range(max(0, i - edits), i + edits + 1):
            if not j:
                row[0] = np.full(len(starts), i, dtype=np.int8)
                continue
            differs = (letters[j - 1] != ord(letter)).astype(np.int8)
            cost = before.get(j - 1, far) + differs
            cost = np.minimum(cost, np.minimum(before.get(j, far), row.get(j - 1, far)) + 1)
            if i > 1 and j > 1:
                swapped = (letters[j - 1] == ord(text[i - 2])) & (letters[j - 2] == ord(letter))
                cost = np.where(swapped, np.minimum(cost, above.get(j - 2, far) + 1), cost)
            row[j] = cost.astype(np.int8)
    found = far
    for j, distances in row.items():
        found = np.where(lengths == j, distances, found)
    return found
