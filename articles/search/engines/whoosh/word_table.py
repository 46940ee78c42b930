"""What each printed word tells the index, as numbers: so that a text is a row of numbers and arrays do the rest.

A word is analysed when it is first met; its terms at each level, its roots and its grams are kept as long as the
table lives.
"""

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.grams import gram_codes
from articles.arabic.normalization import Rule
from articles.arabic.roots import work_out
from articles.arabic.tokenization import TOKEN
from articles.search.engines.schema import FORM_BREAK
from articles.search.engines.whoosh.grams import stem_code

Numbers = NDArray[np.uint32]


class Numbered(dict[str, int]):
    """Numbers strings in the order in which they come, and tells them by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self.names)
        self.names.append(name)
        return number


class Lists:
    """Short lists of numbers, one behind the other: list i stands from `bounds[i]` to `bounds[i + 1]`."""

    def __init__(self) -> None:
        self.held, self.bounds = array("I"), array("I", [0])

    def append(self, numbers: Iterable[int]) -> None:
        self.held.extend(numbers)
        self.bounds.append(len(self.held))

    def of(self, wanted: NDArray[np.integer]) -> tuple[Numbers, NDArray[np.int64]]:
        """The lists of `wanted` in a row, and how long each is."""
        bounds = np.array(self.bounds, dtype=np.int64)
        starts, counts = bounds[wanted], bounds[wanted + 1] - bounds[wanted]
        return np.array(self.held, dtype=np.uint32)[spread(starts, counts)], counts


class WordTable:
    """The words met so far.

    `literal`, `surface` and `stem` hold the number of each word's term; words of one surface form and stem share an
    entry of `roots` (numbers of root terms) and of `grams` (codes), which `shared` names.
    """

    def __init__(self) -> None:
        self.numbers = _Words(self)
        self.literals, self.surfaces, self.stems, self.root_terms = (Numbered() for _each in range(4))
        self.literal, self.surface, self.stem, self.shared = (array("I") for _each in range(4))
        self.roots, self.grams = Lists(), Lists()
        self.stem_codes = array("H")
        self._shared: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.literal)

    def add(self, word: str) -> None:
        """Work out a word; its number is that of words before it."""
        surface = _after(SURFACE.rules, word)
        stem = _after(STEM.rules[len(SURFACE.rules) :], surface) or word
        surface = surface or word
        self.literal.append(self.literals[LITERAL.apply_rules(word)])
        self.surface.append(self.surfaces[surface])
        self.stem.append(self.stems[stem])
        if len(self.stem_codes) < len(self.stems):
            self.stem_codes.append(stem_code(stem))
        key = self.surface[-1] << 32 | self.stem[-1]
        if key not in self._shared:
            self._shared[key] = len(self._shared)
            self.roots.append([self.root_terms[root + FORM_BREAK + stem] for root in work_out(surface)])
            self.grams.append(gram_codes(surface))
        self.shared.append(self._shared[key])

    def forms(self, wanted: NDArray[np.integer]) -> list[str]:
        """Each word at its three levels, as a term of FORMS."""
        literals, surfaces, stems = self.literals.names, self.surfaces.names, self.stems.names
        levels = (np.array(each)[wanted].tolist() for each in (self.stem, self.surface, self.literal))
        return [
            _form(stems[stem], surfaces[surface], literals[literal])
            for stem, surface, literal in zip(*levels, strict=True)
        ]


class _Words(dict[str, int]):
    """The numbers of words; a new one goes into the table."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.table)
        self.table.add(word)
        return number


class Runs(dict[str, tuple[int, ...]]):
    """The numbers of the words in a run between blanks: no token crosses white space."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.numbers = table.numbers

    def __missing__(self, run: str) -> tuple[int, ...]:
        numbers = self.numbers
        found = self[run] = tuple([numbers[word] for word in TOKEN.findall(run)])
        return found


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """The numbers from each start on, as many as its count, in a row.

    >>> spread(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)


def _after(rules: Sequence[Rule], word: str) -> str:
    for rule in rules:
        word = rule(word)
    return word


def _form(stem: str, surface: str, literal: str) -> str:
    return FORM_BREAK.join((stem, surface if surface != stem else "", literal if literal != surface else ""))
