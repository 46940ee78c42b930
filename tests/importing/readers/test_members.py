"""The members of a gzip file: read one by one, and left behind when they are damaged or grow beyond reason."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.readers.members import Damaged, Member, Problem, Unpacked, members

ONE, TWO = gzip.compress(b"one" * 50, mtime=0), gzip.compress(b"two" * 50, mtime=0)


def contents(raw):
    """What each member held, or the code of what is wrong."""
    found = []
    for member in members(io.BytesIO(raw)):
        if isinstance(member, Problem):
            found.append(member.code)
            continue
        pieces = b"".join(iter(lambda member=member: member.read(7), b""))
        found.append(member.problem.code if member.problem else pieces[:3])
    return found


def test_members_follow_one_another_with_their_offsets():
    found = [member.offset for member in members(io.BytesIO(ONE + TWO)) if isinstance(member, Member)]
    assert (found, contents(ONE + TWO)) == ([0, len(ONE)], [b"one", b"two"])


def test_a_member_that_is_not_read_is_passed():
    assert [member.offset for member in members(io.BytesIO(ONE + TWO + ONE))] == [0, len(ONE), len(ONE + TWO)]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", []),
        (b"garbage", ["damaged_archive"]),
        (ONE + bytes(100), [b"one"]),
        (ONE + b"garbage" + TWO, [b"one", "damaged_archive", b"two"]),
        (ONE[:-9] + TWO, ["damaged_archive", b"two"]),
        (ONE + TWO[:-3], [b"one", "damaged_archive"]),
        (ONE[:-8] + bytes(8) + TWO, ["damaged_archive", b"two"]),
        (gzip.compress(bytes(8_000_000)) + TWO, ["unsafe_member", b"two"]),
    ],
    ids=[
        "nothing",
        "no gzip",
        "zeros behind",
        "garbage between",
        "cut",
        "cut at the end",
        "a wrong sum",
        "a bomb",
    ],
)
def test_what_is_wrong_with_one_member_leaves_the_others(raw, found):
    assert contents(raw) == found


def test_a_whole_file_is_one_stream():
    assert Unpacked(io.BytesIO(ONE + TWO)).read() == b"one" * 50 + b"two" * 50


def test_a_damaged_file_is_told_when_its_damage_is_reached():
    stream = Unpacked(io.BytesIO(ONE + TWO[:-3]))
    assert stream.read(150) == b"one" * 50
    with pytest.raises(Damaged, match="cut short"):
        stream.read()


@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(1, 50))
def test_any_members_give_back_their_bytes(parts, size):
    stream = Unpacked(io.BytesIO(b"".join(map(gzip.compress, parts))))
    assert b"".join(iter(lambda: stream.read(size), b"")) == b"".join(parts)


@given(st.binary(max_size=300))
def test_any_bytes_are_members_or_told(raw):
    for content in (raw, ONE + raw, b"\x1f\x8b\x08\x00" + raw):
        assert all(isinstance(found, bytes | str) for found in contents(content))
