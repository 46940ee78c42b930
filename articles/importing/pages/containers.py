"""Where the text of the article stands: the element a rule, the vocabulary or a designer named; else the densest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.importing.language import ARABIC_LETTERS
from articles.importing.pages import blocks
from articles.importing.pages import rules as source_rules
from articles.importing.pages.blocks import Block
from articles.importing.pages.findings import DECLARED, GUESSED, RULED, SUPPOSED
from articles.importing.pages.lines import key
from articles.importing.pages.pruning import BODY, ENOUGH, is_called
from articles.importing.pages.rules import SourceRules
from articles.importing.pages.tree import Element, link_text_length, names_of, text_of

DECLARED_BODY, DENSEST = "JSON-LD articleBody", "densest element"
NEAR_HEADLINE = "densest element under the headline"
PROBE = 40  # letters of a declared text that must stand in its element
STOPS = re.compile("[.،؛؟!,;]")
TEXT_HOLDERS = ("p", "div", "td", "span", "font", "li", "section", "article", "blockquote", "center", "pre")
SHORTEST_LINE, LONG_LINE = 40, 60
MOST_STEPS = 4
FEW = 15  # characters beside a headline that may be a report


@dataclass(frozen=True, slots=True)
class Container:
    """The elements that hold the text, in order; how they were found, and how sure that is."""

    elements: tuple[Element, ...]
    place: str
    confidence: float


def find(
    root: Element, *, rules: SourceRules, declared_body: str = "", titles: Sequence[str] = ()
) -> Container | None:
    """The best container; None when nothing on the page is dense with text."""
    if ruled := source_rules.select(root, rules.body):
        return Container(tuple(ruled), f"{source_rules.PLACE} {rules.body}", RULED)
    dense = _densest_near(root, titles) or densest(root)
    for found in (_witnessed(root, declared_body), _marked_up(root), _named(root), _article(root)):
        if found and not _is_dwarfed(found, dense):
            return found
    return dense or _under_headline(root, titles)


def _under_headline(root: Element, titles: Sequence[str]) -> Container | None:
    """Whatever stands beside the headline: a report of one sentence is dense with nothing."""
    heading = _heading(root, titles)
    if heading is None:
        return None
    for above in heading.iterancestors():
        if above.tag in ("body", "html"):
            return None
        if _own_text(above) - len(text_of(heading)) >= FEW:
            return Container((above,), "text under the headline", GUESSED)
    return None


def _witnessed(root: Element, declared_body: str) -> Container | None:
    """The smallest element that holds beginning, middle and end of the text that the page declares."""
    letters = key(declared_body)
    if len(letters) < 3 * PROBE:
        return None
    middle = len(letters) // 2
    probes = [letters[:PROBE], letters[middle : middle + PROBE], letters[-PROBE:]]
    element = root.find("body")
    if element is None or not _holds(element, probes):
        return None
    while (inner := next((child for child in element if _holds(child, probes)), None)) is not None:
        element = inner
    return Container((element,), DECLARED_BODY, DECLARED)


def _holds(element: Element, probes: Iterable[str]) -> bool:
    letters = key(text_of(element))
    return all(probe in letters for probe in probes)


def _marked_up(root: Element) -> Container | None:
    found = _outermost(
        root.xpath("//*[contains(translate(@itemprop, 'ARTICLEBODY', 'articlebody'), 'articlebody')]")
    )
    return _if_enough(found, "microdata articleBody", DECLARED)


def _named(root: Element) -> Container | None:
    """The elements that a designer called the text of an article; the fullest of them, and its equals."""
    named = [
        element
        for element in root.iter("div", "section", "article", "td", "span", "main")
        if is_called(BODY, names_of(element))
    ]
    named = [element for element in named if _own_text(element) >= ENOUGH]
    if not named:
        return None
    best = max(_innermost(named), key=_own_text)
    equals = [element for element in named if element.get("class") == best.get("class") and best.get("class")]
    return Container(tuple(_outermost(equals or [best])), "named element", SUPPOSED + 0.25)


def _article(root: Element) -> Container | None:
    articles = _outermost(root.iter("article"))
    with_text = [element for element in articles if _own_text(element) >= ENOUGH]
    return _if_enough(with_text, "article element", SUPPOSED + 0.2) if len(with_text) == 1 else None


def _if_enough(elements: list[Element], place: str, confidence: float) -> Container | None:
    return Container(tuple(elements), place, confidence) if sum(map(_own_text, elements)) >= ENOUGH else None


def _densest_near(root: Element, titles: Sequence[str]) -> Container | None:
    """The densest element in the smallest one around the headline that holds some text beside it.

    Columns of teasers may hold more text than a short article, but they do not stand under its headline. Where the
    text around the headline is a lede only, and far more stands elsewhere, it is left.
    """
    heading = _heading(root, titles)
    if heading is None:
        return None
    for above in heading.iterancestors():
        if above.tag in ("body", "html"):
            return None
        if _own_text(above) - len(text_of(heading)) >= ENOUGH and (near := densest(above)):
            far = densest(root)
            is_lede = (
                far
                and _own_text(near.elements[0]) * 4 < _own_text(far.elements[0])
                and _link_share(far.elements[0]) < 0.15
            )
            return None if is_lede else Container(near.elements, NEAR_HEADLINE, SUPPOSED + 0.15)
    return None


def _heading(root: Element, titles: Sequence[str]) -> Element | None:
    """The element that shows the headline."""
    keys = {key(title) for title in titles if title}
    longest = max(map(len, titles), default=0) + 20
    lines = ((element, text_of(element)) for element in _headings(root))
    return next((element for element, text in lines if 0 < len(text) <= longest and key(text) in keys), None)


def _headings(root: Element) -> Iterator[Element]:
    """Elements that may hold the headline: headings first, then whatever holds a line."""
    yield from root.iter("h1", "h2", "h3")
    yield from (
        element for element in root.iter("div", "td", "span", "font", "b", "strong", "p") if len(element) <= 2
    )


def _link_share(element: Element) -> float:
    return link_text_length(element) / max(1, len(text_of(element)))


def densest(root: Element) -> Container | None:
    """The element whose lines and children's lines are longest, most punctuated and least linked."""
    scores: dict[Element, float] = {}
    for element in root.iter(*TEXT_HOLDERS):
        score = _score(element)
        if not score:
            continue
        for above, share in zip(_self_and_ancestors(element), _shares(element), strict=False):
            scores[above] = scores.get(above, 0.0) + share * score
    if not scores:
        return None
    best = max(scores, key=lambda element: scores[element] * (1 - _link_share(element)) ** 2)
    return Container((_widened(best),), DENSEST, SUPPOSED)


def _widened(element: Element) -> Element:
    """The element, or one around it that holds more paragraphs without lists of links: some pages part their text."""
    for _step in range(MOST_STEPS):
        above = element.getparent()
        if above is None or above.tag in ("body", "html") or element.tag == "article":
            return element
        inner, outer = blocks.read(element), blocks.read(above)
        more = len(outer) - len(inner)
        linked = sum(block.link_share > 0.5 for block in outer) - sum(
            block.link_share > 0.5 for block in inner
        )
        if _prose(outer) < 1.2 * _prose(inner) or linked > 0.25 * more:
            return element
        element = above
    return element


def _prose(lines: list[Block]) -> int:
    return sum(len(block.text) for block in lines if len(block.text) >= LONG_LINE and block.link_share < 0.3)


def _shares(element: Element) -> tuple[float, float, float]:
    """How much of a line's score goes to the element itself, the one around it and the one around that."""
    if len(element.findall("br")) >= 2:
        return 1.2, 1.0, 0.5
    return (0.2, 1.0, 0.8) if element.tag in ("span", "font") else (0.6, 1.0, 0.5)


def _score(element: Element) -> float:
    """How much of a line an element's own text is: text directly in it, its links left out."""
    text = "".join(_direct(element)).strip()
    if len(text) < SHORTEST_LINE:
        return 0.0
    arabic = len(ARABIC_LETTERS.findall(text[:400])) * 2 > len(text[:400]) / 2
    return (1 + len(STOPS.findall(text)) + min(len(text) / 100, 30)) * (1.0 if arabic else 0.7)


def _direct(element: Element) -> Iterator[str]:
    """An element's own text and that of its inline children, links left out."""
    yield element.text or ""
    for child in element:
        if child.tag in ("b", "strong", "i", "em", "u", "mark", "small", "q", "abbr", "bdi", "sup", "sub"):
            yield "".join(child.itertext())
        yield child.tail or ""


def _self_and_ancestors(element: Element) -> Iterator[Element]:
    """An element and the two above it; never the page as a whole."""
    for _step in range(3):
        if element is None or element.tag in ("html",):
            return
        yield element
        element = element.getparent()


def _is_dwarfed(found: Container, dense: Container | None) -> bool:
    """Whether far more text stands in an element that has nothing to do with the one found."""
    if dense is None:
        return False
    other = dense.elements[0]
    if any(
        other is element or element in set(other.iterancestors()) or other in set(element.iterancestors())
        for element in found.elements
    ):
        return False
    return sum(map(_own_text, found.elements)) * 2.5 < _own_text(other)


def _own_text(element: Element) -> int:
    return len(text_of(element)) - link_text_length(element)


def _outermost(elements: Iterable[Element]) -> list[Element]:
    found = list(elements)
    inside = set(found)
    return [element for element in found if not any(above in inside for above in element.iterancestors())]


def _innermost(elements: list[Element]) -> list[Element]:
    """The elements that hold no other of them with most of their text."""
    length = {element: _own_text(element) for element in elements}
    outer = {
        above
        for element in elements
        for above in element.iterancestors()
        if above in length and length[element] * 1.4 >= length[above]
    }
    return [element for element in elements if element not in outer] or elements
