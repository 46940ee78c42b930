"""Posting lists as arrays."""

import numpy as np
import pytest

from articles.search.engines.schema import EXACT, SOURCE, TEXT
from articles.search.engines.whoosh.postings import document_frequency, positions, postings
from tests.search.engines.shelf import Shelf, article


def test_a_list_runs_through_all_segments(shelf: Shelf) -> None:
    shelf.put(article(1, body="نفط نفط"), article(2))
    shelf.put(article(3), article(4, title="نفط", body="نفط و نفط"))
    found = postings(shelf.snapshot, EXACT, "نفط")
    assert (found.documents.tolist(), found.frequencies.tolist()) == ([0, 3], [2, 3])
    assert document_frequency(shelf.snapshot, EXACT, "نفط") == 2


def test_a_word_that_nobody_wrote_has_an_empty_list(shelf: Shelf) -> None:
    shelf.put(article(1))
    for term in ("غائب", "", "\ud800"):
        assert len(postings(shelf.snapshot, TEXT, term).documents) == 0
        assert document_frequency(shelf.snapshot, TEXT, term) == 0
    assert len(postings(shelf.snapshot, "unheard_of", "نفط").documents) == 0


def test_whole_values_have_lists_too(shelf: Shelf) -> None:
    shelf.put(article(1, source="alufuq"), article(2, source="almadar"), article(3, source="alufuq"))
    assert postings(shelf.snapshot, SOURCE, "alufuq").documents.tolist() == [0, 2]


@pytest.mark.parametrize("articles", [1, 2, 3, 2500])
def test_places_are_found_in_lists_of_every_length(shelf: Shelf, articles: int) -> None:
    shelf.put(*(article(key, title="خبر", body="نفط وقمح نفط") for key in range(1, articles + 1)))
    wanted = np.array([0, articles - 1] if articles > 1 else [0])
    indexes, places = positions(shelf.snapshot, EXACT, "نفط", wanted)
    assert indexes.tolist() == [number for number in range(len(wanted)) for _time in range(2)]
    assert places.tolist() == [101, 103] * len(wanted)
