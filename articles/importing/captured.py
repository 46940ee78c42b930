"""A stored capture as the item it once was, to be read again: what its reader made of the bytes, made of them anew."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from articles.importing import charsets
from articles.importing.charsets import Charset, TextFile
from articles.importing.readers import csv, feed, http_message, json_text, txt
from articles.importing.readers.items import ItemMaker
from articles.importing.readers.json_text import JsonError
from articles.importing.readers.web import PAGES
from articles.importing.records import RawDocument, Unreadable, WebCapture

FEEDS = ("application/rss+xml", "application/atom+xml")
STORED = "stored"  # how the charset of a capture is known


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of a capture, and what its row says of them. `details` are empty for what did not come from the web."""

    origin: str
    locator: str
    content: bytes
    media_type: str
    charset: str = ""
    address: str = ""
    captured_at: datetime | None = None
    details: Mapping[str, object] | None = None


def document(stored: Stored) -> RawDocument | Unreadable:
    """The item; unreadable where the bytes cannot be read as what their row calls them."""
    if stored.details or stored.media_type in PAGES:
        return _page(stored)
    reader = READERS.get(stored.media_type)
    if reader is None:
        return _unreadable(stored, "unknown_type", f"nothing of type {stored.media_type} is read")
    try:
        return reader(stored)
    except (LookupError, UnicodeDecodeError) as error:
        return _unreadable(
            stored, "undecodable", f"not to be read in {stored.charset or 'no charset'}: {error}"
        )


def _page(stored: Stored) -> RawDocument:
    """A page with the label that its server gave it; a saved one has none."""
    web, label = None, ""
    if stored.details:
        headers = stored.details.get("headers")
        given = headers.get("content-type", "") if isinstance(headers, Mapping) else ""
        label = http_message.media_type(given)[1]
        web = WebCapture(stored.address, stored.captured_at, stored.details)
    evidence = "declared" if label else ""
    return RawDocument(
        stored.origin, stored.locator, stored.content, stored.media_type, label, evidence, "", web=web
    )


def _text(stored: Stored) -> RawDocument:
    text = charsets.decode(stored.content, stored.charset)
    return RawDocument(
        stored.origin, stored.locator, stored.content, stored.media_type, stored.charset, STORED, text
    )


def _record(stored: Stored) -> RawDocument | Unreadable:
    text = charsets.decode(stored.content, stored.charset)
    try:
        value = json_text.parse(text)
    except JsonError as error:
        return _unreadable(stored, "bad_json", str(error))
    return json_text.as_item(ItemMaker(_file(stored), stored.media_type), stored.locator, text, value, line=1)


def _first_of(read: Callable[[TextFile], Iterator[RawDocument | Unreadable]]) -> "Reader":
    """Readers of files: a capture of theirs is a file of one item."""

    def reader(stored: Stored) -> RawDocument | Unreadable:
        item = next(read(_file(stored)), None)
        return item or _unreadable(stored, "empty", "no item stands in it")

    return reader


def _file(stored: Stored) -> TextFile:
    mark = next((mark for mark, _name in charsets.MARKS if stored.content.startswith(mark)), b"")
    charset = Charset(stored.charset, STORED, mark)
    return TextFile(stored.origin, lambda: io.BytesIO(stored.content), charset)


def _unreadable(stored: Stored, code: str, message: str) -> Unreadable:
    return Unreadable(stored.origin, stored.locator, code, message)


Reader = Callable[[Stored], RawDocument | Unreadable]
READERS: dict[str, Reader] = {
    txt.MEDIA_TYPE: _text,
    json_text.MEDIA_TYPE: _record,
    csv.MEDIA_TYPE: _first_of(csv.read),
    **dict.fromkeys(FEEDS, _first_of(feed.read)),
}
