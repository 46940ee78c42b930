"""Pages that are no article: errors, home pages, results of a search, lists, teasers before a paywall, empty shells.

What clearly is an article is never refused: a page that declares one, or holds a text of some length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from articles.importing.datafiles import read_names
from articles.importing.pages.blocks import Block
from articles.importing.pages.json_ld import LISTS, Declared
from articles.importing.pages.lines import key
from articles.importing.pages.site_names import SEPARATOR
from articles.importing.pages.tree import HOME_PATHS, Element, text_of
from articles.importing.records import Rejected

PHRASES = read_names("refusals.txt")
WHOLE = {
    kind: frozenset(key(name) for name in names if not name.endswith("*")) for kind, names in PHRASES.items()
}
BEGINNINGS = {
    kind: tuple(f"{key(name)} " for name in names if name.endswith("*")) for kind, names in PHRASES.items()
}
ARTICLE_TEXT = 600  # characters of text that only an article has
SHORTEST = 80  # characters: what declares itself an article and is shorter may be none
TEASER = 700  # characters that a paywall shows at most
LIST_CLASSES = frozenset(
    ("archive", "category", "tag", "author", "home", "blog", "search", "search-results", "error404", "tax")
)
SEARCH_PATHS = re.compile(r"/(?:search|بحث|البحث|%D8%A8%D8%AD%D8%AB)(?:[/.]|$)", re.IGNORECASE)
LIST_PATHS = re.compile(
    r"/(?:tags?|category|categories|sections?|topics?|archives?|authors?|writers?|keywords?|وسم|تصنيف)(?:/|\.\w+$|$)",
    re.IGNORECASE,
)
SEARCH_FIELDS = frozenset(("s", "q", "query", "search", "keyword", "keywords", "searchword"))
REFRESH = re.compile(r"\d+\s*;\s*url\s*=", re.IGNORECASE)
MOST_LINKED = 0.6
MANY = 4  # teasers that make a list
_has_one_headline = etree.XPath("count(.//h2//a | .//h3//a | .//h4//a | .//a//h2 | .//a//h3 | .//a//h4) = 1")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a page by the time it is judged."""

    root: Element
    address: str
    titles: Sequence[str]  # headings and the title of the window
    kind: str  # og:type
    declared: Declared
    page: Sequence[Block]  # all lines of the page
    body: Sequence[Block]  # those taken for the article's text

    @property
    def body_length(self) -> int:
        return sum(len(block.text) for block in self.body)

    @property
    def is_declared(self) -> bool:
        """Whether the page says that it is an article."""
        return self.declared.is_article or self.kind == "article"


def refuse(seen: Seen) -> Rejected | None:
    """Why a page is no article; None when it is one."""
    if seen.body_length < TEASER and (found := _by_title(seen)):
        return found
    if _is_paywall(seen):
        return Rejected("paywall", f"only {seen.body_length} characters stand before the paywall")
    found = None
    if not seen.is_declared or seen.body_length < SHORTEST:
        found = _by_address_and_make(seen)
    return found or (None if seen.body_length or seen.is_declared else _empty(seen))


def _by_title(seen: Seen) -> Rejected | None:
    for text in seen.titles:
        for part in (text, *SEPARATOR.split(text)):
            for kind, code in (
                ("error", "error_page"),
                ("robot", "robot_check"),
                ("search", "search_page"),
                ("listing", "listing"),
            ):
                if says(part, kind) and not (kind == "listing" and seen.is_declared):
                    return Rejected(code, f"the page is titled «{part.strip()[:100]}»")
    return None


def says(line: str, kind: str) -> bool:
    """Whether a line is one of the phrases of a kind."""
    words = key(line)
    return bool(words) and (
        words in WHOLE[kind] or (len(words) < 90 and f"{words} ".startswith(BEGINNINGS[kind]))
    )


def _is_paywall(seen: Seen) -> bool:
    if seen.body_length >= TEASER:
        return False
    told = any(
        len(block.text) < 160 and any(says(part, "paywall") for part in re.split("[.!؟؛]", block.text))
        for block in seen.page
    )
    return told or (not seen.declared.is_free and seen.body_length < TEASER / 2)


def _by_address_and_make(seen: Seen) -> Rejected | None:
    body = seen.root.find("body")
    classes = set((body.get("class", "") if body is not None else "").lower().split())
    parts = urlsplit(seen.address) if seen.address else None
    sparse = _is_sparse(seen)
    asked = parts and (
        SEARCH_PATHS.search(parts.path)
        or any(name in SEARCH_FIELDS for name, _value in parse_qsl(parts.query))
    )
    if classes & {"search", "search-results"} or (asked and sparse):
        return Rejected("search_page", "the page lists what a search found")
    if classes & {"error404"}:
        return Rejected("error_page", "the page says that what was asked for does not exist")
    if (
        classes & {"home", "page-home", "homepage", "front", "front-page"}
        and sparse
        or (parts and HOME_PATHS.fullmatch(parts.path) and not parts.query and sparse)
    ):
        return Rejected("home_page", "the page is the front page of a site")
    if sparse and (
        classes & LIST_CLASSES
        or seen.declared.types & LISTS
        or (parts and LIST_PATHS.search(parts.path))
        or _many_articles(seen)
    ):
        return Rejected("listing", "the page lists articles")
    return None


def _is_sparse(seen: Seen) -> bool:
    """Whether the page is headlines and teasers: mostly links, no text of some length."""
    total = sum(len(block.text) for block in seen.page)
    linked = sum(len(block.text) * block.link_share for block in seen.page)
    paragraphs = sum(len(block.text) > 120 and block.link_share < 0.3 for block in seen.body)
    return linked >= MOST_LINKED * total or paragraphs < 2 or _many_articles(seen)


def _many_articles(seen: Seen) -> bool:
    """Whether the text is that of teasers side by side, each with its own linked headline."""
    teasers = {
        teaser for block in seen.body or seen.page if (teaser := _teaser_of(block.element)) is not None
    }
    return len(teasers) >= MANY


def _teaser_of(element: Element | None) -> Element | None:
    """The teaser that a line stands in: a small element with one linked headline."""
    for _step in range(3):
        if element is None or element.tag in ("body", "main"):
            return None
        if element.tag in ("article", "li", "div", "section", "td") and _is_teaser(element):
            return element
        element = element.getparent()
    return None


def _is_teaser(element: Element) -> bool:
    return bool(_has_one_headline(element)) and len(text_of(element)) < ARTICLE_TEXT


def _empty(seen: Seen) -> Rejected:
    refresh = seen.root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content")
    if any(REFRESH.match(content.strip()) for content in refresh):
        return Rejected("redirect", "the page only sends its readers on to another")
    return Rejected("empty", "no text of an article stands in the page")
