"""Bytes of strangers, answered so that nothing in them can act: no script, no network, no origin of ours.

They may not be cached: a browser that is told «not modified» would mix these headers with those of a page
of ours, and what is withdrawn must be gone at once.
"""

import logging
import re
from collections.abc import Iterator
from itertools import chain

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from articles.importing.store.captures import CaptureMissing, CaptureStore
from articles.models.capture import Capture

log = logging.getLogger(__name__)

LARGEST = 16 * 1024 * 1024  # bytes; a larger capture is for the operator's own tools
HTML = "text/html"
PLAIN = "text/plain"
UNNAMED = "application/octet-stream"
# A charset goes into a header: anything else than a plain name is left to the browser to find out.
CHARSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
RECORDS = ("application/json", "application/rss+xml", "application/atom+xml")
SUFFIXES = {"application/json": ".json", "application/pdf": ".pdf", "application/xml": ".xml"}

# Chromium connects to where a <link rel=preconnect> or a frame points before it asks any policy, so none is left.
# Each becomes a name as long that does nothing here; under the policy below it could have shown nothing anyway.
HARMLESS = {b"link": b"meta", b"iframe": b"object", b"frame": b"param"}
LONGEST_START = 16  # bytes of such a tag that is cut in two
# An escape belongs to ISO-2022-JP, which could hide a tag between two of them.
ESCAPE, SPACE = b"\x1b", b" "

SEALED = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


def shown_type(capture: Capture) -> str:
    """What a browser may be told the bytes are; empty for what it may only keep as a file."""
    media_type = capture.media_type.lower()
    if media_type == HTML:
        return HTML
    return PLAIN if media_type.startswith("text/") else ""


def readable_type(capture: Capture) -> str:
    """What the desk lets a browser show: records of data as plain text too."""
    return shown_type(capture) or (PLAIN if capture.media_type.lower() in RECORDS else "")


def sealed(
    capture: Capture, store: CaptureStore, *, as_file: bool = False, shown: str | None = None
) -> HttpResponseBase:
    """The bytes of a capture under headers that take all power from them; exactly as they are kept as a file.

    `shown` is what the browser is told they are, where that is to be another than `shown_type`.
    """
    if capture.size > LARGEST:
        return HttpResponse("", status=413, content_type=PLAIN, headers=SEALED)
    shown = "" if as_file else shown_type(capture) if shown is None else shown
    pieces = opened(capture, store)
    response = StreamingHttpResponse(
        disarmed(pieces) if shown == HTML else pieces,
        content_type=content_type(shown, capture.charset),
        headers=SEALED,
    )
    response["Content-Length"] = str(capture.size)
    if not shown:
        response["Content-Disposition"] = f'attachment; filename="{file_name(capture)}"'
    return response


def content_type(shown: str, charset: str) -> str:
    """The header's value.

    >>> content_type("text/html", "windows-1256"), content_type("text/html", "utf-8; x")
    ('text/html; charset=windows-1256', 'text/html')
    """
    named = f"; charset={charset}" if CHARSET.fullmatch(charset) else ""
    return f"{shown}{named}" if shown else UNNAMED


def file_name(capture: Capture) -> str:
    return f"{capture.sha256[:16]}{SUFFIXES.get(capture.media_type.lower(), '.bin')}"


def opened(capture: Capture, store: CaptureStore) -> Iterator[bytes]:
    """The bytes in pieces; Http404 now, before anything is sent, where the store does not have them."""
    pieces = capped(store.stream(capture.sha256), capture.size)
    try:
        first = next(pieces, b"")
    except CaptureMissing as error:
        log.error("capture %s is in the database, its bytes are not: %s", capture.pk, error)
        raise Http404 from error
    return chain([first], pieces)


def capped(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    """No more bytes than were promised, whatever a damaged file unpacks to."""
    for piece in pieces:
        yield piece[:most]
        most -= len(piece)
        if most < 0:
            return


def disarmed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """HTML without what connects in spite of every policy; as many bytes as before.

    >>> b"".join(disarmed(iter([b"<p>a</p><LI", b"NK rel=preconnect>"])))
    b'<p>a</p><meta rel=preconnect>'
    """
    held = b""
    for piece in pieces:
        held += piece.replace(ESCAPE, SPACE)
        for pattern, harmless in TAGS:
            held = pattern.sub(harmless, held)
        yield held[:-LONGEST_START]
        held = held[-LONGEST_START:]
    yield held


def renaming(name: bytes, harmless: bytes) -> tuple[re.Pattern[bytes], bytes]:
    """What finds a tag of this name, opening or closing, and what renames it; UTF-16 has a zero in each letter."""
    letters = [bytes([letter]) for letter in name]
    pattern = rb"(<\0?/?)(\0?)" + rb"(\0?)".join(letters)
    parts = (rb"\g<%d>%c" % (group, letter) for group, letter in enumerate(harmless, start=2))
    return re.compile(pattern, re.IGNORECASE), rb"\g<1>" + b"".join(parts)


TAGS = [renaming(name, harmless) for name, harmless in HARMLESS.items()]
