"""The policy bounds how many segments there are, and how often a document is written again."""

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.engines.whoosh.columnar.policy import FEW, to_merge
from articles.search.engines.whoosh.columnar.segment import ColumnarSegment


def segment(documents: int, deleted: int = 0) -> ColumnarSegment:
    made = ColumnarSegment("MAIN", documents)
    made.deleted = set(range(deleted))
    return made


def grown(sizes: list[int]) -> tuple[list[ColumnarSegment], int, int]:
    """The segments after commits of so many documents; the most there ever were, and the documents written again."""
    segments: list[ColumnarSegment] = []
    most = rewritten = 0
    for size in sizes:
        segments.append(segment(size))
        chosen = to_merge(segments)
        if chosen:
            documents = sum(each.doc_count() for each in chosen)
            rewritten += documents
            segments = [each for each in segments if each not in chosen] + [segment(documents)]
        most = max(most, len(segments))
    return segments, most, rewritten


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_equal_commits_make_few_segments_with_little_work(size: int) -> None:
    commits = 3000
    segments, most, rewritten = grown([size] * commits)
    assert sum(each.doc_count() for each in segments) == size * commits
    assert most <= FEW + 2
    assert rewritten <= size * commits * log(commits, 2)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 100_000), max_size=200))
def test_any_commits_make_few_segments_with_little_work(sizes: list[int]) -> None:
    segments, most, rewritten = grown(sizes)
    documents = sum(sizes)
    assert sum(each.doc_count() for each in segments) == documents
    assert most <= FEW + log(max(2, documents), 3) + 1
    assert rewritten <= documents * (log(max(2, documents), 1.5) + 2)


def test_a_few_segments_are_left_as_they_are() -> None:
    assert to_merge([segment(1) for _each in range(FEW)]) == []


def test_a_large_segment_is_left_alone_by_small_ones() -> None:
    large = segment(1000)
    small = [segment(1) for _each in range(FEW)]
    assert to_merge([large, *small]) == small


def test_what_is_mostly_deleted_is_written_anew() -> None:
    wasteful, whole, empty = segment(10, deleted=5), segment(10, deleted=4), segment(3, deleted=3)
    assert to_merge([wasteful, whole, empty]) == [wasteful, empty]
