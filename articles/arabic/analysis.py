"""The levels at which the archive reads a word, and the terms of a text at each of them.

All levels take the same tokens, so a term has the same position and the same offsets at every level.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.datafiles import read_all
from articles.arabic.light_stemming import light10
from articles.arabic.normalization import Rule, literal, normalize
from articles.arabic.stemming import stem
from articles.arabic.tokenization import tokenize, words

# Raise it when the analysis changes in a way the probe text does not show.
VERSION = "2"

CACHED_TERMS = 200_000


class Term(NamedTuple):
    """What the index holds of one token, and where the token stands in the text.

    `start` and `end` are character offsets into the original text; `position` counts tokens from 0.
    """

    text: str
    start: int
    end: int
    position: int


@dataclass(frozen=True)
class Analyzer:
    """A named chain of rules, read in order, from a word as printed to its term.

    >>> SURFACE("الأمريكيّة"), STEM("الأمريكيّة")
    ('الامريكيه', 'امريكا')
    """

    name: str
    rules: tuple[Rule, ...]
    cache: BoundedCache[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cache", BoundedCache(self.apply_rules, limit=CACHED_TERMS))

    def __call__(self, word: str) -> str:
        return self.cache[word]

    def learn(self, terms: Mapping[str, str]) -> None:
        """Take the terms of words for known that were worked out by the same rules before."""
        for word, term in islice(terms.items(), max(0, self.cache.limit - len(self.cache))):
            self.cache.setdefault(word, term)

    def apply_rules(self, word: str) -> str:
        """The term of a word, worked out anew. A word that folds to nothing is its own term.

        So no term is empty, and every token keeps its position.
        """
        term = word
        for rule in self.rules:
            term = rule(term)
        return term if term and term != word else word  # one string in memory where one will do


LITERAL = Analyzer("literal", (literal,))
SURFACE = Analyzer("surface", (normalize,))
STEM = Analyzer("stem", (normalize, stem))

LEVELS = (LITERAL, SURFACE, STEM)

# What Lucene's Arabic analyzer does: no level of the archive, but what its search is measured against.
LIGHT10 = Analyzer("light10", (normalize, light10))


def terms(text: str, analyzer: Analyzer) -> list[str]:
    """The term of each token: the index in the list is the token's position. Never an empty term.

    >>> terms("المقاتلون في عام2014", STEM)
    ['مقاتل', 'في', 'عام', '2014']
    """
    known = analyzer.cache
    return [known[word] for word in words(text)]


def analyze(text: str, analyzer: Analyzer) -> list[Term]:
    """The terms of a text with their places in it; `terms` is quicker where places are not wanted.

    >>> analyze("عام2014", SURFACE)
    [Term(text='عام', start=0, end=3, position=0), Term(text='2014', start=3, end=7, position=1)]
    """
    known = analyzer.cache
    return [
        Term(known[word], start, end, position) for position, (word, start, end) in enumerate(tokenize(text))
    ]


def compute_fingerprint(version: str, levels: Sequence[Analyzer], data: Mapping[str, str]) -> str:
    """Twelve hex digits that differ when the version, a data file or the terms of the probe differ.

    `data` maps names of data files to their text; `probe.txt`, the text every level is tried on, is
    one of them. Python's Unicode version counts too, since it decides what is a letter.
    """
    digest = hashlib.sha256(f"{version} {unicodedata.unidata_version}\n".encode())
    for name, content in sorted(data.items()):
        digest.update(f"{name}\n{content}\n".encode())
    for level in levels:
        for term in analyze(data["probe.txt"], level):
            digest.update(f"{level.name} {term.position} {term.start} {term.end} {term.text}\n".encode())
    return digest.hexdigest()[:12]


@cache
def fingerprint() -> str:
    """The fingerprint of the analysis in use: an index made with another one must be rebuilt."""
    return compute_fingerprint(VERSION, LEVELS, read_all())
