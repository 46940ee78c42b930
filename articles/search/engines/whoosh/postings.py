"""Posting lists as arrays, of all segments together."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.columnar.listing import places_in
from articles.search.engines.whoosh.membership import are_in

if TYPE_CHECKING:
    from articles.search.engines.whoosh.snapshot import Snapshot


WHOLE = (np.uint8, np.uint16)
TABLE_BYTES = 32  # a posting: a list that is not that long is looked up in a table over all documents
TABLE_WORTH = 256  # looking one document up in a list costs as much as a table of so many, which is made once


class Postings:
    """Documents that hold a term, ascending over all segments, deleted ones included, and how often; all above 0.

    Not to be written to. In a list of many documents others are looked up through a table, made when that is first
    worth it.
    """

    __slots__ = ("_table", "documents", "frequencies")
    item: ClassVar[int] = 2  # bytes of a number in the table, at most

    def __init__(self, documents: NDArray[np.int64], frequencies: NDArray[np.float32]) -> None:
        self.documents = documents
        self.frequencies = frequencies
        self._table: NDArray[Any] | None = None

    @property
    def nbytes(self) -> int:
        """Of both arrays, and of the table that there may be one day."""
        table = self._table_bytes()
        return self.documents.nbytes + self.frequencies.nbytes + (table if self._is_worth(table) else 0)

    def holds(self, documents: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the documents, which ascend, are listed."""
        table = self.table(len(documents))
        if table is None:
            return are_in(documents, self.documents)
        held: NDArray[np.bool_] = table.take(documents, mode="clip") > 0
        return held

    def of(self, documents: NDArray[np.int64]) -> NDArray[Any]:
        """How often in each of the documents, which ascend, 0 where one is not listed; whole numbers may be bytes.

        >>> Postings(np.array([2, 5]), np.array([1, 3], dtype=np.float32)).of(np.array([1, 5])).tolist() == [0, 3]
        True
        """
        if documents is self.documents:
            return self.frequencies
        table = self.table(len(documents))
        if table is not None:
            return table.take(documents, mode="clip")
        found = np.zeros(len(documents), dtype=np.float32)
        if len(documents) < len(self.documents):
            places = np.minimum(self.documents.searchsorted(documents), len(self.documents) - 1)
            here = np.flatnonzero(self.documents.take(places) == documents)
            found[here] = self.frequencies.take(places.take(here))
        elif len(self.documents):
            places = np.minimum(documents.searchsorted(self.documents), len(documents) - 1)
            here = np.flatnonzero(documents.take(places) == self.documents)
            found[places.take(here)] = self.frequencies.take(here)
        return found

    def table(self, asked: int) -> NDArray[Any] | None:
        """How often in each document, 0 in all behind the last; None where looking up so many is less work without."""
        if self._table is None:
            table = self._table_bytes()
            if not self._is_worth(table) or asked * TABLE_WORTH < table // self.item:
                return None
            self._table = self._tabled()
        return self._table

    def _table_bytes(self) -> int:
        return self.item * (int(self.documents[-1]) + 2) if len(self.documents) else 0

    def _is_worth(self, table: int) -> bool:
        return 0 < table <= TABLE_BYTES * len(self.documents)

    def _tabled(self) -> NDArray[Any]:
        table = np.zeros(int(self.documents[-1]) + 2, dtype=self._table_type())
        table[self.documents] = self.frequencies
        return table

    def _table_type(self) -> Any:
        return next(
            (each for each in WHOLE if (self.frequencies.astype(each) == self.frequencies).all()), np.float32
        )


class Scored(Postings):
    """Documents and their scores, which are fractions."""

    __slots__ = ()
    item = 4

    def _table_type(self) -> Any:
        return np.float32


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
