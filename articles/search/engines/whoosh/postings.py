"""Posting lists as arrays, of all segments together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar.listing import places_in

if TYPE_CHECKING:
    from articles.search.engines.whoosh.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents that hold a term, ascending over all segments, deleted ones included, and how often."""

    documents: NDArray[np.int64]
    frequencies: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.frequencies.nbytes


NO_POSTINGS = Postings(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


def encoded(term: str) -> bytes:
    """A term as the dictionary holds it; half a surrogate pair, which no text holds, is looked for in vain."""
    return term.encode("utf-8", "surrogatepass")


def document_frequency(snapshot: "Snapshot", field_name: str, term: str) -> int:
    """Documents that hold the term, deleted ones included; read from the dictionary, not from the postings."""
    listed = snapshot.postings.get((field_name, term))
    if listed is not None:
        return len(listed.documents)
    key = encoded(term)
    found = (arrays.find(field_name, key) for arrays, _offset in snapshot.parts())
    return sum(held[0].terms.document_frequency(held[1]) for held in found if held)


def postings(snapshot: "Snapshot", field_name: str, term: str) -> Postings:
    """The whole posting list of one term."""
    key = (field_name, term)
    found = snapshot.postings.get(key)
    if found is None:
        found = _joined(snapshot, field_name, encoded(term))
        snapshot.postings.put(key, found)
    return found


def _joined(snapshot: "Snapshot", field_name: str, term: bytes) -> Postings:
    documents, frequencies = [], []
    for arrays, offset in snapshot.parts():
        if found := arrays.find(field_name, term):
            listed, number = found
            documents.append(listed.documents_of(number).astype(np.int64) + offset)
            frequencies.append(listed.frequencies_of(number).astype(np.float32))
    if not documents:
        return NO_POSTINGS
    if len(documents) == 1:
        return Postings(documents[0], frequencies[0])
    return Postings(np.concatenate(documents), np.concatenate(frequencies))


def positions(
    snapshot: "Snapshot",
    field_name: str,
    term: str,
    wanted: NDArray[np.int64],
    check: Callable[[], None] = lambda: None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the term stands in the `wanted` documents (ascending): indexes into `wanted`, and positions.

    `check` is called before each segment is read, and may raise.
    """
    indexes: list[NDArray[np.int64]] = []
    places: list[NDArray[np.int64]] = []
    key = encoded(term)
    for arrays, offset in snapshot.parts():
        check()
        begin, end = np.searchsorted(wanted, [offset, offset + arrays.count]).tolist()
        found = arrays.find(field_name, key) if begin < end else None
        if found:
            own, own_places = places_in(*found, wanted[begin:end] - offset)
            indexes.append(own + begin)
            places.append(own_places.astype(np.int64))
    if not indexes:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return np.concatenate(indexes), np.concatenate(places)
