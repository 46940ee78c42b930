"""How many documents have each value of a facet, counted over columns of codes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.contract import FacetCounts
from articles.search.engines.whoosh import collapsing
from articles.search.engines.whoosh.matches import Documents, Mask
from articles.search.engines.whoosh.ordering import first_places
from articles.search.engines.whoosh.snapshot import Coded, Snapshot, coded
from articles.search.request import Copies, FacetName

COLUMNS = {
    FacetName.SOURCE: schema.SOURCE,
    FacetName.SECTION: schema.SECTION,
    FacetName.PLACE: schema.PLACES,
    FacetName.AUTHOR: schema.AUTHOR,
    FacetName.COLLECTION: schema.COLLECTIONS,
}
DATED = {FacetName.YEAR, FacetName.MONTH}


@dataclass(frozen=True, slots=True)
class Counted:
    """The number of documents that have each value of a table; those that no document has are left out.

    The table is in the order of the alphabet, or of time; `places` are those of the values in it, ascending.
    """

    table: list[str]
    places: NDArray[np.int64]
    counts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    def ranked(self, most: int | None = None) -> dict[str, int]:
        """The values with most documents first, equal ones in the order of the alphabet; all, or the first `most`."""
        by = (lambda at: -self.counts[at], lambda at: at)
        return self._at(first_places(len(self), by, most))

    def latest(self, most: int | None = None) -> dict[str, int]:
        """The values in the order of time, the last one first."""
        return self._at(np.arange(len(self))[::-1][:most])

    def _at(self, numbers: NDArray[np.int64]) -> dict[str, int]:
        places, counts = self.places[numbers].tolist(), self.counts[numbers].tolist()
        return {self.table[place]: count for place, count in zip(places, counts, strict=True)}


@dataclass(frozen=True, slots=True)
class Several:
    """A column whose values are several in one: pair i says that `codes[i]` holds `values[numbers[i]]`."""

    values: list[str]
    codes: NDArray[np.int64]
    numbers: NDArray[np.int64]
    size: int  # the number of codes

    def counts(self, of_codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value how many have it, from how many have each code."""
        counts = np.zeros(len(self.values), dtype=np.int64)
        np.add.at(counts, self.numbers, of_codes[self.codes])
        return counts

    def holding(self, wanted: Collection[str]) -> Mask:
        """Which of the codes hold one of the values."""
        held = np.zeros(self.size, dtype=np.bool_)
        meant = np.array([value in wanted for value in self.values], dtype=np.bool_)
        held[self.codes[meant[self.numbers]]] = True
        return held


def facet_counts(
    snapshot: Snapshot,
    facet: FacetName,
    documents: Documents,
    copies: Copies,
    *,
    most: int,
    selected: Iterable[str] = (),
) -> FacetCounts:
    """The `most` first values of a facet, and those of the `selected` ones that any document has."""
    counted = counts_of(snapshot, facet, documents, copies)
    values = counted.latest(most) if facet in DATED else counted.ranked(most)
    if others := set(selected) - values.keys():
        whole = counted.latest() if facet in DATED else counted.ranked()
        values |= {value: count for value, count in whole.items() if value in others}
    return FacetCounts(values=values, more=len(counted) - len(values))


def all_counts(snapshot: Snapshot, facet: FacetName, documents: Documents) -> dict[str, int]:
    """Documents by value, most first, then by value; dates: newest first."""
    counted = counts_of(snapshot, facet, documents, Copies.SHOW)
    return counted.latest() if facet in DATED else counted.ranked()


def counts_of(snapshot: Snapshot, facet: FacetName, documents: Documents, copies: Copies) -> Counted:
    """Hits by value, the unknown value left out."""
    match facet:
        case FacetName.YEAR:
            return _year_counts(snapshot, documents, copies)
        case FacetName.MONTH:
            found = [each for each in _month_counts(snapshot, documents, copies) if each[0] % 100]
            return _counted_dates((f"{month // 100:04d}-{month % 100:02d}", count) for month, count in found)
        case FacetName.COLLECTION | FacetName.PLACE:
            return _several_counts(snapshot, COLUMNS[facet], documents, copies)
        case _:
            column = snapshot.texts[COLUMNS[facet]]
            once = collapsing.counted_once(snapshot, documents, column.codes, copies)
            return _held(column.values, _bincount(column, once))


def _bincount(column: Coded, documents: Documents) -> NDArray[np.int64]:
    return np.bincount(column.codes.take(documents), minlength=len(column.values))


def _held(values: list[str], counts: NDArray[np.int64]) -> Counted:
    held = np.flatnonzero(counts)
    if len(held) and not values[held[0]]:  # the empty value is the first one
        held = held[1:]
    return Counted(values, held, counts[held])


def _several_counts(snapshot: Snapshot, name: str, documents: Documents, copies: Copies) -> Counted:
    if copies is Copies.SHOW:
        pairs = several(snapshot, name)
        return _held(pairs.values, pairs.counts(_bincount(snapshot.texts[name], documents)))
    totals = collapsing.several_counts(snapshot, snapshot.texts[name], documents, copies)
    values = sorted(totals)
    return _whole(values, [totals[value] for value in values])


def _whole(values: list[str], counts: list[int]) -> Counted:
    return Counted(values, np.arange(len(values)), np.array(counts, dtype=np.int64))


def several(snapshot: Snapshot, name: str) -> Several:
    """The values of a column that holds several in one; made once."""
    key = f"several of {name}"
    if key not in snapshot.derived:
        snapshot.derived[key] = _several(snapshot.texts[name].values)
    pairs: Several = snapshot.derived[key]
    return pairs


def _several(joined: list[str]) -> Several:
    pairs = [
        (code, value)
        for code, several_values in enumerate(joined)
        for value in several_values.split(schema.VALUE_BREAK)
        if value
    ]
    values = sorted({value for _code, value in pairs})
    numbers = {value: number for number, value in enumerate(values)}
    return Several(
        values,
        np.array([code for code, _value in pairs], dtype=np.int64),
        np.array([numbers[value] for _code, value in pairs], dtype=np.int64),
        len(joined),
    )


# Dates


def timeline_of(snapshot: Snapshot, documents: Documents, copies: Copies = Copies.SHOW) -> dict[str, int]:
    """Hits by month, or by year where the month is unknown, or by «» where all is; oldest first."""
    return {period(month): count for month, count in _month_counts(snapshot, documents, copies)}


def period(code: int) -> str:
    """A year and a month as one number, written as far as it is known.

    >>> period(201507), period(201500), period(0)
    ('2015-07', '2015', '')
    """
    year, month = divmod(code, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}" if year else ""


def _month_counts(snapshot: Snapshot, documents: Documents, copies: Copies) -> list[tuple[int, int]]:
    """Hits by month (a year and a month as one number, the month 0 where it is unknown), oldest first."""
    column = months(snapshot)
    return _pairs(column, collapsing.counted_once(snapshot, documents, column.codes, copies))


def _year_counts(snapshot: Snapshot, documents: Documents, copies: Copies) -> Counted:
    column = months(snapshot)
    if copies is not Copies.SHOW:
        years = (np.array(column.values, dtype=np.int64) // 100)[column.codes]
        documents = collapsing.counted_once(snapshot, documents, years, copies)
    counts: dict[int, int] = {}
    for month, count in _pairs(column, documents):
        counts[month // 100] = counts.get(month // 100, 0) + count
    return _counted_dates((f"{year:04d}", count) for year, count in counts.items() if year)


def _counted_dates(dates: Iterable[tuple[str, int]]) -> Counted:
    found = list(dates)
    return _whole([date for date, _count in found], [count for _date, count in found])


def _pairs(column: Coded, documents: Documents) -> list[tuple[Any, int]]:
    """How many of the documents have each value of a column, in its order."""
    counts = _bincount(column, documents)
    return [(column.values[code], int(counts[code])) for code in np.flatnonzero(counts).tolist()]


def months(snapshot: Snapshot) -> Coded:
    """The months of all documents as a column; made once."""
    if "months" not in snapshot.derived:
        snapshot.derived["months"] = coded(snapshot.numbers[schema.PUBLISHED] // 100)
    column: Coded = snapshot.derived["months"]
    return column
