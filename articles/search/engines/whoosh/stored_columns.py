"""Any field of the index as one column over all its documents, for sorting and facets; read once a snapshot."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from haystack.exceptions import SearchBackendError
from numpy.typing import NDArray
from whoosh.fields import DATETIME, FieldType
from whoosh.reading import SegmentReader

from articles.search.engines.whoosh.columnar.arrays import SegmentArrays
from articles.search.engines.whoosh.snapshot import Coded, Snapshot

LAST = np.iinfo(np.int64).max

Held = tuple[list[Any], NDArray[Any]]


def column(snapshot: Snapshot, name: str) -> Coded:
    """The values of a field, document by document; raises SearchBackendError where it keeps none."""
    if name not in snapshot.asked:
        snapshot.asked[name] = _coded([_held(snapshot, name, *part) for part in _segments(snapshot)])
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


def _segments(snapshot: Snapshot) -> Iterator[tuple[SegmentReader, SegmentArrays]]:
    for (leaf, _offset), (arrays, _first) in zip(snapshot.readers, snapshot.parts(), strict=True):
        yield leaf, arrays


def _held(snapshot: Snapshot, name: str, leaf: SegmentReader, arrays: SegmentArrays) -> Held:
    """The values that a segment has of a field, None for none, and which of them each document has."""
    field = _field(snapshot, name)
    if not field.column_type and not field.stored:
        raise SearchBackendError(
            f"the index holds the words of '{name}' but not its values: to sort or count by it, declare it stored"
        )
    if not field.column_type:
        stored = [leaf.stored_fields(document).get(name) for document in range(arrays.count)]
        numbers = {value: number for number, value in enumerate(dict.fromkeys(stored))}
        return list(numbers), np.array([numbers[value] for value in stored], dtype=np.int64)
    found = _column(arrays, name)
    if found is None:
        return [None], np.zeros(arrays.count, dtype=np.int64)
    held, codes = found
    # What Whoosh's columns hold where a document has no value.
    missing = field.column_type.default_value()
    return [None if value == missing else field.from_column_value(value) for value in held], codes


def _column(arrays: SegmentArrays, name: str) -> Held | None:
    """A column as Whoosh holds it: its different values, and the number of each document's; None where it has none."""
    if (coded := arrays.coded(name)) is not None:
        return coded
    numbers = arrays.numbers(name)
    if numbers is None:
        return None
    distinct, codes = np.unique(numbers, return_inverse=True)
    return distinct.tolist(), codes


def _coded(parts: list[Held]) -> Coded:
    values = sorted({value for own, _codes in parts for value in own if value is not None})
    numbers: dict[Any, int] = {value: number for number, value in enumerate(values)}
    codes = [
        np.array([numbers.get(value, -1) for value in own], dtype=np.int32)[codes] for own, codes in parts
    ]
    return Coded(values=values, codes=np.concatenate(codes) if codes else np.zeros(0, dtype=np.int32))
