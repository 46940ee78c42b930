"""What each printed word tells the index, as numbers: so that a text is a row of numbers and arrays do the rest.

A word is analysed when it is first met; its terms at each level, its roots and its grams are kept as long as the
table lives. Many new words are worked out together.
"""

import re
from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.bulk_analysis import Told, bulk_analyser, literals_of
from articles.arabic.grams import gram_codes
from articles.arabic.normalization import Rule
from articles.arabic.packed_words import LETTERS, spread
from articles.arabic.roots import work_out
from articles.arabic.tokenization import TOKEN
from articles.search.engines.schema import FORM_BREAK
from articles.search.engines.whoosh.grams import stem_code

MANY_WORDS = 5_000  # from so many on the tables of the bulk analysis are worth their making

# Most runs are one plain word, with signs around it that belong to no token and change none.
SIGNS = re.escape('.,:;!?()[]{}"/*-\u00ab\u00bb\u060c\u061b\u061f\u201c\u201d\u2013\u2014\u2026')
PLAIN_RUNS = re.compile(f"^([{SIGNS}]*+([{''.join(LETTERS)}]++)[{SIGNS}]*+)$", re.MULTILINE)

RUNS_AT_A_TIME = 10_000  # bounds memory

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

    def take(self, other: "Numbered", wanted: NDArray[np.int64], numbers: "array[int]") -> NDArray[np.int64]:
        """Number strings anew that another one numbers `wanted`, into `numbers`; the different ones of these."""
        held = np.unique(wanted)
        self.names += [other.names[number] for number in held.tolist()]
        self.update(zip(self.names, range(len(self.names)), strict=True))
        numbers.frombytes(np.searchsorted(held, wanted).astype(np.uint32).tobytes())
        return held


class Lists:
    """Short lists of numbers, one behind the other: list i stands from `bounds[i]` to `bounds[i + 1]`."""

    def __init__(self) -> None:
        self.held, self.bounds = array("I"), array("I", [0])

    def append(self, numbers: Iterable[int]) -> None:
        self.held.extend(numbers)
        self.bounds.append(len(self.held))

    def append_arrays(self, numbers: Numbers, counts: NDArray[np.int64]) -> None:
        """Lists in a row, each as long as its count says."""
        self.bounds.frombytes((np.cumsum(counts) + len(self.held)).astype(np.uint32).tobytes())
        self.held.frombytes(numbers.astype(np.uint32).tobytes())

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def of(self, wanted: NDArray[np.integer]) -> tuple[Numbers, NDArray[np.int64]]:
        """The lists of `wanted` in a row, and how long each is."""
        bounds = np.array(self.bounds, dtype=np.int64)
        starts, counts = bounds[wanted], bounds[wanted + 1] - bounds[wanted]
        return np.array(self.held, dtype=np.uint32)[spread(starts, counts)], counts


class WordTable:
    """The words met so far.

    `literal`, `surface` and `stem` hold the number of each word's term; a literal term is a word of the table itself.
    Words of one surface form share an entry of `roots` (numbers of root terms) and of `grams` (codes), by its number.
    """

    def __init__(self) -> None:
        self.numbers = _Words(self)
        self.surfaces, self.stems, self.root_terms = (Numbered() for _each in range(3))
        self.literal, self.surface, self.stem = (array("I") for _each in range(3))
        self.roots, self.grams = Lists(), Lists()
        self.stem_codes = array("H")

    def __len__(self) -> int:
        return len(self.literal)

    def add(self, word: str, literal: str) -> None:
        """Work out a word, whose number is known by now, and so is that of its literal term."""
        surface = _after(SURFACE.rules, word)
        stem = _after(STEM.rules[len(SURFACE.rules) :], surface) or word
        surface = surface or word
        self.literal.append(self.numbers[literal])
        self.surface.append(self.surfaces[surface])
        self.stem.append(self._stem_number(stem))
        if len(self.roots) < len(self.surfaces):
            self.roots.append([self.root_terms[root + FORM_BREAK + stem] for root in work_out(surface)])
            self.grams.append(gram_codes(surface))

    def _stem_number(self, stem: str) -> int:
        number = self.stems[stem]
        if len(self.stem_codes) < len(self.stems):
            self.stem_codes.append(stem_code(stem))
        return number

    def learn(self, words: Collection[str]) -> None:
        """Work out the new ones of the words together, where there are many."""
        new = [word for word in words if word not in self.numbers]
        if len(new) < MANY_WORDS:
            return
        literals = literals_of(new)
        while more := [word for word in {*literals}.difference(new) if word not in self.numbers]:
            new += more
            literals += literals_of(more)
        told = bulk_analyser().tell(new)
        if "" in told.surfaces:  # words that fold to nothing come by themselves
            nothing = told.surfaces.index("")
            return self.learn(np.array(new, dtype=object)[told.surface_of != nothing].tolist())
        first = len(self)
        self.numbers.update(zip(new, range(first, first + len(new)), strict=True))
        self.literal.extend(map(self.numbers.__getitem__, literals))
        self._learn_surfaces(told)

    def _learn_surfaces(self, told: Told) -> None:
        known = len(self.surfaces)
        surfaces = np.array([self.surfaces[surface] for surface in told.surfaces], dtype=np.uint32)
        stems = np.array([self._stem_number(stem) for stem in told.stems], dtype=np.uint32)
        self.surface.frombytes(surfaces[told.surface_of].tobytes())
        self.stem.frombytes(stems[told.surface_of].tobytes())
        terms, new = self.root_terms, np.flatnonzero(surfaces >= known)
        for place in new.tolist():
            self.roots.append([terms[root + FORM_BREAK + told.stems[place]] for root in told.roots[place]])
        counts = told.gram_counts[new]
        begins = np.cumsum(told.gram_counts)[new] - counts
        self.grams.append_arrays(told.grams[spread(begins, counts)], counts)

    def with_literals(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of these words and of their literal terms, ascending."""
        literal = np.array(self.literal, dtype=np.int64)
        while len(words) < len(found := np.union1d(words, literal[words])):
            words = found
        return found

    def only(self, wanted: NDArray[np.int64]) -> "WordTable":
        """A table of these words, whose literal terms are among them: what is known of them is taken over."""
        literal, table = np.array(self.literal, dtype=np.int64), WordTable()
        names, surface = list(self.numbers), np.array(self.surface, dtype=np.int64)[wanted]
        table.numbers.update(zip((names[word] for word in wanted.tolist()), range(len(wanted)), strict=True))
        table.literal.frombytes(np.searchsorted(wanted, literal[wanted]).astype(np.uint32).tobytes())
        surfaces = table.surfaces.take(self.surfaces, surface, table.surface)
        stems = table.stems.take(self.stems, np.array(self.stem, dtype=np.int64)[wanted], table.stem)
        table.stem_codes.extend(np.array(self.stem_codes, dtype=np.uint16)[stems].tolist())
        roots, counts = self.roots.of(surfaces)
        numbers = array("I")
        table.root_terms.take(self.root_terms, roots.astype(np.int64), numbers)
        table.roots.append_arrays(np.array(numbers, dtype=np.uint32), counts)
        table.grams.append_arrays(*self.grams.of(surfaces))
        return table

    def forms(self, wanted: NDArray[np.integer]) -> list[str]:
        """Each word at its three levels, as a term of FORMS."""
        literals, surfaces, stems = list(self.numbers), self.surfaces.names, self.stems.names
        levels = (np.array(each)[wanted].tolist() for each in (self.stem, self.surface, self.literal))
        return [
            _form(stems[stem], surfaces[surface], literals[literal])
            for stem, surface, literal in zip(*levels, strict=True)
        ]


class _Words(dict[str, int]):
    """The numbers of words, in whose order they stand; a new one goes into the table, behind its literal term."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.table = table

    def __missing__(self, word: str) -> int:
        literal = LITERAL.apply_rules(word)
        if literal != word:
            self[literal]
        number = self[word] = len(self.table)
        self.table.add(word, literal)
        return number


class Runs(dict[str, tuple[int, ...]]):
    """The numbers of the words in a run between blanks: no token crosses white space."""

    def __init__(self, table: WordTable) -> None:
        super().__init__()
        self.table = table
        self.numbers = table.numbers

    def learn(self, texts: Iterable[str]) -> None:
        """Read the runs of many texts together."""
        new = set().union(*map(str.split, texts)) - self.keys()
        plain = _plain_words(list(new))
        others = {run: TOKEN.findall(run) for run in new - plain.keys()}
        del new
        self.table.learn({*plain.values(), *chain.from_iterable(others.values())})
        numbers = self.numbers
        self.update({run: (numbers[word],) for run, word in plain.items()})
        self.update({run: tuple([numbers[word] for word in words]) for run, words in others.items()})

    def __missing__(self, run: str) -> tuple[int, ...]:
        numbers = self.numbers
        found = self[run] = tuple([numbers[word] for word in TOKEN.findall(run)])
        return found


def _plain_words(runs: list[str]) -> dict[str, str]:
    """The word of each run that is one plain word; a run without signs is its own, and stands in memory once."""
    found: dict[str, str] = {}
    for start in range(0, len(runs), RUNS_AT_A_TIME):
        text = "\n".join(runs[start : start + RUNS_AT_A_TIME])
        found.update([(run, run if run == word else word) for run, word in PLAIN_RUNS.findall(text)])
    return found


def _after(rules: Sequence[Rule], word: str) -> str:
    for rule in rules:
        word = rule(word)
    return word


def _form(stem: str, surface: str, literal: str) -> str:
    return FORM_BREAK.join((stem, surface if surface != stem else "", literal if literal != surface else ""))
