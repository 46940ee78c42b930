"""What stands before and after an article among the results of the search that led to it, and the first of a search."""

from dataclasses import dataclass, replace

from articles.models.article import Article
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, Found
from articles.search.interpreting import interpret, question
from articles.search.reading import in_order
from articles.search.request import MAX_DEPTH, SearchRequest


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another hit, and the search on whose page it stands, as the parameters of its link."""

    article: Article
    query_string: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands among `total` hits, counted from 1, and what stands beside it."""

    number: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None


def place_of(article: Article, request: SearchRequest) -> Place | None:
    """The place of an article on the page of results that `request` asks for; None where it is not to be found there.

    One question to the engine, for the keys of that page and of the hit on either side of it. Whatever goes wrong
    goes unsaid: the page that shows an article is not about its search.
    """
    if request.start + request.page_size > MAX_DEPTH:
        return None
    first = max(request.start - 1, 0)
    found = _found(request, first, request.start + request.page_size + 1 - first)
    if found is None or article.pk not in found.keys:
        return None
    at = found.keys.index(article.pk)
    wanted = {index: found.keys[index] for index in (at - 1, at + 1) if 0 <= index < len(found.keys)}
    loaded = {other.pk: other for other in in_order(wanted.values())}
    beside = {
        index: Neighbour(loaded[key], _on_page_of(request, first + index))
        for index, key in wanted.items()
        if key in loaded and first + index < MAX_DEPTH
    }
    return Place(first + at + 1, found.total, beside.get(at - 1), beside.get(at + 1))


def first_articles(request: SearchRequest) -> list[Article]:
    """The articles of one page of hits, and nothing else of that page; raises EngineProblem."""
    wanted = question(interpret(request), facets=(), timeline=False)
    return in_order(engine().find(wanted).keys)


def _found(request: SearchRequest, start: int, count: int) -> Found | None:
    wanted = question(interpret(request), facets=(), timeline=False)
    try:
        return engine().find(replace(wanted, start=start, count=count))
    except EngineProblem:
        return None


def _on_page_of(request: SearchRequest, index: int) -> str:
    """The search, at the page that shows the hit with `index` hits before it."""
    return request.on_page(index // request.page_size + 1).query_string()
