"""What rules that are not saved yet make of a page, beside what comes out without them. All of it is text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.admin.evidence import field_name, place_name
from articles.importing.captured import Stored, document
from articles.importing.columns import Plan
from articles.importing.deriving import complete
from articles.importing.pages.lines import key
from articles.importing.readers.web import HTML
from articles.importing.records import ExtractedArticle, RawDocument, Rejected, WebCapture
from articles.importing.rule_book import NO_BOOK, Outlet, RuleBook, host_of
from articles.importing.second_process import answer
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore
from articles.models.capture import Capture

FIELDS = ("title", "author", "published_on", "section", "source", "dateline", "city")
LINES_SHOWN = 300  # of a text, on each side
SOMEWHERE = "https://page.invalid/1"  # where a page stands that nobody said the address of


class NotReadable(Exception):
    """The bytes of the capture are not there, or damaged."""


@dataclass(frozen=True, slots=True)
class Value:
    """What one side found for a field, where and how surely."""

    text: str = ""
    place: str = ""
    shown: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field on both sides."""

    label: str
    ruled: Value
    plain: Value

    @property
    def differs(self) -> bool:
        return self.ruled.text != self.plain.text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, and whether the other side has it."""

    text: str
    is_alone: bool


@dataclass(frozen=True, slots=True)
class Body:
    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True)
class Trial:
    """Both readings of a page.

    `ruled_refused` and `plain_refused` say why a side found no article, `dropped` are the lines that the rules dropped;
    `is_foreign` is true for a page of a host that the rules do not hold for.
    """

    rows: list[Row]
    ruled: Body
    plain: Body
    ruled_refused: str
    plain_refused: str
    dropped: list[str]
    is_foreign: bool


def of_capture(capture: Capture, outlet: Outlet, store: CaptureStore) -> Trial:
    """The rules tried on a stored page; raises NotReadable."""
    try:
        content = store.read(capture.sha256)
    except (CaptureMissing, CaptureDamaged) as error:
        raise NotReadable(str(error)) from error
    item = document(
        Stored(
            origin=capture.origin,
            locator=capture.locator,
            content=content,
            media_type=capture.media_type,
            charset=capture.charset,
            address=capture.url,
            captured_at=capture.captured_at,
            details=capture.details,
        )
    )
    if not isinstance(item, RawDocument):
        raise NotReadable(item.message)
    web = item.web or WebCapture(capture.url or SOMEWHERE, capture.captured_at)
    return _tried(replace(item, web=web), outlet)


def of_html(html: str, outlet: Outlet) -> Trial:
    """The rules tried on a page as it was pasted."""
    address = f"https://{outlet.hosts[0]}/1" if outlet.hosts else SOMEWHERE
    content = html.encode("utf-8", "replace")
    return _tried(
        RawDocument("", "", content, HTML, "utf-8", "declared", "", web=WebCapture(address)), outlet
    )


def _tried(item: RawDocument, outlet: Outlet) -> Trial:
    """Both readings; the rules are applied to the page wherever it is from."""
    address = item.web.address if item.web else ""
    is_foreign = address != SOMEWHERE and RuleBook.of([outlet]).of_address(address) is None
    book = RuleBook.of([replace(outlet, hosts=(*outlet.hosts, host_of(address)))])
    ruled, plain = _read(item, book), _read(item, NO_BOOK)
    one, other = _article(ruled), _article(plain)
    notes = one.notes if one else ()
    return Trial(
        rows=[Row(field_name(name), _value(one, name), _value(other, name)) for name in FIELDS],
        ruled=_body(one, other),
        plain=_body(other, one),
        ruled_refused=_refusal(ruled),
        plain_refused=_refusal(plain),
        dropped=[note.text for note in notes if note.code == "dropped_by_rule"][:LINES_SHOWN],
        is_foreign=is_foreign,
    )


def _read(item: RawDocument, book: RuleBook) -> ExtractedArticle | Rejected:
    derived = answer(item, Plan({}), book)
    if isinstance(derived, Exception):
        return Rejected("extraction_error", f"{type(derived).__name__}: {derived}")
    return complete(derived, item, book).found


def _article(found: ExtractedArticle | Rejected) -> ExtractedArticle | None:
    return found if isinstance(found, ExtractedArticle) else None


def _refusal(found: ExtractedArticle | Rejected) -> str:
    return f"{found.code}: {found.message}" if isinstance(found, Rejected) else ""


def _value(article: ExtractedArticle | None, name: str) -> Value:
    if article is None:
        return Value()
    found = article.evidence.get(name)
    text = _date(article) if name == "published_on" else getattr(article, name)
    if not text or not found:
        return Value(text)
    return Value(text, place_name(found.place), found.text, f"{found.confidence:.0%}")


def _date(article: ExtractedArticle) -> str:
    day, precision = article.published.day, article.published.precision
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)] if day else ""


def _body(article: ExtractedArticle | None, other: ExtractedArticle | None) -> Body:
    """The lines of a text, those marked that the other text has not."""
    lines = list(_lines(article))
    held = set(map(key, _lines(other)))
    shown = [Line(line, other is not None and key(line) not in held) for line in lines[:LINES_SHOWN]]
    return Body(shown, len(lines) - len(shown))


def _lines(article: ExtractedArticle | None) -> Iterator[str]:
    return (line for line in (article.body if article else "").split("\n") if line.strip())
