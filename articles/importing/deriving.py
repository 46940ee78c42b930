"""The article in one document, by the rules of its kind: a record, a page of HTML, a page of plain text."""

from dataclasses import dataclass, replace

from articles.importing import cleaning
from articles.importing.columns import Plan
from articles.importing.extraction import extract_page
from articles.importing.mapping import extract_record
from articles.importing.pages.decoding import Decoded, decode_page
from articles.importing.pages.extraction import extract_html
from articles.importing.pages.rules import NO_RULES, SourceRules
from articles.importing.readers.web import PAGES
from articles.importing.records import Evidence, ExtractedArticle, Note, RawDocument, Rejected
from articles.importing.rule_book import NO_BOOK, RuleBook, extractor, with_outlet


@dataclass(frozen=True, slots=True)
class Derived:
    """What was made of a document, the charset it turned out to be written in, and what made it.

    `address` is that of a page which the rules of its host were looked up by; empty for what is no page.
    """

    found: ExtractedArticle | Rejected
    charset: str
    charset_evidence: str
    address: str = ""
    extractor: str = ""


def derive(item: RawDocument, plan: Plan, book: RuleBook = NO_BOOK) -> Derived:
    """The article in an item, or why it holds none."""
    if item.fields is not None:
        return Derived(extract_record(item.fields, plan), item.charset, item.charset_evidence)
    if item.text or not item.content:
        return Derived(extract_page(item.text), item.charset, item.charset_evidence)
    page = decode_page(item.content, declared=item.charset)
    if isinstance(page, Rejected):
        return Derived(page, "", "")
    found, address = _of_page(item, page, book)
    return Derived(_with_capture(found, item), page.charset, page.evidence, address)


def complete(
    derived: Derived, item: RawDocument, book: RuleBook, *, given: str = "", outlet: str = ""
) -> Derived:
    """What was derived with everything that is known besides.

    1 the reader's notes, and one where the charset was guessed   2 `given`, the source that the operator names, where
    the text names none   3 without the lines that the rules of its source drop, in a record or a plain text too

    `outlet` is the source whose rules count where it is known to be another than the text says.
    """
    article = derived.found
    if isinstance(article, Rejected):
        return derived
    notes = (*item.notes, *article.notes) if item.notes else article.notes
    if derived.charset_evidence == "guessed":
        notes = (*notes, Note("charset_guessed", derived.charset))
    if given and not article.source:
        notes = (*notes, Note("source_given", given))
        evidence = {**article.evidence, "source": Evidence("--source", given)}
        article = replace(article, source=given, evidence=evidence)
    named = book.of_name(outlet or article.source)
    if named and named.rules.drop_lines:
        body, dropped = _without_lines(article.body, named.rules)
        notes = (*notes, *dropped)
        article = replace(article, body=body) if dropped else article
    if notes is not article.notes:
        article = replace(article, notes=notes)
    used = book.rules_for(derived.address, outlet or article.source)
    return replace(derived, found=article, extractor=extractor(used))


def _without_lines(body: str, rules: SourceRules) -> tuple[str, list[Note]]:
    """The body without the lines that the rules drop; letter for letter as it was where there are none."""
    lines = body.split("\n")
    dropped = [line.strip() for line in lines if line.strip() and rules.drops_line(line)]
    if not dropped:
        return body, []
    kept = [line for line in lines if not line.strip() or not rules.drops_line(line)]
    return cleaning.join_lines(kept), [Note("dropped_by_rule", line) for line in dropped]


def _of_page(item: RawDocument, page: Decoded, book: RuleBook) -> tuple[ExtractedArticle | Rejected, str]:
    """What a page holds, and the address that the rules of its source were looked up by."""
    if item.media_type in PAGES:
        found, address = _of_html(item, page.text, book)
    else:
        found, address = extract_page(page.text), ""
    if isinstance(found, Rejected):
        return found, address
    captured = address or (item.web.address if item.web else "")
    if outlet := book.of_address(captured) if captured else None:
        found = with_outlet(found, outlet, captured)
    return (replace(found, notes=(*page.notes, *found.notes)) if page.notes else found), address


def _of_html(item: RawDocument, html: str, book: RuleBook) -> tuple[ExtractedArticle | Rejected, str]:
    """A page that nobody saw captured says itself where it is from: under rules, it is then read once more."""
    if item.web:
        address = item.web.address
        rules = rules_at(book, address)
        return extract_html(html, address=address, captured_at=item.web.captured_at, rules=rules), address
    found = extract_html(html)
    if isinstance(found, Rejected) or not found.url:
        return found, ""
    rules = rules_at(book, found.url)
    return (found if rules == NO_RULES else extract_html(html, rules=rules)), found.url


def rules_at(book: RuleBook, address: str) -> SourceRules:
    """The rules for pages of that address."""
    outlet = book.of_address(address)
    return outlet.rules if outlet else NO_RULES


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
