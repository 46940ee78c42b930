"""What a curator wrote for the pages of one source: CSS selectors of its fields, and what to drop.

A page's own metadata is believed first, because it rarely breaks when a newsroom changes its layout; where it is
wrong, `before_metadata` turns the order round.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import cssselect
from lxml.cssselect import CSSSelector

from articles.importing.pages.findings import RULED, Findings, add
from articles.importing.pages.lines import key
from articles.importing.pages.tree import Element, text_of

PLACE = "source rule"
LONGEST_SELECTOR, MOST_DROPS = 300, 100
MOST_LINES = 1000  # to leave out: they are held in memory for every source, and looked up for every line
FIELDS = {"title": "title", "author": "author", "date": "published", "section": "section"}


@dataclass(frozen=True, slots=True)
class SourceRules:
    """Selectors are empty where the page needs none. `drop` are elements, `drop_lines` lines of text to leave out."""

    title: str = ""
    body: str = ""
    author: str = ""
    date: str = ""
    section: str = ""
    drop: tuple[str, ...] = ()
    drop_lines: tuple[str, ...] = ()
    before_metadata: bool = False

    def problems(self) -> dict[str, str]:
        """What is wrong with each field, for the curator; empty when all can be used.

        >>> list(SourceRules(title="h1", body="div[").problems())
        ['body']
        """
        found = {name: problem for name in ("body", *FIELDS) if (problem := problem_of(getattr(self, name)))}
        if len(self.drop) > MOST_DROPS:
            found["drop"] = f"لا تزيد المحدِّدات على {MOST_DROPS}"
        if len(self.drop_lines) > MOST_LINES:
            found["drop_lines"] = f"لا تزيد الأسطر على {MOST_LINES}"
        wrong = [problem_of(selector) or _takes_everything(selector) for selector in self.drop]
        return found | ({"drop": "؛ ".join(filter(None, wrong))} if any(wrong) else {})

    def drops_line(self, line: str) -> bool:
        return bool(self.drop_lines) and key(line) in _keys(self.drop_lines)


NO_RULES = SourceRules()


def problem_of(selector: str) -> str:
    """Why a selector cannot be used, in the curator's language; empty when it can."""
    if len(selector) > LONGEST_SELECTOR:
        return f"المحدِّد أطول من {LONGEST_SELECTOR} حرف"
    if not selector.strip():
        return ""
    try:
        _compiled(selector)
    except (cssselect.SelectorError, ValueError) as error:
        return f"المحدِّد «{selector}» غير صحيح: {error}"
    return ""


def _takes_everything(selector: str) -> str:
    names = {part.strip() for part in selector.lower().split(",")}
    return f"المحدِّد «{selector}» يحذف الصفحة كلها" if names & {"*", "html", "body"} else ""


@lru_cache(maxsize=2000)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@lru_cache(maxsize=100)
def _keys(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(key, lines))


def select(root: Element, selector: str) -> list[Element]:
    """The elements a selector means, outermost ones only, in the order of the page."""
    if not selector.strip() or problem_of(selector):
        return []
    found = list(_compiled(selector)(root))
    inside = set(found)
    return [element for element in found if not any(above in inside for above in element.iterancestors())]


def read(root: Element, rules: SourceRules) -> Findings:
    """The fields that the rules point at."""
    found: Findings = {}
    for name, field in FIELDS.items():
        selector = getattr(rules, name)
        for element in select(root, selector)[:5]:
            add(found, field, _value(element), f"{PLACE} {selector}", RULED)
    return found


def _value(element: Element) -> str:
    for attribute in ("datetime", "content"):
        if element.get(attribute):
            return str(element.get(attribute))
    return text_of(element)


def dropped(root: Element, selectors: Iterable[str]) -> Iterator[Element]:
    """The elements the rules drop; the root itself always stays."""
    for selector in selectors:
        yield from (element for element in select(root, selector) if element.getparent() is not None)
