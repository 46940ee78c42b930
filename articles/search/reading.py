"""One article as its reader sees it: the words of a search marked in it, and the articles that are like it."""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.models.article import Article
from articles.models.story import StoryMember
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.highlighting import marked_paragraphs, pieces
from articles.search.indexing import hidden_keys
from articles.search.interpreting import tree_of
from articles.search.marking import Matchers
from articles.search.request import SearchRequest
from articles.search.results import Piece


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article's text with the words of a query marked; `marks` is the number of marked words."""

    title: tuple[Piece, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    marks: int


def marked_article(article: Article, request: SearchRequest) -> MarkedArticle:
    """The article as it reads, with what the search looks for marked, at the level of the search."""
    matches = Matchers(tree_of(request)).of(article).article(article.title, article.body)
    return MarkedArticle(
        title=pieces(article.title, matches.title),
        paragraphs=marked_paragraphs(article.body, matches.body),
        marks=len(matches.title) + len(matches.body),
    )


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """An article like another, and the telling words that the two share, as the other writes them."""

    article: Article
    words: tuple[str, ...]


def related_articles(article: Article, limit: int = 5) -> list[RelatedArticle]:
    """Published articles that share the telling words of this one, nearest first; none while there is no index.

    Its own copies are not among them.
    """
    text, hidden = f"{article.title}\n{article.body}", hidden_keys() | {article.pk}
    member: StoryMember | None = getattr(article, "story_member", None)
    try:
        found = engine().related(text, hidden=hidden, story=member.story_id if member else 0, count=limit)
    except EngineProblem:
        return []
    words = {relative.key: relative.words for relative in found}
    return [RelatedArticle(related, words[related.pk]) for related in in_order(words)]


def in_order(keys: Iterable[int]) -> list[Article]:
    """The published articles of `keys`, in their order, with one query."""
    wanted = list(keys)
    loaded = Article.objects.visible_among(wanted).select_related("source").in_bulk()
    return [loaded[key] for key in wanted if key in loaded]
