"""A new index, segment by segment: each batch of articles is read, analysed and written by one process, start to end.

Where there are processors for it several processes do so at once. Only keys go to them and only the names of finished
segments come back: handing over analysed text would cost as much as sorting it. They are forked from a fresh program
that has read the tables (`preloading`), not from this one with its open database.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from haystack import connections
from whoosh.filedb.filestore import FileStorage

from articles.arabic.analysis import fingerprint
from articles.models.article import Article
from articles.search.engines.contract import EngineProblem
from articles.search.engines.schema import TEXT
from articles.search.engines.whoosh.analysing import BatchAnalyser
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment
from articles.search.engines.whoosh.documents import document
from articles.search.engines.whoosh.starting import give_back, start_archive
from articles.search.engines.whoosh.writing import Counted, all_together, merged_while_built, write_segment

WORTH_IT = 4000  # articles; for fewer no second process is started
AHEAD = 2  # batches a process that are handed over before one is done
ROWS_AT_A_TIME = 500
SEGMENT_ARTICLES = 800
SEGMENT_LETTERS = 4_000_000  # of texts, after which a segment ends early; bounds the memory of a process

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["articles.search.engines.whoosh.preloading"])

Segments = list[Counted]
Built = tuple[list[int], Segments]  # keys of articles and their segments


class Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(task(*args, **kwargs))
        return done


class Workers(NamedTuple):
    """What does tasks, and how many of them it is handed before one is done."""

    tasks: Executor
    ahead: int


@contextmanager
def workers(processes: int) -> Iterator[Workers]:
    """So many processes, or this one where it is to be the only one.

    Raises EngineProblem where a process ends before its time.
    """
    if processes == 1:
        try:
            yield Workers(Here(), 1)
        finally:
            _builder.cache_clear()
        return
    with ProcessPoolExecutor(processes, mp_context=FORKS, initializer=start_archive) as pool:
        try:
            yield Workers(pool, AHEAD * processes)
        except BrokenProcessPool as error:
            raise EngineProblem(
                "a process that built the search index was ended: is there enough memory?"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def worth_their_start(batches: Iterable[list[int]], processes: int) -> tuple[Iterator[list[int]], int]:
    """Keys in order, those of a segment at a time, and how many processes to build them: one where they are few.

    Batches are read when they are wanted.
    """
    keys = (
        batch[start : start + SEGMENT_ARTICLES]
        for batch in batches
        for start in range(0, len(batch), SEGMENT_ARTICLES)
    )
    first: list[list[int]] = []
    while sum(map(len, first)) < WORTH_IT and (batch := next(keys, None)) is not None:
        first.append(batch)
    return chain(first, keys), processes if sum(map(len, first)) >= WORTH_IT else 1


@contextmanager
def building(
    batches: Iterable[list[int]], folder: Path, alias: str, processes: int
) -> Iterator[Iterator[Built]]:
    """All keys in order, with their segments, written to `folder` but in no state of its index yet."""
    keys, processes = worth_their_start(batches, processes)
    with workers(processes) as by:
        yield built(keys, folder, alias, by)


class Whole(NamedTuple):
    """An index that was built: its segment, none where there are no articles, and by which rules."""

    segments: list[ColumnarSegment]
    rules: str


def build(
    batches: Iterable[list[int]], folder: Path, alias: str, processes: int, done: Callable[[int], None]
) -> Whole:
    """Write the segment of all articles that there are to `folder`.

    The processes tell the rules that they use: this one need not read the tables. The last merge is done by new
    processes, for those that build hold the words they have met.
    """
    keys, processes = worth_their_start(batches, processes)
    with workers(processes) as by:
        rules = by.tasks.submit(fingerprint)
        segments = (each for _keys, own in built(keys, folder, alias, by) for each in own)
        held = merged_while_built(folder, segments, by.tasks, done)
    with workers(processes) as by:
        return Whole(all_together(folder, held, by.tasks), rules.result())


def built(keys: Iterator[list[int]], folder: Path, alias: str, by: Workers) -> Iterator[Built]:
    """All keys in order, with their segments, written to `folder` but in no state of its index yet."""

    def hand_over(batch: list[int]) -> tuple[list[int], Future[Segments]]:
        return batch, by.tasks.submit(_written, folder, alias, batch)

    waiting = deque(map(hand_over, islice(keys, by.ahead)))
    while waiting:
        batch, future = waiting.popleft()
        yield batch, future.result()
        waiting.extend(map(hand_over, islice(keys, 1)))


def _written(folder: Path, alias: str, keys: list[int]) -> Segments:
    segments = list(_builder(folder, alias).write(keys))
    give_back()
    return segments


class SegmentStorage(FileStorage):
    """A folder in which several processes write: Whoosh would give them one folder for what is temporary."""

    def temp_storage(self, name: str | None = None) -> FileStorage:
        return super().temp_storage(f"{name}.{os.getpid()}")


class SegmentBuilder:
    """Writes segments of one index; the words of one batch are known in the next."""

    def __init__(self, folder: Path, alias: str) -> None:
        self.alias = alias
        self.index = SegmentStorage(str(folder)).open_index()
        self.analyser = BatchAnalyser(self.index.schema)

    def write(self, keys: list[int]) -> Iterator[Counted]:
        """The segments of the articles of `keys`: one, or more where their texts are long."""
        for documents in in_bounds(article_documents(self.alias, keys)):
            count, analysed = len(documents), self.analyser.analyse(documents)
            documents.clear()  # the texts need not be held while they are written
            yield count, write_segment(self.index, analysed)


@lru_cache(maxsize=1)
def _builder(folder: Path, alias: str) -> SegmentBuilder:
    """The builder of a process, which knows the words of the batches before."""
    return SegmentBuilder(folder, alias)


def article_documents(alias: str, keys: list[int]) -> Iterator[dict[str, Any]]:
    """The documents of the articles of `keys` that there are, in the order of keys."""
    index = connections[alias].get_unified_index().get_index(Article)
    rows = index.index_queryset().filter(pk__in=keys).order_by("pk").iterator(ROWS_AT_A_TIME)
    return (document(index, article) for article in rows)


def in_bounds(documents: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Documents in lists, each of which ends where its texts have SEGMENT_LETTERS."""
    held: list[dict[str, Any]] = []
    letters = 0
    for each in documents:
        held.append(each)
        letters += len(each[TEXT])
        if letters >= SEGMENT_LETTERS:
            yield held
            held, letters = [], 0
    if held:
        yield held
