"""Places in many documents at once: where something begins and ends, phrases, nearness, shared units.

What `articles.search.spans` does for one text is done here over whole arrays, with the same results.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from articles.search.engines.whoosh.membership import are_in
from articles.search.engines.whoosh.postings import NO_POSTINGS, Postings
from articles.search.spans import Occurrence, matches_near

Keys = NDArray[np.int64]  # document · 2³² + position
DOCUMENT = 32  # bits to the right of a document's number
PLACE = (1 << DOCUMENT) - 1
NO_KEYS: Keys = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Spans:
    """Where something occurs: keys of its first words, and of the places after its last ones.

    In the order of the text, none twice.
    """

    starts: Keys
    stops: Keys

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def documents(self) -> NDArray[np.int64]:
        """The documents that hold an occurrence, ascending."""
        return distinct(self.starts >> DOCUMENT)

    def where(self, kept: NDArray[np.bool_]) -> "Spans":
        return Spans(self.starts[kept], self.stops[kept])

    def within(self, wanted: NDArray[np.int64]) -> "Spans":
        """The occurrences in documents of this ascending list."""
        return self.where(are_in(self.starts >> DOCUMENT, wanted))

    def of(self, document: int) -> list[Occurrence]:
        """The occurrences in one document, as positions."""
        begin, end = np.searchsorted(self.starts, [document << DOCUMENT, (document + 1) << DOCUMENT])
        starts, stops = self.starts[begin:end] & PLACE, self.stops[begin:end] & PLACE
        return list(zip(starts.tolist(), stops.tolist(), strict=True))


NO_SPANS = Spans(NO_KEYS, NO_KEYS)


def single_words(lists: Sequence[Keys]) -> Spans:
    """Words as occurrences; each of the lists ascends, and nothing is in two of them."""
    keys = lists[0] if len(lists) == 1 else np.sort(np.concatenate([NO_KEYS, *lists]))
    return Spans(keys, keys + 1)


def united(lists: Sequence[Spans]) -> Spans:
    """What occurs in any of the lists, once."""
    starts, stops = (
        np.concatenate(keys) for keys in ([own.starts for own in lists], [own.stops for own in lists])
    )
    order = np.lexsort((stops, starts))
    starts, stops = starts[order], stops[order]
    new = (np.diff(starts, prepend=-1) != 0) | (np.diff(stops, prepend=-1) != 0)
    return Spans(starts[new], stops[new])


def counted(starts: Keys) -> Postings:
    """Documents, and how many different words something begins at in each; `starts` ascend."""
    if not len(starts):
        return NO_POSTINGS
    documents, counts = np.unique(distinct(starts) >> DOCUMENT, return_counts=True)
    return Postings(documents, counts.astype(np.float32))


def distinct(ascending: NDArray[np.int64]) -> NDArray[np.int64]:
    return ascending[np.diff(ascending, prepend=-1) != 0]


def shared(lists: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """What stands in all of the ascending lists, none of which holds anything twice; at least one list."""
    first, *others = sorted(lists, key=len)
    for other in others:
        first = first[are_in(first, other)]
    return first


def near(parts: Sequence[Spans], distance: int, *, ordered: bool, check: Callable[[], None]) -> Keys:
    """The keys, ascending, at which a match of `spans.near` begins; all parts occur in the same documents.

    The nearest occurrence of every other part is looked for after each occurrence. Where these overlap each other, or
    where occurrences of one part differ in length, the nearest may not be the best: such documents are read one by one.
    """
    if len(parts) < 2 or not all(map(len, parts)):
        return distinct(parts[0].starts) if len(parts) == 1 else NO_KEYS
    if len(parts) > 2 and any(map(_is_uneven, parts)):
        return _one_by_one(parts, _hopeful(parts, distance), distance, ordered, check)
    found: list[Keys] = []
    doubtful: list[NDArray[np.int64]] = []
    for number in range(1 if ordered else len(parts)):
        check()
        begun, overlapping = _begun(parts, number, distance, ordered)
        found.append(begun)
        doubtful.append(overlapping)
    again = np.unique(np.concatenate(doubtful))
    begun = np.unique(np.concatenate(found))
    begun = begun[~are_in(begun >> DOCUMENT, again)]
    return np.sort(np.concatenate([begun, _one_by_one(parts, again, distance, ordered, check)]))


def _is_uneven(part: Spans) -> bool:
    lengths = part.stops - part.starts
    return bool((lengths != lengths[0]).any())


def _begun(
    parts: Sequence[Spans], number: int, distance: int, ordered: bool
) -> tuple[Keys, NDArray[np.int64]]:
    """Keys at which a match begins with the part of this number, and documents in which parts overlap."""
    first = parts[number]
    starts, stops = [first.starts], [first.stops]
    reached = np.ones(len(first), dtype=np.bool_)
    for part in (*parts[:number], *parts[number + 1 :]):
        after = np.searchsorted(part.starts, stops[-1] if ordered else first.stops)
        reached &= after < len(part)
        after = np.minimum(after, len(part) - 1)
        starts.append(part.starts[after])
        stops.append(part.stops[after])
    begins, ends = np.array(starts), np.array(stops)
    if len(parts) > 2:  # of two, the other one is looked for after the first
        order = np.argsort(begins, axis=0, kind="stable")
        begins, ends = np.take_along_axis(begins, order, axis=0), np.take_along_axis(ends, order, axis=0)
    gaps = begins[1:] - ends[:-1]
    # An overlap counts as less than no gap: what is too far apart in spite of it is too far apart in truth.
    reached &= gaps.sum(axis=0) <= distance
    overlapping = reached & (gaps < 0).any(axis=0)
    return first.starts[reached & ~overlapping], first.starts[overlapping] >> DOCUMENT


def _hopeful(parts: Sequence[Spans], distance: int) -> NDArray[np.int64]:
    """Documents in which every part comes near enough to the first, whatever stands between."""
    first = parts[0]
    reach = distance + sum(int((part.stops - part.starts).max()) for part in parts)
    kept = np.ones(len(first), dtype=np.bool_)
    for part in parts[1:]:
        after = np.searchsorted(part.starts, first.starts - reach)
        kept &= (after < len(part)) & (part.starts[np.minimum(after, len(part) - 1)] <= first.stops + reach)
    return distinct(first.starts[kept] >> DOCUMENT)


def _one_by_one(
    parts: Sequence[Spans],
    documents: NDArray[np.int64],
    distance: int,
    ordered: bool,
    check: Callable[[], None],
) -> Keys:
    begun: list[int] = []
    for document in documents.tolist():
        check()
        occurrences = [part.of(document) for part in parts]
        matches = matches_near(occurrences, distance, ordered=ordered, check=check)
        begun += [(document << DOCUMENT) + match[0][0] for match in matches]
    return np.array(begun, dtype=np.int64)


def same(parts: Sequence[Spans], starts: Keys) -> Keys:
    """The keys, ascending, of the units that hold an occurrence of every part, whole; units begin at `starts`."""
    units = []
    for part in parts:
        unit = np.searchsorted(starts, part.starts, side="right")
        whole = unit == np.searchsorted(starts, part.stops - 1, side="right")
        units.append(distinct(unit[whole]) - 1)
    return starts[shared(units)]


def apart(spans: Spans, gap: int) -> Keys:
    """The keys that begin something new where occurrences stand more than `gap` places apart."""
    return spans.starts[np.diff(spans.starts, prepend=-gap - 1) > gap]
