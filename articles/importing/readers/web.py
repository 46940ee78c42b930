"""What an operator takes of the web, by HTTP status and type, and how captures of the web become items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from articles.importing.charsets import OpenBytes
from articles.importing.cleaning import storable

HTML, XHTML, PLAIN = "text/html", "application/xhtml+xml", "text/plain"
HTTP_BLOCK = "application/http"  # a record with its HTTP headers
PAGES = (HTML, XHTML)
KNOWN_TYPES = frozenset(
    (
        *("application/javascript", "application/json", "application/pdf", "application/xml", "text/css"),
        *(
            "application/rss+xml",
            "application/atom+xml",
            "text/javascript",
            "text/xml",
            "text/plain",
            HTML,
            XHTML,
        ),
    )
)
FAMILIES = ("application", "audio", "font", "image", "text", "video")
LOOKS_LIKE_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<\x00?(?:!\x00?d|h\x00?t\x00?m\x00?l|h\x00?e\x00?a\x00?d|b\x00?o\x00?d\x00?y|!--)",
    re.IGNORECASE,
)
# Headers that tell how the bytes were served; others tell of the server, and may tell of people.
KEPT_HEADERS = (
    *("content-type", "content-encoding", "content-language", "content-location", "date", "etag"),
    *("last-modified", "link", "location", "transfer-encoding"),
)
LONGEST_HEADER = 500


@dataclass(frozen=True, slots=True)
class WebFilter:
    """Which answers of servers are pages to import."""

    statuses: tuple[int, ...] = (200, 203)
    media_types: tuple[str, ...] = PAGES


@dataclass(frozen=True, slots=True)
class ByteFile:
    """A stream of bytes that its reader understands itself; it can be read again from its beginning."""

    origin: str
    open: OpenBytes
    filter: WebFilter = WebFilter()


def type_reason(media_type: str) -> str:
    """Why a type is passed over, in few different words: they are counted.

    >>> type_reason("image/webp"), type_reason("application/pdf"), type_reason("x y z")
    ('no page: image', 'no page: application/pdf', 'no page: unknown type')
    """
    if media_type in KNOWN_TYPES:
        return f"no page: {media_type}"
    family = media_type.partition("/")[0]
    return f"no page: {family if family in FAMILIES else 'unknown type'}"


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers worth keeping beside a capture, cut where they are absurdly long."""
    return {name: storable(headers[name][:LONGEST_HEADER]) for name in KEPT_HEADERS if name in headers}
