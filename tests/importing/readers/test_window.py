"""A window on bytes: what is looked at stays, what is taken is gone, and what is given back is there again."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.readers import window as window_module
from articles.importing.readers.window import ByteWindow


def window(content, *, step=3):
    """A window on a stream that gives few bytes at a time."""
    stream = io.BytesIO(content)
    return ByteWindow(lambda size: stream.read(min(size, step)))


def test_bytes_are_looked_at_taken_and_given_back():
    ahead = window(b"abcdefgh")
    assert (ahead.peek(4), ahead.take(3), ahead.offset) == (b"abcd", b"abc", 3)
    ahead.give_back(b"bc")
    assert (ahead.take(99), ahead.offset) == (b"bcdefgh", 8)


@pytest.mark.parametrize(("limit", "line"), [(100, b"first\n"), (3, b"fir"), (6, b"first\n")])
def test_a_line_ends_at_its_end_or_at_the_limit(limit, line):
    assert window(b"first\nsecond").line(limit) == line


def test_the_last_line_may_have_no_end():
    assert window(b"only").line(100) == b"only"


def test_as_many_bytes_are_passed_over_as_there_are():
    assert (window(b"abc").skip(2), window(b"abc").skip(9)) == (2, 3)


@given(st.binary(max_size=60), st.binary(max_size=60), st.integers(1, 9), st.integers(0, 70))
def test_a_mark_is_found_wherever_it_stands(before, behind, step, keep):
    before, behind = before.replace(b"M", b""), behind.replace(b"M", b"")
    ahead = window(before + b"MARK" + behind, step=step)
    kept, size = ahead.take_to(re.compile(b"MARK"), 8, keep)
    assert (kept, size, ahead.take(999)) == (before[:keep], len(before), b"MARK" + behind)


def test_a_mark_on_the_edge_of_a_piece_is_found(monkeypatch):
    monkeypatch.setattr(window_module, "PIECE", 10)
    for place in range(40):
        ahead = window(b"." * place + b"MARK")
        assert ahead.take_to(re.compile(b"MARK"), 8, 0) == (b"", place)


def test_without_a_mark_everything_is_taken():
    assert window(b"abc").take_to(re.compile(b"MARK"), 8, 99) == (b"abc", 3)
