"""Lines that repeat across the pages of a source: the page's furniture, proposed to the curator.

What no list of phrases knows («حمّل تطبيقنا الجديد», the address of the newsroom) gives itself away by standing in
page after page. Lines are counted in bounded memory: when the table is full, all counts are lowered by as much as
the smallest, and what falls to nothing is forgotten (the algorithm of Misra and Gries). A line that stands in more
than one page in CAPACITY is never missed; a count is too low by no more than `slack`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.importing.pages.lines import key

CAPACITY = 5000  # lines of a source that are counted at a time
LONGEST, SHORTEST = 200, 4  # characters of a line that may be furniture
PAGES_NEEDED = 5
SHARE_NEEDED = 0.05  # of the pages of the source
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line to drop: as it stands, on how many pages at least, the share of them, and where to look."""

    line: str
    pages: int
    share: float
    examples: tuple[str, ...]


@dataclass(slots=True)
class _Counted:
    line: str
    pages: int
    examples: list[str]


@dataclass(slots=True)
class RepeatedLines:
    """The lines of one source's pages, counted; a line counts once a page.

    >>> lines = RepeatedLines()
    >>> for number in range(6):
    ...     lines.add(f"فقرة من مقال رقم {number}\\nحمّل تطبيقنا الجديد", name=f"page {number}")
    >>> [(found.line, found.pages) for found in lines.proposals()]
    [('حمّل تطبيقنا الجديد', 6)]
    """

    capacity: int = CAPACITY
    pages: int = 0
    slack: int = 0
    _counted: dict[str, _Counted] = field(default_factory=dict)

    def add(self, body: str, *, name: str = "") -> None:
        """Count the lines of an article; `name` is how the curator finds the page."""
        self.pages += 1
        for folded, line in dict(_lines(body)).items():
            known = self._counted.get(folded)
            if known is None:
                self._make_room()
                self._counted[folded] = _Counted(line, 1, [name] if name else [])
            else:
                known.pages += 1
                if name and len(known.examples) < EXAMPLES:
                    known.examples.append(name)

    def proposals(self, *, pages: int = PAGES_NEEDED, share: float = SHARE_NEEDED) -> list[Proposal]:
        """The lines that stand in so many pages, and in such a share of them, the commonest first."""
        needed = max(pages, share * self.pages)
        found = [counted for counted in self._counted.values() if counted.pages >= needed]
        found.sort(key=lambda counted: (-counted.pages, counted.line))
        return [
            Proposal(counted.line, counted.pages, counted.pages / self.pages, tuple(counted.examples))
            for counted in found
        ]

    def _make_room(self) -> None:
        while len(self._counted) >= self.capacity:
            least = min(counted.pages for counted in self._counted.values())
            self.slack += least
            for folded, counted in list(self._counted.items()):
                counted.pages -= least
                if not counted.pages:
                    del self._counted[folded]


def _lines(body: str) -> Iterator[tuple[str, str]]:
    """The lines that may be furniture, each with its spelling for comparing; of equals, the last."""
    for line in body.split("\n"):
        line = line.strip()
        if SHORTEST <= len(line) <= LONGEST and (folded := key(line)):
            yield folded, line


def proposed(
    bodies: Iterable[str], *, pages: int = PAGES_NEEDED, share: float = SHARE_NEEDED
) -> list[Proposal]:
    """The lines that repeat across some bodies."""
    lines = RepeatedLines()
    for body in bodies:
        lines.add(body)
    return lines.proposals(pages=pages, share=share)
