"""What the archive holds, counted without reading it: by source, section, author and collection, and over time.

The index counts what it has seen; articles changed since are left out of its counts and read from the database
instead, so that the numbers are those of the published articles as they are now.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from articles.models.article import Article, ArticleQuerySet
from articles.search.dates import date_code
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem, Holdings, Question
from articles.search.indexing import hidden_keys
from articles.search.request import FacetName, Filters, Sort
from articles.search.syntax import Everything

MOST_READ = (
    2000  # articles that one page reads from the database to count them; beyond it the index's word holds
)
NO_FILTERS: Filters = {}


@dataclass(frozen=True, slots=True)
class Row:
    """What counts of one article: its values by facet, and its month as a timeline writes it."""

    key: int
    period: str
    values: Mapping[FacetName, tuple[str, ...]]


class Stocktaking:
    """One count of the archive, for one page: what the index has not seen is read once."""

    def __init__(self) -> None:
        self.rows = _rows(Article.objects.visible_needing_index())
        self.hidden = hidden_keys() | {row.key for row in self.rows}

    def holdings(
        self,
        filters: Filters = NO_FILTERS,
        *,
        facets: tuple[FacetName, ...] = (),
        over_time: FacetName | None = None,
    ) -> Holdings | None:
        """Count the published articles that have the values asked for.

        Known facets are source, section, author and collection. Without an index a small archive is counted row by
        row; None where it is not small.
        """
        question = Question(Everything(), filters=filters, hidden=self.hidden, facets=facets)
        try:
            indexed = engine().holdings(question, over_time=over_time)
        except EngineProblem:
            self.rows = _rows(Article.objects.visible(), most=MOST_READ + 1)
            if len(self.rows) > MOST_READ:
                return None
            indexed = Holdings(0, {}, {facet: {} for facet in facets})
        return _sum(indexed, self._let_through(filters), over_time)

    def keys(self, filters: Filters, total: int) -> "HeldKeys":
        """The keys of the articles that `holdings` counted; `total` is their number."""
        return HeldKeys(self, filters, total)

    def keys_between(self, filters: Filters, start: int, stop: int) -> list[int]:
        """The keys from `start` to `stop`: first what the index has not seen, then the newest first."""
        unseen = [row.key for row in reversed(self._let_through(filters))]
        question = Question(
            Everything(),
            filters=filters,
            hidden=self.hidden,
            sort=Sort.NEWEST,
            start=max(0, start - len(unseen)),
            count=max(0, stop - max(start, len(unseen))),
            facets=(),
        )
        try:
            return unseen[start:stop] + list(engine().find(question).keys)
        except EngineProblem:
            return unseen[start:stop]

    def _let_through(self, filters: Filters) -> list[Row]:
        return [
            row
            for row in self.rows
            if all(set(values) & set(row.values[facet]) for facet, values in filters.items())
        ]


class HeldKeys(Sequence[int]):
    """The keys of some published articles, read a page at a time."""

    def __init__(self, stock: Stocktaking, filters: Filters, total: int) -> None:
        self.stock, self.filters, self.total = stock, filters, total

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, slice):
            start, stop, _step = wanted.indices(self.total)
            return self.stock.keys_between(self.filters, start, stop)
        return self.stock.keys_between(self.filters, wanted, wanted + 1)[0]


def _rows(articles: ArticleQuerySet, *, most: int = MOST_READ) -> list[Row]:
    """At most `most` of the articles, with the collections of them all in one query more."""
    counted = articles.order_by("pk")[:most]
    columns = ("pk", "source__slug", "section", "author", "published_on", "published_precision")
    collections = _collections(counted)
    return [
        Row(
            key,
            _period(published_on, precision),
            {
                FacetName.SOURCE: (source,) if source else (),
                FacetName.SECTION: (section,) if section else (),
                FacetName.AUTHOR: (author,) if author else (),
                FacetName.COLLECTION: collections.get(key, ()),
            },
        )
        for key, source, section, author, published_on, precision in counted.values_list(*columns)
    ]


def _collections(articles: ArticleQuerySet) -> dict[int, tuple[str, ...]]:
    """The collections of the articles that are in any, by their keys."""
    held: dict[int, tuple[str, ...]] = {}
    pairs = Article.collections.through.objects.filter(article__in=articles.values("pk"))
    for key, slug in pairs.values_list("article_id", "collection__slug"):
        held[key] = (*held.get(key, ()), slug)
    return held


def _period(day: date | None, precision: str) -> str:
    """The month of a date, as far as it is known.

    >>> _period(date(2015, 7, 21), "day"), _period(date(2015, 1, 1), "year"), _period(None, "unknown")
    ('2015-07', '2015', '')
    """
    year, month = divmod(date_code(day, precision) // 100, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}" if year else ""


def _sum(indexed: Holdings, rows: list[Row], over_time: FacetName | None) -> Holdings:
    """What the index counted and what the rows add to it."""
    return Holdings(
        total=indexed.total + len(rows),
        timeline=_in_order(_plus(indexed.timeline, (row.period for row in rows))),
        facets={
            facet: _fullest_first(_plus(counts, (value for row in rows for value in row.values[facet])))
            for facet, counts in indexed.facets.items()
        },
        timelines=_timelines(indexed.timelines, rows, over_time) if over_time else {},
    )


def _timelines(
    indexed: Mapping[str, Mapping[str, int]], rows: list[Row], facet: FacetName
) -> dict[str, dict[str, int]]:
    periods: dict[str, list[str]] = {}
    for row in rows:
        for value in row.values[facet]:
            periods.setdefault(value, []).append(row.period)
    return {
        value: _in_order(_plus(indexed.get(value, {}), periods.get(value, ())))
        for value in {**indexed, **periods}
    }


def _plus(counts: Mapping[str, int], more: Iterable[str]) -> Counter[str]:
    total = Counter(dict(counts))
    total.update(more)
    return total


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _fullest_first(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
