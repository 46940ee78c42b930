"""What a change of other names or of kept words would do to searches, before anybody makes it.

Two books of names are compared: the one in force, and the one there would be. Nothing is written. The index is asked
a bounded number of questions, for a bounded time; what there was no time for is not told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from articles.arabic.tokenization import words
from articles.models.article import Article
from articles.search.composition import all_of
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, Form, Question
from articles.search.engines.deadline import Deadline
from articles.search.expansion import expand
from articles.search.highlighting import passages, pieces
from articles.search.indexing import hidden_keys
from articles.search.marking import Matchers
from articles.search.matching import Matcher
from articles.search.name_book import NameBook
from articles.search.reading import in_order
from articles.search.results import Passage, Piece
from articles.search.syntax import And, Everything, Level, Node, Not, Word

EXAMPLES = 10
PASSAGES = 2  # of an example
FORMS = 40
SECONDS, SECONDS_TO_WAIT = 4.0, 15.0  # of work and by the clock, after which no further term is looked at
TOO_COMMON = 0.05  # share of the archive: a name that stands in more drowns what it is added to


@dataclass(frozen=True, slots=True)
class Example:
    """An article that a search would find, or would find no longer, with what it is found by marked."""

    article: Article
    title: tuple[Piece, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """A search for `text` with one book and with the other; None where a number was not counted in time.

    `alone` is what it finds without any other name, `now` what it finds with the book in force, `then` with the other.
    `added` come in and `lost` drop out, with examples of each.
    """

    text: str
    alone: int | None = None
    now: int | None = None
    then: int | None = None
    added: int | None = None
    lost: int | None = None
    added_examples: tuple[Example, ...] = ()
    lost_examples: tuple[Example, ...] = ()
    share: float = 0.0

    @property
    def finds_nothing(self) -> bool:
        return self.alone == 0

    @property
    def is_too_common(self) -> bool:
        return self.share >= TOO_COMMON

    @property
    def percent(self) -> float:
        return round(100 * self.share, 1)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do to a search for each of some texts; `untold` are those there was no time for.

    `problem` is the code of what keeps the index from answering, empty where all is well.
    """

    effects: tuple[Effect, ...] = ()
    untold: tuple[str, ...] = ()
    problem: str = ""


def what_if(texts: Iterable[str], now: NameBook, then: NameBook, *, alone: NameBook) -> WhatIf:
    """What searches for the texts find with one book and with the other, and with that of no other names."""
    deadline, waiting, effects = Deadline(SECONDS, wait=SECONDS_TO_WAIT), list(texts), []
    asked = Question(Everything(), hidden=hidden_keys(), facets=())
    try:
        documents = engine().totals([replace(asked, count=0)])[0]
        while waiting and not deadline.is_over():
            effects.append(_effect(waiting[0], (alone, now, then), asked, documents or 0))
            waiting.pop(0)
    except EngineProblem as problem:
        return WhatIf(tuple(effects), tuple(waiting), problem.code)
    return WhatIf(tuple(effects), tuple(waiting))


def _effect(text: str, books: Sequence[NameBook], asked: Question, documents: int) -> Effect:
    alone, before, after = (_tree(text, book) for book in books)
    trees: list[Node] = [alone, before, after]
    if before != after:
        trees += [And((after, Not(before))), And((before, Not(after)))]
    counted = engine().totals([replace(asked, tree=tree, count=0) for tree in trees])
    counts = (*counted, 0, 0)[:5]
    added, lost = counts[3:]
    return Effect(
        text,
        alone=counts[0],
        now=counts[1],
        then=counts[2],
        added=added,
        lost=lost,
        added_examples=_examples(replace(asked, tree=trees[3]), after) if added else (),
        lost_examples=_examples(replace(asked, tree=trees[4]), before) if lost else (),
        share=(counts[0] or 0) / documents if documents else 0.0,
    )


def _tree(text: str, book: NameBook) -> Node:
    """What a search for the words of a text asks of the engine; nothing in it is an operator."""
    return expand(all_of(Word(word) for word in words(text)), Level.SYNONYMS, book).tree


def _examples(wanted: Question, marked: Node) -> tuple[Example, ...]:
    matchers = Matchers(marked)
    found = engine().find(replace(wanted, count=EXAMPLES))
    return tuple(_example(article, matchers.of(article)) for article in in_order(found.keys))


def _example(article: Article, matcher: Matcher) -> Example:
    matches = matcher.article(article.title, article.body)
    shown = passages(article.body, matches.body)[:PASSAGES]
    return Example(article, pieces(article.title, matches.title), shown)


def forms_apart(word: str, now: NameBook, then: NameBook) -> tuple[list[Form], list[Form]]:
    """The forms in the index that a search for a word stands for now and then would not, and the other way round."""
    try:
        before, after = (_forms(_tree(word, book)) for book in (now, then))
    except EngineProblem:
        return [], []
    return _missing(before, after), _missing(after, before)


def _forms(tree: Node) -> Sequence[Form]:
    part = tree if isinstance(tree, Word) else getattr(tree, "part", None)
    return engine().forms(part, count=FORMS, hidden=hidden_keys()) if isinstance(part, Word) else ()


def _missing(forms: Sequence[Form], others: Sequence[Form]) -> list[Form]:
    known = {form.normalised for form in others}
    return [form for form in forms if form.normalised not in known]
