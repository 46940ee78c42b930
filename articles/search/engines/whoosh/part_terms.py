"""What parts of queries stand for, as `parts` works it out and as it is kept with a snapshot."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.search.engines.whoosh.postings import Postings
from articles.search.syntax import (
    AtLeast,
    Expanded,
    Fuzzy,
    Level,
    Near,
    Node,
    Or,
    Phrase,
    Root,
    Same,
    Wildcard,
    Word,
)

KEPT_COST, TERM_COST = (
    1024,
    64,
)  # bytes that keeping something takes beside its arrays, and a term its letters

Single = Word | Wildcard | Fuzzy | Root


@dataclass(frozen=True, slots=True)
class Terms:
    """Any of some terms of a field, but not where the words in `without` stand, terms of `exact`."""

    field: str
    terms: tuple[str, ...]
    exact: str = ""
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Openings:
    """Phrases of one level that differ in their first word alone, read as one: the forms of a name's first word."""

    firsts: tuple[str, ...]
    rest: tuple[str, ...]
    level: Level


def opened(names: Iterable[Word | Phrase]) -> list[Word | Openings]:
    """Other names, the phrases among them with those that differ from them in the first word alone.

    >>> opened([Phrase(("تنظيم", "الدولة")), Phrase(("وتنظيم", "الدولة"))])[0].firsts
    ('تنظيم', 'وتنظيم')
    """
    words = [name for name in names if isinstance(name, Word)]
    firsts: dict[tuple[tuple[str, ...], Level], list[str]] = {}
    for name in names:
        if isinstance(name, Phrase):
            firsts.setdefault((name.words[1:], name.level), []).append(name.words[0])
    return [*words, *(Openings(tuple(found), rest, level) for (rest, level), found in firsts.items())]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The terms that a pattern or a fuzzy word stands for, kept with the snapshot; `is_cut` where there are more."""

    terms: Terms
    is_cut: bool = False

    @property
    def nbytes(self) -> int:
        return KEPT_COST + sum(TERM_COST + 2 * len(term) for term in self.terms.terms)


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that a part matches, kept with the snapshot, and the patterns in it that are cut."""

    postings: Postings
    cut: tuple[Wildcard | Fuzzy | Root, ...]

    @property
    def nbytes(self) -> int:
        return KEPT_COST + self.postings.nbytes


def patterns_in(part: Node | Openings) -> Iterator[Wildcard | Fuzzy | Root]:
    """The patterns, fuzzy words and roots in a part.

    >>> list(patterns_in(Near((Wildcard("نف*"), Or((Word("غاز"), Root("كتب")))), 3)))
    [Wildcard(pattern='نف*'), Root(radicals='كتب')]
    """
    match part:
        case Wildcard() | Fuzzy() | Root():
            yield part
        case Near(parts) | Same(_, parts) | Or(parts):
            for each in parts:
                yield from patterns_in(each)
        case AtLeast(_, each) | Expanded(each):
            yield from patterns_in(each)
