"""Title, writer and date as a page shows them to its readers, where it declares none or to check what it declares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from articles.importing.pages import credits, date_lines, site_names
from articles.importing.pages.blocks import Block
from articles.importing.pages.findings import GUESSED, SHOWN, SUPPOSED, Finding, Findings, add
from articles.importing.pages.lines import fold, key
from articles.importing.pages.tree import Element, leads_home, names_of, pieces_of, text_of

TITLE_TAGS = ("h2", "h3", "div", "span", "td", "font", "p", "strong")
LONGEST_HEADING = 250
TITLE_NAMES = ("headline", "title", "عنوان")
NOT_TITLES = ("site-title", "site-name", "widget", "logo", "section-title", "related", "comment", "sub")
AUTHOR_NAMES = (
    "write-by",
    "writeby",
    "written-by",
    "author",
    "byline",
    "writer",
    "reporter",
    "creator",
    "editor-name",
    "journalist",
)
NOT_AUTHORS = (
    "bio",
    "box",
    "image",
    "avatar",
    "social",
    "related",
    "comment",
    "desc",
    "posts",
    "link-all",
    "count",
)
CHANGED_NAMES = ("update", "modif", "edited")
DATE_NAMES = ("date", "time", "publish", "posted", "entry-meta", "created", "submitted", "timestamp")
MOST_NAMED = 40  # elements that are looked at for one field
ISSUE = re.compile(r"(?<![^\W\d_])العدد\s*:?\s*\d+")
MOST_LINES_OF_HEAD = 60
SHORTEST_SUMMARY, LONGEST_SUMMARY = 40, 80  # characters, and letters of it that are compared
MOST_PIECES = 12  # of a line; more of them are a text in many colours
ABOVE, BELOW, AFTER = 6, 25, 8  # lines around headline and text that may say who and when


@dataclass(slots=True)
class Shown:
    """The headings of a page, and its <title> without the name of the site."""

    titles: list[str] = field(default_factory=list)
    window_title: str = ""
    whole_window_title: str = ""


def headings(root: Element, *, outlet: str) -> Shown:
    """What the page shows as its headline, the surest first."""
    window = (root.findtext(".//head/title") or root.findtext(".//title") or "")[: site_names.LONGEST]
    shown = Shown(whole_window_title=" ".join(window.split()))
    shown.window_title = site_names.without_site(shown.whole_window_title, outlet)
    elements = [*root.iter("h1"), *_named(root, TITLE_TAGS, TITLE_NAMES, NOT_TITLES)]
    texts = {
        key(text): text
        for element in reversed(elements)
        if (text := text_of(element)) and not leads_home(element)
    }
    texts.pop(key(outlet), None)
    whole = key(shown.whole_window_title)
    shown.titles = [text for text in reversed(texts.values()) if 8 <= len(text) <= LONGEST_HEADING]
    shown.titles.sort(key=lambda text: key(text) not in whole)  # those that stand in <title> first
    return shown


def titles(shown: Shown, page: Sequence[Block]) -> list[Finding]:
    """What may be the headline where the page declares none, the likeliest first."""
    line = _line_in_window_title(page, shown)
    found = [Finding(text, "heading", SHOWN) for text in shown.titles[:1]]
    found += [Finding(line, "line in the window title", SHOWN - 0.05)] if line else []
    window = shown.window_title
    if line and (site := site_names.of_window(shown.whole_window_title, line)):
        window = site_names.without_site(window, site)
    return [*found, Finding(window, "window title", SUPPOSED, shown.whole_window_title)] if window else found


def _line_in_window_title(blocks: Sequence[Block], shown: Shown) -> str:
    """A line of the page that <title> begins or ends with: its headline, whatever it is called.

    Pages of the table age have no heading; their headline is a line like any other.
    """
    whole = key(shown.whole_window_title)
    for block in blocks:
        if not whole or block.link_share >= 0.5 or len(block.text) > LONGEST_HEADING:
            continue
        line = key(block.text)
        if line.count(" ") >= 2 and (whole.startswith(line) or whole.endswith(line)):
            return block.text
    return ""


def read(root: Element, *, outlet: str, captured_at: datetime | None) -> Findings:
    """Writers and dates in elements that are named after them, where they stand outside lists of other articles."""
    found: Findings = {}
    for element in _named(root, ("time", "abbr"), (), CHANGED_NAMES):
        stamp = element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or ""
        if stamp and date_lines.parse(stamp, None).day and not _in_list(element):
            add(
                found,
                "published",
                stamp,
                f"element {element.tag}",
                SHOWN,
                f"{stamp} {text_of(element)}".strip(),
            )
    for element in _innermost(
        _named(root, (), DATE_NAMES, (*CHANGED_NAMES, "comment", "today", "now", "header"))
    ):
        text = pieces_of(element)
        if len(text) > date_lines.LONGEST or _in_list(element):
            continue
        told = date_lines.read(text, captured_at)
        add(found, "published", text if told.published.day else "", "named date", SHOWN - 0.05)
        add(found, "changed", text if told.changed.day else "", "line of change", GUESSED)
    authors = [*root.xpath("//*[@rel='author']"), *_named(root, (), AUTHOR_NAMES, NOT_AUTHORS)]
    credited = {
        element: name
        for element in authors
        if not _in_list(element) and (name := _first_credit(pieces_of(element), outlet))
    }
    for element in _innermost(list(credited)):
        add(found, "author", credited[element], "named author", SHOWN - 0.05, pieces_of(element))
    return found


def _first_credit(text: str, outlet: str) -> str:
    """The first part of a line that names a writer or an agency."""
    for part in text.split(" | ") if 3 <= len(text) <= credits.LONGEST else ():
        credit = credits.of_line_above(part, outlet=outlet) or credits.read(part, outlet=outlet)
        if credit.author or credit.agency:
            return credit.author or credit.agency
    return ""


def _innermost(elements: Sequence[Element]) -> list[Element]:
    """The elements that hold no other of them."""
    outer = {above for element in elements for above in element.iterancestors()}
    return [element for element in dict.fromkeys(elements) if element not in outer]


def _named(root: Element, tags: Sequence[str], names: Sequence[str], but_not: Sequence[str]) -> list[Element]:
    """Elements of some tags that are called by some name; of every tag or name where none is given."""
    found = []
    for element in root.iter(*tags) if tags else root.iter("*"):
        if element.tag in ("body", "html", "article", "main", "section", "head", "meta", "link", "script"):
            continue
        called = names_of(element)
        if (not names or any(name in called for name in names)) and not any(
            name in called for name in but_not
        ):
            found.append(element)
        if len(found) >= MOST_NAMED:
            break
    return found


def _in_list(element: Element) -> bool:
    """Whether an element belongs to another article in a list of them, or to the edge of the page."""
    for above in element.iterancestors():
        if above.tag in ("article", "body"):
            return False
        if above.tag in ("aside", "nav"):
            return True
        if above.tag == "footer":
            return above.getparent() is None or above.getparent().tag != "article"
        if above.tag == "li":
            return any(len(text_of(link)) > 25 for link in above.iter("a"))
    return False


def lines_around(page: Sequence[Block], *, titles: Sequence[str], body: Sequence[Block]) -> list[str]:
    """The lines that may say who and when, the likeliest first: below the headline, below the text, above both."""
    keys = {key(title) for title in titles if title}
    first = next(
        (place for place, block in enumerate(page) if body and block.text == body[0].text), len(page)
    )
    last = next(
        (place for place in range(len(page) - 1, -1, -1) if body and page[place].text == body[-1].text), first
    )
    title = max((place for place, block in enumerate(page[:first]) if key(block.text) in keys), default=None)
    if title is None:
        return [_line(block) for block in page[max(0, first - ABOVE) : first][::-1]]
    below = page[title + 1 : min(first, title + 1 + BELOW)]
    above = page[max(0, title - ABOVE) : title][::-1]
    after = page[last + 1 : last + 1 + AFTER] if last > title else []
    return [_line(block) for block in (*below, *after, *above) if _may_say(block)]


def standfirst(
    page: Sequence[Block], *, titles: Sequence[str], body: Sequence[Block], descriptions: Sequence[str]
) -> Block | None:
    """The paragraph between headline and text that sums the article up, where the text does not begin with it."""
    keys = {key(title) for title in titles if title}
    first = next((place for place, block in enumerate(page) if body and block.text == body[0].text), 0)
    title = max((place for place, block in enumerate(page[:first]) if key(block.text) in keys), default=first)
    told = [key(text)[:LONGEST_SUMMARY] for text in descriptions if len(text) >= SHORTEST_SUMMARY]
    for block in page[title + 1 : min(first, title + 1 + BELOW)]:
        words = key(block.text)
        is_told = len(block.text) >= SHORTEST_SUMMARY and any(
            words.startswith(text) or text.startswith(words) for text in told
        )
        if is_told and block.kind != "caption" and block.link_share < 0.3:
            return block
    return None


def _may_say(block: Block) -> bool:
    """Captions credit the picture, and linked lines are headlines of other articles."""
    return block.kind != "caption" and (block.link_share < 0.95 or len(block.text) < 40)


def _line(block: Block) -> str:
    """A line with a bar between the pieces that no blank parts."""
    return " | ".join(block.pieces) if len(block.pieces) <= MOST_PIECES else block.text


def read_lines(lines: Sequence[str], *, outlet: str, captured_at: datetime | None) -> Findings:
    """Writers and dates in lines near the headline."""
    found: Findings = {}
    for line in lines:
        told = date_lines.read(line, captured_at)
        if told.published.day:
            add(found, "published", line, "date line", SHOWN - 0.05)
        elif told.changed.day:
            add(found, "changed", line, "line of change", GUESSED)
        if named := credits.of_line_above(line, outlet=outlet):
            add(
                found, "author", " | ".join(filter(None, (named.author, named.agency))), "byline", SHOWN, line
            )
            add(found, "city", named.city, "byline", SHOWN, line)
        elif (
            told.published.day
            and (credit := credits.read(_without_date(line, captured_at), outlet=outlet))
            and credit.author
        ):
            add(found, "author", credit.author, "byline", SUPPOSED, line)
    return found


def issue_dates(page: Sequence[Block]) -> Findings:
    """The date of the printed issue, which some papers put above all their pages: «العدد 5127 - 20 حزيران 2004»."""
    found: Findings = {}
    for block in page[:MOST_LINES_OF_HEAD]:
        if (
            len(block.text) < date_lines.LONGEST
            and ISSUE.search(fold(block.text))
            and date_lines.read(block.text).published.day
        ):
            add(found, "published", block.text, "issue line", SUPPOSED + 0.1)
    return found


def _without_date(line: str, captured_at: datetime | None) -> str:
    """The parts of a line that hold no number: «هدى سالم | 12 آذار 2017»."""
    parts = [part for part in date_lines.PIECES.split(line) if not any(map(str.isdigit, part))]
    return " | ".join(parts) if len(parts) < len(date_lines.PIECES.split(line)) else ""
