"""Addresses of the web: which they are, and one spelling for each."""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
# What campaigns and social networks add on the way.
TRACKING = re.compile(r"^(utm_[^=]*|fbclid|gclid|igshid|mc_cid|mc_eid)(=|$)", re.IGNORECASE)
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
KEPT = "%/:@!$&'()*+,;=~-._"


@lru_cache(maxsize=8)  # each item's is asked for more than once
def normalize(url: str) -> str:
    """The address in one spelling; empty for what is no address of the web.

    Lower-case host, no default port, no fragment, no campaign parameters, percent-encoding unified.

    >>> normalize("HTTP://Example.ORG:80/%d8%ae/خ?a=1&utm_source=x#top")
    'http://example.org/%D8%AE/%D8%AE?a=1'
    >>> normalize("javascript:alert(1)"), normalize("http://[broken")
    ('', '')
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return ""
    if port and port != DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, _escaped(parts.path or "/"), _query(parts.query), ""))


def _query(query: str) -> str:
    kept = [pair for pair in query.split("&") if pair and not TRACKING.match(pair)]
    return "&".join(_escaped(pair, also="?") for pair in kept)


def _escaped(text: str, *, also: str = "") -> str:
    """Percent-encode what must be, decode what need not be, and write the rest in capitals."""
    return quote(ESCAPE.sub(_unified, text), safe=KEPT + also, errors="replace")


def _unified(escape: re.Match[str]) -> str:
    byte = int(escape[1], 16)
    return chr(byte) if byte in UNRESERVED else f"%{byte:02X}"
