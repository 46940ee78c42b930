"""Where sentences, paragraphs and bodies begin, in documents of several segments."""

import numpy as np

from articles.search.engines.schema import PART_GAP
from articles.search.engines.whoosh.bounds import NOWHERE, body_starts, lead_ends, unit_starts
from articles.search.engines.whoosh.places import DOCUMENT, PLACE
from articles.search.syntax import Unit
from tests.search.engines.shelf import Shelf, article

BODY = PART_GAP + 1  # where the body stands after a title of one word


def fill(shelf: Shelf) -> None:
    shelf.put(
        article(1, title="خبر", body="نفط غاز. قمح\nذهب"),
        article(2, title="", body="نفط\n\nغاز. قمح نفط"),
    )
    shelf.put(article(3, title="خبر", body=""), article(4, title="خبر", body="نفط"))


def test_units_of_the_wanted_documents_are_given_in_order(shelf: Shelf) -> None:
    fill(shelf)
    keys = unit_starts(shelf.snapshot, Unit.SENTENCE, np.array([0, 1, 3]))
    assert [(key >> DOCUMENT, key & PLACE) for key in keys.tolist()] == [
        (0, 0), (0, BODY), (0, BODY + 2), (0, BODY + 3), (1, 0), (1, 1), (1, 2), (3, 0), (3, BODY),
    ]  # fmt: skip
    keys = unit_starts(shelf.snapshot, Unit.PARAGRAPH, np.array([1, 2]))
    assert [(key >> DOCUMENT, key & PLACE) for key in keys.tolist()] == [(1, 0), (1, 1), (2, 0)]


def test_bodies_and_their_leads_are_known_of_every_document(shelf: Shelf) -> None:
    fill(shelf)
    assert body_starts(shelf.snapshot).tolist() == [BODY, 0, NOWHERE, BODY]
    assert lead_ends(shelf.snapshot).tolist() == [BODY + 3, 1, NOWHERE, NOWHERE]


def test_what_is_known_of_a_segment_is_kept_when_another_is_added(shelf: Shelf) -> None:
    fill(shelf)
    body_starts(shelf.snapshot)
    before = shelf.snapshot
    shelf.put(article(5, title="خبر", body="نفط"))
    assert body_starts(shelf.snapshot).tolist() == [BODY, 0, NOWHERE, BODY, BODY]
    kept = before.segments.keys() & shelf.snapshot.segments.keys()
    assert len(kept) == 2
    assert all(shelf.snapshot.segments[name] is before.segments[name] for name in kept)
