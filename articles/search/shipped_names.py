"""The names that come with the archive: `data/names.txt`, and how a group of them is written as one line.

`[name]`, `[words]` and `[one_way]` say what the lines after them are; «=» stands between the terms of a line, «>»
after those that lead to the rest one way; `#` begins a comment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.search.name_book import surface_key

NAMES = Path(__file__).parent / "data" / "names.txt"
KINDS = ("name", "words", "one_way")
BETWEEN, ONE_WAY = " = ", " > "


class ShippedNamesError(ValueError):
    """The file does not say what it must; the message names the line."""


@dataclass(frozen=True, slots=True)
class ShippedGroup:
    """One line of the file; in a one-way group the first `sources` terms lead to the others."""

    kind: str
    terms: tuple[str, ...]
    sources: int = 0

    @property
    def key(self) -> str:
        """What the group is known by, whatever terms a newer file adds to it."""
        return f"{self.kind} {' '.join(surface_key(self.terms[0]))}"

    @property
    def line(self) -> str:
        return group_line(self.kind, self.terms, self.sources)


def group_line(kind: str, terms: Sequence[str], sources: int = 0) -> str:
    """A group as one line, to tell whether it still is what it was made from.

    >>> group_line("one_way", ["هاتف", "جوال"], 1)
    'one_way: هاتف > جوال'
    """
    sides = [side for side in (terms[:sources], terms[sources:]) if side]
    return f"{kind}: {ONE_WAY.join(BETWEEN.join(side) for side in sides)}"


def read_shipped(path: Path = NAMES) -> list[ShippedGroup]:
    """The groups of the file, in its order; raises ShippedNamesError or FileNotFoundError."""
    groups: list[ShippedGroup] = []
    kind = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        content = line.partition("#")[0].strip()
        if content.startswith("["):
            kind = content.strip("[]")
        elif content:
            groups.append(_group(kind, content, f"{path}, line {number}"))
    if not groups:
        raise ShippedNamesError(f"{path} holds no names")
    return groups


def _group(kind: str, content: str, place: str) -> ShippedGroup:
    if kind not in KINDS:
        raise ShippedNamesError(f"{place}: «[{kind}]» is none of {', '.join(KINDS)}")
    if (kind == "one_way") != (ONE_WAY in content):
        raise ShippedNamesError(f"{place}: «>» belongs to [one_way], once a line")
    sides = [[term.strip() for term in side.split("=")] for side in content.split(">")]
    terms = [term for side in sides for term in side]
    keys = list(map(surface_key, terms))
    if len(terms) < 2 or len(sides) > 2 or not all(keys) or len(set(keys)) < len(keys):
        raise ShippedNamesError(f"{place}: write two or more different terms")
    return ShippedGroup(kind, tuple(terms), len(sides[0]) if len(sides) == 2 else 0)
