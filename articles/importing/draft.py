"""An article in the making: each field is set once, by the first evidence that shows it."""

from dataclasses import dataclass, field
from typing import Any

from articles.importing import language, titles
from articles.importing.cleaning import storable
from articles.importing.fingerprints import url_digest
from articles.importing.records import Evidence, ExtractedArticle, Note, PartialDate, RelatedLink

# What the database's columns hold.
LONGEST = {
    "title": 500,
    "author": 300,
    "source": 200,
    "section": 100,
    "dateline": 500,
    "city": 100,
    "country": 100,
    "external_id": 200,
}
LONGEST_EVIDENCE = 500


@dataclass(slots=True)
class Draft:
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    links: list[RelatedLink] = field(default_factory=list)

    def set(self, name: str, value: Any, place: str, text: str = "", *, confidence: float = 1.0) -> None:
        """Set a field that is still empty, and remember what showed it and how sure that is."""
        if not value or name in self.values or value == PartialDate():
            return
        self.values[name] = value
        self.show(name, place, text or str(value), confidence=confidence)

    def show(self, name: str, place: str, text: str = "", *, confidence: float = 1.0) -> None:
        """Remember what showed a field."""
        shown = storable(titles.cut(text, LONGEST_EVIDENCE))
        self.evidence[name] = Evidence(place, shown, round(confidence, 2))

    def has(self, name: str) -> bool:
        return name in self.values

    def note(self, code: str, text: str = "") -> None:
        self.notes.append(Note(code, storable(titles.cut(text, LONGEST_EVIDENCE))))

    def finish(self, body: str) -> ExtractedArticle:
        """The article; a title is derived from the body where the draft has none."""
        derived = not self.has("title")
        if derived:
            self.set("title", titles.derive(body), "first sentence")
            self.note("title_derived")
        elif not body:
            self.note("empty_body")
        url = self.values.get("url", "")
        if url and not url_digest(url):
            self.note("address_dropped", self.values.pop("url"))
            del self.evidence["url"]
        for name, longest in LONGEST.items():
            self._fit(name, longest)
        if "published" in self.evidence:
            self.evidence["published_on"] = self.evidence.pop("published")
        values = {"language": language.guess(f"{body} {self.values['title']}")} | self.values
        return ExtractedArticle(
            body=body,
            title_is_derived=derived,
            related_links=tuple(self.links),
            evidence=self.evidence,
            notes=tuple(self.notes),
            **values,
        )

    def _fit(self, name: str, longest: int) -> None:
        value = self.values.get(name, "")
        if len(value) > longest:
            self.values[name] = titles.cut(value, longest)
            self.note("cut", f"{name}: {value}")
