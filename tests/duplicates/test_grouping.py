"""A story is what is like its lead; nothing melts through a chain, and curators come first."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.duplicates.grouping import Apart, Confirmed, Group, groups
from tests.duplicates.texts import DAY, facts, pairs


def made(
    rows: np.ndarray, alike: np.ndarray, confirmed: tuple[Confirmed, ...] = (), apart: Apart | None = None
) -> list[Group]:
    return list(groups(rows, alike, confirmed, apart or {}))


def stories(found: list[Group]) -> list[list[int]]:
    return [[copy.key for copy in group.copies] for group in found]


def test_a_chain_does_not_melt_into_one_story() -> None:
    rows = facts(
        {"key": 1, "length": 90},
        {"key": 2, "length": 120},
        {"key": 3, "length": 80},
        {"key": 4, "length": 70},
    )
    found = made(rows, pairs((1, 2, 0.8), (1, 3, 0.8), (3, 4, 0.8)))
    assert stories(found) == [[2, 1], [3, 4]]


def test_the_lead_is_the_longest_then_the_earliest() -> None:
    day = DAY.toordinal()
    rows = facts(
        {"key": 1, "day": 0}, {"key": 2, "day": day + 1}, {"key": 3, "day": day}, {"key": 4, "length": 90},
    )  # fmt: skip
    alike = pairs(*((one, other, 1) for one in range(1, 4) for other in range(one + 1, 5)))
    assert stories(made(rows, alike)) == [[3, 2, 1, 4]]


def test_one_text_is_a_story_without_a_pair_unless_it_is_a_mere_rubric() -> None:
    rows = facts(
        {"key": 1, "text": 7},
        {"key": 2, "text": 7},
        *({"key": key, "text": 8, "length": 2} for key in (3, 4)),
    )
    assert stories(made(rows, pairs())) == [[1, 2]]


def test_what_a_curator_parted_stays_apart_whoever_leads() -> None:
    rows = facts(*({"key": key, "length": 100 - key} for key in (1, 2, 3)))
    alike = pairs((1, 2, 1), (1, 3, 1), (2, 3, 1))
    assert stories(made(rows, alike, apart={2: {3}, 3: {2}})) == [[1, 2]]
    assert stories(made(rows, alike, apart={1: {2, 3}, 2: {1}, 3: {1}})) == [[2, 3]]


def test_a_confirmed_story_keeps_its_copies_and_its_lead_and_is_offered_new_ones() -> None:
    rows = facts(*({"key": key, "length": 100 + key} for key in (1, 2, 3, 4)))
    alike = pairs((1, 3, 1), (2, 3, 1), (3, 4, 1))
    confirmed = Confirmed(9, lead=1, members=(1, 2))
    found = made(rows, alike, (confirmed,))
    assert found[0].number == 9
    assert stories(found) == [[3]]
    assert stories(made(rows, alike, (confirmed,), {3: {2}, 2: {3}})) == [[], [4, 3]]


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[dict[str, int]], list[tuple[int, int, float]]]:
    texts = draw(st.lists(st.integers(0, 5), min_size=1, max_size=10))
    lengths = {text: draw(st.integers(10, 40)) for text in set(texts)}
    rows = [
        {
            "text": text + 100,
            "length": lengths[text],
            "day": DAY.toordinal() + draw(st.integers(0, 4)),
            "source": number,
        }
        for number, text in enumerate(texts)
    ]
    shares = st.sampled_from([0.8, 0.95])
    alike = [
        (one + 100, other + 100, draw(shares))
        for other in range(6)
        for one in range(other)
        if draw(st.booleans())
    ]
    return rows, alike


@settings(deadline=None)
@given(archive=archives(), data=st.data())
def test_the_order_of_import_does_not_matter(
    archive: tuple[list[dict[str, int]], list[tuple[int, int, float]]], data: st.DataObject
) -> None:
    rows, alike = archive
    order = data.draw(st.permutations(range(len(rows))))

    def found(keys: dict[int, int]) -> set[frozenset[int]]:
        by_key = {key: number for number, key in keys.items()}
        table = facts(*({"key": keys[number], **row} for number, row in enumerate(rows)))
        return {frozenset(by_key[key] for key in story) for story in stories(made(table, pairs(*alike)))}

    straight, shuffled = (
        found({number: number + 1 for number in range(len(rows))}),
        found({number: place + 1 for place, number in enumerate(order)}),
    )

    def told(story: frozenset[int]) -> list[tuple[int, int]]:
        """Articles with one text on one day are the same to a search for copies."""
        return sorted((rows[number]["text"], rows[number]["day"]) for number in story)

    assert sorted(map(told, straight)) == sorted(map(told, shuffled))


@settings(deadline=None)
@given(archive=archives())
def test_an_article_is_in_one_story_at_most_and_no_story_is_of_one(
    archive: tuple[list[dict[str, int]], list[tuple[int, int, float]]],
) -> None:
    rows, alike = archive
    table = facts(*({"key": number + 1, **row} for number, row in enumerate(rows)))
    found = stories(made(table, pairs(*alike)))
    every = [key for story in found for key in story]
    assert len(every) == len(set(every))
    assert all(len(story) > 1 for story in found)
