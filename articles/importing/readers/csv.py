"""A table: the first row names the columns, every other row is an item.

A capture holds the header and the row, as they stand in the file, so that it can be read without its neighbours.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from articles.importing.charsets import TextFile
from articles.importing.limits import MAX_ITEM
from articles.importing.readers import lines
from articles.importing.readers.items import ItemMaker
from articles.importing.records import RawDocument, Unreadable

MEDIA_TYPE = "text/csv"
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its own text; `code` and `error` say what is wrong with it, if anything is."""

    line: int
    text: str
    cells: list[str]
    code: str = ""
    error: str = ""


def read(file: TextFile) -> Iterator[RawDocument | Unreadable]:
    """An item for every row that is not blank, located by its number; the header is row 1."""
    maker = ItemMaker(file, MEDIA_TYPE)
    rows = _rows(file.characters())
    header = next(rows, None)
    if header is None:
        yield maker.unreadable("", "empty_file", "the file holds nothing but blanks")
        return
    if header.code:
        yield maker.unreadable("row 1", header.code, f"line {header.line}: {header.error}", header.text)
        return
    columns = column_names(header.cells)
    for number, row in enumerate(rows, start=2):
        yield _item(maker, f"row {number}", header.text, columns, row)


def column_names(cells: list[str]) -> list[str]:
    """A name for every column: blank ones are numbered, repeated ones told apart.

    >>> column_names(["title", "", "title"])
    ['title', 'column 2', 'title (3)']
    """
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell.strip() or f"column {place}"
        names.append(f"{name} ({place})" if name in names else name)
    return names


def sniff(line: str) -> str:
    """The delimiter a header is written with: the commonest outside quotation marks.

    >>> sniff('id;"title, in full";body'), sniff("title")
    (';', ',')
    """
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _item(
    maker: ItemMaker, locator: str, header: str, columns: list[str], row: _Row
) -> RawDocument | Unreadable:
    if row.code:
        return maker.unreadable(locator, row.code, f"line {row.line}: {row.error}", row.text)
    cells, width = row.cells, len(columns)
    # Spreadsheets pad rows with empty cells.
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        message = f"line {row.line}: {len(cells)} fields where the header has {width}"
        return maker.unreadable(locator, "row_length", message, row.text)
    fields = dict(zip(columns, cells, strict=False))
    return maker.document(locator, header + row.text, fields, line=row.line)


def _rows(pieces: Iterator[str]) -> Iterator[_Row]:
    """Every row that is not blank, the broken ones too."""
    csv.field_size_limit(MAX_ITEM)
    source = _RowLines(_lines(pieces))
    # Strict: else a quotation mark left open swallows the rest of the file without a word.
    reader = csv.reader(source, delimiter=sniff(source.peek()), strict=True, skipinitialspace=True)
    while True:
        cells, code, error = [], "", ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            code, error = "bad_csv", str(problem)
        except _RowTooLarge:
            code, error = (
                "too_large",
                f"no end within {MAX_ITEM:,} characters; is a quotation mark left open?",
            )
        if code and source.ended:
            source.give_back()
        line, text = source.take()
        if code or any(cell.strip() for cell in cells):
            yield _Row(line, text, cells, code, error)


def _lines(pieces: Iterator[str]) -> Iterator[str | None]:
    """Lines with their ends, which in very old files are bare carriage returns."""
    first = next(pieces, "")
    if first.endswith("\r"):
        first += next(pieces, "")
    end = "\r" if "\r" in first and "\n" not in first else "\n"
    return lines.split(chain([first], pieces), end=end)


class _RowTooLarge(Exception):
    pass


class _RowLines:
    """Hands lines to the csv module and keeps those of the row it is reading.

    `ended` is true when the row broke because no end of it was found.
    """

    def __init__(self, source: Iterable[str | None]) -> None:
        self.source = iter(source)
        self.again: deque[str | None] = deque()
        self.row: list[str | None] = []
        self.number = 0
        self.size = 0
        self.ended = False

    def peek(self) -> str:
        """The first line that is not blank, which will be read all the same."""
        for line in self.source:
            self.again.append(line)
            if line is None or line.strip():
                break
        return (self.again[-1] or "") if self.again else ""

    def __iter__(self) -> "_RowLines":
        return self

    def __next__(self) -> str:
        self.ended = True
        line = self.again.popleft() if self.again else next(self.source)
        self.number += 1
        self.row.append(line)
        self.size += len(line or "")
        if line is None or self.size > MAX_ITEM:
            raise _RowTooLarge
        self.ended = False
        return line

    def give_back(self) -> None:
        """Keep the first line of the row only; those after it are read again.

        An open quotation mark costs one row that way, not every row to the end of the file.
        """
        self.again.extendleft(reversed(self.row[1:]))
        self.number -= max(len(self.row) - 1, 0)
        self.row = self.row[:1]

    def take(self) -> tuple[int, str]:
        """The number of the row's first line, and its text; the next row begins."""
        first = self.number - len(self.row) + 1
        text = "".join(line for line in self.row if line)
        self.row, self.size = [], 0
        return first, text
