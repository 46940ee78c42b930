"""Long lists of names by their first letter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from articles.arabic.alphabet import LATIN, LETTERS, OTHERS

FEW = 20  # names; as many are scanned faster than a letter is chosen
ORDER = {letter: place for place, letter in enumerate([*LETTERS, LATIN, OTHERS])}


class Filed(Protocol):
    """A name that stands under a letter."""

    @property
    def letter(self) -> str: ...


Entry = TypeVar("Entry", bound=Filed)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that names begin with; `letter` is empty for all of them together."""

    letter: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class NameIndex(Generic[Entry]):
    """The names under the chosen letter, and the letters to choose from: none where the names are few."""

    rows: Sequence[Entry]
    letters: tuple[Letter, ...]
    letter: str


def index_of(rows: Sequence[Entry], letter: str) -> NameIndex[Entry]:
    """An index of names in their order; an unknown letter chooses all."""
    counts = Counter(row.letter for row in rows)
    chosen = letter if letter in counts else ""
    letters = [
        Letter(each, counts[each], each == chosen) for each in sorted(counts, key=lambda each: ORDER[each])
    ]
    under = [row for row in rows if row.letter == chosen] if chosen else rows
    many = len(rows) > FEW
    return NameIndex(under, (Letter("", len(rows), not chosen), *letters) if many else (), chosen)
