"""From what a reader typed to a query tree. Nothing typed is an error: it is mended, and a message says how.

Three steps: `lexer` cuts the query into lexemes, `grouping` puts them together, and here the tree is brought
within its limits. The operators and fields are one table, in `operators`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from articles.arabic.characters import INVISIBLE_CONTROLS
from articles.search.bounding import first_leaves, shallow
from articles.search.canonical import canonical, leaf
from articles.search.composition import leaves
from articles.search.function_words import quote_operators, without_stopwords
from articles.search.grouping import MAX_DEPTH, Grouping, Places
from articles.search.lexer import Lexer
from articles.search.messages import message
from articles.search.syntax import Everything, Message, Node, ParsedQuery, Word

MAX_LENGTH = 2_000  # characters
MAX_OPERANDS = 32  # words, phrases, patterns and dates
MAX_MESSAGES = 12

HALVES = frozenset(map(chr, range(0xD800, 0xE000)))  # of characters: they can stand in no address
UNSEEN = INVISIBLE_CONTROLS | HALVES
HALF_WORD = re.compile(r"\s\S{,100}\Z")


def parse(text: str, today: date) -> ParsedQuery:
    """The query in `text`; `today` completes dates that lack their year. Never raises.

    «أو» binds before a blank does, and a written «و» before «أو».

    >>> parse("نفط OR غاز العراق", date(2026, 1, 1)).canonical
    '(نفط أو غاز) العراق'
    """
    visible, places = without_controls(text)
    kept = cut(visible, MAX_LENGTH)
    if not kept.strip():
        return ParsedQuery(text, Everything(), "")
    lexer = Lexer(kept, today)
    grouping = Grouping(lexer.read())
    settling = Settling(grouping.places)
    tree = settling.settle(grouping.read())
    told = [*lexer.messages, *grouping.operands.messages, *grouping.messages, *settling.messages]
    if len(kept) < len(visible):
        last_word = kept.rsplit(maxsplit=1)[-1]
        told.append(message("too_long", len(kept), len(visible), limit=str(MAX_LENGTH), word=last_word))
    return ParsedQuery(text, tree, canonical(tree), in_order(told, places))


def without_controls(text: str) -> tuple[str, list[int]]:
    """The text without what nobody sees and what is no character; the place of each of the others, and of the end.

    >>> without_controls("نف\\u200fط")
    ('نفط', [0, 1, 3, 4])
    """
    places = [place for place, character in enumerate(text) if character not in UNSEEN]
    return "".join(text[place] for place in places), [*places, len(text)]


def cut(text: str, length: int) -> str:
    """The beginning of a text, without half a word at its end; blanks before it do not count.

    >>> cut("  نفط العراق", 7)
    '  نفط'
    """
    end = len(text) - len(text.lstrip()) + length
    if len(text) <= end:
        return text
    half_word = HALF_WORD.search(text, max(end - 101, 0), end + 1)
    return text[: half_word.start() if half_word else end]


def in_order(messages: Sequence[Message], places: Sequence[int]) -> tuple[Message, ...]:
    """The messages as they follow the query, each once, with their places in the query as it was typed."""
    told: dict[tuple[str, tuple[tuple[str, str], ...]], Message] = {}
    for said in sorted(messages, key=lambda said: (said.start, said.end)):
        end = places[said.end - 1] + 1 if said.end > said.start else places[said.start]
        told.setdefault((said.code, said.arguments), replace(said, start=places[said.start], end=end))
    return tuple(told.values())[:MAX_MESSAGES]


class Settling:
    """Brings a tree within its limits: words too common to be asked for go first, then what is too much."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.messages: list[Message] = []
        self.dropped: list[str] = []

    def settle(self, node: Node) -> Node:
        tree = without_stopwords(self._shallow(node), self.dropped)
        wanted = list(leaves(tree))
        count = min(len(wanted), MAX_OPERANDS)
        settled = self._first(tree, count)
        while count and len(canonical(settled)) > MAX_LENGTH:
            count -= 1
            settled = self._first(tree, count)
        if count < len(wanted):
            self._tell("too_many_words", wanted[count], limit=str(MAX_OPERANDS), word=leaf(wanted[count]))
        if self.dropped:
            words = "، ".join(dict.fromkeys(self.dropped))
            self._tell("stopwords", Word(self.dropped[0]), words=words)
        return settled

    def _shallow(self, node: Node) -> Node:
        tree = shallow(node, MAX_DEPTH)
        if tree != node:
            self._tell("too_deep", next(leaves(node)), limit=str(MAX_DEPTH))
        return tree

    def _first(self, tree: Node, count: int) -> Node:
        return quote_operators(without_stopwords(first_leaves(tree, count), self.dropped))

    def _tell(self, code: str, about: Node, **arguments: str) -> None:
        start, end = self.places.get(about, (0, 0))
        self.messages.append(message(code, start, end, **arguments))
