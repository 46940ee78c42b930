"""The words of the index that a pattern or a fuzzy word stands for, the most frequent where there are too many."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.arabic.roots import roots
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.columnar.terms import FieldTerms
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
    numbers = joined(begun)
    return numbers[:limit], len(numbers) <= limit


def joined(ranges: Iterable[range]) -> Numbers:
    """The numbers of all ranges, ascending, each once.

    >>> joined([range(7, 9), range(0, 3), range(1, 2)]).tolist()
    [0, 1, 2, 7, 8]
    """
    found: list[Numbers] = []
    end = 0
    for each in sorted(ranges, key=lambda each: each.start):
        found.append(np.arange(max(each.start, end), max(each.stop, end)))
        end = max(end, each.stop)
    return np.concatenate(found)


def _holding(words: FieldTerms, letters: str, limit: int) -> tuple[Numbers, bool]:
    """As `_scanned`, of the words that hold these letters in a row."""
    places = occurrences(words.bytes, encoded(letters))
    return np.unique(np.searchsorted(words.starts, places[:limit], side="right") - 1), len(places) <= limit


def occurrences(text: NDArray[np.uint8], part: bytes) -> Numbers:
    """Where some bytes, one at least, stand in a text, ascending: four of them are compared at once.

    >>> occurrences(np.frombuffer(b"banana bandana", dtype=np.uint8), b"ana").tolist()
    [1, 3, 11]
    """
    width = 4 if len(part) >= 4 else 2 if len(part) >= 2 else 1
    first = np.frombuffer(part[:width], dtype=f"<u{width}")[0]
    found = []
    for offset in range(width):
        columns = text[offset : offset + max(0, len(text) - offset) // width * width].view(f"<u{width}")
        found.append(np.flatnonzero(columns == first) * width + offset)
    places = np.sort(np.concatenate(found))
    places = places[places <= len(text) - len(part)]
    for ahead in range(width, len(part)):
        places = places[text[places + ahead] == part[ahead]]
    return places


def _matching(words: FieldTerms, numbers: Numbers, pattern: str, deadline: Deadline) -> Numbers:
    """Those of the words that a pattern matches; what does not end as it does is not read."""
    numbers = _ending(words, numbers, encoded(WILDCARD.split(pattern)[-1]))
    matches = pattern_regex(pattern).fullmatch
    if _is_between(pattern):
        return _long_enough(words, numbers, pattern)
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


def _ending(words: FieldTerms, numbers: Numbers, end: bytes) -> Numbers:
    """Those of the words that end with these bytes."""
    for back, byte in enumerate(reversed(end), 2):  # the last byte of a word stands before its line end
        places = words.starts[numbers + 1].astype(np.int64) - back
        inside = places >= words.starts[numbers]
        numbers = numbers[inside & (words.bytes[places] == byte)]
    return numbers


def _is_between(pattern: str) -> bool:
    """Whether a pattern says how a word begins and how it ends, and nothing else."""
    begin, star, end = pattern.partition("*")
    return bool(begin and star) and not WILDCARD.search(begin + end)


def _long_enough(words: FieldTerms, numbers: Numbers, pattern: str) -> Numbers:
    """Of the words that begin and end as a pattern says those in which beginning and end do not overlap."""
    end = encoded(pattern.partition("*")[2])
    lengths = words.starts[numbers + 1].astype(np.int64) - words.starts[numbers] - 1
    kept = np.zeros(len(numbers), dtype=np.bool_)
    for prefix in map(encoded, pattern_prefixes(pattern)):
        begun = words.beginning_with(prefix)
        there = slice(*np.searchsorted(numbers, (begun.start, begun.stop)).tolist())
        kept[there] |= lengths[there] >= len(prefix) + len(end)
    return numbers[kept]


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
