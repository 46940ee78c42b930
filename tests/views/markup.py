"""Reads a page as a strict browser would, and says what is wrong with it."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLOSED_BY_US = "unclosed <{}>"


class Page(HTMLParser):
    """`problems` in the markup, `text` as read, and the `links` in their order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.levels: list[int] = []
        self.problems: list[str] = []
        self.links: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.problems += [CLOSED_BY_US.format(tag) for tag in self.open]

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if tag in HEADINGS:
            self._heading(int(tag[1]))
        self._attributes(tag, attrs)

    def _heading(self, level: int) -> None:
        before = self.levels[-1] if self.levels else 0
        if level > before + 1:
            self.problems.append(f"h{level} after h{before}")
        self.levels.append(level)

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"<{tag}> names an attribute twice: {names}")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"<{tag} {name}> is inline")
            if name == "id":
                if value in self.ids:
                    self.problems.append(f"id {value} twice")
                self.ids.add(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.problems.append(f"</{tag}>")
        elif not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> inside {self.open[-3:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("title", "script", "style"):
            self.pieces.append(data)
