"""From pairs to stories. A story is what is like its lead: likeness is not passed on from one copy to the next.

The longest text that belongs to no story yet takes every article like it; then the longest of those that are left,
and so on. So A ~ B ~ C with A not ~ C never melt into one, and the order in which articles came does not matter.
What curators confirmed stands before all others and takes in what is like its lead.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from articles.duplicates.comparing import Circumstances, Likeness, are_copies
from articles.duplicates.folder import Table
from articles.duplicates.reading import SHORTEST_EXACT

NO_DAY = np.iinfo(np.int32).max

Apart = Mapping[int, AbstractSet[int]]  # of an article's key the keys of articles that are no copies of it


@dataclass(frozen=True, slots=True)
class Copy:
    key: int
    similarity: float
    length: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A story that a curator confirmed: its number, its lead's key and the keys of the copies confirmed."""

    number: int
    lead: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A story found: its lead first among its copies. Of a confirmed story (`number`) the copies that are new."""

    lead: int
    copies: tuple[Copy, ...]
    number: int | None = None


def lead_order(facts: Table) -> NDArray[np.int64]:
    """The rows of FACT in the order of leads: the longest text, then the earliest day, the undated last.

    The number of the text stands before the key, which says nothing but when an article was imported.
    """
    days = np.where(facts["day"] == 0, NO_DAY, facts["day"])
    return np.lexsort((facts["key"], facts["text"], days, -facts["length"].astype(np.int64)))


def groups(facts: Table, pairs: Table, confirmed: Sequence[Confirmed], apart: Apart) -> Iterator[Group]:
    """The stories among the articles of `facts`, whose alike texts are `pairs`; those of one article are none."""
    likeness = _Likenesses(facts, pairs, confirmed)
    del facts, pairs  # a large archive's: what counts of them is in `likeness`
    known = [(number, story) for story in confirmed if (number := likeness.number(story.lead)) is not None]
    for _number, story in known:
        likeness.take(story.members)
    for number, story in sorted(known, key=itemgetter(0)):
        found = likeness.copies(number, story.members, apart)
        yield Group(story.lead, tuple(found), story.number)
    for number in range(len(likeness.keys)):
        if not likeness.taken[number]:
            lead = likeness.copy(number, 1.0)
            if found := likeness.copies(number, (lead.key,), apart):
                yield Group(lead.key, (lead, *found))


class _Likenesses:
    """The articles that have a copy or might, in the order of leads."""

    def __init__(self, facts: Table, pairs: Table, confirmed: Sequence[Confirmed]) -> None:
        chosen = _with_company(facts, pairs) | np.isin(
            facts["key"], [key for story in confirmed for key in (story.lead, *story.members)]
        )
        facts = facts[chosen]
        self.facts = facts[lead_order(facts)]
        self.keys = np.ascontiguousarray(self.facts["key"])
        self.by_key = np.argsort(self.keys)
        self.sorted_keys = self.keys[self.by_key]
        self.taken = np.zeros(len(self.facts), dtype=np.bool_)
        self.by_text = np.argsort(self.facts["text"], kind="stable")
        self.texts = self.facts["text"][self.by_text]
        turned = pairs.copy()
        turned["one"], turned["other"] = pairs["other"], pairs["one"]
        both = np.concatenate((pairs, turned))
        self.pairs = both[np.argsort(both["one"], kind="stable")]
        # A column of a table is copied whole by every search in it.
        self.ones = np.ascontiguousarray(self.pairs["one"])

    def number(self, key: int) -> int | None:
        """The place of an article in the order of leads; None where it is not among these."""
        place = int(np.searchsorted(self.sorted_keys, key))
        inside = place < len(self.sorted_keys) and self.sorted_keys[place] == key
        return int(self.by_key[place]) if inside else None

    def take(self, keys: Sequence[int]) -> None:
        self.taken[[number for key in keys if (number := self.number(key)) is not None]] = True

    def copy(self, number: int, similarity: float) -> Copy:
        return Copy(int(self.keys[number]), similarity, int(self.facts["length"][number]))

    def copies(self, lead: int, members: Sequence[int], apart: Apart) -> list[Copy]:
        """The free articles like that of number `lead`, in their order, each a copy of none it is to be apart from."""
        self.taken[lead] = True
        inside, found = set(members), []
        like = dict(self._like(lead))
        for number in sorted(like):
            copy = self.copy(number, like[number])
            if not self.taken[number] and not inside & apart.get(copy.key, frozenset()):
                inside.add(copy.key)
                self.taken[number] = True
                found.append(copy)
        return found

    def _like(self, lead: int) -> Iterator[tuple[int, float]]:
        """The numbers of the articles like one, and how like."""
        fact, here = self.facts[lead], self._circumstances(lead)
        if fact["length"] >= SHORTEST_EXACT:
            yield from ((number, 1.0) for number in self._with_text(fact["text"]) if number != lead)
        start, end = (np.searchsorted(self.ones, fact["text"], side) for side in ("left", "right"))
        for pair in self.pairs[int(start) : int(end)]:
            likeness = Likeness(float(pair["similarity"]), float(pair["contained"]), float(pair["numbers"]))
            for number in self._with_text(pair["other"]):
                if are_copies(likeness, here, self._circumstances(number)):
                    yield number, likeness.similarity

    def _with_text(self, text: np.uint64) -> list[int]:
        start, end = (np.searchsorted(self.texts, text, side) for side in ("left", "right"))
        return self.by_text[int(start) : int(end)].tolist()

    def _circumstances(self, number: int) -> Circumstances:
        return Circumstances(int(self.facts["day"][number]), int(self.facts["source"][number]))


def _with_company(facts: Table, pairs: Table) -> NDArray[np.bool_]:
    """Which articles have a text that others have too, or that is in a pair."""
    texts, counts = np.unique(facts["text"], return_counts=True)
    shared = np.union1d(texts[counts > 1], np.union1d(pairs["one"], pairs["other"]))
    return np.isin(facts["text"], shared)
