"""The records of a crawl's file, WARC or ARC, plain or gzipped: found one by one, whatever their headers claim.

A record's length is believed when the next record, or the end, stands behind it. Otherwise the record reaches to the
next first line of a record, and says that its length was wrong.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Protocol

from articles.importing.charsets import OpenBytes
from articles.importing.limits import MAX_BLOCK, MAX_REREAD, PIECE
from articles.importing.readers.members import BEGINNING, MAGIC, Member, Problem, members
from articles.importing.readers.window import ByteWindow

LONGEST_MARK = 4096  # bytes that tell the beginning of a record


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `block` is what follows its headers, no more than MAX_BLOCK of it; `size` is how long it is."""

    place: str
    headers: Mapping[str, str]
    block: bytes
    size: int
    problem: Problem | None = None
    shares_member: bool = False


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no record."""

    place: str
    problem: Problem


class Dialect(Protocol):
    """How records are written: WARC or ARC."""

    mark: re.Pattern[bytes]  # the beginning of the next record, on a line of its own
    end: bytes  # what stands behind a record, whatever follows

    def starts(self, ahead: bytes) -> bool: ...

    def read_head(self, window: ByteWindow) -> Mapping[str, str] | None: ...


@dataclass(slots=True)
class _Segment:
    """Bytes in which records follow each other: a plain file, or one member of a gzipped one."""

    window: ByteWindow
    member: Member | None = None
    seek: Callable[[int], int] | None = None
    size: int = 0  # of a file that can be moved in
    reread: int = 0
    count: int = 0

    def place(self, offset: int) -> str:
        if self.member is None:
            return f"offset {offset}"
        return f"offset {self.member.offset}" + (f"+{offset}" if offset else "")

    def move(self, offset: int) -> None:
        if self.seek:
            self.seek(offset)
            self.window.jump(offset)


def records(open_bytes: OpenBytes, dialect: Dialect) -> Iterator[Record | Damage]:
    """Every record in the order of the file, and word of what is none."""
    with open_bytes() as stream:
        head = stream.read(PIECE)
    # The first byte may be the damaged one.
    is_plain = dialect.starts(head) or dialect.mark.search(head) is not None
    is_gzip = head.startswith(MAGIC) or (not is_plain and BEGINNING.search(head) is not None)
    segments: Iterator[_Segment | Problem]
    with open_bytes() as stream:
        segments = _members(stream) if is_gzip else iter((_plain(stream),))
        for segment in segments:
            if isinstance(segment, Problem):
                yield Damage("", segment)
            else:
                yield from _in_segment(segment, dialect)


def _members(stream: IO[bytes]) -> Iterator[_Segment | Problem]:
    for member in members(stream):
        yield member if isinstance(member, Problem) else _Segment(ByteWindow(member.read), member)


def _plain(stream: IO[bytes]) -> _Segment:
    # Going back in a file on disk costs nothing; in an archive's member, all bytes before would be unpacked again.
    if not isinstance(stream, io.BufferedReader | io.BytesIO):
        return _Segment(ByteWindow(stream.read))
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return _Segment(ByteWindow(stream.read), seek=stream.seek, size=size)


def _in_segment(segment: _Segment, dialect: Dialect) -> Iterator[Record | Damage]:
    window, told = segment.window, False
    while _skip_breaks(window):
        offset = window.offset
        head = dialect.read_head(window) if dialect.starts(window.peek(LONGEST_MARK)) else None
        if head is not None and (found := _record(segment, dialect, head, segment.place(offset))):
            segment.count += 1
            yield found
            continue
        window.take_to(dialect.mark, LONGEST_MARK, 0)
        told = True
        nothing = Problem("bad_record", f"{window.offset - offset:,} bytes that are no record")
        yield Damage(segment.place(offset), _member_problem(segment) or nothing)
    if not told and not segment.count and segment.member and segment.member.problem:
        yield Damage(segment.place(0), segment.member.problem)


def _skip_breaks(window: ByteWindow) -> bytes:
    """The byte behind any line breaks; none at the end."""
    while (ahead := window.peek(1)) in (b"\r", b"\n"):
        window.take(1)
    return ahead


def _record(segment: _Segment, dialect: Dialect, head: Mapping[str, str], place: str) -> Record | None:
    """The record behind its headers; None when they do not say how long it is, and nothing follows."""
    length = _length(head)
    shares = segment.member is not None and segment.count > 0
    if length is None:
        return _found_by_mark(segment, dialect, head, place, 0)
    if length > MAX_BLOCK:
        return _large(segment, dialect, head, place, length)
    block = segment.window.take(length)
    if len(block) == length and _ends_here(segment.window, dialect):
        return Record(place, head, block, length, _member_problem(segment), shares)
    if problem := _member_problem(segment):
        return Record(place, head, block, len(block), problem, shares)
    segment.reread += len(block)
    if segment.reread > MAX_REREAD:
        problem = Problem(
            "wrong_length", "too many records with a wrong length: what stands in this one is lost"
        )
        return Record(place, head, b"", length, problem, shares)
    segment.window.give_back(block)
    return _found_by_mark(segment, dialect, head, place, length)


def _found_by_mark(
    segment: _Segment, dialect: Dialect, head: Mapping[str, str], place: str, length: int
) -> Record:
    """The record up to the next one, or to the end; `length` is what its headers say."""
    block, size = segment.window.take_to(dialect.mark, LONGEST_MARK, MAX_BLOCK)
    shares = segment.member is not None and segment.count > 0
    stripped = block.removesuffix(b"\r\n").removesuffix(b"\r\n") if size == len(block) else block
    claim = f"its headers say {length:,} bytes" if length else "its headers do not say how long it is"
    if segment.window.peek(1) or segment.member or length < size:
        problem = Problem("wrong_length", f"{claim}; {len(stripped) or size:,} stand before the next record")
    else:
        problem = Problem("truncated_record", f"{claim}; the file ends after {size:,}")
    return Record(place, head, stripped, size, _member_problem(segment) or problem, shares)


def _large(
    segment: _Segment, dialect: Dialect, head: Mapping[str, str], place: str, length: int
) -> Record | None:
    """A record longer than any page: its beginning only."""
    window = segment.window
    start = window.offset
    if segment.seek and not _follows(segment, dialect, start + length):
        return _found_by_mark(segment, dialect, head, place, length)
    block = window.take(MAX_BLOCK)
    if segment.member and len(block) < MAX_BLOCK and not segment.member.problem:
        window.give_back(block)
        return _found_by_mark(segment, dialect, head, place, length)
    if segment.seek:
        segment.move(start + length)
    else:
        window.skip(length - len(block))
    problem = _member_problem(segment)
    if not problem and window.offset < start + length:
        problem = Problem(
            "truncated_record", f"its headers say {length:,} bytes; {window.offset - start:,} are there"
        )
    return Record(place, head, block, length, problem, segment.member is not None and segment.count > 0)


def _follows(segment: _Segment, dialect: Dialect, end: int) -> bool:
    """Whether a record, or the end of the file, stands at that offset."""
    start = segment.window.offset
    if end > segment.size:
        return False
    segment.move(end)
    follows = _ends_here(segment.window, dialect)
    segment.move(start)
    return follows


def _ends_here(window: ByteWindow, dialect: Dialect) -> bool:
    ahead = window.peek(LONGEST_MARK)
    behind = ahead.lstrip(b"\r\n")
    return not behind or ahead.startswith(dialect.end) or dialect.starts(behind)


def _member_problem(segment: _Segment) -> Problem | None:
    """What is wrong with the gzip member, which is known when it has been read."""
    if segment.member:
        segment.window.peek(PIECE)
        return segment.member.problem
    return None


def _length(head: Mapping[str, str]) -> int | None:
    text = head.get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
