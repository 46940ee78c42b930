"""Any field of the index as one column over all its documents, for sorting and facets; read once a snapshot."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from haystack.exceptions import SearchBackendError
from numpy.typing import NDArray
from whoosh.fields import DATETIME, FieldType
from whoosh.reading import SegmentReader

from articles.search.engines.whoosh.snapshot import Coded, Snapshot, column_of

LAST = np.iinfo(np.int64).max


def column(snapshot: Snapshot, name: str) -> Coded:
    """The values of a field, document by document; raises SearchBackendError where it keeps none."""
    if name not in snapshot.asked:
        snapshot.asked[name] = _coded(list(_values(snapshot, name)))
    return snapshot.asked[name]


def is_date(snapshot: Snapshot, name: str) -> bool:
    return isinstance(_field(snapshot, name), DATETIME)


def sort_key(snapshot: Snapshot, order: str, documents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Numbers in the order of a field's values, backwards for «-field»; documents without a value come last."""
    codes = column(snapshot, order.removeprefix("-")).codes[documents].astype(np.int64)
    return np.where(codes < 0, LAST, -codes if order.startswith("-") else codes)


def _field(snapshot: Snapshot, name: str) -> FieldType:
    if name not in snapshot.reader.schema:
        raise SearchBackendError(
            f"the index has no field '{name}': use one of {snapshot.reader.schema.names()}"
        )
    return snapshot.reader.schema[name]


def _values(snapshot: Snapshot, name: str) -> Iterator[Any]:
    field = _field(snapshot, name)
    if not field.column_type and not field.stored:
        raise SearchBackendError(
            f"the index holds the words of '{name}' but not its values: to sort or count by it, declare it stored"
        )
    for leaf, _offset in snapshot.readers:
        yield from _from_column(leaf, name) if field.column_type else _from_stored(leaf, name)


def _from_column(leaf: SegmentReader, name: str) -> Iterator[Any]:
    held, field = column_of(leaf, name, translated=False), leaf.schema[name]
    # What Whoosh's columns hold where a document has no value.
    missing = field.column_type.default_value()
    for document in range(leaf.doc_count_all()):
        value = held[document] if held is not None else missing
        yield None if value == missing else field.from_column_value(value)


def _from_stored(leaf: SegmentReader, name: str) -> Iterator[Any]:
    for document in range(leaf.doc_count_all()):
        yield leaf.stored_fields(document).get(name)


def _coded(values: list[Any]) -> Coded:
    distinct = sorted({value for value in values if value is not None})
    numbers: dict[Any, int] = {value: number for number, value in enumerate(distinct)}
    codes = np.fromiter((numbers.get(value, -1) for value in values), dtype=np.int64, count=len(values))
    return Coded(values=distinct, codes=codes.astype(np.int32))
