"""From a page of HTML to an article, in order of trust.

1 decode   2 build the tree   3 read what the page declares   4 read what a curator's rules point at
5 take out what no reader reads   6 look at headings and lines   7 take out the furniture   8 find the text and trim it
9 look at the lines around it   10 refuse what is no article   11 choose one value for each field
"""

from dataclasses import dataclass
from datetime import datetime

from articles.importing.draft import Draft
from articles.importing.pages import (
    blocks,
    choosing,
    decoding,
    json_ld,
    meta_tags,
    mojibake,
    outlets,
    pruning,
    refusals,
    showing,
    tree,
    trimming,
)
from articles.importing.pages import rules as source_rules
from articles.importing.pages.blocks import Block
from articles.importing.pages.filling import Filling
from articles.importing.pages.findings import Finding, Findings, joined
from articles.importing.pages.json_ld import Declared
from articles.importing.pages.rules import NO_RULES, SourceRules
from articles.importing.pages.showing import Shown
from articles.importing.pages.text_finding import Finder, Text
from articles.importing.pages.tree import Element
from articles.importing.records import ExtractedArticle, Note, Rejected

EXTRACTOR_VERSION = 1  # raise it when another text or field comes out of the same page


def extract_html(
    html: str | bytes,
    *,
    address: str = "",
    captured_at: datetime | None = None,
    declared_charset: str = "",
    rules: SourceRules | None = None,
) -> ExtractedArticle | Rejected:
    """The article on a page, or why there is none. Never raises for what stands in the page.

    `address` is where the page was captured, `captured_at` when (relative dates count from it), `declared_charset`
    the label the server gave.
    """
    decoded = _decoded(html, declared_charset)
    if isinstance(decoded, Rejected):
        return decoded
    root = tree.parse(decoded.text)
    if isinstance(root, Rejected):
        return root
    return _Page(root, address.strip(), captured_at, rules or NO_RULES, list(decoded.notes)).article()


def _decoded(html: str | bytes, declared: str) -> decoding.Decoded | Rejected:
    if len(html) > tree.MAX_BYTES:
        return Rejected("too_large", f"the page has a size of {len(html):,}; {tree.MAX_BYTES:,} are read")
    if not html.strip():
        return Rejected("empty" if html else "empty_file", "the page is blank")
    if isinstance(html, bytes):
        return decoding.decode_page(html, declared=declared)
    text, slipped = mojibake.repaired(html)
    return decoding.Decoded(text, "", "", (Note("mojibake_repaired"),) if slipped else ())


@dataclass(slots=True)
class _Page:
    root: Element
    address: str
    captured_at: datetime | None
    rules: SourceRules
    notes: list[Note]

    def article(self) -> ExtractedArticle | Rejected:
        base = self._base()
        tags = meta_tags.read(self.root)
        declared = json_ld.read(self.root, titles=self._titles(tags))
        ruled = self._ruled()
        outlet = choosing.outlet([*declared.findings.get("source", ()), *tags.get("source", ())])
        pruning.without_chrome(self.root)
        page = blocks.read(self.root)
        shown = showing.headings(self.root, outlet=outlet.value if outlet else "")
        title = self._title(self._ordered(joined(declared.findings, tags), ruled), shown, page, outlet)
        outlet = outlet or outlets.shown(self.root, page, shown, title.value if title else "")
        name = outlet.value if outlet else ""
        named = showing.read(self.root, outlet=name, captured_at=self.captured_at)
        links = pruning.without_furniture(self.root, base)
        titles = [title.value if title else "", *shown.titles]
        text = Finder(self.root, base, titles, self.rules).find(declared.body, self.notes)
        descriptions = [finding.value for finding in tags.get("description", ())]
        summary = showing.standfirst(page, titles=titles, body=text.lines, descriptions=descriptions)
        if summary:
            text.lines.insert(0, summary)
        if refused := refusals.refuse(self._seen(shown, titles, tags, declared, page, text)):
            return refused
        lines = [
            *text.trimmed.head,
            *showing.lines_around(page, titles=titles, body=text.lines),
            *text.trimmed.tail,
        ]
        near = showing.read_lines(lines, outlet=name, captured_at=self.captured_at)
        said = self._ordered(joined(declared.findings, tags), ruled)
        said = joined(said, near, named, showing.issue_dates(page))
        if text.lines:
            links += trimming.related_below(page, text.lines[-1].text, base)
        return Filling(said, text, title, outlet, self.address, self._draft(declared)).article(links)

    def _base(self) -> str:
        """The address that links on the page count from."""
        base = self.root.xpath("string(//base/@href)")
        return (tree.absolute(self.address, base) if base else "") or self.address

    def _titles(self, tags: Findings) -> list[str]:
        return [finding.value for finding in tags.get("title", ())] + list(
            map(tree.text_of, self.root.iter("h1"))
        )

    def _ruled(self) -> Findings:
        """What the curator's rules point at, when what they drop is gone."""
        for element in list(source_rules.dropped(self.root, self.rules.drop)):
            tree.drop(element)
        return source_rules.read(self.root, self.rules)

    def _ordered(self, said: Findings, ruled: Findings) -> Findings:
        """What the page declares before what the rules point at; a curator may have turned that round."""
        return joined(ruled, said) if self.rules.before_metadata else joined(said, ruled)

    def _title(
        self, said: Findings, shown: Shown, page: list[Block], outlet: Finding | None
    ) -> Finding | None:
        candidates = [*said.get("title", ()), *showing.titles(shown, page)]
        return choosing.title(candidates, shown, outlet=outlet.value if outlet else "")

    def _seen(
        self,
        shown: Shown,
        titles: list[str],
        tags: Findings,
        declared: Declared,
        page: list[Block],
        text: Text,
    ) -> refusals.Seen:
        kind = next((finding.value for finding in tags.get("kind", ())), "")
        titles = list(filter(None, [shown.whole_window_title, *titles]))
        return refusals.Seen(self.root, self.address, titles, kind, declared, page, text.lines)

    def _draft(self, declared: Declared) -> Draft:
        draft = Draft(notes=self.notes)
        if declared.is_live_blog:
            draft.note("live_blog")
        if self.captured_at:
            draft.set("captured_at", self.captured_at, "capture")
        return draft
