"""The word lists of fields, made when first asked for and kept by the process.

A new segment does not make them anew: its words go into a small list beside the old one, until a tenth of the documents
is new.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property

from articles.search.engines.whoosh.dictionary import MOST_WORDS, word_list
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.transliteration import SoundIndex
from articles.search.word_list import WordList

NEW_SHARE = 0.1  # of the documents in segments that a list does not hold: beyond it, a new one is made
MOST_LISTED_WORDS = 600_000  # in all lists of a process together


@dataclass(eq=False)
class Listed:
    """The words of one field in some segments."""

    words: WordList

    @property
    def is_cut(self) -> bool:
        """Whether rare words were left out."""
        return len(self.words.words) >= MOST_WORDS

    @cached_property
    def sounds(self) -> SoundIndex:
        return SoundIndex(self.words)


@dataclass(frozen=True)
class FieldWords:
    """The words of one field of a snapshot, in one list or two; they may count documents of segments that are gone."""

    lists: tuple[Listed, ...]
    exact: bool

    def count(self, word: str) -> int | None:
        """The documents that hold the word, deleted ones included; None where the dictionary has to be asked."""
        counts = [listed.words.count(word) for listed in self.lists]
        left_out = any(not count and listed.is_cut for count, listed in zip(counts, self.lists, strict=True))
        return sum(counts) if self.exact and not left_out else None


@dataclass
class Lists:
    """The word lists a process keeps, the ones used last, bounded by their words."""

    held: OrderedDict[tuple[str, frozenset[str]], Listed] = field(default_factory=OrderedDict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def of(self, snapshot: Snapshot, name: str) -> FieldWords:
        """The lists that together hold a field's words: the largest that is not too old, and what is new since."""
        sizes = {leaf.segment().segment_id(): leaf.doc_count_all() for leaf, _offset in snapshot.readers}
        with self.lock:
            base = self._base(sizes, name)
            new = sizes.keys() - base
            if sum(sizes[segment] for segment in new) > NEW_SHARE * snapshot.size:
                return FieldWords((self._list(snapshot, name, frozenset(sizes)),), exact=True)
            parts = [segments for segments in (base, frozenset(new)) if segments]
            lists = tuple(self._list(snapshot, name, segments) for segments in parts)
            return FieldWords(lists, exact=base <= sizes.keys())

    def _base(self, sizes: dict[str, int], name: str) -> frozenset[str]:
        """The segments of the list that holds most of these segments' documents."""
        known = [segments for field_name, segments in self.held if field_name == name]
        return max(known, key=lambda held: sum(sizes.get(each, 0) for each in held), default=frozenset())

    def _list(self, snapshot: Snapshot, name: str, segments: frozenset[str]) -> Listed:
        key = name, segments
        if key not in self.held:
            held = [snapshot.segments[segment] for segment in sorted(segments)]
            self.held[key] = Listed(word_list(arrays.words(name) for arrays in held))
        self.held.move_to_end(key)
        while len(self.held) > 1 and sum(map(_size, self.held.values())) > MOST_LISTED_WORDS:
            self.held.popitem(last=False)
        return self.held[key]


def _size(listed: Listed) -> int:
    return len(listed.words.words)


LISTS = Lists()
