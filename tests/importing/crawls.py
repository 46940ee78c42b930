"""Crawls made for the tests: records written by warcio as crawlers do, and by hand where they are to be wrong."""

import gzip
import hashlib
import io
import json
import zipfile
from base64 import b32encode
from collections.abc import Iterable, Mapping

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.importing.readers import warc
from articles.importing.readers.web import ByteFile, WebFilter
from tests.importing.samples import FIRST, SECOND, TITLE

MOMENT = "2016-03-12T10:00:00Z"
HTML = "text/html; charset=utf-8"


def page(number: int = 1, *, body: str = "", head: str = "") -> str:
    """A page of a newspaper, of one article."""
    body = body or f"<p>{FIRST} {number}</p><p>{SECOND}</p>" * 3
    return (
        f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE} {number}</title>{head}</head>'
        f"<body><article><h1>{TITLE} {number}</h1>{body}</article></body></html>"
    )


def address(number: int = 1) -> str:
    return f"https://news.example.org/{number}"


class _Writer(WARCWriter):
    """Its temporary files are in memory: warcio forgets to close others."""

    @classmethod
    def _create_temp_file(cls) -> io.BytesIO:
        return io.BytesIO()


class Crawl:
    """A WARC in the making; `with_page(1).with_response(...)` add records, `content` is the file."""

    def __init__(self, *, gzip: bool = True) -> None:
        self.file = io.BytesIO()
        self.writer = _Writer(self.file, gzip=gzip)

    @property
    def content(self) -> bytes:
        return self.file.getvalue()

    def with_info(self) -> "Crawl":
        self.writer.write_record(self.writer.create_warcinfo_record("a.warc", {"software": "test"}))
        return self

    def with_page(self, number: int = 1, *, moment: str = MOMENT, text: str = "") -> "Crawl":
        return self.with_response(address(number), (text or page(number)).encode(), moment=moment)

    def with_response(
        self,
        url: str,
        body: bytes,
        *,
        status: str = "200 OK",
        headers: Iterable[tuple[str, str]] = (("Content-Type", HTML),),
        moment: str = MOMENT,
        kind: str = "response",
        more: Mapping[str, str] | None = None,
    ) -> "Crawl":
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind == "response" else None
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http, warc_content_type=HTML if not http else "",
            warc_headers_dict={"WARC-Date": moment, **(more or {})},
        )  # fmt: skip
        self.writer.write_record(record)
        return self

    def with_revisit(self, number: int, *, moment: str, of: str = MOMENT) -> "Crawl":
        http = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
        record = self.writer.create_revisit_record(
            address(number), "sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A", address(number), of, http_headers=http,
            warc_headers_dict={"WARC-Date": moment},
        )  # fmt: skip
        self.writer.write_record(record)
        return self


def sha1(content: bytes) -> str:
    return f"sha1:{b32encode(hashlib.sha1(content).digest()).decode()}"


def http(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", kind: str = HTML) -> bytes:
    """An HTTP response as it stands in a record."""
    lines = [status, *([f"Content-Type: {kind}"] if kind else []), *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    block: bytes,
    *more: str,
    number: int = 1,
    length: int | str | None = None,
    kind: str = "response",
    content_type: str = "application/http; msgtype=response",
    url: str = "",
    moment: str = MOMENT,
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """A record by hand: nothing keeps it from lying."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url or address(number)}",
        f"WARC-Date: {moment}",
    ]
    lines += [
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"Content-Type: {content_type}",
    ]
    lines += [*more, f"Content-Length: {len(block) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + end


def good(number: int = 1) -> bytes:
    """A record that nothing is wrong with."""
    return record(http(page(number).encode()), number=number)


def packed(*records: bytes) -> bytes:
    """Each record in a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def arc(*pages: tuple[str, bytes]) -> bytes:
    """An ARC file, as crawlers wrote before there was WARC."""
    version = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    begin = f"filedesc://a.arc 0.0.0.0 20090101000000 text/plain {len(version)}\n".encode() + version + b"\n"
    return begin + b"".join(
        f"{url} 192.0.2.1 20090203040506 text/html {len(block)}\n".encode() + block + b"\n"
        for url, block in pages
    )


def wacz(crawl: bytes, *, listed: bytes | None = None, **others: bytes) -> bytes:
    """A WACZ of one crawl; `listed` is what its package was made for, if it is not that crawl."""
    digest = hashlib.sha256(crawl if listed is None else listed).hexdigest()
    resource = {
        "name": "a.warc.gz",
        "path": "archive/a.warc.gz",
        "hash": f"sha256:{digest}",
        "bytes": len(crawl),
    }
    package = json.dumps({"profile": "data-package", "resources": [resource]}).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/a.warc.gz", crawl)
        archive.writestr("pages/pages.jsonl", b"{}\n")
        for name, content in {"datapackage.json": package, **others}.items():
            archive.writestr(name.replace("__", "-"), content)
    return file.getvalue()


def read(content: bytes, **options: object) -> list[object]:
    """The items and the records passed over in a WARC of these bytes."""
    return list(warc.read(ByteFile("a.warc", lambda: io.BytesIO(content), WebFilter(**options))))  # type: ignore[arg-type]
