"""Pages derived in two processes at a time: reading HTML takes nearly all the time of importing a crawl.

The second one is started when there are enough pages to be worth it, holds nothing of the archive, and ends with the
first, even when that is killed. One, not more: each takes the memory of a whole program.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from lxml.etree import LxmlError

from articles.child_processes import end_with_parent
from articles.importing.columns import Plan
from articles.importing.deriving import Derived, derive
from articles.importing.readers.web import PAGES
from articles.importing.records import RawDocument
from articles.importing.rule_book import NO_BOOK, RuleBook

WORTH_IT = 100  # pages of one chunk
SHARE = 10  # pages handed over at a time
# What code that only handles text can raise: a mistake of ours must cost one item, not the run.
STUMBLES = (ArithmeticError, AttributeError, LookupError, LxmlError, RecursionError, TypeError, ValueError)

Answer = Derived | Exception


class Derivers:
    """Derives items in this process, and many pages of HTML in a second one beside it."""

    def __init__(self, plan: Plan, book: RuleBook = NO_BOOK) -> None:
        self.plan = plan
        self.book = book
        self.pool: ProcessPoolExecutor | None = None
        self.is_alone = False  # nobody wants another process; or it died once, and would again

    def derive(self, items: Sequence[RawDocument]) -> list[Answer]:
        """What each item holds, or what our own code stumbled over, in the order of the items."""
        pages = [place for place, item in enumerate(items) if item.media_type in PAGES]
        answers: dict[int, Answer] = {}
        if len(pages) >= WORTH_IT and not self.is_alone:
            answers = self._together(items, pages)
        return [
            answers[place] if place in answers else answer(item, self.plan, self.book)
            for place, item in enumerate(items)
        ]

    def close(self) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
            self.pool = None

    def _together(self, items: Sequence[RawDocument], pages: Sequence[int]) -> dict[int, Answer]:
        """The shares from the last one on go to the other process; those from the first one on are taken here."""
        answers: dict[int, Answer] = {}
        shares = [pages[start : start + SHARE] for start in range(0, len(pages), SHARE)]
        given: dict[int, Future[list[Answer]]] = {}
        try:
            for number in reversed(range(1, len(shares))):
                given[number] = self._pool().submit(_answers, [items[place] for place in shares[number]])
        except BrokenProcessPool:
            self.is_alone = True
        for number, share in enumerate(shares):
            answers |= zip(share, self._of_share(items, share, given.get(number)), strict=True)
        return answers

    def _of_share(
        self, items: Sequence[RawDocument], share: Sequence[int], handed: Future[list[Answer]] | None
    ) -> list[Answer]:
        if (
            handed and not handed.cancel()
        ):  # it is at work on it, or done; what it has not begun is done sooner here
            try:
                return handed.result()
            except BrokenProcessPool:
                self.is_alone = True
        return [answer(items[place], self.plan, self.book) for place in share]

    def _pool(self) -> ProcessPoolExecutor:
        # A fresh program, not a copy of this one with its open database and half its threads.
        if self.pool is None:
            self.pool = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_begin, initargs=(self.book,)
            )
        return self.pool


def answer(item: RawDocument, plan: Plan, book: RuleBook) -> Answer:
    """What an item holds, or what our own code stumbled over."""
    try:
        return derive(item, plan, book)
    except STUMBLES as error:
        return error


# In the second process


@dataclass(slots=True)
class _Held:
    """What the second process was given when it began."""

    book: RuleBook = NO_BOOK


HELD = _Held()


def _begin(book: RuleBook) -> None:
    HELD.book = book
    end_with_parent()


def _answers(items: Sequence[RawDocument]) -> list[Answer]:
    plan = Plan({})
    return [answer(item, plan, HELD.book) for item in items]
