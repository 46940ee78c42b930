"""One value a document: numbers as they are, byte strings as codes into a table of values, lists one after the other.

A column of numbers is the array `numbers`. One of byte strings is `codes` (a code a document) and the table, `values`
and `value_starts`, in which values are sorted: codes compare as values do. One of lists has two arrays for each part of
a list: its items, and where those of each document begin.
"""

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from articles.search.engines.whoosh.columnar.layout import Array, ArrayFile, ArrayWriter, smallest
from articles.search.engines.whoosh.columnar.listing import array_name

NUMBERS, CODES, TABLE, TABLE_STARTS, LIST_STARTS = "numbers", "codes", "table", "table_starts", "starts"
BYTES_COLUMNS = (columns.VarBytesColumn, columns.RefBytesColumn, columns.CompressedBytesColumn)


class ListsColumn(columns.Column):
    """A Whoosh column of several lists of numbers a document; a value is a mapping from each part to its numbers."""

    def __init__(self, **types: str) -> None:
        self.types = types

    def default_value(self, reverse: bool = False) -> Mapping[str, Array]:
        return {part: np.zeros(0, dtype=kind) for part, kind in self.types.items()}


class NumberWriter:
    """Collects the numbers of a Whoosh column in memory."""

    def __init__(self, name: str, column: columns.Column) -> None:
        self.name = name
        self.default = column.default_value()
        self.dtype = np.dtype(column._typecode if isinstance(column, columns.NumericColumn) else np.uint8)
        self.numbers = array(self.dtype.char if self.dtype.char != "l" else "q")

    def add(self, document: int, value: Any) -> None:
        self._fill(document)
        self.numbers.append(value)

    def _fill(self, count: int) -> None:
        self.numbers.extend([self.default] * (count - len(self.numbers)))

    def write(self, writer: ArrayWriter, documents: int) -> None:
        self._fill(documents)
        writer.add(array_name(self.name, NUMBERS), np.array(self.numbers, dtype=self.dtype))


class BytesWriter:
    """Collects byte strings, each different one once."""

    def __init__(self, name: str, column: columns.Column) -> None:
        self.name = name
        self.default: bytes = column.default_value()
        self.known: dict[bytes, int] = {}
        self.numbers = array("I")

    def add(self, document: int, value: bytes) -> None:
        self._fill(document)
        self.numbers.append(self.known.setdefault(value, len(self.known)))

    def _fill(self, count: int) -> None:
        missing = count - len(self.numbers)
        if missing:
            self.numbers.extend([self.known.setdefault(self.default, len(self.known))] * missing)

    def write(self, writer: ArrayWriter, documents: int) -> None:
        self._fill(documents)
        ranked = sorted(self.known)
        rank = np.zeros(len(ranked), dtype=np.int64)
        rank[[self.known[value] for value in ranked]] = np.arange(len(ranked))
        write_table(writer, self.name, ranked)
        codes = rank[np.frombuffer(self.numbers, dtype=np.uint32)]
        writer.add(array_name(self.name, CODES), codes.astype(smallest(len(ranked))))


class ListsWriter:
    """Collects lists of numbers."""

    def __init__(self, name: str, column: ListsColumn) -> None:
        self.name = name
        self.types = column.types
        self.items = {part: bytearray() for part in column.types}
        self.counts = {part: array("Q") for part in column.types}

    def add(self, document: int, value: Mapping[str, Array]) -> None:
        self._fill(document)
        for part, kind in self.types.items():
            items = np.asarray(value[part], dtype=kind)
            self.items[part] += items.tobytes()
            self.counts[part].append(len(items))

    def _fill(self, count: int) -> None:
        for counts in self.counts.values():
            counts.extend([0] * (count - len(counts)))

    def write(self, writer: ArrayWriter, documents: int) -> None:
        self._fill(documents)
        for part, kind in self.types.items():
            writer.add(array_name(self.name, part), np.frombuffer(self.items[part], dtype=kind))
            ends = np.cumsum(np.array(self.counts[part], dtype=np.uint64))
            starts = np.concatenate((np.zeros(1, dtype=np.uint64), ends))
            writer.add(array_name(self.name, part, LIST_STARTS), starts.astype(smallest(int(starts[-1]))))


ColumnWriter = NumberWriter | BytesWriter | ListsWriter


def column_writer(name: str, column: columns.Column) -> ColumnWriter:
    if isinstance(column, ListsColumn):
        return ListsWriter(name, column)
    if isinstance(column, columns.NumericColumn | columns.BitColumn):
        return NumberWriter(name, column)
    if isinstance(column, BYTES_COLUMNS):
        return BytesWriter(name, column)
    raise TypeError(
        f"a {type(column).__name__} of '{name}' cannot be written: use one of bytes or of numbers"
    )


def write_table(writer: ArrayWriter, name: str, values: list[bytes]) -> None:
    lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    writer.add(array_name(name, TABLE), np.frombuffer(b"".join(values), dtype=np.uint8))
    writer.add(array_name(name, TABLE_STARTS), starts.astype(smallest(int(starts[-1]))))


def read_table(file: ArrayFile, name: str) -> list[bytes]:
    """The different values of a column of byte strings, in order."""
    text = file[array_name(name, TABLE)].tobytes()
    edges = file[array_name(name, TABLE_STARTS)].tolist()
    return [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]


# As Whoosh reads them


class ArrayColumnReader(columns.ColumnReader):
    """Whoosh's interface to a column; `values` is indexed by document."""

    def __init__(self, count: int) -> None:
        self._doccount = count
        self._is_reversed = False

    def set_reverse(self) -> None:
        self._is_reversed = True

    def __iter__(self) -> Iterator[Any]:
        return (self[document] for document in range(self._doccount))


class NumberReader(ArrayColumnReader):
    def __init__(self, numbers: NDArray[Any], is_truth: bool) -> None:
        super().__init__(len(numbers))
        self.numbers = numbers
        self.is_truth = is_truth

    def __getitem__(self, document: int) -> Any:
        number = self.numbers[document].item()
        return bool(number) if self.is_truth else number

    def sort_key(self, document: int) -> Any:
        number = self.numbers[document].item()
        return -number if self._is_reversed else number

    def load(self) -> list[Any]:
        return list(self)


class BytesReader(ArrayColumnReader):
    def __init__(self, codes: Array, table: list[bytes]) -> None:
        super().__init__(len(codes))
        self.codes = codes
        self.table = table

    def __getitem__(self, document: int) -> bytes:
        return self.table[self.codes[document]]


class ListsReader(ArrayColumnReader):
    def __init__(self, file: ArrayFile, name: str, parts: list[str], count: int) -> None:
        super().__init__(count)
        self.parts = {
            part: (file[array_name(name, part)], file[array_name(name, part, LIST_STARTS)]) for part in parts
        }

    def __getitem__(self, document: int) -> Mapping[str, Array]:
        return {
            part: items[int(starts[document]) : int(starts[document + 1])]
            for part, (items, starts) in self.parts.items()
        }


def column_reader(file: ArrayFile, name: str, column: columns.Column, count: int) -> ArrayColumnReader:
    if isinstance(column, ListsColumn):
        return ListsReader(file, name, list(column.types), count)
    numbers = file.get(array_name(name, NUMBERS))
    if numbers is not None:
        return NumberReader(numbers, isinstance(column, columns.BitColumn))
    return BytesReader(file[array_name(name, CODES)], read_table(file, name))
