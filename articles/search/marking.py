"""What of an article is to be marked, told quickly: of a text that the index holds, the index knows the words."""

from functools import cached_property

from articles.models.article import Article
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.matching import Matcher
from articles.search.syntax import Node

MOST_STEMS = 200  # of a query, for which the index is asked


class Matchers:
    """Finds the words of a query in articles.

    The stem of a word takes a twentieth of a millisecond to work out, and a page of long articles has thousands that
    the process has not met. Where the index holds a text as it is, only the forms need be looked for that it has of
    the words asked for.
    """

    def __init__(self, tree: Node) -> None:
        self.tree = tree

    def of(self, article: Article) -> Matcher:
        """The matcher for title and body of an article."""
        return self._of_any if article.stale_since else self._of_indexed

    @cached_property
    def _of_any(self) -> Matcher:
        return Matcher(self.tree)

    @cached_property
    def _of_indexed(self) -> Matcher:
        matcher = Matcher(self.tree)
        stems = matcher.wanted_stems()
        if not stems or len(stems) > MOST_STEMS:
            return self._of_any
        try:
            matcher.read_by(engine().spellings(stems))
        except EngineProblem:
            return self._of_any
        return matcher
