"""Sources and collections as lists show them: the row, the number of its articles, its years and their shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from articles.arabic.alphabet import filing_name, letter_of
from articles.charts import Span, Spark
from articles.models.collection import Collection
from articles.models.source import Source
from articles.views.coverage import sparks

Row = TypeVar("Row", Source, Collection)
Timelines = Mapping[str, Mapping[str, int]]
NO_TIMELINES: Timelines = {}


@dataclass(frozen=True, slots=True)
class Named(Generic[Row]):
    """A source or a collection with `count` published articles; `years` are the first and the last."""

    row: Row
    count: int
    filed: str
    years: tuple[int, int] | None = None
    spark: Spark | None = None

    @property
    def letter(self) -> str:
        return letter_of(self.filed)


def named(
    model: type[Row],
    counts: Mapping[str, int],
    timelines: Timelines = NO_TIMELINES,
    span: Span | None = None,
) -> list[Named[Row]]:
    """The rows that have articles, as an index of names orders them; `counts` and `timelines` are by slug."""
    shapes = sparks(timelines, span)
    rows = [
        Named(
            row,
            counts[row.slug],
            filing_name(row.name),
            _years(timelines.get(row.slug, {})),
            shapes.get(row.slug),
        )
        for row in model._default_manager.order_by("name", "pk")
        if counts.get(row.slug)
    ]
    return sorted(rows, key=lambda row: row.filed)


def _years(timeline: Mapping[str, int]) -> tuple[int, int] | None:
    years = sorted(int(period[:4]) for period in timeline if period)
    return (years[0], years[-1]) if years else None
