"""Bytes that lie ahead in a stream: looked at before they are taken, and given back where they were wrongly taken."""

import re
from collections.abc import Callable

from articles.importing.limits import PIECE


class ByteWindow:
    """`offset` is the place of the next byte. The window holds no more than was asked to be seen at once."""

    def __init__(self, read: Callable[[int], bytes], *, offset: int = 0) -> None:
        self.read = read
        self.offset = offset
        self.ahead = b""
        self.place = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay; fewer at the end of the stream."""
        self._grow(size)
        return self.ahead[self.place : self.place + size]

    def take(self, size: int) -> bytes:
        taken = self.peek(size)
        self._advance(len(taken))
        return taken

    def skip(self, size: int) -> int:
        """Pass over bytes; how many there were."""
        skipped = 0
        while skipped < size and (piece := self.take(min(size - skipped, PIECE))):
            skipped += len(piece)
        return skipped

    def line(self, limit: int) -> bytes:
        """The next line with its end; cut at `limit` or at the end of the stream."""
        size = min(512, limit)
        while (end := self.peek(size).find(b"\n")) < 0 and size < limit and len(self.peek(size)) == size:
            size = min(size * 4, limit)
        return self.take(end + 1 if end >= 0 else size)

    def take_to(self, mark: re.Pattern[bytes], longest_mark: int, keep: int) -> tuple[bytes, int]:
        """The bytes before the next mark, or all there are; no more than `keep` of them, and how many there were."""
        kept: list[bytes] = []
        size = held = 0
        while True:
            ahead = self.peek(PIECE + longest_mark)
            found = mark.search(ahead)
            is_last = len(ahead) < PIECE + longest_mark
            end = found.start() if found else len(ahead) if is_last else PIECE
            if held < keep:
                kept.append(ahead[: min(end, keep - held)])
                held += len(kept[-1])
            self._advance(end)
            size += end
            if found or is_last:
                return b"".join(kept), size

    def give_back(self, taken: bytes) -> None:
        """Put bytes back that were taken last."""
        self.ahead = taken + self.ahead[self.place :]
        self.place = 0
        self.offset -= len(taken)

    def jump(self, offset: int) -> None:
        """Forget what lies ahead: the stream behind was moved to `offset`."""
        self.ahead, self.place, self.offset = b"", 0, offset

    def _advance(self, size: int) -> None:
        self.place += size
        self.offset += size

    def _grow(self, size: int) -> None:
        missing = size - (len(self.ahead) - self.place)
        if missing <= 0:
            return
        pieces = [self.ahead[self.place :]]
        while missing > 0 and (piece := self.read(max(missing, PIECE))):
            pieces.append(piece)
            missing -= len(piece)
        self.ahead, self.place = b"".join(pieces), 0
