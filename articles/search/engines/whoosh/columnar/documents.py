"""What a segment keeps of each document: the lengths of its fields, its columns, and its stored fields.

Lengths are Whoosh's codes of one byte. Stored fields are JSON, compressed where they are long; they are read for the
rows of a page that SearchQuerySet gives, and for nothing else.
"""

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.base import PerDocumentReader, PerDocumentWriter
from whoosh.columns import Column, ColumnReader
from whoosh.util.numeric import byte_to_length, length_to_byte

from articles.search.engines.whoosh.columnar import columns
from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile, ArrayWriter, smallest
from articles.search.engines.whoosh.columnar.listing import array_name

EXTENSION = ".docs"
LENGTHS = "lengths"
STORED, STORED_STARTS = "/stored", "/stored_starts"
COUNT, TOTAL_LENGTHS, DEFAULTS = "documents", "lengths", "defaults"  # facts of the file
PLAIN, COMPRESSED = b"p", b"z"
WORTHWHILE = 200  # bytes; less is not compressed
KIND = "\x1fkind"  # the key of a value that JSON does not know, which is no field's name
KINDS: dict[str, tuple[type, Callable[[Any], str], Callable[[str], Any]]] = {
    "moment": (datetime, datetime.isoformat, datetime.fromisoformat),
    "day": (date, date.isoformat, date.fromisoformat),
    "number": (Decimal, str, Decimal),
    "bytes": (bytes, bytes.hex, bytes.fromhex),
}


class FieldBatch(NamedTuple):
    """A field in a batch of documents, which count from 0 in the batch.

    `codes` are those of the field's length in the documents at `places`, `total` all lengths together; `values` the
    documents and values of its column, `stored` those to be stored.
    """

    places: list[int]
    codes: bytes
    total: int
    column: Column | None
    values: list[tuple[int, Any]]
    stored: list[tuple[int, Any]]


class DocumentsWriter(PerDocumentWriter):
    """Collects what is kept of each document; `write` writes the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.lengths: dict[str, bytearray] = {}
        self.total_lengths: Counter[str] = Counter()
        self.columns: dict[str, columns.ColumnWriter] = {}
        self.stored = bytearray()
        self.stored_ends = array("Q")
        self.values: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        if docnum != self.count:
            raise ValueError(f"document {docnum} comes where {self.count} is expected")
        self.count += 1
        self.values = {}

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        if value is not None:
            self.values[fieldname] = value
        if length:
            codes = self.lengths.setdefault(fieldname, bytearray())
            codes.extend(bytes(self.count - 1 - len(codes)))
            codes.append(length_to_byte(length))
            self.total_lengths[fieldname] += length

    def add_column_value(self, fieldname: str, columnobj: Column, value: Any) -> None:
        if fieldname not in self.columns:
            self.columns[fieldname] = columns.column_writer(fieldname, columnobj)
        self.columns[fieldname].add(self.count - 1, value)

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        raise TypeError(f"the index keeps no vectors: declare '{fieldname}' without one")

    def finish_doc(self) -> None:
        self.stored += packed(self.values)
        self.stored_ends.append(len(self.stored))

    def add_batch(self, count: int, fields: Mapping[str, FieldBatch]) -> None:
        """Take in so many documents at once; the fields are in the order of their names."""
        first = self.count
        stored: list[dict[str, Any]] = [{} for _document in range(count)]
        for name, batch in fields.items():
            if batch.total:
                self._add_lengths(name, first, count, batch)
            if batch.column and batch.values:
                column = self.columns.setdefault(name, columns.column_writer(name, batch.column))
                for document, value in batch.values:
                    column.add(first + document, value)
            for document, value in batch.stored:
                if value is not None:
                    stored[document][name] = value
        self.count += count
        for values in stored:
            self.stored += packed(values)
            self.stored_ends.append(len(self.stored))

    def _add_lengths(self, name: str, first: int, count: int, batch: FieldBatch) -> None:
        codes = self.lengths.setdefault(name, bytearray())
        codes.extend(bytes(first - len(codes)))
        own = np.zeros(count, dtype=np.uint8)
        own[batch.places] = np.frombuffer(batch.codes, dtype=np.uint8)
        codes += own.tobytes()
        self.total_lengths[name] += batch.total

    def write(self) -> None:
        with ArrayWriter(self.path) as writer:
            self._write(writer)

    def _write(self, writer: ArrayWriter) -> None:
        for name, codes in self.lengths.items():
            codes.extend(bytes(self.count - len(codes)))
            writer.add(array_name(name, LENGTHS), np.frombuffer(codes, dtype=np.uint8))
        for column in self.columns.values():
            column.write(writer, self.count)
        writer.add(STORED, np.frombuffer(self.stored, dtype=np.uint8))
        starts = np.concatenate((np.zeros(1, dtype=np.uint64), np.array(self.stored_ends, dtype=np.uint64)))
        writer.add(STORED_STARTS, starts.astype(smallest(len(self.stored))))
        defaults = {
            name: column.default
            for name, column in self.columns.items()
            if isinstance(column, columns.NumberWriter)
        }
        writer.finish({COUNT: self.count, TOTAL_LENGTHS: dict(self.total_lengths), DEFAULTS: defaults})

    def close(self) -> None:
        self.is_closed = True


def packed(values: Mapping[str, Any]) -> bytes:
    """Raises TypeError for a value of a type that KINDS does not know."""
    if not values:
        return b""
    data = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_told).encode(
        "utf-8", "surrogatepass"
    )
    return COMPRESSED + zlib.compress(data) if len(data) > WORTHWHILE else PLAIN + data


def unpacked(data: bytes) -> dict[str, Any]:
    if not data:
        return {}
    held = zlib.decompress(data[1:]) if data[:1] == COMPRESSED else data[1:]
    values: dict[str, Any] = json.loads(held.decode("utf-8", "surrogatepass"), object_hook=_value)
    return values


def _told(value: Any) -> dict[str, str]:
    for name, (kind, written, _read) in KINDS.items():
        if type(value) is kind:
            return {KIND: name, "value": written(value)}
    raise TypeError(f"a {type(value).__name__} cannot be stored: {value!r}")


def _value(told: dict[str, Any]) -> Any:
    return KINDS[told[KIND]][2](told["value"]) if KIND in told else told


class DocumentsReader(PerDocumentReader):
    """Whoosh's interface to the file of a segment; `arrays` keeps it mapped."""

    def __init__(self, file: ArrayFile, segment: Any) -> None:
        self.file = file
        self.segment = segment

    def doc_count(self) -> int:
        return self.doc_count_all() - int(self.segment.deleted_count())

    def doc_count_all(self) -> int:
        return int(self.segment.doc_count_all())

    # Deletions

    def has_deletions(self) -> bool:
        return bool(self.segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self.segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        held: Iterable[int] = self.segment.deleted_docs()
        return held

    # Columns

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return any(
            name.startswith(array_name(fieldname, "")) and name != array_name(fieldname, LENGTHS)
            for name in self.file
        )

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        return columns.column_reader(self.file, fieldname, column, self.doc_count_all())

    # Lengths

    def lengths(self, fieldname: str) -> Array | None:
        """The codes of a field's length in each document; None where no document has any."""
        return self.file.get(array_name(fieldname, LENGTHS))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        codes = self.lengths(fieldname)
        code = int(codes[docnum]) if codes is not None else 0
        return int(byte_to_length(code)) if code else default

    def field_length(self, fieldname: str) -> int:
        return int(self.file.facts[TOTAL_LENGTHS].get(fieldname, 0))

    def min_field_length(self, fieldname: str) -> int:
        codes = self.lengths(fieldname)
        return int(byte_to_length(int(codes.min()))) if codes is not None and len(codes) else 0

    def max_field_length(self, fieldname: str) -> int:
        codes = self.lengths(fieldname)
        return int(byte_to_length(int(codes.max()))) if codes is not None and len(codes) else 0

    # Stored fields

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        starts = self.file[STORED_STARTS]
        return unpacked(self.file[STORED][int(starts[docnum]) : int(starts[docnum + 1])].tobytes())

    def all_stored_fields(self) -> Iterator[dict[str, Any]]:
        return (self.stored_fields(document) for document in self.all_doc_ids())
