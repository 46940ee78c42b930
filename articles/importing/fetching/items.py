"""From addresses to items of an import: each is fetched, and read as the page or the feed it is."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from articles.importing import charsets, formats
from articles.importing.addresses import normalize
from articles.importing.charsets import NotText, TextFile
from articles.importing.fetching.client import Client, Fetched, RobotsDenied
from articles.importing.fetching.connection import FetchFailed
from articles.importing.fetching.guard import UnsafeAddress
from articles.importing.fetching.validators import Validators, told_by
from articles.importing.limits import MAX_PAGE
from articles.importing.readers import feed, http_message, web
from articles.importing.readers.http_message import Message
from articles.importing.records import PassedOver, RawDocument, Unreadable, WebCapture

NOT_MODIFIED, OK = 304, (200, 203)
NOT_CHANGED = "not changed since it was fetched last"
FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
)
MAX_FEED = 16 * 1024 * 1024

Found = RawDocument | Unreadable | PassedOver


@dataclass(slots=True)
class Fetching:
    """The items at some addresses. `settle` is called when they are stored, and not before."""

    client: Client
    validators: Validators
    feeds_only: bool = False
    told: dict[str, dict[str, str]] = field(default_factory=dict)

    def items(self, urls: Sequence[str]) -> Iterator[Found]:
        """Every item behind the addresses, one at a time."""
        for url in urls:
            try:
                yield from self._at(url)
            except UnsafeAddress as problem:
                yield Unreadable(url, "", "unsafe_address", str(problem))
            except RobotsDenied as problem:
                yield Unreadable(url, "", "robots_denied", str(problem))
            except FetchFailed as problem:
                yield Unreadable(url, "", "fetch_failed", str(problem))

    def settle(self) -> None:
        """Remember which versions were stored."""
        for url, told in self.told.items():
            self.validators.save(url, told)

    def _at(self, url: str) -> Iterator[Found]:
        fetched = self.client.fetch(url, self.validators.load)
        status = fetched.answer.status
        if status == NOT_MODIFIED:
            yield PassedOver(url, NOT_CHANGED)
        elif status not in OK:
            yield Unreadable(url, "", "fetch_failed", f"{fetched.address} answers with HTTP {status}")
        else:
            self.told[fetched.address] = told_by(dict(fetched.answer.headers))
            yield from self._read(fetched)

    def _read(self, fetched: Fetched) -> Iterator[Found]:
        headers = [pair for pair in fetched.answer.headers if pair[0] != "transfer-encoding"]
        message = Message(fetched.answer.status, headers, fetched.answer.body)
        body = http_message.decode(message, MAX_FEED)
        if body.code:
            yield Unreadable(fetched.asked, "", body.code, body.message)
            return
        kind, charset = http_message.media_type(message.header("content-type"))
        proven = formats.by_signature(body.content[: formats.HEAD])
        if proven == "feed" or self.feeds_only or (kind in FEED_TYPES and proven != "html"):
            yield from _entries(fetched, body.content)
        elif kind in web.PAGES or proven == "html":
            yield _page(fetched, message, body.content, charset)
        else:
            yield Unreadable(fetched.asked, "", "not_a_page", f"it is of type {kind[:100] or 'unknown'}")


def _page(fetched: Fetched, message: Message, content: bytes, charset: str) -> RawDocument | Unreadable:
    if len(content) > MAX_PAGE:
        return Unreadable(fetched.asked, "", "too_large", f"the page is larger than {MAX_PAGE:,} bytes")
    details = {"status": message.status, "headers": web.kept_headers(dict(reversed(message.headers)))}
    capture = WebCapture(normalize(fetched.address) or fetched.address, fetched.at, details, is_timeless=True)
    locator = f"fetched {fetched.at:%Y-%m-%dT%H:%M:%SZ}"
    evidence = "declared" if charset else ""
    return RawDocument(fetched.asked, locator, content, web.HTML, charset, evidence, "", web=capture)


def _entries(fetched: Fetched, content: bytes) -> Iterator[RawDocument | Unreadable]:
    """The entries of a feed, in the charset that the bytes or its first line tell."""
    if not content:
        yield Unreadable(fetched.asked, "", "empty_file", "the answer is empty")
        return
    try:
        told = charsets.tell(lambda: io.BytesIO(content))
        yield from feed.read(TextFile(fetched.asked, lambda: io.BytesIO(content), told))
    except NotText as problem:
        yield Unreadable(fetched.asked, "", problem.code, str(problem))
