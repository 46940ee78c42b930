"""The forms that a part of a query stands for, as readers see them: with the number of articles that hold each."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import numpy as np

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.search.engines import schema
from articles.search.engines.contract import Form, Question, Spelling
from articles.search.engines.deadline import Deadline
from articles.search.engines.whoosh.narrowing import sees_everything, sight_of, visible
from articles.search.engines.whoosh.part_terms import KEPT_COST, TERM_COST
from articles.search.engines.whoosh.parts import Parts
from articles.search.engines.whoosh.postings import document_frequency, postings
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.engines.whoosh.word_forms import forms_of_root, forms_of_stem
from articles.search.syntax import Everything, Fuzzy, Level, Root, Wildcard, Word


def forms(
    snapshot: Snapshot,
    part: Word | Wildcard | Fuzzy | Root,
    deadline: Deadline,
    *,
    count: int,
    hidden: AbstractSet[int] = frozenset(),
) -> list[Form]:
    """The `count` forms that most visible articles hold; none that only drafts or hidden articles hold.

    Raises QueryTooCostly.
    """
    key = ("forms", part, count)
    sight = sight_of(snapshot, Question(Everything(), hidden=hidden))
    kept: Kept | None = snapshot.kept.get(key)
    if kept is None or kept.sight is not sight:
        kept = Kept(sight, tuple(_forms(Holders(snapshot, deadline, hidden), part, count)))
        snapshot.kept.put(key, kept)
    return list(kept.forms)


class Kept(NamedTuple):
    """The forms of a part among the documents that readers saw then: they are old where that is another sight now."""

    sight: object
    forms: tuple[Form, ...]

    @property
    def nbytes(self) -> int:
        return KEPT_COST + sum(TERM_COST + 2 * (len(form.text) + len(form.normalised)) for form in self.forms)


def _forms(holders: "Holders", part: Word | Wildcard | Fuzzy | Root, count: int) -> list[Form]:
    if isinstance(part, Word) and part.level is Level.LITERAL:
        literal = LITERAL(part.text)
        held = holders.count(schema.LITERAL, literal)
        return [Form(literal, SURFACE(part.text), held)] if held else []
    best = most_held(holders, normalised_forms(holders, part), count)
    return [Form(holders.as_written(word), word, held) for word, held in best]


def most_held(holders: "Holders", words: Iterable[str], count: int) -> list[tuple[str, int]]:
    """The `count` words that most visible articles hold, and in how many each stands.

    The dictionary says how many articles hold a word at most, so that of hundreds a few are counted.
    """
    most = {word: document_frequency(holders.snapshot, schema.EXACT, word) for word in words}
    best: list[tuple[int, str]] = []  # how many hold it, below 0, and the word
    for word in sorted(most, key=lambda word: -most[word]):
        if len(best) == count and -best[-1][0] > most[word]:
            break
        if held := holders.count(schema.EXACT, word):
            best = sorted([*best, (-held, word)])[:count]
    return [(word, -held) for held, word in best]


class Holders:
    """Counts the articles that readers may see."""

    def __init__(self, snapshot: Snapshot, deadline: Deadline, hidden: AbstractSet[int]) -> None:
        self.snapshot = snapshot
        self.deadline = deadline
        asked = Question(Everything(), hidden=hidden)
        self.visible = visible(snapshot, asked)
        self.all_are = sees_everything(snapshot, asked)
        self.of_stems: dict[str, list[Spelling]] = {}

    def count(self, field: str, term: str) -> int:
        """The visible articles that hold a term."""
        self.deadline.check()
        if self.all_are:
            return document_frequency(self.snapshot, field, term)
        return int(np.count_nonzero(self.visible.take(postings(self.snapshot, field, term).documents)))

    def of_stem(self, stem: str) -> list[Spelling]:
        if stem not in self.of_stems:
            self.of_stems[stem] = forms_of_stem(self.snapshot, stem, self.deadline)
        return self.of_stems[stem]

    def as_written(self, word: str) -> str:
        """A normalised word as most visible articles write it."""
        written = [form.literal for form in self.of_stem(STEM(word)) if form.normalised == word]
        return min(written, key=lambda literal: (-self.count(schema.LITERAL, literal), literal), default=word)


def normalised_forms(holders: Holders, part: Word | Wildcard | Fuzzy | Root) -> Iterable[str]:
    """The normalised words that a part may stand for, each once."""
    match part:
        case Word(text, Level.NORMALISED, without):
            return {SURFACE(text)} - set(without)
        case Word(_, _, without, only) if only:
            return set(only) - set(without)
        case Word(text, _, without):
            return {form.normalised for form in holders.of_stem(STEM(text))} - set(without)
        case Root(radicals):
            return {form.normalised for form in forms_of_root(holders.snapshot, radicals, holders.deadline)}
        case _:
            return Parts(holders.snapshot, holders.deadline).terms(part, None).terms
