"""The article in one document, by the rules of its kind: a record, a page of HTML, a page of plain text."""

from dataclasses import dataclass, replace

from articles.importing.columns import Plan
from articles.importing.extraction import extract_page
from articles.importing.mapping import extract_record
from articles.importing.pages.decoding import Decoded, decode_page
from articles.importing.pages.extraction import extract_html
from articles.importing.readers.web import PAGES
from articles.importing.records import Evidence, ExtractedArticle, RawDocument, Rejected


@dataclass(frozen=True, slots=True)
class Derived:
    """What was made of a document, and the charset it turned out to be written in."""

    found: ExtractedArticle | Rejected
    charset: str
    charset_evidence: str


def derive(item: RawDocument, plan: Plan) -> Derived:
    """The article in an item, or why it holds none."""
    if item.fields is not None:
        return Derived(extract_record(item.fields, plan), item.charset, item.charset_evidence)
    if item.text or not item.content:
        return Derived(extract_page(item.text), item.charset, item.charset_evidence)
    page = decode_page(item.content, declared=item.charset)
    if isinstance(page, Rejected):
        return Derived(page, "", "")
    return Derived(_with_capture(_of_page(item, page), item), page.charset, page.evidence)


def _of_page(item: RawDocument, page: Decoded) -> ExtractedArticle | Rejected:
    if item.media_type not in PAGES:
        return extract_page(page.text)
    web = item.web
    found = extract_html(
        page.text, address=web.address if web else "", captured_at=web.captured_at if web else None
    )
    if isinstance(found, Rejected) or not page.notes:
        return found
    return replace(found, notes=(*page.notes, *found.notes))


def _with_capture(found: ExtractedArticle | Rejected, item: RawDocument) -> ExtractedArticle | Rejected:
    """The article with the address and the moment of its capture, where the page itself tells no others."""
    if isinstance(found, Rejected) or item.web is None:
        return found
    evidence = dict(found.evidence)
    if not found.url and item.web.address:
        evidence["url"] = Evidence("capture", item.web.address)
    return replace(
        found,
        url=found.url or item.web.address,
        captured_at=found.captured_at or item.web.captured_at,
        evidence=evidence,
    )
