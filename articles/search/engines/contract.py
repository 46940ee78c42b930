"""What every engine takes and gives."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from articles.search.request import FacetName, Sort
from articles.search.syntax import Node

PUBLISHED_ONLY = ("published",)


class EngineProblem(Exception):
    """The engine cannot answer; `code` says why, for a message to the reader."""

    code = "engine"


class IndexMissing(EngineProblem):
    """There is no index yet: run `manage.py rebuild_index`."""

    code = "index_missing"


class IndexDamaged(EngineProblem):
    """The index cannot be read: run `manage.py rebuild_index`."""

    code = "index_damaged"


class IndexOutdated(EngineProblem):
    """The index was built by other analysis rules than those in force: run `manage.py rebuild_index`."""

    code = "index_outdated"


class IndexBusy(EngineProblem):
    """Another process is writing to the index and did not finish in time."""

    code = "index_busy"


class QueryTooCostly(EngineProblem):
    """The query was stopped when it had used up its time; a narrower one will do."""

    code = "too_costly"


@dataclass(frozen=True, slots=True)
class Question:
    """One search as an engine takes it.

    `filters` narrow to one value a facet; `hidden` are keys of articles that must not be found although the index
    still holds them; `statuses` is None for every status (the admin's search).
    """

    tree: Node
    filters: Mapping[FacetName, str] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    start: int = 0
    count: int = 20
    hidden: AbstractSet[int] = frozenset()
    statuses: tuple[str, ...] | None = PUBLISHED_ONLY
    facets: tuple[FacetName, ...] = tuple(FacetName)
    facet_values: int = 50


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The values with most articles and how many each has; `more` values have fewer and are left out.

    The count of a value is the total that narrowing to that value gives: every filter holds except the one on
    the facet itself (a year's count also lets go of the month). A value filtered by is never left out.
    """

    values: Mapping[str, int]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Primary keys of one page of hits with their scores, the exact total, and counts by facet.

    `capped` are the wildcard patterns that stand for more words than one search may look for.
    """

    keys: tuple[int, ...]
    scores: tuple[float, ...]
    total: int
    facets: Mapping[FacetName, FacetCounts]
    capped: tuple[str, ...] = ()


class Engine(Protocol):
    """The engine in use, from `connection.engine()`."""

    def find(self, question: Question) -> Found:
        """Answer `question`; raises EngineProblem."""

    def related(self, text: str, *, exclude: int, count: int) -> Found:
        """Published articles that share the telling words of `text`; raises EngineProblem."""

    def index_articles(self, keys: Iterable[int], removed: Iterable[int], *, wait: float) -> None:
        """Write the articles of `keys` as they now are, forget `removed`; IndexBusy after `wait` seconds."""

    def rebuild(self, batches: Iterable[list[int]], *, wait: float, done: Callable[[int], None]) -> None:
        """Build a new index of `batches` of keys beside the live one and switch to it at once."""

    def document_count(self) -> int:
        """Articles in the index, of every status; raises IndexMissing."""

    def rules(self) -> str | None:
        """The fingerprint of the analysis rules that built the index; None where there is no index."""
