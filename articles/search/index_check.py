"""Whether the search index holds what the database says, and what to run where it does not."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from articles.arabic.analysis import fingerprint
from articles.models.article import Article
from articles.models.index_removal import IndexRemoval
from articles.search.engines.connection import engine
from articles.search.engines.contract import IndexDamaged, IndexMissing, IndexOutdated, Inventory

ROWS = 10_000  # read from the database at a time
SHOWN = 10  # keys of each kind in a report
UPDATE, REBUILD = "manage.py update_index", "manage.py rebuild_index"

Keys = NDArray[np.int64]
Row = tuple[int, str, bool]  # key, status, whether it waits for the index


@dataclass(slots=True)
class IndexCheck:
    """What was found; keys of articles stand in lists.

    `problem` says why the index cannot be asked at all, `damage` which files are not what was written, and `rules`
    whether the analysis rules in force built it. Articles are `missing` from the index, `gone` from the database,
    `different` in status, or `twice` in the index; those that are `waiting` for it count as none of these.
    """

    problem: str = ""
    damage: tuple[str, ...] = ()
    rules: bool = False
    segments: int = 0
    size: int = 0
    in_database: dict[str, int] = field(default_factory=dict)
    in_index: dict[str, int] = field(default_factory=dict)
    missing: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    different: list[int] = field(default_factory=list)
    twice: list[int] = field(default_factory=list)
    waiting: int = 0

    @property
    def advice(self) -> str:
        """The command to run; empty where all is well."""
        wrong = self.missing or self.gone or self.different or self.twice
        if self.problem or self.damage or not self.rules or wrong:
            return REBUILD
        return UPDATE if self.waiting else ""


def check_index(progress: Callable[[int], None] | None = None) -> IndexCheck:
    """Read every file of the index and every row of articles; nothing is changed.

    Others may write meanwhile: an article counts as wrong only when it is so before and after. Raises
    EngineProblem where writers never rest.
    """
    found = IndexCheck()
    try:
        found.rules = engine().rules() == fingerprint()
        held = engine().inventory()
    except (IndexMissing, IndexDamaged, IndexOutdated) as problem:
        found.problem = str(problem)
        _count_rows(found, progress)
        return found
    found.damage, found.segments, found.size = held.damage, held.segments, held.size
    found.in_index = dict(zip(*_counted(held.statuses), strict=True))
    if found.damage:
        _count_rows(found, progress)
        return found
    _compare(found, held, progress)
    if found.missing or found.gone or found.different or found.twice:
        _confirm(found, engine().inventory())
    return found


def _counted(statuses: NDArray[np.str_]) -> tuple[list[str], list[int]]:
    values, counts = np.unique(statuses, return_counts=True)
    return values.tolist(), counts.tolist()


def _rows() -> Iterator[list[Row]]:
    """All rows in the order of keys, each batch read when it is wanted."""
    last = 0
    rows = Article.objects.order_by("pk").values_list("pk", "status", "stale_since")
    while batch := list(rows.filter(pk__gt=last)[:ROWS]):
        yield [(key, status, since is not None) for key, status, since in batch]
        last = batch[-1][0]


def _count_rows(found: IndexCheck, progress: Callable[[int], None] | None) -> None:
    for batch in _rows():
        _count(found, batch, progress)
    found.waiting += IndexRemoval.objects.count()


def _count(found: IndexCheck, batch: list[Row], progress: Callable[[int], None] | None) -> None:
    for status, count in Counter(status for _key, status, _waits in batch).items():
        found.in_database[status] = found.in_database.get(status, 0) + count
    found.waiting += sum(waits for _key, _status, waits in batch)
    if progress:
        progress(len(batch))


def _compare(found: IndexCheck, held: Inventory, progress: Callable[[int], None] | None) -> None:
    known = np.zeros(len(held.keys), dtype=np.bool_)  # whether the database has the article
    for batch in _rows():
        _count(found, batch, progress)
        keys = np.array([key for key, _status, _waits in batch], dtype=np.int64)
        settled = np.array([not waits for _key, _status, waits in batch])
        first, after = np.searchsorted(held.keys, keys), np.searchsorted(held.keys, keys, side="right")
        known[first[after > first]] = True
        found.missing += keys[(after == first) & settled].tolist()
        for place in np.nonzero((after > first) & settled)[0].tolist():
            if held.statuses[first[place]] != batch[place][1]:
                found.different.append(int(keys[place]))
    repeated = np.append(False, held.keys[1:] == held.keys[:-1])
    found.twice = sorted(set(held.keys[repeated].tolist()))
    removals = set(IndexRemoval.objects.values_list("article_key", flat=True))
    found.waiting += len(removals)
    found.gone = [key for key in held.keys[~known & ~repeated].tolist() if key not in removals]


def _confirm(found: IndexCheck, held: Inventory) -> None:
    """Leave what is still so in a newer state of the index, and what still is as it was in the database."""
    keys = held.keys.tolist()
    statuses = dict(zip(keys, held.statuses.tolist(), strict=True))
    times = Counter(keys)
    rows = dict(_settled([*found.missing, *found.gone, *found.different]))
    found.missing = [key for key in found.missing if key in rows and key not in times]
    found.different = [key for key in found.different if key in rows and rows[key] != statuses.get(key)]
    found.gone = [key for key in found.gone if key in times and key not in rows]
    found.twice = [key for key in found.twice if times[key] > 1]


def _settled(keys: list[int]) -> Iterator[tuple[int, str]]:
    """The statuses of those of the articles that do not wait for the index."""
    for start in range(0, len(keys), ROWS):
        rows = Article.objects.filter(pk__in=keys[start : start + ROWS], stale_since__isnull=True)
        yield from rows.values_list("pk", "status")
