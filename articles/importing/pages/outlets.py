"""The newspaper of a page that declares none: beside the headline in the window's title, or in the line of copyright.

A name beside the headline may be that of a section. It counts only where the page shows it once more, as its own.
"""

import re
from collections.abc import Iterator, Sequence

from articles.importing import cleaning
from articles.importing.pages import site_names
from articles.importing.pages.blocks import Block
from articles.importing.pages.findings import SUPPOSED, Finding
from articles.importing.pages.lines import key
from articles.importing.pages.showing import Shown
from articles.importing.pages.tree import Element, leads_home, text_of
from articles.importing.places import is_outlet

RIGHTS = re.compile(r"©|حقوق|copyright", re.IGNORECASE)
LONGEST_LINE = 200


def shown(root: Element, page: Sequence[Block], titles: Shown, headline: str) -> Finding | None:
    """The newspaper, by what the page shows."""
    name = site_names.of_window(titles.whole_window_title, headline)
    if name and (is_outlet(name) or key(name) in set(_names(root, page)) or _holds_rights(name, page)):
        return Finding(name, "window title", SUPPOSED, titles.whole_window_title)
    for block in page:
        if len(block.text) < LONGEST_LINE and (holder := cleaning.copyright_holder(block.text)):
            return Finding(holder, "copyright line", SUPPOSED, block.text)
    return None


def _names(root: Element, page: Sequence[Block]) -> Iterator[str]:
    """Lines that are no links, and links to the home page with the pictures in them."""
    yield from (key(block.text) for block in page if not block.links and len(block.text) < LONGEST_LINE)
    for link in root.iter("a"):
        if leads_home(link):
            yield key(text_of(link))
            yield from (key(image.get("alt", "")) for image in link.iter("img"))


def _holds_rights(name: str, page: Sequence[Block]) -> bool:
    folded = key(name)
    return any(
        len(block.text) < LONGEST_LINE and RIGHTS.search(block.text) and folded in key(block.text)
        for block in page
    )
