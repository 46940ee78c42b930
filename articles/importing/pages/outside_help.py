"""The text that trafilatura finds, for pages whose own making tells nothing. Its dates are not asked for."""

import logging

import trafilatura
from lxml import etree

from articles.importing.pages import tree
from articles.importing.pages.tree import Element

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports every page it finds nothing in
LONGEST, MOST_ELEMENTS = 1024 * 1024, 10_000  # characters and elements of a page it is asked about


def text_of(root: Element) -> str:
    """The lines of the text; empty when it finds none or stumbles."""
    if len(tree.text_of(root)) > LONGEST or sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        return ""
    try:
        found = trafilatura.bare_extraction(
            etree.tostring(root, encoding="unicode", method="html"),
            include_comments=False,
            with_metadata=False,
            include_tables=True,
            fast=True,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""
    return (getattr(found, "text", "") or "") if found else ""
