"""Records of WARC/1.1 (ISO 28500:2017) as bytes: each a gzip member of its own, the same bytes for the same capture."""

import gzip
import hashlib
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from urllib.parse import quote

from articles.importing.limits import MAX_HEAD

LEVEL = 6
HTTP_RESPONSE = "application/http;msgtype=response"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
NAMESPACE = uuid.UUID("6a0f4f52-8f5e-5c0c-9d3a-6b7b7f3c2e11")
URI_LETTERS = "%/:?#[]@!$&'()*+,;=-._~"
# What was undone before the bytes were kept: replay tools must not try to undo it again.
UNDONE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
LARGEST = 64 * 1024 * 1024  # bytes of a capture; what an import takes is far smaller


class BadRecord(Exception):
    """Bytes that are not the record they should be; the message says why."""


@dataclass(frozen=True, slots=True)
class Obtained:
    """One obtaining of bytes, as a record tells it. `status` is 0 where no server answered."""

    number: str
    address: str
    moment: datetime
    sha256: str
    media_type: str
    status: int = 0
    headers: Mapping[str, str] | None = None

    def http_head(self, size: int) -> bytes:
        """The answer's head as it was, but for what has been undone since."""
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, '')}".rstrip()]
        told = dict(self.headers or {})
        told.setdefault("content-type", self.media_type)
        for name, value in sorted(told.items()):
            name = f"x-archive-orig-{name}" if name in UNDONE else name
            lines.append(f"{name.title()}: {_one_line(str(value))}")
        lines.append(f"Content-Length: {size}")
        return "\r\n".join(lines).encode() + b"\r\n\r\n"


def number(*place: str) -> str:
    """The record number of a capture, always the same for one place."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, chr(10).join(place))}"


def response(obtained: Obtained, content: bytes) -> bytes:
    """What a server answered."""
    head = obtained.http_head(len(content))
    return _record("response", obtained, HTTP_RESPONSE, head + content)


def resource(obtained: Obtained, content: bytes) -> bytes:
    """Bytes that came without HTTP: a saved page, an item of a file."""
    return _record("resource", obtained, obtained.media_type, content)


def revisit(obtained: Obtained, first: Obtained, size: int) -> bytes:
    """The bytes of an earlier record, obtained again."""
    head = obtained.http_head(size) if obtained.status else b""
    refers = (
        ("WARC-Profile", SAME_PAYLOAD),
        ("WARC-Refers-To", f"<{first.number}>"),
        ("WARC-Refers-To-Target-URI", first.address),
        ("WARC-Refers-To-Date", date(first.moment)),
    )
    return _record("revisit", obtained, HTTP_RESPONSE if head else obtained.media_type, head, refers)


def info(name: str, moment: datetime, facts: Mapping[str, str]) -> bytes:
    """The first record of a file."""
    text = "".join(f"{key}: {_one_line(value)}\r\n" for key, value in facts.items()).encode()
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<{number(name, text.decode(), date(moment))}>"),
        ("WARC-Date", date(moment)),
        ("WARC-Filename", name),
        ("WARC-Block-Digest", label(text)),
        ("Content-Type", "application/warc-fields"),
    ]
    return _packed(fields, text)


def date(moment: datetime) -> str:
    """A WARC-Date, with as much of the second as is known.

    >>> date(datetime(2016, 3, 12, 10, 0, 0, 250000, UTC))
    '2016-03-12T10:00:00.25Z'
    """
    moment = moment.astimezone(UTC)
    fraction = f".{moment.microsecond:06}".rstrip("0").rstrip(".")
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def uri(address: str) -> str:
    """An address as a header takes it: what no URI may hold is percent-encoded.

    >>> uri("https://example.org/أ b")
    'https://example.org/%D8%A3%20b'
    """
    return quote(address, safe=URI_LETTERS, errors="replace")


def file_uri(origin: str, locator: str) -> str:
    """An address for an item of a file.

    >>> file_uri("seeds/a.zip!b.json", "item 3")
    'file:///seeds/a.zip!b.json#item%203'
    """
    path = quote(origin.lstrip("/"), safe="/!-._~", errors="replace")
    return f"file:///{path}" + (f"#{quote(locator, safe='-._~')}" if locator else "")


def label(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _record(
    kind: str, obtained: Obtained, content_type: str, block: bytes, more: Sequence[tuple[str, str]] = ()
) -> bytes:
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{obtained.number}>"),
        ("WARC-Date", date(obtained.moment)),
        ("WARC-Target-URI", obtained.address),
        *more,
        ("WARC-Payload-Digest", f"sha256:{obtained.sha256}"),
        ("WARC-Block-Digest", label(block)),
        ("Content-Type", _one_line(content_type) or "application/octet-stream"),
    ]
    return _packed(fields, block)


def _packed(fields: Sequence[tuple[str, str]], block: bytes) -> bytes:
    lines = [b"WARC/1.1", *(f"{name}: {value}".encode() for name, value in fields)]
    lines.append(f"Content-Length: {len(block)}".encode())
    return gzip.compress(b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n", LEVEL, mtime=0)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def payload(packed: bytes, size: int) -> bytes:
    """The `size` bytes that a record of `response` or `resource` holds; raises BadRecord."""
    if size > LARGEST:
        raise BadRecord(f"{size:,} bytes are more than any capture has")
    try:
        record = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, 2 * MAX_HEAD + size)
    except zlib.error as error:
        raise BadRecord(f"damaged gzip data: {error}") from error
    head, _blank, block = record.partition(b"\r\n\r\n")
    if b"\r\nWARC-Type: response\r\n" in head:
        _http, _blank, block = block.partition(b"\r\n\r\n")
    return block[:size]
