"""A new index, segment by segment: each batch of articles is read, analysed and written by one process, start to end.

Where there are processors for it several processes do so at once. Only keys go to them and only the names of finished
segments come back: handing over analysed text would cost as much as sorting it. They are forked from a fresh program
that has read the tables (`preloading`), not from this one with its open database.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from haystack import connections
from whoosh.filedb.filestore import FileStorage

from articles.models.article import Article
from articles.search.engines.contract import EngineProblem
from articles.search.engines.schema import TEXT
from articles.search.engines.whoosh.analysing import BatchAnalyser
from articles.search.engines.whoosh.documents import document
from articles.search.engines.whoosh.starting import start_archive
from articles.search.engines.whoosh.writing import write_segment

WORTH_IT = 4000  # articles; for fewer no second process is started
AHEAD = 2  # batches a process that are handed over before one is done
ROWS_AT_A_TIME = 500
SEGMENT_ARTICLES = 800
SEGMENT_LETTERS = 4_000_000  # of texts, after which a segment ends early; bounds the memory of a process

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["articles.search.engines.whoosh.preloading"])

Segments = list[tuple[int, Any]]  # each with how many articles it has
Built = tuple[list[int], Segments]  # keys of articles and their segments


def built(batches: Iterable[list[int]], folder: Path, alias: str, processes: int) -> Iterator[Built]:
    """All keys in order, some at a time, with their segments, written to `folder` but in no state of its index yet.

    Batches are read when they are wanted. Raises EngineProblem where a process ends before its time.
    """
    keys = (
        batch[start : start + SEGMENT_ARTICLES]
        for batch in batches
        for start in range(0, len(batch), SEGMENT_ARTICLES)
    )
    first: list[list[int]] = []
    while sum(map(len, first)) < WORTH_IT and (batch := next(keys, None)) is not None:
        first.append(batch)
    every = chain(first, keys)
    if processes == 1 or sum(map(len, first)) < WORTH_IT:
        builder = SegmentBuilder(folder, alias)
        for batch in every:
            yield batch, list(builder.write(batch))
        return
    with ProcessPoolExecutor(processes, mp_context=FORKS, initializer=start_archive) as pool:
        try:
            yield from _in_order(pool, every, folder, alias, AHEAD * processes)
        except BrokenProcessPool as error:
            raise EngineProblem(
                "a process that built the search index was ended: is there enough memory?"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, batches: Iterator[list[int]], folder: Path, alias: str, ahead: int
) -> Iterator[Built]:
    def hand_over(batch: list[int]) -> tuple[list[int], Future[Segments]]:
        return batch, pool.submit(_written, folder, alias, batch)

    waiting = deque(map(hand_over, islice(batches, ahead)))
    while waiting:
        batch, future = waiting.popleft()
        yield batch, future.result()
        waiting.extend(map(hand_over, islice(batches, 1)))


def _written(folder: Path, alias: str, keys: list[int]) -> Segments:
    return list(_builder(folder, alias).write(keys))


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

    def write(self, keys: list[int]) -> Iterator[tuple[int, Any]]:
        """The segments of the articles of `keys`: one, or more where their texts are long."""
        for documents in in_bounds(article_documents(self.alias, keys)):
            yield len(documents), write_segment(self.index, self.analyser.analyse(documents))


_builder: Callable[[Path, str], SegmentBuilder] = lru_cache(maxsize=1)(SegmentBuilder)


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
