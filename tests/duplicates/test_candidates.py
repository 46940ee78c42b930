"""Alike texts meet in a band; texts that share nothing do not; a crowd in one bucket stays cheap."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.duplicates import candidates
from articles.duplicates.candidates import FIRST, LARGEST_BUCKET, NEXT
from articles.duplicates.reading import read, runs
from articles.duplicates.sketches import HASHES, bands, sketch
from tests.duplicates.texts import sentences, text


def sketches(*bodies: str) -> np.ndarray:
    return np.array([sketch(runs(read("", body).words)) for body in bodies])


def found(
    rows: np.ndarray, wanted: np.ndarray | None = None, known: np.ndarray | None = None
) -> set[tuple[int, int]]:
    everything = np.ones(len(rows), dtype=bool)
    pairs = candidates.pairs(
        lambda number: bands(rows)[:, number],
        lambda numbers: rows[numbers],
        everything if wanted is None else wanted,
        ~everything if known is None else known,
    )
    return {(int(one), int(other)) for one, other in pairs}


def test_a_sketch_is_the_same_in_every_process() -> None:
    assert sketch(np.arange(5, dtype=np.uint64) << np.uint64(32))[:4].tolist() == [23041, 62695, 1798, 47189]


def test_two_sketches_agree_about_as_often_as_their_texts_share_runs() -> None:
    one, half = sketches(text(1, 40), " ".join(sentences(1, 40)[:20] + sentences(2, 20)))
    assert abs((one == half).mean() - 1 / 3) < 0.2


def test_copies_are_found_among_texts_that_share_nothing() -> None:
    bodies = [text(seed) for seed in range(30)] + [" ".join(sentences(seed)[:7]) for seed in range(5)]
    assert found(sketches(*bodies)) == {(seed, 30 + seed) for seed in range(5)}


def test_nothing_is_found_in_nothing() -> None:
    assert found(np.zeros((0, HASHES), dtype=np.uint16)) == set()


@settings(deadline=None)
@given(groups=st.lists(st.integers(0, 3), min_size=1, max_size=12), first=st.sets(st.integers(0, 11)))
def test_portions_find_what_one_pass_finds(groups: list[int], first: set[int]) -> None:
    rows = np.repeat(np.array(groups, dtype=np.uint16)[:, None], HASHES, axis=1)
    now = np.array([number in first for number in range(len(groups))])
    nobody = np.zeros(len(groups), dtype=bool)
    assert found(rows) == found(rows, now, nobody) | found(rows, ~now, now)
    assert found(rows) == {
        (one, other) for other in range(len(groups)) for one in range(other) if groups[one] == groups[other]
    }


def test_a_crowd_in_one_bucket_is_compared_with_its_first_and_next_alone() -> None:
    crowd = LARGEST_BUCKET * 4
    pairs = found(np.ones((crowd, HASHES), dtype=np.uint16))
    assert len(pairs) <= crowd * (FIRST + NEXT)
    assert {(0, other) for other in range(1, crowd)} <= pairs
