"""The pages in a crawl's WARC or ARC file: one item for each response, resource and revisit that holds one.

Everything else in a crawl is passed over, counted by its kind: requests, images, answers that are no success.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from articles.importing import dates
from articles.importing.cleaning import storable
from articles.importing.limits import MAX_PAGE
from articles.importing.readers import digests, http_message, web
from articles.importing.readers.crawl_records import Damage, Record, records
from articles.importing.readers.dialects import Arc, Warc
from articles.importing.readers.http_message import Body, Message
from articles.importing.readers.web import ByteFile, WebFilter
from articles.importing.records import Note, PassedOver, RawDocument, Revisit, Unreadable, WebCapture

WITH_PAGES = ("response", "resource", "revisit")
OTHER_TYPES = ("warcinfo", "request", "metadata", "conversion", "continuation")
OF_THE_WEB = ("http://", "https://")
NOT_MODIFIED = 304

Found = RawDocument | Unreadable | PassedOver


def read(file: ByteFile) -> Iterator[Found]:
    """Every page of a WARC file, located by the offset of its record."""
    return _read(file, Warc())


def read_arc(file: ByteFile) -> Iterator[Found]:
    """Every page of an ARC file."""
    return _read(file, Arc())


def _read(file: ByteFile, dialect: Warc | Arc) -> Iterator[Found]:
    shared_told = False
    for found in records(file.open, dialect):
        if isinstance(found, Damage):
            yield Unreadable(file.origin, found.place, found.problem.code, found.problem.message)
            continue
        item = _Reading(file.origin, file.filter, found).item()
        if found.shares_member and isinstance(item, RawDocument) and not shared_told:
            shared_told = True
            item = replace(item, notes=(*item.notes, Note("one_gzip_member")))
        yield item


@dataclass(frozen=True, slots=True)
class _Page:
    """What a record holds, before its body is undone."""

    message: Message
    media_type: str
    charset: str


class _Refused(Exception):
    """The record makes no page; it is passed over, or fails with a code."""

    def __init__(self, reason: str = "", *, code: str = "", message: str = "") -> None:
        super().__init__(reason or message)
        self.reason, self.code, self.message = reason, code, message


class _Reading:
    """One record on its way to an item."""

    def __init__(self, origin: str, filter: WebFilter, record: Record) -> None:
        self.origin = origin
        self.filter = filter
        self.record = record
        self.headers = record.headers
        self.kind = self.headers.get("warc-type", "").lower()
        self.address = _address(self.headers.get("warc-target-uri", ""))
        self.captured_at = dates.moment(self.headers.get("warc-date", ""))
        self.notes: list[Note] = [] if self.captured_at else [Note("capture_undated")]

    def item(self) -> Found:
        try:
            self._check_kind()
            page = self._page()
            return self._revisit(page) if self.kind == "revisit" else self._document(page)
        except _Refused as refusal:
            if refusal.reason:
                return PassedOver(f"{self.origin} {self.record.place}", refusal.reason)
            return self._unreadable(refusal.code, refusal.message)

    def _check_kind(self) -> None:
        if self.kind not in WITH_PAGES:
            raise _Refused(f"{self.kind if self.kind in OTHER_TYPES else 'unknown'} record")
        if not self.address:
            raise _Refused(code="bad_record", message="the record does not say which address it is of")
        if not self.address.lower().startswith(OF_THE_WEB):
            raise _Refused("no address of the web")

    def _page(self) -> _Page:
        """The response, if it is one the operator takes."""
        message = self._message()
        if message.status not in self.filter.statuses and not self._is_not_modified(message):
            self._check_whole()
            raise _Refused(f"HTTP {message.status}")
        kind, charset = http_message.media_type(message.header("content-type"))
        if not kind and (self.kind == "revisit" or web.LOOKS_LIKE_HTML.match(message.body)):
            kind = web.HTML
        if kind not in self.filter.media_types:
            self._check_whole()
            raise _Refused(web.type_reason(kind))
        return _Page(message, kind, charset)

    def _is_not_modified(self, message: Message) -> bool:
        return self.kind == "revisit" and message.status == NOT_MODIFIED

    def _message(self) -> Message:
        content_type = self.headers.get("content-type", "")
        message = http_message.parse(self.record.block) if self.kind != "resource" else None
        if message:
            return message
        if content_type and not content_type.lower().startswith(web.HTTP_BLOCK):
            return Message(min(self.filter.statuses), [("content-type", content_type)], self.record.block)
        if self.kind == "revisit" and not self.record.block.strip():
            return Message(NOT_MODIFIED)
        self._check_whole()
        raise _Refused(code="bad_http", message="the record holds no HTTP response that can be read")

    def _check_whole(self) -> None:
        """Raise _Refused for a record that is damaged, cut short or mismeasured."""
        if problem := self.record.problem:
            raise _Refused(code=problem.code, message=problem.message)

    def _document(self, page: _Page) -> RawDocument:
        self._check_size()
        self._check_digests(page.message)
        if self.headers.get("warc-segment-number"):
            raise _Refused(
                code="segmented_record", message="the page goes on in other records; join them first"
            )
        if why := self.headers.get("warc-truncated"):
            self.notes.append(Note("capture_truncated", storable(why[:100])))
        body = http_message.decode(page.message, MAX_PAGE)
        if body.code:
            raise _Refused(code=body.code, message=body.message)
        if not body.content.strip():
            raise _Refused(code="empty", message="the response has no body")
        self._check_cut(page.message, body)
        return self._made(page, body.content)

    def _revisit(self, page: _Page) -> RawDocument:
        address = _address(self.headers.get("warc-refers-to-target-uri", "")) or self.address
        captured_at = dates.moment(self.headers.get("warc-refers-to-date", ""))
        return replace(self._made(page, b""), revisit=Revisit(address, captured_at))

    def _made(self, page: _Page, content: bytes) -> RawDocument:
        evidence = "declared" if page.charset else ""
        capture = WebCapture(self.address, self.captured_at, self._details(page.message))
        return RawDocument(
            self.origin, self.record.place, content, page.media_type, page.charset, evidence, "",
            web=capture, notes=tuple(self.notes),
        )  # fmt: skip

    def _check_size(self) -> None:
        if self.record.size > len(self.record.block) and not self.record.problem:
            message = f"the record has {self.record.size:,} bytes; a page has at most {MAX_PAGE:,}"
            raise _Refused(code="too_large", message=message)

    def _check_digests(self, message: Message) -> None:
        """A right digest proves a record whose length was wrong; a wrong one spoils it."""
        block = self._agrees("warc-block-digest", self.record.block)
        bodies = (message.body, http_message.unchunked(message.body)[0])
        payload = self._agrees("warc-payload-digest", *bodies)
        if self.record.problem:
            if (
                self.record.problem.code != "wrong_length"
                or True not in (block, payload)
                or False in (block, payload)
            ):
                self._check_whole()
            self.notes.append(Note("wrong_length", self.record.problem.message))
        elif block is False or (payload is False and block is None):
            raise _Refused(
                code="digest_mismatch", message="the bytes are not those the record's digest was made of"
            )
        elif payload is False:
            self.notes.append(
                Note("payload_digest_mismatch", storable(self.headers["warc-payload-digest"][:100]))
            )

    def _agrees(self, name: str, *contents: bytes) -> bool | None:
        label = self.headers.get(name, "")
        return digests.agrees(label, *contents) if label else None

    def _check_cut(self, message: Message, body: Body) -> None:
        announced = message.header("content-length")
        is_short = announced.isascii() and announced.isdigit() and len(message.body) < int(announced[:18])
        if body.is_cut or (is_short and not message.header("content-encoding")):
            self.notes.append(Note("body_cut"))

    def _unreadable(self, code: str, message: str) -> Unreadable:
        """The failed item, with its whole block as evidence."""
        kept = b"" if code in ("too_large", "unsafe_member") else self.record.block
        capture = WebCapture(self.address, self.captured_at, self._details(None))
        return Unreadable(self.origin, self.record.place, code, message, kept, web.HTTP_BLOCK, web=capture)

    def _details(self, message: Message | None) -> Mapping[str, object]:
        """What is kept beside the bytes."""
        names = {"record": "warc-record-id", "digest": "warc-payload-digest", "refers_to": "warc-refers-to"}
        details: dict[str, object] = {
            name: storable(self.headers[header][:200])
            for name, header in names.items()
            if self.headers.get(header)
        }
        if message:
            details["headers"] = web.kept_headers(dict(reversed(message.headers)))
            if self.kind != "resource":
                details["status"] = message.status
        return details


def _address(header: str) -> str:
    """An address as some crawlers write it, in angle brackets or with blanks."""
    return storable(header).strip("<> ").replace(" ", "%20")
