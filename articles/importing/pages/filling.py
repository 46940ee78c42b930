"""Fills an article's fields with what was found for them: one value each, with its evidence."""

from dataclasses import dataclass, replace

from articles.importing import cleaning, dateline, html_text, places
from articles.importing.draft import Draft
from articles.importing.limits import MAX_ITEM
from articles.importing.pages import choosing, credits, date_lines, dating
from articles.importing.pages.findings import GUESSED, SHOWN, SUPPOSED, Finding, Findings
from articles.importing.pages.lines import key
from articles.importing.pages.text_finding import Text
from articles.importing.records import ExtractedArticle, PartialDate, Rejected, RelatedLink

MOST_ROUNDS = 3  # of taking out markup that was escaped, more than once perhaps


@dataclass(slots=True)
class Filling:
    """An article in the making. `said` are all findings, by field, the most trusted first."""

    said: Findings
    text: Text
    title: Finding | None
    outlet: Finding | None
    address: str
    draft: Draft

    def article(self, links: list[RelatedLink]) -> ExtractedArticle | Rejected:
        draft = self.draft
        body, replaced = cleaning.tidy("\n".join(self._plain(line) for line in self.text.body.split("\n")))
        if replaced:
            draft.note("replaced_characters")
        if len(body) > MAX_ITEM:
            return Rejected("too_large", f"the text has {len(body):,} characters; {MAX_ITEM:,} are read")
        if not body and self.title is None:
            return Rejected("empty", "no text of an article stands in the page")
        self._set("title", self.title)
        self._set("source", self.outlet)
        self._set_people(body)
        body = self._without_dateline(body)
        self._set_date()
        self._set(
            "section", choosing.section(self._said("section"), outlet=self._outlet, headline=self._headline)
        )
        self._set("url", choosing.address(self._said("canonical"), self._said("url"), captured=self.address))
        if body:
            draft.show("body", self.text.place, confidence=self.text.confidence)
        draft.notes += self.text.trimmed.notes
        draft.links = self._each_once([*self.text.trimmed.links, *links])
        return draft.finish(body)

    @property
    def _headline(self) -> str:
        return self.title.value if self.title else ""

    @property
    def _outlet(self) -> str:
        return self.outlet.value if self.outlet else ""

    def _said(self, field: str) -> list[Finding]:
        return self.said.get(field, [])

    def _set(self, name: str, finding: Finding | None) -> None:
        if finding:
            value = " ".join(cleaning.storable(self._plain(finding.value)).split())
            self.draft.set(name, value, finding.place, finding.shown, confidence=finding.confidence)

    def _plain(self, text: str) -> str:
        """A line that holds markup a newsroom escaped by mistake, without it."""
        plain = text
        for _round in range(MOST_ROUNDS):
            if not (html_text.has_markup(plain) or html_text.has_script(plain)):
                break
            plain = html_text.to_text(plain)
        if plain != text:
            self.draft.note("html", text)
        return html_text.without_tags(plain)

    def _set_people(self, body: str) -> None:
        sections = {key(finding.value) for finding in self._said("section")}
        named = [finding for finding in self._said("author") if key(finding.value) not in sections]
        person, agency = choosing.author(named, outlet=self._outlet)
        if agency is None and (name := credits.agency_at_end(body)):
            agency = Finding(name, "end of the text", SUPPOSED, body[-60:].strip())
        if agency:
            self.draft.note("agency", agency.value)
        self._set("author", person or agency)

    def _without_dateline(self, body: str) -> str:
        """The body without the dateline before its first sentence, or above it."""
        first = body.partition("\n")[0]
        whole = dateline.parse(first)
        found = (whole, len(first)) if whole else dateline.opening(first)
        if found:
            self._take_dateline(found[0])
            body = body[found[1] :].lstrip()
        self._set("city", next(iter(self._said("city")), None))
        return body

    def _take_dateline(self, said: dateline.Dateline) -> None:
        self.draft.set("dateline", said.text, "dateline", said.text, confidence=SHOWN + 0.1)
        if places.is_agency(said.source):
            if all(note.code != "agency" for note in self.draft.notes):
                self.draft.note("agency", said.source)
            said = replace(said, author=said.author or said.source)
        for name in ("city", "country", "author"):
            self.draft.set(name, getattr(said, name), "dateline", said.text, confidence=SHOWN)
        if said.published.day:
            self.said.setdefault("published", []).append(
                Finding(said.published.day.isoformat(), "dateline", SHOWN - 0.1, said.text)
            )

    def _set_date(self) -> None:
        candidates = list(self._said("published"))
        in_address = date_lines.in_address(
            self.address or next((found.value for found in self._said("canonical")), "")
        )
        if in_address.day:
            told = in_address.day.isoformat()[: 10 if in_address.precision == "day" else 7]
            candidates.append(Finding(told, "address", SUPPOSED, self.address))
        candidates += self._said("changed")
        candidates += [replace(finding, confidence=GUESSED) for finding in self._said("modified")]
        captured_at = self.draft.values.get("captured_at")
        found = dating.choose(candidates, captured_at=captured_at)
        if found:
            shown = found.finding
            self.draft.set("published", found.known, shown.place, shown.shown, confidence=shown.confidence)
        elif candidates:
            self.draft.note("date_unread", candidates[0].shown)
        if captured_at:
            day = PartialDate(captured_at.date(), "day")
            self.draft.set("published", day, "crawl", captured_at.isoformat(), confidence=0.1)

    def _each_once(self, links: list[RelatedLink]) -> list[RelatedLink]:
        """The links to other articles, each once, without the article itself."""
        kept: dict[str, RelatedLink] = {}
        for link in links:
            if link.title and link.url != self.draft.values.get("url") and link.title != self._headline:
                kept.setdefault(link.url or link.title, link)
        return list(kept.values())[: cleaning.MOST_LINKS]
