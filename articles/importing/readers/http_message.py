"""An HTTP response as a server sent it: its status, its headers, and the body behind every encoding.

Servers and crawlers lie: a body may be called chunked or compressed and be neither, because a crawler undid it. What
evidently is not so encoded is taken as it stands.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import brotli

from articles.importing.limits import MAX_ENCODINGS, MAX_HEAD
from articles.importing.readers.dialects import decoded, fields

STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\r\n]*")
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Message:
    status: int
    headers: Sequence[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first value of that name (in lower case), empty when there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Body:
    """A body undone of its encodings; `code` and `message` say what kept it from being undone."""

    content: bytes
    is_cut: bool = False
    code: str = ""
    message: str = ""


def parse(block: bytes) -> Message | None:
    """The response in a record's block; None for what is none."""
    status = STATUS.match(block)
    if not status:
        return None
    blank = BLANK_LINE.search(block, 0, MAX_HEAD)
    if not blank and len(block) > MAX_HEAD:
        return None
    head = block[status.end() : blank.start()] if blank else block[status.end() :]
    lines = [decoded(line) for line in head.splitlines() if line]
    return Message(int(status[1]), fields(lines), block[blank.end() :] if blank else b"")


def media_type(value: str) -> tuple[str, str]:
    """The type and the charset of a Content-Type.

    >>> media_type('Text/HTML; Charset="windows-1256"'), media_type("")
    (('text/html', 'windows-1256'), ('', ''))
    """
    kind, *parameters = value.split(";")
    for parameter in parameters:
        name, _equals, charset = parameter.partition("=")
        if name.strip().lower() == "charset":
            return kind.strip().lower(), charset.strip(" \t\"'")[:40]
    return kind.strip().lower(), ""


def decode(message: Message, limit: int) -> Body:
    """The body as it was before it was sent, if it is no longer than `limit` bytes."""
    content, is_cut = message.body, False
    if "chunked" in message.header("transfer-encoding").lower():
        content, is_cut = unchunked(content)
    encodings = [
        name.strip().lower() for name in message.header("content-encoding").split(",") if name.strip()
    ]
    if len(encodings) > MAX_ENCODINGS:
        return Body(
            message.body, code="unsupported_encoding", message=f"compressed {len(encodings)} times over"
        )
    for name in reversed(encodings):
        undo = ENCODINGS.get(name)
        if undo is None:
            return Body(
                message.body, code="unsupported_encoding", message=f"the body is encoded as {name[:40]!r}"
            )
        try:
            content, is_whole = undo(content, limit + 1)
        except (zlib.error, brotli.error) as error:
            return Body(message.body, code="damaged_body", message=f"the body is no good {name}: {error}")
        is_cut = is_cut or not is_whole
        if len(content) > limit:
            break
    if len(content) > limit:
        return Body(b"", code="too_large", message=f"the page is larger than {limit:,} bytes")
    return Body(content, is_cut)


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """The body out of its chunks, and whether their end is missing; a body that is not chunked stays.

    >>> unchunked(b"3\\r\\nabc\\r\\n0\\r\\n\\r\\n"), unchunked(b"3\\r\\nab"), unchunked(b"<html>")
    ((b'abc', False), (b'ab', True), (b'<html>', False))
    """
    pieces: list[bytes] = []
    place = 0
    while chunk := CHUNK.match(body, place):
        size = int(chunk[1], 16)
        if not size:
            return b"".join(pieces), False
        piece = body[chunk.end() : chunk.end() + size]
        pieces.append(piece)
        place = chunk.end() + len(piece)
        if body[place : place + 2] == b"\r\n":
            place += 2
        elif body[place : place + 1] == b"\n":
            place += 1
    return (b"".join(pieces), True) if pieces else (body, False)


def _ungzip(content: bytes, limit: int) -> tuple[bytes, bool]:
    return (
        _inflate(content, limit, 16 + zlib.MAX_WBITS) if content.startswith(GZIP_MAGIC) else (content, True)
    )


def _undeflate(content: bytes, limit: int) -> tuple[bytes, bool]:
    """With zlib's header as the standard asks, or bare as some servers send it."""
    try:
        return _inflate(content, limit, zlib.MAX_WBITS)
    except zlib.error:
        try:
            return _inflate(content, limit, -zlib.MAX_WBITS)
        except zlib.error:
            if content.lstrip().startswith(b"<"):
                return content, True
            raise


def _inflate(content: bytes, limit: int, window: int) -> tuple[bytes, bool]:
    unpacker = zlib.decompressobj(window)
    return unpacker.decompress(content, limit), unpacker.eof


def _unbrotli(content: bytes, limit: int) -> tuple[bytes, bool]:
    unpacker = brotli.Decompressor()
    try:
        return unpacker.process(content, output_buffer_limit=limit), unpacker.is_finished()
    except brotli.error:
        if content.lstrip().startswith(b"<"):
            return content, True
        raise


def _as_it_is(content: bytes, limit: int) -> tuple[bytes, bool]:
    return content, True


ENCODINGS = {
    "gzip": _ungzip,
    "x-gzip": _ungzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "identity": _as_it_is,
    "utf-8": _as_it_is,  # a charset in the wrong header
    "none": _as_it_is,
}
