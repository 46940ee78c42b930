"""The text of the article: the best container's lines, trimmed; or the metadata's, or outside help."""

from dataclasses import dataclass, replace

from articles.importing.language import guess
from articles.importing.pages import blocks, containers, outside_help, tree, trimming
from articles.importing.pages.blocks import Block, Run
from articles.importing.pages.findings import SUPPOSED
from articles.importing.pages.rules import SourceRules
from articles.importing.pages.tree import Element
from articles.importing.pages.trimming import Trimmed
from articles.importing.records import Note

MUCH_SHORTER = 0.6  # of the text a page declares: a shorter one was not found whole
ENOUGH = 200  # characters of text; below, help from outside is asked for
SAMPLE = 20_000  # characters that the language is told from
LONG_LINE = 60


@dataclass(slots=True)
class Text:
    """The lines of the article, where they were found and how sure that is."""

    trimmed: Trimmed
    place: str = ""
    confidence: float = 0.0

    @property
    def lines(self) -> list[Block]:
        return self.trimmed.blocks

    @property
    def body(self) -> str:
        return blocks.as_text(self.trimmed.blocks)

    @property
    def prose(self) -> int:
        """How many characters stand in lines that read like paragraphs."""
        return sum(
            len(block.text) for block in self.lines if len(block.text) >= LONG_LINE and "|" not in block.text
        )


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the text of one page, from which the furniture was taken."""

    root: Element
    address: str
    titles: list[str]
    rules: SourceRules

    def find(self, declared_body: str, notes: list[Note]) -> Text:
        """The text by the best way that finds enough of it."""
        found = containers.find(self.root, rules=self.rules, declared_body=declared_body, titles=self.titles)
        best = Text(Trimmed())
        if found:
            lines = [block for element in found.elements for block in blocks.read(element)]
            best = self._trimmed(lines, found.place, found.confidence)
        length = len(best.body)
        if declared_body and length < MUCH_SHORTER * len(declared_body):
            notes.append(Note("body_from_metadata"))
            best = self._trimmed(_lines_of(declared_body), containers.DECLARED_BODY, SUPPOSED)
        elif length < ENOUGH or best.place == containers.DENSEST:
            best = _better(
                best, self._trimmed(_lines_of(outside_help.text_of(self.root)), "trafilatura", SUPPOSED)
            )
        return best

    def _trimmed(self, lines: list[Block], place: str, confidence: float) -> Text:
        arabic = guess(tree.text_of(self.root)[:SAMPLE]) == "ar"
        trimmed = trimming.trim(
            lines, titles=self.titles, address=self.address, drops=self.rules.drops_line, arabic=arabic
        )
        return Text(trimmed, place, confidence)


def _lines_of(text: str) -> list[Block]:
    return [Block("paragraph", [Run(line)]) for line in text.split("\n") if line.strip()]


def _better(best: Text, helped: Text) -> Text:
    """The text with more prose in it; the first is surer where the other tells the same."""
    if helped.prose > 1.3 * best.prose:
        return helped
    agree = best.prose and helped.prose > 0.8 * best.prose
    return replace(best, confidence=best.confidence + 0.15) if agree else best
