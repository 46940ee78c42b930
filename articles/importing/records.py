"""What passes between the steps of an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

DatePrecision = Literal["day", "month", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class WebCapture:
    """How bytes were obtained from the web, as a crawl's record or our own fetch tells it.

    `details` are what else is worth keeping beside the bytes, as JSON holds it: HTTP status and headers, the record's
    number and digest. Of a crawl, every moment is a capture of its own; where `is_timeless`, the same bytes of the
    same address are the same capture whenever they come.
    """

    address: str
    captured_at: datetime | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    is_timeless: bool = False


@dataclass(frozen=True, slots=True)
class Revisit:
    """A record that says: the bytes are those captured before, from this address at this moment."""

    address: str
    captured_at: datetime | None

    def is_of(self, web: WebCapture) -> bool:
        """Whether that capture is the one it speaks of."""
        return (self.address, self.captured_at) == (web.address, web.captured_at)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the item's outcome should show: a rule that dropped a line, an empty body, a guessed charset."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One item as a reader found it.

    `origin` names the file («news.zip!2015/a.json» inside a container), `locator` the place in it («item 12»,
    «line 3», «row 7»; empty for a whole file). `content` are the bytes of this item alone, as they stand in the
    file; `charset` is how they are to be read and `charset_evidence` how we know («bom», «utf-8», «utf-16»,
    «declared», «guessed»). `text` is the item decoded; `fields` its columns, for formats that have them. Pages of HTML
    come as bytes alone, with the charset their server declared: their own words count too, and are read later.
    """

    origin: str
    locator: str
    content: bytes
    media_type: str
    charset: str
    charset_evidence: str
    text: str
    fields: Mapping[str, object] | None = None
    web: WebCapture | None = None
    revisit: Revisit | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that could not be read: `code` for programs, `message` for the operator (English).

    `content` are its bytes where they could be told from their neighbours': they are kept as evidence.
    """

    origin: str
    locator: str
    code: str
    message: str
    content: bytes = b""
    media_type: str = "application/octet-stream"
    charset: str = ""
    web: WebCapture | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What was met on the way and is no item: a hidden file, a kind the archive does not read, an image in a crawl.

    There are few different reasons: they are counted.
    """

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; the unknown rest of `day` is written as 1. Unknown wholly: day is None."""

    day: date | None = None
    precision: DatePrecision = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field's value came from: the place («dateline», «column headline»), the text there, how sure it is."""

    place: str
    text: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RelatedLink:
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """The fields of an article as derived from one document, each with its evidence."""

    title: str
    body: str
    title_is_derived: bool = False
    author: str = ""
    source: str = ""
    section: str = ""
    language: str = "ar"
    dateline: str = ""
    city: str = ""
    country: str = ""
    published: PartialDate = field(default_factory=PartialDate)
    url: str = ""
    external_id: str = ""
    captured_at: datetime | None = None
    related_links: tuple[RelatedLink, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that was read and holds no article."""

    code: str
    message: str
