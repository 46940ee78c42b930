"""A WACZ 1.1.1 of the captures of the web: the same WARC files, an index by address and a list of pages, in a .zip.

Index and pages are put in order in a temporary file: their number is without a bound.
"""

import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from articles.exporting import records
from articles.exporting.capture_files import Place
from articles.exporting.records import Obtained
from articles.importing.limits import READ_SIZE

VERSION = "1.1.1"
BLOCK = 3000  # lines of the index in one gzip member
UNCHANGING = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # the time of every file in the .zip, so that the same archive makes the same file
PAGES_HEAD = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str
    sha256: str
    size: int

    def as_json(self) -> dict[str, object]:
        name = self.path.rpartition("/")[2]
        return {"name": name, "path": self.path, "hash": f"sha256:{self.sha256}", "bytes": self.size}


class Listing:
    """What a WACZ lists, gathered while the records are written."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect("", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = OFF")
        self.connection.execute("BEGIN")
        self.connection.execute("CREATE TABLE line (kind TEXT, text BLOB)")

    def add(self, obtained: Obtained, title: str, place: Place) -> None:
        """List a record; it is a page where it belongs to an article, whose title it gets."""
        self._add("index", index_line(obtained, place))
        if title:
            page = {
                "id": obtained.number.rpartition(":")[2],
                "url": obtained.address,
                "ts": records.date(obtained.moment.replace(microsecond=0)),
                "title": title,
            }
            self._add("page", json.dumps(page, ensure_ascii=False))

    def _add(self, kind: str, text: str) -> None:
        self.connection.execute(
            "INSERT INTO line VALUES (?, ?)", (kind, text.encode("utf-8", "replace") + b"\n")
        )

    def index(self) -> Iterator[bytes]:
        """The lines of the index in the order of their bytes, as those who look things up in it expect."""
        return self._lines("SELECT text FROM line WHERE kind = 'index' ORDER BY text")

    def pages(self) -> Iterator[bytes]:
        """The pages in the order of the archive."""
        return self._lines("SELECT text FROM line WHERE kind = 'page' ORDER BY rowid")

    def _lines(self, query: str) -> Iterator[bytes]:
        return (text for (text,) in self.connection.execute(query))

    def close(self) -> None:
        self.connection.close()


def write(path: Path, crawls: Iterable[Path], listing: Listing) -> None:
    """Write the WACZ of some WARC files and what is listed of them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        resources = [_copied(archive, crawl) for crawl in crawls]
        blocks: list[bytes] = []
        resources.append(_written(archive, "indexes/index.cdx.gz", _blocks(listing.index(), blocks)))
        resources.append(_written(archive, "indexes/index.idx", blocks))
        head = json.dumps(PAGES_HEAD).encode() + b"\n"
        resources.append(_written(archive, "pages/pages.jsonl", _after(head, listing.pages())))
        package = _json(
            {
                "profile": "data-package",
                "wacz_version": VERSION,
                "software": "Warraq export_archive",
                "resources": [resource.as_json() for resource in resources],
            }
        )
        described = _written(archive, "datapackage.json", [package])
        digest = {"path": described.path, "hash": f"sha256:{described.sha256}"}
        _written(archive, "datapackage-digest.json", [_json(digest)])


def index_line(obtained: Obtained, place: Place) -> str:
    """A line of CDXJ."""
    mime = "warc/revisit" if place.kind == "revisit" else obtained.media_type
    told = {
        "url": obtained.address,
        "mime": mime,
        "status": str(obtained.status or 200),
        "digest": f"sha256:{obtained.sha256}",
        "length": str(place.length),
        "offset": str(place.offset),
        "filename": place.file.rpartition("/")[2],
    }
    moment = obtained.moment.astimezone(UTC)
    return f"{surt(obtained.address)} {moment:%Y%m%d%H%M%S} {json.dumps(told, ensure_ascii=False)}"


def surt(address: str) -> str:
    """The address with its host turned round, in lower case, so that what belongs together sorts together.

    >>> surt("https://www.News.example.org:8080/A?b=1")
    'org,example,news:8080)/a?b=1'
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}".lower()


def _blocks(lines: Iterator[bytes], index: list[bytes]) -> Iterator[bytes]:
    """The lines in gzip members, and in `index` where each begins: the first line's key, offset, length, digest."""
    meta = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    index.append(f"!meta 0 {json.dumps(meta)}\n".encode())
    offset = 0
    while block := list(islice(lines, BLOCK)):
        packed = gzip.compress(b"".join(block), mtime=0)
        key = b" ".join(block[0].split(b" ", 2)[:2]).decode("utf-8", "replace")
        told = {
            "offset": offset,
            "length": len(packed),
            "digest": records.label(packed),
            "filename": "index.cdx.gz",
        }
        index.append(f"{key} {json.dumps(told)}\n".encode())
        offset += len(packed)
        yield packed


def _after(head: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from lines


def _copied(archive: zipfile.ZipFile, crawl: Path) -> _Resource:
    with crawl.open("rb") as stream:
        return _written(archive, f"archive/{crawl.name}", _pieces(stream))


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(READ_SIZE):
        yield piece


def _written(archive: zipfile.ZipFile, path: str, pieces: Iterable[bytes]) -> _Resource:
    """Put a file into the .zip, as it is: crawls and index are packed already, and are read from their middle."""
    info = zipfile.ZipInfo(path, UNCHANGING)
    info.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
    return _Resource(path, digest.hexdigest(), size)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
