"""The time that a question may take: so much work of the threads that answer it, and a longer wait by the clock.

What is counted is processor time, so that a machine with more to do than it can answers later and no worse. Only where
that wait becomes too long for a reader is the question given up for the clock's sake.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from articles.search.engines.contract import QueryTooCostly

SECONDS_BETWEEN_LOOKS = 0.001
PATIENCE = 10  # seconds by the clock for each of work, unless another wait is asked for


class Deadline:
    """Made when a question begins, passed to all that works on it, looked at in every loop that a reader makes long.

    Any thread may look: what each works from its first look on (the one that made it: from then on) is added up. A
    thread that turns to other questions in between is not made for this.
    """

    def __init__(
        self,
        work: float,
        *,
        wait: float | None = None,
        worked: Callable[[], float] = time.thread_time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Seconds of `work`, and of `wait` by the clock; `worked` tells how much the asking thread has worked."""
        self._worked = worked
        self._clock = clock
        self._left = work
        self._until = clock() + (work * PATIENCE if wait is None else wait)
        self._lock = threading.Lock()
        self._own = threading.local()
        self._own.seen = worked()

    def left(self) -> float:
        """Seconds of work that are left, or by the clock where these are fewer; none where it is not above 0."""
        now = self._worked()
        worked = now - getattr(self._own, "seen", now)
        self._own.seen = now
        with self._lock:
            self._left -= worked
            return min(self._left, self._until - self._clock())

    def is_over(self) -> bool:
        """Whether the time is used up. The clock is asked first, which costs less: nobody works longer than it ran."""
        now = self._clock()
        if now < getattr(self._own, "safe_until", now):
            return False
        left = self.left()
        self._own.safe_until = now + min(left, SECONDS_BETWEEN_LOOKS)
        return left <= 0

    def check(self) -> None:
        """Raises QueryTooCostly when the time is used up."""
        if self.is_over():
            raise QueryTooCostly("the query used up its time")

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """What this thread does meanwhile counts as none of the time: it is done once, whoever asks first."""
        self.left()
        begun = self._clock()
        try:
            yield
        finally:
            self._own.seen = self._worked()
            with self._lock:
                self._until += self._clock() - begun
