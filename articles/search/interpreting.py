"""What a reader's request asks of the engine: the query read, its words at their level, other names beside them."""

from dataclasses import dataclass, replace

from django.utils import timezone

from articles.search.composition import any_of_words
from articles.search.engines.contract import Question
from articles.search.expansion import Expansion, expand
from articles.search.indexing import hidden_keys
from articles.search.messages import message
from articles.search.name_book import NameBook
from articles.search.names import name_book
from articles.search.parser import parse
from articles.search.request import FacetName, Need, SearchRequest
from articles.search.syntax import Level, Node, ParsedQuery

KEPT_TOLD = 3  # words that are searched as they stand, of which the reader is told


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A request as it was read. `tree` is what the engine is asked and what is marked in the texts it finds.

    `hidden` are keys of articles that readers must not see although the index may still hold them.
    """

    request: SearchRequest
    query: ParsedQuery
    book: NameBook
    hidden: frozenset[int]
    expansion: Expansion

    @property
    def tree(self) -> Node:
        return self.expansion.tree

    def reread(self, request: SearchRequest) -> "Interpretation":
        """The same words under another request: another level, or any of them instead of all."""
        return replace(self, request=request, expansion=_expansion(request, self.query, self.book))


def interpret(request: SearchRequest) -> Interpretation:
    query, book = parse(request.text, timezone.localdate()), name_book()
    expansion = _expansion(request, query, book)
    return Interpretation(request, _telling(query, expansion), book, hidden_keys(), expansion)


def _telling(query: ParsedQuery, expansion: Expansion) -> ParsedQuery:
    """The query with a word on those of its words that are searched as they stand."""
    told = [
        message("kept_word", query.text.find(word), query.text.find(word) + len(word), word=word)
        for word in expansion.kept[:KEPT_TOLD]
        if word in query.text
    ]
    return replace(query, messages=(*query.messages, *told)) if told else query


def tree_of(request: SearchRequest) -> Node:
    """What a request looks for, where nothing is to be searched: to mark it in a text."""
    return _expansion(request, parse(request.text, timezone.localdate()), name_book()).tree


def _expansion(request: SearchRequest, query: ParsedQuery, book: NameBook) -> Expansion:
    expansion = expand(query.tree, request.level, book, request.dropped)
    if request.need is Need.ANY:
        return replace(expansion, tree=any_of_words(expansion.tree))
    return expansion


def question(
    read: Interpretation, *, facets: tuple[FacetName, ...] = tuple(FacetName), timeline: bool = True
) -> Question:
    """The question of one page of hits."""
    request = read.request
    return Question(
        tree=read.tree,
        filters=request.filters,
        excluded=request.excluded,
        sort=request.sort,
        copies=request.copies,
        start=request.start,
        count=request.page_size,
        hidden=read.hidden,
        facets=facets,
        timeline=timeline,
    )


def uncounted(read: Interpretation) -> Question:
    """The question whose total alone is wanted."""
    return replace(question(read, facets=(), timeline=False), start=0, count=0)


def at_level(read: Interpretation, level: Level) -> Interpretation:
    return read.reread(read.request.at_level(level))
