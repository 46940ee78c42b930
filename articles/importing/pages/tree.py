"""A tree of elements from a page, within bounds of size and depth, and small questions to its elements."""

import re
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element as Element  # lxml's plain elements: those of lxml.html cost a third more time

from articles.importing import addresses
from articles.importing.cleaning import storable
from articles.importing.limits import MIB
from articles.importing.records import Rejected

MAX_BYTES = 16 * MIB  # of a page; real ones that large are scripts and pictures
MAX_MARKUP = 3 * MIB  # characters, when scripts, styles and pictures in the page are gone
MAX_TAGS = 60_000
LONG_TAG = re.compile("<[^<>]{20000,}>?")
MAX_ATTRIBUTES = 1000  # the parser compares each with every other
MAX_DEPTH = 2048  # what the parser allows at most; old pages leave hundreds of <font> open
UNSEEN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        ("<script", "</script"),
        ("<style", "</style"),
        ("<svg", "</svg"),
        ("<!--", "-->"),
    )
)
EMBEDDED = re.compile(r"data:[a-z]+/[a-z0-9.+\-]+;base64,[A-Za-z0-9+/=]{200,}")
HOME_PATHS = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{2,5})?|ar|arabic|en|a)?/?", re.IGNORECASE)
LONGEST_NAMES = 500
# Page builders call every part of a page a widget.
BUILDERS = (
    ("elementor-widget", "elementor-part"),
    ("widget-container", "part-container"),
    ("wp-block-", "block-"),
)
_normalized = etree.XPath("normalize-space()")
CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def parse(markup: str) -> Element | Rejected:
    """The tree of a page, or why there is none."""
    if len(markup) > MAX_MARKUP:
        markup = _slim(markup)
    if len(markup) > MAX_MARKUP:
        return Rejected(
            "too_large",
            f"the page has {len(markup):,} characters without its scripts; {MAX_MARKUP:,} are read",
        )
    markup = LONG_TAG.sub(lambda tag: "" if tag[0].count("=") > MAX_ATTRIBUTES else tag[0], markup)
    tags = markup.count("<")
    if tags > MAX_TAGS:
        return Rejected("too_large", f"the page has {tags:,} tags; {MAX_TAGS:,} are read")
    if not tags:
        return Rejected("not_html", "no markup stands in it; a page of plain text is read as txt")
    content = storable(markup).encode()
    for huge in (False, True):
        root = _parsed(content, huge=huge)
        if root is not None:
            return root
    return Rejected("too_deep", f"its elements stand in one another more than {MAX_DEPTH:,} deep")


def _parsed(content: bytes, *, huge: bool) -> Element | Rejected | None:
    """The tree; None when the parser gave up because elements stand too deep in one another."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=huge
    )
    try:
        root = etree.fromstring(content, parser=parser)
    except etree.XMLSyntaxError as error:
        return Rejected("empty", f"the page is blank: {error}")
    if root is None:
        return Rejected("empty", "the page is blank")
    gave_up = any(
        entry.level == etree.ErrorLevels.FATAL and "depth" in entry.message for entry in parser.error_log
    )
    return None if gave_up else root


def _slim(markup: str) -> str:
    for opening, closing in UNSEEN:
        markup = _without(markup, opening, closing)
    return EMBEDDED.sub("", markup)


def _without(markup: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The markup without what stands between two marks; JSON-LD stays, and so does what is never closed."""
    kept: list[str] = []
    start = 0
    while (opened := opening.search(markup, start)) and (closed := closing.search(markup, opened.end())):
        declared = "ld+json" in markup[opened.end() : opened.end() + 100]
        kept.append(markup[start : closed.end() if declared else opened.start()])
        start = closed.end()
    return "".join((*kept, markup[start:]))


def text_of(element: Element) -> str:
    """All text in an element, its blanks as a reader sees them."""
    return str(_normalized(element)).strip()


def drop(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def pieces_of(element: Element) -> str:
    """The text in an element, a bar between its inner elements: designers part by colour what print parts by dots."""
    return " | ".join(filter(None, (BLANKS.sub(" ", piece).strip() for piece in element.itertext())))


def names_of(element: Element) -> str:
    """What an element is called: its classes and its id, in lower case, with «relatedNews» as «related-news» too."""
    return _names(element.get("class", ""), element.get("id", ""))


@lru_cache(maxsize=20_000)  # the pages of a site are made of the same classes
def _names(classes: str, identifier: str) -> str:
    names = f"{classes} {identifier}".replace("_", "-")[:LONGEST_NAMES]
    for builder, silent in BUILDERS:
        names = names.replace(builder, silent)
    return names if names.islower() or names == " " else f"{names} {CAMEL.sub('-', names)}".lower()


def is_hidden(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def link_text_length(element: Element) -> int:
    return sum(len(text_of(link)) for link in element.iter("a"))


def leads_home(element: Element) -> bool:
    """Whether an element is, or holds, a link to the front page of the site."""
    return any(HOME_PATHS.fullmatch(link.get("href", "").strip()) for link in element.iter("a"))


def absolute(address: str, href: str) -> str:
    """The address a link leads to; empty when it leads nowhere on the web.

    >>> absolute("https://example.org/a/b", "../c"), absolute("", "/c"), absolute("", "javascript:void(0)")
    ('https://example.org/c', '', '')
    """
    try:
        joined = urljoin(address, href.strip())
    except ValueError:
        return ""
    return joined if addresses.normalize(joined) else ""
