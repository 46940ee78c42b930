"""Posting lists as arrays, decoded block by block and kept while there is room."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader

from articles.search.engines.whoosh.damage import reading
from articles.search.engines.whoosh.fields import NARROW, count, decode

if TYPE_CHECKING:
    from articles.search.engines.whoosh.snapshot import Snapshot

CACHE_BYTES = 64 * 1024 * 1024
CACHE_TERMS = 20_000


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents that hold a term, ascending over all segments, deleted ones included, and how often."""

    documents: NDArray[np.int64]
    frequencies: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.frequencies.nbytes


NO_POSTINGS = Postings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


@dataclass(slots=True)
class PostingCache:
    """The posting lists used last, bounded in bytes and in number."""

    held: OrderedDict[tuple[str, str], Postings] = field(default_factory=OrderedDict)
    nbytes: int = 0

    def get(self, key: tuple[str, str]) -> Postings | None:
        found = self.held.get(key)
        if found is not None:
            self.held.move_to_end(key)
        return found

    def put(self, key: tuple[str, str], postings: Postings) -> None:
        self.held[key] = postings
        self.nbytes += postings.nbytes
        while self.nbytes > CACHE_BYTES or len(self.held) > CACHE_TERMS:
            _key, dropped = self.held.popitem(last=False)
            self.nbytes -= dropped.nbytes


def encoded(term: str) -> bytes:
    """A term as the dictionary holds it; half a surrogate pair, which no text holds, is looked for in vain."""
    return term.encode("utf-8", "surrogatepass")


def document_frequency(snapshot: "Snapshot", field_name: str, term: str) -> int:
    """Documents that hold the term, deleted ones included; read from the dictionary, not from the postings."""
    key = (field_name, encoded(term))
    return sum(leaf.doc_frequency(*key) for leaf, _offset in snapshot.readers)


def postings(snapshot: "Snapshot", field_name: str, term: str) -> Postings:
    """The whole posting list of one term."""
    key = (field_name, term)
    found = snapshot.postings.get(key)
    if found is None:
        found = _decoded(snapshot, field_name, term)
        snapshot.postings.put(key, found)
    return found


def _decoded(snapshot: "Snapshot", field_name: str, term: str) -> Postings:
    documents, frequencies = [], []
    for leaf, offset in snapshot.readers:
        with reading(leaf):
            for block in blocks(leaf, field_name, term):
                documents.append(np.asarray(block.ids(), dtype=np.int64) + offset)
                frequencies.append(np.asarray(block.weights(), dtype=np.float32))
    if not documents:
        return NO_POSTINGS
    return Postings(np.concatenate(documents), np.concatenate(frequencies))


@dataclass(frozen=True, slots=True)
class _Block:
    """The block that a Whoosh matcher stands on. Whoosh gives postings one at a time; a block is what it reads."""

    matcher: Any

    def ids(self) -> Sequence[int]:
        self.matcher.id()
        return self.matcher._ids

    def weights(self) -> Sequence[float]:
        self.matcher.weight()
        return self.matcher._weights

    def values(self) -> Sequence[bytes]:
        self.matcher.value()
        return self.matcher._values


def blocks(leaf: SegmentReader, field_name: str, term: str) -> Iterator[_Block]:
    key = (field_name, encoded(term))
    if key not in leaf._terms:
        return
    # The reader's own postings() would wrap the matcher where documents are deleted, and hide its blocks.
    matcher = leaf._terms.matcher(*key, leaf.schema[field_name].format)
    yield _Block(matcher)
    if isinstance(matcher, W3LeafMatcher):  # else the list stands whole in the dictionary
        while not matcher._lastblock:
            matcher._next_block()
            yield _Block(matcher)


def positions(
    snapshot: "Snapshot",
    field_name: str,
    term: str,
    wanted: NDArray[np.int64],
    check: Callable[[], None] = lambda: None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the term stands in the `wanted` documents (ascending): indexes into `wanted`, and positions.

    `check` is called before each block is read, and may raise.
    """
    indexes: list[NDArray[np.int64]] = []
    values: list[bytes] = []
    for leaf, offset in snapshot.readers:
        with reading(leaf):
            for block in blocks(leaf, field_name, term):
                check()
                ids = np.asarray(block.ids(), dtype=np.int64) + offset
                places = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
                taken = np.nonzero(wanted[places] == ids)[0]
                if len(taken):
                    held = block.values()
                    values += [held[number] for number in taken.tolist()]
                    indexes.append(places[taken])
    if not values:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.repeat(np.concatenate(indexes), list(map(count, values))), decoded_places(values)


def decoded_places(values: list[bytes]) -> NDArray[np.int64]:
    """The positions of several postings in a row; almost always all of them are narrow."""
    if any(len(value) % 2 for value in values):
        return np.concatenate([decode(value) for value in values]).astype(np.int64)
    return np.frombuffer(b"".join(values), dtype=NARROW).astype(np.int64)
