"""The lines of text in an element, in the order of the page: paragraphs, headings, items of lists, quotes, captions.

One walk, without recursion: pages may be deep. Blanks are as a reader sees them; letters, marks and signs of
direction stay as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from articles.importing.cleaning import UNSEEN
from articles.importing.pages.tree import BLANKS, Element, text_of

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
KINDS = {
    **dict.fromkeys(HEADINGS, "heading"),
    **{
        "li": "item",
        "dt": "item",
        "dd": "item",
        "blockquote": "quote",
        "figcaption": "caption",
        "caption": "caption",
    },
}
BREAKING = frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "nav",
            "body",
            "html",
            "center",
        ),
        *(
            "ul",
            "ol",
            "dl",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "form",
            "fieldset",
            "figure",
        ),
        *("pre", "hr", "address", "details", "summary", "amp-live-list", "hgroup", "picture", "time-entry"),
        *KINDS,
    )
)
SKIPPED = frozenset(
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
            "head",
            "title",
        ),
        *("button", "select", "option", "textarea", "input", "audio", "video", "map", "dialog", "math"),
    )
)
MOST_COLUMNS, LONGEST_CELL = 30, 120
BETWEEN_CELLS = " | "


_lays_out = etree.XPath("boolean(.//table | .//p | .//div | .//h1 | .//h2 | .//img | .//br)")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line; `href` where it is a link."""

    text: str
    href: str = ""


@dataclass(slots=True)
class Block:
    """One line of text. `tight` says that a single line break, not a paragraph's end, stands before it."""

    kind: str
    runs: list[Run]
    tight: bool = False
    element: Element = None
    text: str = field(init=False)
    pieces: tuple[str, ...] = field(init=False)  # as the elements in the line part it

    def __post_init__(self) -> None:
        self.pieces = tuple(piece for run in self.runs if (piece := run.text.strip(UNSEEN + "\r\n")))
        self.runs = _merged(self.runs)
        self.text = BLANKS.sub(" ", "".join(run.text for run in self.runs)).strip(" \u00a0")

    @property
    def link_share(self) -> float:
        """How much of the line is links."""
        linked = sum(len(run.text.strip()) for run in self.runs if run.href)
        return min(1.0, linked / len(self.text)) if self.text else 0.0

    @property
    def links(self) -> list[Run]:
        return [run for run in self.runs if run.href and run.text.strip()]


def _merged(runs: list[Run]) -> list[Run]:
    """The pieces with neighbours of one link, or of none, as one."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].href == run.href:
            merged[-1] = Run(merged[-1].text + run.text, run.href)
        else:
            merged.append(run)
    return merged


def read(container: Element) -> list[Block]:
    """The lines of an element that are not blank."""
    return list(_Walk(container).blocks())


class _Walk:
    def __init__(self, container: Element) -> None:
        self.container = container
        self.runs: list[Run] = []
        self.kinds: list[str] = ["paragraph"]
        self.hrefs: list[str] = []
        self.breaks = 2  # line breaks since the last text: two end a paragraph

    def blocks(self) -> Iterator[Block]:
        walk = etree.iterwalk(self.container, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in SKIPPED and element is not self.container:
                    walk.skip_subtree()
                    continue
                yield from self._open(element, tag)
                if tag == "table" and (rows := _rows(element)):
                    walk.skip_subtree()
                    yield from rows
                    continue
                self._add(element.text)
            else:
                yield from self._close(element, tag)
                if element is not self.container:
                    self._add(element.tail)
        yield from self._end_of_line(self.container, 2)

    def _open(self, element: Element, tag: str) -> Iterator[Block]:
        if tag == "br":
            yield from self._end_of_line(element, self.breaks + 1 if not self._has_text() else 1)
        elif tag in BREAKING:
            yield from self._end_of_line(element.getparent(), 2)
        if tag in KINDS:
            self.kinds.append(KINDS[tag])
        elif tag == "a":
            self.hrefs.append(element.get("href", "").strip())

    def _close(self, element: Element, tag: str) -> Iterator[Block]:
        if tag in BREAKING and tag != "br":
            yield from self._end_of_line(element, 2)
        if tag in KINDS and len(self.kinds) > 1:
            self.kinds.pop()
        elif tag == "a" and self.hrefs:
            self.hrefs.pop()

    def _add(self, text: str | None) -> None:
        if text:
            self.runs.append(Run(text, self.hrefs[-1] if self.hrefs else ""))

    def _has_text(self) -> bool:
        return any(run.text.strip(UNSEEN + "\r\n") for run in self.runs)

    def _end_of_line(self, element: Element, breaks: int) -> Iterator[Block]:
        """Give out the line that ends here, if there is one; remember how far the next one stands from it."""
        if self._has_text():
            yield Block(self.kinds[-1], self.runs, tight=self.breaks == 1, element=element)
            self.breaks = 0
        self.runs = []
        self.breaks = max(self.breaks, breaks)


def _rows(table: Element) -> list[Block]:
    """The rows of a table of data, each as one line; none for a table that only lays out the page."""
    if _lays_out(table):
        return []
    rows = [[text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    filled = [row for row in rows if any(row)]
    widths = {len(row) for row in filled}
    is_data = (
        len(filled) >= 2
        and 2 <= max(widths) <= MOST_COLUMNS
        and len(widths) <= 2
        and all(len(cell) <= LONGEST_CELL for row in filled for cell in row)
    )
    if not is_data:
        return []
    return [
        Block("row", [Run(BETWEEN_CELLS.join(filter(None, row)))], tight=place > 0, element=table)
        for place, row in enumerate(filled)
    ]


def as_text(blocks: list[Block]) -> str:
    """The lines as a body: a blank line between paragraphs, none between items of a list or lines of a verse.

    Where a page separates all its paragraphs by single line breaks, each line is a paragraph.
    """
    long_lines = [block for block in blocks if len(block.text) > 60]
    all_tight = len(long_lines) > 1 and all(
        block.tight for block in long_lines[1:] if block.kind == "paragraph"
    )
    parts: list[str] = []
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        is_list = before is not None and before.kind == block.kind == "item"
        close = is_list or (block.tight and (block.kind == "row" or not all_tight))
        parts += ["" if before is None else "\n" if close else "\n\n", block.text]
    return "".join(parts)
