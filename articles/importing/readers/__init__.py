"""One module a format; each reads a TextFile into items, lazily, and raises for none of them."""

from collections.abc import Callable, Iterator

from articles.importing.charsets import TextFile
from articles.importing.readers import csv, json_array, jsonl, txt
from articles.importing.records import RawDocument, Unreadable

Reader = Callable[[TextFile], Iterator[RawDocument | Unreadable]]

READERS: dict[str, Reader] = {
    "txt": txt.read,
    "json": json_array.read,
    "jsonl": jsonl.read,
    "csv": csv.read,
}
