"""The facet counts that SearchQuerySet asks for, over the documents a search found."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
from haystack.exceptions import SearchBackendError
from numpy.typing import NDArray
from whoosh.support.relativedelta import relativedelta

from articles.search.engines.schema import VALUE_BREAK
from articles.search.engines.whoosh.documents import moment
from articles.search.engines.whoosh.snapshot import Coded, Snapshot
from articles.search.engines.whoosh.stored_columns import column, is_date

MAX_PERIODS = 100_000
OPTIONS = {"limit", "mincount"}

Counts = list[tuple[Any, int]]


def field_facets(
    snapshot: Snapshot, found: NDArray[np.bool_], asked: Mapping[str, Mapping[str, Any]] | Iterable[str]
) -> dict[str, Counts]:
    """For each field its whole values and how many documents have them, most first, then by value."""
    options = dict(asked) if isinstance(asked, Mapping) else {name: {} for name in asked}
    return {name: _field_facet(snapshot, found, name, **chosen) for name, chosen in options.items()}


def _field_facet(snapshot: Snapshot, found: NDArray[np.bool_], name: str, **options: Any) -> Counts:
    if unknown := options.keys() - OPTIONS:
        raise SearchBackendError(f"facet options are {sorted(OPTIONS)}, not {sorted(unknown)}")
    counts: Counter[Any] = Counter()
    for value, count in _counted(column(snapshot, name), found):
        # The values of a field that has several are stored joined.
        for single in value.split(VALUE_BREAK) if isinstance(value, str) else [value]:
            counts[single] += count
    del counts[""]
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in ordered if pair[1] >= options.get("mincount", 1)][: options.get("limit")]


def date_facets(
    snapshot: Snapshot, found: NDArray[np.bool_], asked: Mapping[str, Mapping[str, Any]]
) -> dict[str, Counts]:
    """For each field its periods and how many documents fall in each, most first; None is outside all of them."""
    return {name: _date_facet(snapshot, found, name, **options) for name, options in asked.items()}


def _date_facet(
    snapshot: Snapshot,
    found: NDArray[np.bool_],
    name: str,
    *,
    start_date: date,
    end_date: date,
    gap_by: str,
    gap_amount: int = 1,
) -> Counts:
    if not is_date(snapshot, name):
        raise SearchBackendError(f"'{name}' is no date field: it has no periods to count by")
    limits = _limits(moment(start_date), moment(end_date), gap_by, gap_amount)
    counts: Counter[Any] = Counter()
    for value, count in _counted(column(snapshot, name), found):
        number = bisect_right(limits, value)
        counts[(limits[number - 1], limits[number]) if 0 < number < len(limits) else None] += count
    outside = int(found.sum()) - counts.total() + counts.pop(None, 0)
    periods = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return sorted([*periods, (None, outside)] if outside else periods, key=lambda pair: -pair[1])


def _limits(start: datetime, end: datetime, gap_by: str, gap_amount: int) -> list[datetime]:
    """Where periods begin, and where the last ends. Counted from the start, so that 31 January leads to 31 March."""
    gap = {f"{gap_by}s": gap_amount}
    limits = [start]
    while limits[-1] < end:
        limits.append(start + relativedelta(**{unit: amount * len(limits) for unit, amount in gap.items()}))
        if len(limits) > MAX_PERIODS:
            raise SearchBackendError(f"more than {MAX_PERIODS} periods: use a larger gap")
    return limits


def _counted(coded: Coded, found: NDArray[np.bool_]) -> Iterable[tuple[Any, int]]:
    """The values that found documents have, in order, and how many have each."""
    codes = coded.codes[found]
    counts = np.bincount(codes[codes >= 0], minlength=len(coded.values)).tolist()
    return [(value, count) for value, count in zip(coded.values, counts, strict=True) if count]
