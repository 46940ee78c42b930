"""The other names that the archive knows for a word or for a run of words.

A name is read as it is written, but for what clings to it: «والدولة الإسلامية» is «الدولة الإسلامية», and «دولة
إسلامية» is not. Words that mean the same are no names: for them any form of theirs will do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.arabic.analysis import STEM, SURFACE
from articles.arabic.characters import ALEF, BEH, FEH, KAF, LAM, WAW
from articles.arabic.tokenization import words
from articles.search.kept_words import KeptWord, KeptWords

ARTICLE = ALEF + LAM
CONJUNCTIONS = (WAW, FEH)
PREPOSITIONS = (BEH, KAF, LAM)
LETTERS_LEFT = 3  # by what is taken off a word


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Terms of which each is another name for the rest; where there are `sources`, only these have other names.

    `are_names` says how the terms are recognised in a query: as names, or as words in any of their forms.
    """

    terms: tuple[str, ...]
    sources: tuple[str, ...] = ()
    are_names: bool = True


class Name(NamedTuple):
    """Another name as its group writes it, and whether it is to be found as a name or as words."""

    text: str
    is_name: bool


class Known(NamedTuple):
    """The number of words that have other names, and these."""

    length: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as its group writes it, its key word by word, and its other names."""

    text: str
    keys: tuple[str, ...]
    names: tuple[Name, ...]


class NameBook:
    """Finds the terms of many groups in a query; `kept` finds the words that are not searched by their stem.

    >>> book = NameBook([NameGroup(("داعش", "تنظيم الدولة")), NameGroup(("نفط", "بترول"), are_names=False)])
    >>> [name.text for name in book.known(("وداعش", "هناك")).names], book.known(("النفط",)).names[0].text
    (['تنظيم الدولة'], 'بترول')
    >>> book.known(("تنظيم", "القاعدة"))
    """

    def __init__(self, groups: Iterable[NameGroup] = (), kept: Iterable[KeptWord] = ()) -> None:
        self.kept = KeptWords(kept)
        self.names: dict[str, list[Entry]] = {}
        self.words: dict[str, list[Entry]] = {}
        for group in groups:
            self._add(group)

    def __bool__(self) -> bool:
        return bool(self.names or self.words or self.kept)

    def _add(self, group: NameGroup) -> None:
        keys = {term: surface_key(term) for term in group.terms}
        entries = self.names if group.are_names else self.words
        for term in group.sources or group.terms:
            others = tuple(
                Name(other, group.are_names)
                for other in group.terms
                if keys[other] != keys[term] and other not in group.sources
            )
            key = keys[term] if group.are_names else stem_key(term)
            if key and others:
                entries.setdefault(key[0], []).append(Entry(term, key, others))

    def known(self, run: Sequence[str]) -> Known | None:
        """The longest term at the beginning of a run of words, the one with least before it, with all its names."""
        found = list(self._entries(run))
        if not found:
            return None
        length, less = max((len(entry.keys), -clinging) for entry, clinging in found)
        names: dict[tuple[str, ...], Name] = {}
        for entry, clinging in found:
            if (len(entry.keys), -clinging) == (length, less):
                for name in entry.names:
                    names.setdefault(surface_key(name.text), name)
        return Known(length, tuple(names.values()))

    def beginning(self, before: Sequence[str], prefix: str) -> list[str]:
        """The names, as their groups write them, that begin with normalised words and go on with a prefix.

        >>> NameBook([NameGroup(("داعش", "تنظيم الدولة"))]).beginning(("تنظيم",), "الد")
        ['تنظيم الدولة']
        """
        place, start = len(before), tuple(before)
        firsts = [before[0]] if before else [first for first in self.names if first.startswith(prefix)]
        return [
            entry.text
            for first in firsts
            for entry in self.names.get(first, ())
            if entry.keys[:place] == start
            and len(entry.keys) > place
            and entry.keys[place].startswith(prefix)
        ]

    def _entries(self, run: Sequence[str]) -> Iterator[tuple[Entry, int]]:
        """The terms that the run begins with, and how many letters cling to them."""
        surfaces, stems = tuple(map(SURFACE, run)), tuple(map(STEM, run))
        for entry in self.words.get(stems[0], ()):
            if stems[: len(entry.keys)] == entry.keys:
                yield entry, 0
        for first in bare_forms(surfaces[0]):
            for entry in self.names.get(first, ()):
                if surfaces[1 : len(entry.keys)] == entry.keys[1:]:
                    yield entry, len(surfaces[0]) - len(first)


def surface_key(term: str) -> tuple[str, ...]:
    """One key for every spelling of a term.

    >>> surface_key("الدولة الإسلاميّة") == surface_key("الدوله الاسلامية")
    True
    """
    return tuple(map(SURFACE, words(term)))


def stem_key(term: str) -> tuple[str, ...]:
    return tuple(map(STEM, words(term)))


def bare_forms(word: str) -> list[str]:
    """A normalised word as it is, and without what may cling to a name; the article is part of the name.

    >>> bare_forms("وللامارات"), bare_forms("الامارات")
    (['وللامارات', 'للامارات', 'الامارات'], ['الامارات'])
    """
    forms = [word]
    if word[:1] in CONJUNCTIONS and len(word) > LETTERS_LEFT:
        forms.append(word[1:])
    for form in tuple(forms):
        if form.startswith(LAM + LAM) and len(form) >= LETTERS_LEFT + 2:
            forms.append(ALEF + form[1:])
        elif form[:1] in PREPOSITIONS and len(form) > LETTERS_LEFT:
            forms.append(form[1:])
    return forms


def with_clitics(word: str) -> list[str]:
    """A normalised first word of a name as it is, and with what most often clings to it in a sentence.

    >>> with_clitics("العراق"), with_clitics("تنظيم")
    (['العراق', 'والعراق', 'بالعراق', 'للعراق'], ['تنظيم', 'وتنظيم', 'بتنظيم', 'لتنظيم'])
    """
    bare = word[1:] if word.startswith(ARTICLE) else word
    return [word, WAW + word, BEH + word, LAM + bare]
