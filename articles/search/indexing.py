"""Keeping the search index in step with the database.

A change marks its row (`stale_since`) in its own transaction; nothing that saves an article ever waits for the
index or fails because of it. `index_stale` catches up, `rebuild` starts afresh beside the live index.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.arabic.analysis import fingerprint
from articles.models.article import Article, ArticleQuerySet
from articles.models.index_removal import IndexRemoval
from articles.models.statistics import refresh_statistics
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem

BATCH = 2000  # articles a commit; bounds the memory of indexing
MANY_WAITING = 4000  # articles, from which on several processes write them
MANY = 500  # articles; after so many the planner of the database is told anew how large the tables are
SECONDS_TO_WAIT = 10.0

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

Progress = Callable[[int], None]
Mark = tuple[int, datetime | None]  # an article's key, and since when its row is stale


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did; `problem` says why changes still wait, and is empty when all is well."""

    indexed: int
    removed: int
    waiting: int
    problem: str = ""


def waiting() -> int:
    """Changes that the index has not seen: changed and deleted articles."""
    return Article.objects.needing_index().count() + IndexRemoval.objects.count()


def hidden_keys() -> frozenset[int]:
    """Keys that the index may show though readers must not see them: withdrawn or deleted since, or under an embargo.

    The index knows nothing of embargoes: a day after which one ends needs no job that indexes the article again.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_hidden(timezone.localdate()))
        return frozenset(key for (key,) in cursor.fetchall())


@lru_cache(maxsize=1)
def _hidden(today: date) -> tuple[str, tuple[Any, ...]]:
    """The statement for the keys hidden `today`, and its values: put together once a day, for every search asks it."""
    unpublished = Article.objects.needing_index().not_visible().order_by().values_list("pk")
    embargoed = Article.objects.embargoed().order_by().values_list("pk")
    deleted = IndexRemoval.objects.order_by().values_list("article_key")
    statement, values = unpublished.union(embargoed, deleted).query.sql_with_params()
    return statement, tuple(values)


def index_stale(*, wait: float = SECONDS_TO_WAIT, progress: Progress | None = None) -> IndexReport:
    """Write every waiting change to the index, in batches; a busy index is reported, not raised.

    Where there is no index yet, all articles are waiting, whatever their marks say.
    """
    indexed: list[int] = []
    removed = 0

    def wrote(marks: list[Mark]) -> None:
        _clear(marks)
        indexed.append(len(marks))
        _tell(progress, len(marks))

    try:
        if engine().rules() is None:
            return rebuild(wait=wait, progress=progress)
        for keys in _removals():
            engine().index_articles([], keys, wait=wait)
            IndexRemoval.objects.filter(article_key__in=keys).delete()
            removed += len(keys)
        _index_waiting(wait, wrote)
    except EngineProblem as problem:
        return IndexReport(sum(indexed), removed, waiting(), str(problem))
    if sum(indexed) >= MANY:
        refresh_statistics()
    return IndexReport(sum(indexed), removed, waiting())


def _index_waiting(wait: float, wrote: Callable[[list[Mark]], None]) -> None:
    """Write the articles that wait; `wrote` is told the marks of those that a commit has made visible."""
    stale = Article.objects.needing_index()
    if stale.count() < MANY_WAITING:
        for marks in _batches(stale):
            engine().index_articles([key for key, _since in marks], [], wait=wait)
            wrote(marks)
        return
    noted: dict[int, datetime | None] = {}

    def batches() -> Iterator[list[int]]:
        for marks in _batches(stale):
            noted.update(marks)
            yield [key for key, _since in marks]

    engine().index_batches(
        batches(), wait=wait, done=lambda keys: wrote([(key, noted.pop(key)) for key in keys])
    )


def bring_up_to_date(*, wait: float = SECONDS_TO_WAIT, progress: Progress | None = None) -> IndexReport:
    """As `index_stale`, but an index built by other analysis rules is built anew; raises EngineProblem."""
    update = index_stale if engine().rules() == fingerprint() else rebuild
    return update(wait=wait, progress=progress)


def rebuild(*, wait: float = SECONDS_TO_WAIT, progress: Progress | None = None) -> IndexReport:
    """Build the index anew beside the live one, switch, and catch up with what changed meanwhile.

    Raises EngineProblem when another process is writing, with the live index untouched.
    """
    built: list[int] = []
    marks = Marks()

    def done(count: int) -> None:
        built.append(count)
        _tell(progress, count)

    engine().rebuild(_noting(marks), wait=wait, done=done)
    # Only now does the live index hold these rows; a row changed since its batch was read has a newer mark.
    for some in marks.batches():
        _clear(some)
    report = index_stale(wait=wait)
    refresh_statistics()
    return IndexReport(sum(built), report.removed, report.waiting, report.problem)


class Marks:
    """The marks of all articles that waited when a rebuild began: sixteen bytes each, for they may be millions."""

    def __init__(self) -> None:
        self._keys, self._moments = array("q"), array("q")

    def note(self, marks: Iterable[Mark]) -> None:
        """Note those of `marks` that wait."""
        for key, since in marks:
            if since is not None:
                self._keys.append(key)
                self._moments.append((since - EPOCH) // MICROSECOND)

    def batches(self) -> Iterator[list[Mark]]:
        for start in range(0, len(self._keys), BATCH):
            some = slice(start, start + BATCH)
            moments = (EPOCH + moment * MICROSECOND for moment in self._moments[some])
            yield list(zip(self._keys[some], moments, strict=True))


def _noting(stale: Marks) -> Iterator[list[int]]:
    """Keys of all articles in batches; the marks of those that were waiting are noted in `stale`."""
    for marks in _batches(Article.objects.all()):
        stale.note(marks)
        yield [key for key, _since in marks]


def _batches(articles: ArticleQuerySet) -> Iterator[list[Mark]]:
    """Marks in the order of keys. Each batch is read when it is wanted: nothing is held in memory or locked."""
    last = 0
    while marks := list(articles.filter(pk__gt=last).order_by("pk").values_list("pk", "stale_since")[:BATCH]):
        yield marks
        last = marks[-1][0]


def _removals() -> Iterator[list[int]]:
    while keys := list(IndexRemoval.objects.order_by("pk").values_list("article_key", flat=True)[:BATCH]):
        yield keys


def _clear(marks: list[Mark]) -> None:
    """Take the marks off rows that nobody has changed since they were read, with one statement.

    A row that was changed has a mark of a later moment, which none of these rows had.
    """
    keys, moments = [key for key, _since in marks], {since for _key, since in marks if since}
    Article.objects.filter(pk__in=keys, stale_since__in=moments).update(stale_since=None)


def _tell(progress: Progress | None, count: int) -> None:
    if progress:
        progress(count)
