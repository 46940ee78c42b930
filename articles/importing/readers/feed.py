"""A feed, RSS or Atom: each entry is an item.

A capture holds the entry as it stands in the feed, in a frame of the first tag and the title: a small feed of
one entry, which stays the same while the feed around it changes.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import feedparser

from articles.importing import charsets, dates
from articles.importing.charsets import DECLARABLE, NotText, TextFile
from articles.importing.limits import MAX_HEAD, MAX_ITEM
from articles.importing.readers.feed_entries import Entries
from articles.importing.readers.items import ItemMaker
from articles.importing.records import Note, RawDocument, Unreadable

ROOT = re.compile(r"<((?:\w+:)?(?:rss|feed|rdf|channel))\b[^<>]*>", re.IGNORECASE)
DECLARED = re.compile(r"<\?xml[^<>?]{0,200}\bencoding\s*=\s*[\"']([\w.:-]{2,30})", re.IGNORECASE)
MEDIA_TYPES = {"feed": "application/atom+xml"}
RSS = "application/rss+xml"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an entry needs around it to be a feed: the root's own tag with its namespaces, and the feed's title."""

    root: str
    name: str
    title: str
    link: str

    @classmethod
    def of(cls, head: str) -> "_Frame | None":
        """The frame of a feed with that beginning; None for what is no feed."""
        found = ROOT.search(head)
        if not found:
            return None
        feed = _parse(head[found.start() :], "").feed
        return cls(found[0], found[1], _text(feed, "title"), _text(feed, "link"))

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(self.name.lower().rpartition(":")[2], RSS)

    def around(self, entry: str) -> str:
        title = f"<title>{escape(self.title)}</title>" if self.title else ""
        is_rss = self.media_type == RSS
        link = (
            f"<link>{escape(self.link)}</link>" if is_rss else f'<link href="{escape(self.link)}"/>'
        ) * bool(self.link)
        has_channel = is_rss and not self.name.lower().endswith("channel")
        opening, closing = ("<channel>", "</channel>") if has_channel else ("", "")
        return f"{self.root}{opening}{title}{link}{entry}{closing}</{self.name}>"


def read(file: TextFile) -> Iterator[RawDocument | Unreadable]:
    """An item for every entry, located by its number."""
    file = _as_declared(file)
    entries = Entries(file.characters())
    frame: _Frame | None = None
    number = 0
    for number, entry in enumerate(entries, start=1):
        frame = frame or _Frame.of(entries.head)
        if frame is None:
            break
        yield _item(file, frame, f"entry {number}", entry)
    if frame is None and (number or not _Frame.of(entries.head)):
        yield ItemMaker(file, RSS).unreadable(
            "", "bad_feed", "neither RSS nor Atom: its first tag is of neither"
        )


def _as_declared(file: TextFile) -> TextFile:
    """The file in the charset that its first line declares, where the bytes alone do not tell."""
    if file.charset.evidence != "guessed":
        return file
    declared = DECLARED.match(next(file.characters(), "")[:MAX_HEAD].lstrip())
    try:
        name = charsets.declarable(declared[1]) if declared else ""
        return replace(file, charset=charsets.tell(file.open, declared=name)) if name in DECLARABLE else file
    except (NotText, ValueError):
        return file


def _item(file: TextFile, frame: _Frame, locator: str, entry: str | None) -> RawDocument | Unreadable:
    maker = ItemMaker(file, frame.media_type)
    if entry is None:
        return maker.unreadable(locator, "too_large", f"the entry is longer than {MAX_ITEM:,} characters")
    whole = frame.around(entry)
    parsed = _parse(whole, frame.link).entries
    if not parsed:
        return maker.unreadable(
            locator, "bad_entry", "the entry is so broken that nothing of it can be read", whole
        )
    fields = _fields(parsed[0], frame)
    made = maker.document(locator, whole, fields, line=1)
    if isinstance(made, Unreadable):
        return replace(made, message=f"the entry has bytes that are wrong in {file.charset.name}")
    return made if parsed[0].get("content") else replace(made, notes=(Note("feed_summary"),))


def _parse(text: str, address: str) -> Any:
    """The feed in a text. Bytes in a stream: feedparser would fetch, or open, what a string names."""
    content = text.encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    return feedparser.parse(
        io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _fields(entry: Any, frame: _Frame) -> dict[str, object]:
    """The entry's fields by names that `columns` knows, without those it leaves empty."""
    texts = [part.get("value") or "" for part in entry.get("content", [])]
    tags = [tag.get("term") or "" for tag in entry.get("tags", [])]
    found = {
        "title": _text(entry, "title"),
        "author": _text(entry, "author"),
        "published": _date(entry, "published") or _date(entry, "updated"),
        "link": _text(entry, "link"),
        "id": _text(entry, "id"),
        "category": tags[0] if tags else "",
        "source": _text(entry.get("source", {}), "title") or frame.title,
        "content": max(texts, key=len, default="") or _text(entry, "summary"),
    }
    return {name: value for name, value in found.items() if value.strip()}


def _date(entry: Any, name: str) -> str:
    """The date as the feed writes it; as feedparser reads it where it is one that only programs write."""
    written, read = _text(entry, name), entry.get(f"{name}_parsed")
    if read and not dates.parse(written).day:
        return f"{read.tm_year:04}-{read.tm_mon:02}-{read.tm_mday:02}"
    return written


def _text(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
