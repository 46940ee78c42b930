"""What was used last, bounded in bytes and in number; threads share it."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar

ROOM_FOR = 500_000  # documents that the least room is for; of more, lists are longer
MOST_TIMES = 4  # the least room, at most


class Sized(Protocol):
    """What knows how many bytes it takes."""

    @property
    def nbytes(self) -> int: ...


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value", bound=Sized)


def room(least: int, documents: int) -> int:
    """Bytes for what is kept of so many documents: of a large archive as many long lists as of one of ROOM_FOR.

    >>> [room(64, documents) for documents in (100_000, 1_000_000, 10_000_000)]
    [64, 128, 256]
    """
    return int(least * min(max(1, documents / ROOM_FOR), MOST_TIMES))


class ByteCache(Generic[Key, Value]):
    """Values by their keys, those used longest ago let go when `most_bytes` or `most` of them are exceeded."""

    def __init__(self, most_bytes: int, most: int) -> None:
        self.most_bytes = most_bytes
        self.most = most
        self.held: OrderedDict[Key, Value] = OrderedDict()
        self.nbytes = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        with self._lock:
            found = self.held.get(key)
            if found is not None:
                self.held.move_to_end(key)
            return found

    def put(self, key: Key, value: Value) -> None:
        """A value larger than the whole cache is not kept."""
        if value.nbytes > self.most_bytes:
            return
        with self._lock:
            before = self.held.pop(key, None)
            self.nbytes += value.nbytes - (0 if before is None else before.nbytes)
            self.held[key] = value
            while self.nbytes > self.most_bytes or len(self.held) > self.most:
                _key, dropped = self.held.popitem(last=False)
                self.nbytes -= dropped.nbytes
