"""Where sentences, paragraphs and bodies begin in every document, read from BOUNDS once a segment."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.search.engines import schema
from articles.search.engines.whoosh.columnar.arrays import SegmentArrays
from articles.search.engines.whoosh.places import DOCUMENT, PLACE, Keys, Spans
from articles.search.engines.whoosh.postings import encoded
from articles.search.engines.whoosh.snapshot import Snapshot
from articles.search.syntax import FieldName, Unit

NOWHERE = PLACE >> 1  # later than any place
TERMS = {Unit.SENTENCE: schema.SENTENCE_STARTS, Unit.PARAGRAPH: schema.PARAGRAPH_STARTS}


class Begun(NamedTuple):
    """The positions at which something begins: those of document i stand from edges[i] to edges[i + 1]."""

    edges: NDArray[np.int64]
    places: NDArray[Any]

    def keys(self, documents: NDArray[np.int64]) -> Keys:
        """Keys of all positions in the documents, which ascend."""
        counts = self.edges[documents + 1] - self.edges[documents]
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        places = self.places[np.repeat(self.edges[documents], counts) + steps]
        return (np.repeat(documents, counts) << DOCUMENT) + places

    def first(self, least: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each document the first position from this place on; NOWHERE where there is none."""
        documents = np.arange(len(self.edges) - 1)
        keys = np.append(self.keys(documents), len(documents) << DOCUMENT)
        found = keys[np.searchsorted(keys, (documents << DOCUMENT) + least)]
        return np.where(found >> DOCUMENT == documents, found & PLACE, NOWHERE)


def _begun(arrays: SegmentArrays, term: str) -> Begun:
    if term not in arrays.bounds:
        arrays.bounds[term] = _read(arrays, term)
    begun: Begun = arrays.bounds[term]
    return begun


def _read(arrays: SegmentArrays, term: str) -> Begun:
    found = arrays.find(schema.BOUNDS, encoded(term))
    edges = np.zeros(arrays.count + 1, dtype=np.int64)
    if found is None:
        return Begun(edges, np.zeros(0, dtype=np.uint16))
    listed, number = found
    edges[listed.documents_of(number).astype(np.int64) + 1] = listed.frequencies_of(number)
    return Begun(np.cumsum(edges), listed.places_of(number))


def unit_starts(snapshot: Snapshot, unit: Unit, documents: NDArray[np.int64]) -> Keys:
    """Keys of the words at which sentences or paragraphs of the documents (ascending) begin."""
    found = []
    for arrays, offset in snapshot.parts():
        begin, end = np.searchsorted(documents, [offset, offset + arrays.count])
        own = _begun(arrays, TERMS[unit]).keys(documents[begin:end] - offset)
        found.append(own + (offset << DOCUMENT))
    return np.concatenate(found)


def body_starts(snapshot: Snapshot) -> NDArray[np.int64]:
    """For each document the position of the first word of its body; NOWHERE where the body has none."""
    return _everywhere(snapshot, FieldName.BODY)


def lead_ends(snapshot: Snapshot) -> NDArray[np.int64]:
    """For each document the position at which the second paragraph of its body begins; NOWHERE where none does."""
    return _everywhere(snapshot, FieldName.LEAD)


def _everywhere(snapshot: Snapshot, what: FieldName) -> NDArray[np.int64]:
    if what not in snapshot.derived:
        parts = [_places(arrays, what) for arrays, _offset in snapshot.parts()]
        snapshot.derived[what] = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    places: NDArray[np.int64] = snapshot.derived[what]
    return places


def _places(arrays: SegmentArrays, what: FieldName) -> NDArray[np.int64]:
    bodies = _begun(arrays, schema.BODY_START)
    starts = bodies.first(np.zeros(len(bodies.edges) - 1, dtype=np.int64))
    if what is FieldName.BODY:
        return starts
    return _begun(arrays, schema.PARAGRAPH_STARTS).first(starts + 1)


def in_stretch(snapshot: Snapshot, spans: Spans, scope: FieldName) -> Spans:
    """The occurrences that stand wholly in the body, or in its first paragraph."""
    documents, places = spans.starts >> DOCUMENT, spans.starts & PLACE
    kept = places >= body_starts(snapshot)[documents]
    if scope is FieldName.LEAD:
        kept &= (spans.stops & PLACE) <= lead_ends(snapshot)[documents]
    return spans.where(kept)


def bodies_apart(snapshot: Snapshot, spans: Spans) -> Spans:
    """The occurrences with those in bodies moved so far away that nothing near reaches from a title into a body."""
    moved = (spans.starts & PLACE) >= body_starts(snapshot)[spans.starts >> DOCUMENT]
    shift = moved * np.int64(NOWHERE >> 1)
    return Spans(spans.starts + shift, spans.stops + shift)
