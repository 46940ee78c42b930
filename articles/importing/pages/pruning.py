"""Takes out of the tree what is no part of the article: menus, columns beside it, share bars, comments, advertisements.

Elements are told by their tags and by what designers call them (data/page_parts.txt). An element that holds most of
the page's text stays, whatever it is called.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from lxml import etree

from articles.importing.cleaning import MOST_LINKS
from articles.importing.datafiles import read_names
from articles.importing.pages.tree import (
    Element,
    absolute,
    drop,
    is_hidden,
    link_text_length,
    names_of,
    text_of,
)
from articles.importing.records import RelatedLink

PARTS = read_names("page_parts.txt")
UNREAD = frozenset(
    (
        *(
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "object",
            "embed",
            "svg",
            "canvas",
            "button",
            "dialog",
        ),
        *(
            "select",
            "textarea",
            "input",
            "audio",
            "video",
            "map",
            "link",
            "amp-ad",
            "amp-sidebar",
            "amp-consent",
        ),
        *(
            "amp-social-share",
            "amp-iframe",
            "amp-analytics",
            "amp-list",
            "amp-sticky-ad",
            "amp-addthis",
            "math",
        ),
    )
)
ASIDE = frozenset(("nav", "aside", "footer", "menu"))
ROLES = frozenset(
    ("navigation", "search", "banner", "contentinfo", "complementary", "dialog", "alert", "menu")
)
NEVER = frozenset(("html", "head", "body", "main", "h1"))
# Of the page's words that are no links: what others wrote may be more than the article, what frames it may not.
MOST, MUCH = 0.5, 0.3
ENOUGH = 140  # characters of text that are surely more than a headline
MOST_WEIGHED = 30  # times the words of the page


def _pattern(kind: str) -> re.Pattern[str]:
    """Names as whole words of a class or id: `share` in «post-share» and «share_bar», not in «shareholder»."""
    parts = {re.escape(name.replace("_", "-")).replace(r"\*", "[a-z0-9]*") for name in PARTS[kind]}
    names = "|".join(sorted(parts, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])")


FURNITURE, RELATED, BODY = _pattern("furniture"), _pattern("related"), _pattern("body")
OTHERS = re.compile(rf"comment|reply|respond|disqus|{RELATED.pattern}")


@lru_cache(maxsize=20_000)
def is_called(kind: re.Pattern[str], names: str) -> bool:
    return kind.search(names) is not None


def without_chrome(root: Element) -> None:
    """Take out what no reader reads: scripts, buttons, what is hidden."""
    for element in list(root.iter(*UNREAD)):
        if element.getparent() is not None and "ld+json" not in (element.get("type") or ""):
            drop(element)
    weight = _Weight(root)
    for element in _that_go(root, is_hidden, weight):
        drop(element)


def without_furniture(root: Element, address: str) -> list[RelatedLink]:
    """Take out the furniture of the page; the headlines of other articles that stood in it."""
    links: list[RelatedLink] = []
    for element in _that_go(root, _is_furniture, _Weight(root)):
        if is_called(RELATED, names_of(element)):
            links += links_in(element, address)
        drop(element)
    return links[:MOST_LINKS]


def links_in(element: Element, address: str) -> list[RelatedLink]:
    """The headlines in an element, each once."""
    found: dict[str, RelatedLink] = {}
    for link in element.iter("a"):
        title, url = text_of(link), absolute(address, link.get("href", ""))
        if url and title.count(" ") >= 2:
            found.setdefault(url, RelatedLink(title, url))
    return list(found.values())


def _that_go(root: Element, suspect: Callable[[Element], bool], weight: "_Weight") -> list[Element]:
    """The outermost suspects that can go."""
    going = []
    walk = etree.iterwalk(root, events=("start",))
    for _event, element in walk:
        if suspect(element) and _may_go(element, weight):
            going.append(element)
            walk.skip_subtree()
    return going


def _is_furniture(element: Element) -> bool:
    if element.tag in NEVER or element.get("itemprop", "").lower() == "articlebody":
        return False
    if element.tag in ASIDE or element.get("role", "").lower() in ROLES:
        return True
    names = names_of(element)
    if names == " " or _is_post(element, names):
        return False
    return is_called(FURNITURE, names) or is_called(RELATED, names)


def _is_post(element: Element, names: str) -> bool:
    """The element around a whole article: WordPress names it after its tags and sections, whatever they are called."""
    return element.tag == "article" or "hentry" in names or "type-post" in names or "status-publish" in names


def _may_go(element: Element, weight: "_Weight") -> bool:
    """Whether an element can go without taking the article with it."""
    if (
        element.getparent() is None
        or element.tag in NEVER
        or element.tag == "article"
        or element.find(".//h1") is not None
    ):
        return False
    return weight.of(element) < (MOST if is_called(OTHERS, names_of(element)) else MUCH)


class _Weight:
    """How much of the page's words, those in links left out, an element holds.

    A page of heavy elements in heavy elements could be weighed for ever: there is a limit, beyond which all is heavy.
    """

    def __init__(self, root: Element) -> None:
        self.total = max(1, _words(root))
        self.around_text = _around_text(root)
        self.left = MOST_WEIGHED * self.total + 100_000

    def of(self, element: Element) -> float:
        if self.left <= 0 or element in self.around_text:
            return 1.0
        words = _words(element)
        self.left -= words
        return words / self.total


def _around_text(root: Element) -> set[Element]:
    """The elements that surely hold the text of an article, by what they are called, and those around them."""
    found: set[Element] = set()
    for element in root.iter("div", "section", "article", "td", "span", "main"):
        is_body = "articlebody" in element.get("itemprop", "").lower() or is_called(BODY, names_of(element))
        if is_body and element not in found and _words(element) >= ENOUGH:
            found.add(element)
            found.update(element.iterancestors())
    return found


def _words(element: Element) -> int:
    return len(text_of(element)) - link_text_length(element)
