"""A question may take so much work of the threads that answer it, and so long a wait by the clock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import get_ident
from typing import TypeVar

import pytest

from articles.search.engines.contract import QueryTooCostly
from articles.search.engines.deadline import PATIENCE, Deadline

Result = TypeVar("Result")


class Day:
    """A clock, and what each thread has worked, as the test says."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.worked: dict[int, float] = {}

    def deadline(self, work: float, wait: float | None = None) -> Deadline:
        return Deadline(work, wait=wait, worked=self.worked_here, clock=lambda: self.now)

    def worked_here(self) -> float:
        return self.worked.get(get_ident(), 7.0)

    def work(self, seconds: float) -> None:
        """Which takes as long by the clock."""
        self.now += seconds
        self.worked[get_ident()] = self.worked_here() + seconds


def in_a_thread(do: Callable[[], Result]) -> Result:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result()


@pytest.fixture
def day() -> Day:
    return Day()


def test_work_uses_it_up_and_waiting_does_not(day: Day) -> None:
    deadline = day.deadline(1.0)
    day.now += 3
    assert deadline.left() == 1.0
    day.work(0.75)
    assert deadline.left() == 0.25
    deadline.check()
    day.work(0.25)
    with pytest.raises(QueryTooCostly):
        deadline.check()


def test_nobody_waits_for_ever(day: Day) -> None:
    deadline, patient = day.deadline(1.0), day.deadline(1.0, wait=60)
    day.now += PATIENCE - 0.5
    assert (deadline.left(), patient.left()) == (0.5, 1.0)
    day.now += 0.5
    assert deadline.is_over()
    assert not patient.is_over()


def test_it_is_over_before_it_begins_where_there_is_no_time(day: Day) -> None:
    assert day.deadline(0.0).is_over()
    assert day.deadline(1.0, wait=0.0).is_over()


def test_what_a_thread_worked_before_is_none_of_it(day: Day) -> None:
    day.work(500)
    deadline = day.deadline(1.0, wait=3600)

    def another() -> float:
        day.work(500)
        return deadline.left()

    assert in_a_thread(another) == 1.0


def test_the_work_of_all_threads_is_added_up(day: Day) -> None:
    deadline = day.deadline(1.0)

    def another() -> None:
        deadline.check()
        day.work(0.375)
        deadline.check()

    in_a_thread(another)
    in_a_thread(another)
    day.work(0.25)
    with pytest.raises(QueryTooCostly):
        deadline.check()
    assert deadline.left() == 0.0


def test_what_is_done_once_for_all_is_not_counted(day: Day) -> None:
    deadline = day.deadline(1.0)
    day.work(0.25)
    with deadline.not_counted():
        day.work(100)
        day.now += 100
    assert deadline.left() == 0.75
    day.now += PATIENCE
    assert deadline.is_over()


def test_by_itself_it_counts_the_work_of_the_thread_that_asks() -> None:
    deadline = Deadline(3600.0)
    before = deadline.left()
    assert sum(range(100_000))
    assert 0 < deadline.left() < before <= 3600.0
