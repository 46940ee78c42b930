"""The members of a gzip file, one after another, each as a stream of its own.

Crawlers compress each record into a member of its own, so that it can be read without its neighbours; damage in one is
left behind at the beginning of the next. What a member unpacks to is bounded while it is read.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from articles.importing.limits import MAX_RATIO, MAX_UNPACKED, PIECE, RATIO_MATTERS_FROM

MAGIC = b"\x1f\x8b\x08"
# Method deflate, no reserved flags: bytes of a damaged member seldom look like it, and never unpack.
BEGINNING = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]", re.DOTALL)
GZIP = 16 + zlib.MAX_WBITS
LOOK_BACK = 64  # bytes


@dataclass(slots=True)
class Problem:
    code: str
    message: str


class _Input:
    """The compressed bytes, a piece at a time."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.piece = b""
        self.end = 0  # offset in the file behind the piece

    @property
    def offset(self) -> int:
        return self.end - len(self.piece)

    def fill(self, least: int = 1) -> bool:
        """Have that many bytes in the piece, if there are any more."""
        while len(self.piece) < least and (fresh := self.stream.read(PIECE)):
            self.piece += fresh
            self.end += len(fresh)
        return len(self.piece) >= least

    def find_member(self) -> int:
        """Go to where the next member may begin; how many bytes other than zeros were passed over."""
        other = 0
        while self.fill(4):
            found = BEGINNING.search(self.piece)
            end = found.start() if found else len(self.piece) - 3
            other += end - self.piece.count(0, 0, end)
            self.piece = self.piece[end:]
            if found:
                return other
        other += len(self.piece) - self.piece.count(0)
        self.piece = b""
        return other


class Member:
    """One member: `read` gives what it unpacks to, and nothing more once `problem` says what is wrong with it."""

    def __init__(self, source: _Input) -> None:
        self.source = source
        self.offset = source.offset
        self.problem: Problem | None = None
        self.unpacker = zlib.decompressobj(GZIP)
        self.unpacked = self.packed = 0
        self.behind = b""  # the bytes taken last
        self.ended = False

    def read(self, size: int) -> bytes:
        """Some of the bytes, no more than PIECE or `size`; none at the end."""
        while not self.ended:
            if not self.source.fill():
                return self._stop("damaged_archive", "the gzip file is cut short")
            if piece := self._unpack(min(size, PIECE)):
                return piece
        return b""

    def _unpack(self, size: int) -> bytes:
        packed = self.source.piece
        try:
            piece = self.unpacker.decompress(packed, size)
        except zlib.error as error:
            # Damage shows late: the next member may have begun among the bytes taken last.
            self.source.piece = (self.behind + packed)[1:]
            return self._stop("damaged_archive", f"damaged gzip data: {error}")
        rest = self.unpacker.unused_data if self.unpacker.eof else self.unpacker.unconsumed_tail
        self.source.piece = rest
        taken = len(packed) - len(rest)
        self.behind = (self.behind + packed[max(taken - LOOK_BACK, 0) : taken])[-LOOK_BACK:]
        self.packed += taken
        self.unpacked += len(piece)
        self.ended = self.unpacker.eof
        if self.unpacked > RATIO_MATTERS_FROM and self.unpacked > MAX_RATIO * self.packed:
            return self._stop("unsafe_member", f"it grows more than {MAX_RATIO} times when unpacked")
        return piece

    def _stop(self, code: str, message: str) -> bytes:
        self.problem, self.ended = Problem(code, message), True
        return b""


def members(stream: IO[bytes]) -> Iterator[Member | Problem]:
    """Each member, to be read before the next is asked for, and word of bytes between them that are none."""
    source, member = _Input(stream), None
    while source.fill():
        offset = source.offset
        other = source.find_member()
        if other and not (member and member.problem):  # else they are what was left of it
            yield Problem("damaged_archive", f"{other:,} bytes from offset {offset} are no gzip data")
        if source.piece:
            member = Member(source)
            yield member
            while member.read(PIECE):  # what the reader left
                pass


class Unpacked:
    """A gzip file of one member or many as one stream of bytes, for as far as it can be read.

    `read` raises Damaged where it is damaged, or grows beyond reason.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.members = members(stream)
        self.member: Member | None = None
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        pieces: list[bytes] = []
        missing = size
        while missing and (piece := self._piece(missing if missing > 0 else PIECE)):
            pieces.append(piece)
            missing -= len(piece) if size >= 0 else 0
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        while True:
            if self.member:
                if piece := self.member.read(size):
                    self.size += len(piece)
                    if self.size > MAX_UNPACKED:
                        raise Damaged(
                            Problem("unsafe_archive", f"it unpacks to more than {MAX_UNPACKED:,} bytes")
                        )
                    return piece
                if self.member.problem:
                    raise Damaged(self.member.problem)
            following = next(self.members, None)
            if following is None:
                return b""
            if isinstance(following, Problem):
                raise Damaged(following)
            self.member = following

    def __enter__(self) -> "Unpacked":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.stream.close()


class Damaged(Exception):
    """A compressed file that cannot be read on; `problem` has a code of codes.py."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
