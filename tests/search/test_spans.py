"""Matches of parts near each other, in one unit, so many times: what brute force over all choices says."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.spans import Match, Occurrence, near, same, times

Occurrences = list[list[Occurrence]]

places = st.integers(0, 14)
occurrences = st.lists(
    st.tuples(places, st.integers(1, 3)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=5,
    unique=True,
).map(sorted)
parts = st.lists(occurrences, min_size=1, max_size=4)
distances = st.integers(0, 6)


def every_match(parts: Occurrences, distance: int, *, ordered: bool) -> list[Match]:
    """All choices of one occurrence of each part that share no token and stand near enough."""
    found = []
    for choice in product(*parts):
        in_order = sorted(choice)
        tokens = sum(after - first for first, after in choice)
        apart = all(one[1] <= other[0] for one, other in zip(in_order, in_order[1:], strict=False))
        others = in_order[-1][1] - in_order[0][0] - tokens
        if apart and others <= distance and (not ordered or list(choice) == in_order):
            found.append(tuple(in_order))
    return found


def others_in(match: Match) -> int:
    return match[-1][1] - match[0][0] - sum(after - first for first, after in match)


@given(parts, distances, st.booleans())
def test_a_match_begins_where_any_choice_does_and_is_the_closest(
    parts: Occurrences, distance: int, ordered: bool
) -> None:
    best: dict[int, int] = {}
    for match in every_match(parts, distance, ordered=ordered):
        best[match[0][0]] = min(others_in(match), best.get(match[0][0], distance))
    found = near(parts, distance, ordered=ordered)
    assert {match[0][0]: others_in(match) for match in found} == best
    assert [match[0][0] for match in found] == sorted(best)


@given(parts, distances, st.booleans())
def test_every_match_is_one_of_the_choices(parts: Occurrences, distance: int, ordered: bool) -> None:
    assert set(near(parts, distance, ordered=ordered)) <= set(every_match(parts, distance, ordered=ordered))


@given(parts, st.sets(st.integers(1, 15)))
def test_a_unit_holds_every_part_or_nothing_of_it_is_found(parts: Occurrences, inner: set[int]) -> None:
    starts = [0, *sorted(inner)]
    expected = []
    for begin, end in zip(starts, [*starts[1:], 1000], strict=True):
        inside = [[held for held in part if begin <= held[0] and held[1] <= end] for part in parts]
        if all(inside):
            expected.append(tuple(sorted({held for part in inside for held in part})))
    assert same(parts, starts) == expected


@pytest.mark.parametrize(
    ("distance", "found"),
    [(0, []), (1, []), (2, [((0, 1), (3, 5))]), (9, [((0, 1), (3, 5)), ((3, 5), (8, 9))])],
)
def test_other_words_are_those_between_not_those_of_the_parts(distance: int, found: list[Match]) -> None:
    assert near([[(0, 1), (8, 9)], [(3, 5)]], distance, ordered=False) == found


def test_a_word_near_itself_stands_there_twice() -> None:
    once: Occurrences = [[(0, 1)], [(0, 1)]]
    twice: Occurrences = [[(0, 1), (4, 5)], [(0, 1), (4, 5)]]
    assert near(once, 5, ordered=False) == []
    assert near(twice, 5, ordered=False) == [((0, 1), (4, 5))]


def test_one_word_may_do_for_two_parts_of_a_sentence() -> None:
    assert same([[(0, 1)], [(0, 1), (5, 6)]], [0, 3]) == [((0, 1),)]


def test_nothing_is_near_nothing() -> None:
    assert near([], 5, ordered=False) == near([[(0, 1)], []], 5, ordered=True) == []
    assert same([], [0]) == same([[], [(0, 1)]], [0]) == []


def test_many_alike_parts_are_soon_done() -> None:
    everywhere = [(place, place + 1) for place in range(60)]
    assert len(near([everywhere] * 24, 3, ordered=False)) == 60 - 23


def test_times_counts_the_words_at_which_something_begins() -> None:
    assert times([]) == 0
    assert times([(0, 1), (0, 2), (1, 2)]) == 2
