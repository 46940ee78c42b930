"""A dictionary that works out what it does not hold, and never holds more than it may."""

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")

LONGEST_KEPT_KEY = 64


class BoundedCache(dict[str, Value]):
    """The value of each key looked up, worked out when first asked for: `cache[key]` never fails.

    When `limit` keys are held all are forgotten, which costs less than keeping count of what was
    used last; long keys are rare and are not kept at all. Threads may share it: at worst two of
    them work out one value, or the limit is passed by as many keys as there are threads.
    """

    __slots__ = ("limit", "work_out")

    def __init__(self, work_out: Callable[[str], Value], *, limit: int) -> None:
        super().__init__()
        self.work_out = work_out
        self.limit = limit

    def __missing__(self, key: str) -> Value:
        value = self.work_out(key)
        if len(key) <= LONGEST_KEPT_KEY:
            if len(self) >= self.limit:
                self.clear()
            self[key] = value
        return value
