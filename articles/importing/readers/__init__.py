"""One module a format; each reads a file into items, lazily, and raises for no bytes.

Readers of text are given the file with its charset told; the others understand the bytes themselves.
"""

from collections.abc import Callable, Iterator

from articles.importing.charsets import TextFile
from articles.importing.readers import csv, feed, html, json_array, jsonl, txt, warc
from articles.importing.readers.web import ByteFile
from articles.importing.records import PassedOver, RawDocument, Unreadable

Found = Iterator[RawDocument | Unreadable] | Iterator[RawDocument | Unreadable | PassedOver]

READERS: dict[str, Callable[[TextFile], Found]] = {
    "txt": txt.read,
    "json": json_array.read,
    "jsonl": jsonl.read,
    "csv": csv.read,
    "feed": feed.read,
}
BYTE_READERS: dict[str, Callable[[ByteFile], Found]] = {
    "html": html.read,
    "warc": warc.read,
    "arc": warc.read_arc,
}
FORMATS = (*READERS, *BYTE_READERS)
