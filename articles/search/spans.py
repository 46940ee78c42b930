"""Where the parts of a query stand in one text, and when they stand together: one answer for engine and marking.

An occurrence is the place of its first token and the place after its last one. A text has one list of occurrences,
in order, for each part of a query; places are counted in tokens.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

Occurrence = tuple[int, int]
Match = tuple[Occurrence, ...]  # in the order of the text
Reached = dict[tuple[int, int], tuple[int, Match]]


def near(occurrences: Sequence[Sequence[Occurrence]], distance: int, *, ordered: bool) -> list[Match]:
    """The matches of parts near each other: for each place where one can begin, the one with the fewest other words.

    A match is one occurrence of each part, no token taken twice, with at most `distance` tokens of no part between
    the first and the last; in the order of the parts where `ordered`. Of several with as few, the first to end.

    >>> near([[(0, 1), (9, 10)], [(3, 4)]], 4, ordered=False)
    [((0, 1), (3, 4))]
    >>> near([[(0, 1), (9, 10)], [(3, 4)]], 5, ordered=False), near([[(5, 6)], [(3, 4)]], 5, ordered=True)
    ([((0, 1), (3, 4)), ((3, 4), (9, 10))], [])
    """
    return list(matches_near(occurrences, distance, ordered=ordered))


def matches_near(
    occurrences: Sequence[Sequence[Occurrence]],
    distance: int,
    *,
    ordered: bool,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Match]:
    """As `near`, one by one; `check` is called again and again meanwhile, and may raise."""
    if not occurrences or not all(occurrences):
        return
    window = _Window(occurrences, distance, ordered=ordered)
    beginning = occurrences[:1] if ordered else occurrences
    for begin in sorted({first for part in beginning for first, _after in part}):
        if match := window.tightest(begin, check):
            yield match


class _Window:
    """What can stand in one match, from the place where it begins."""

    def __init__(self, occurrences: Sequence[Sequence[Occurrence]], distance: int, *, ordered: bool) -> None:
        self.count = len(occurrences)
        self.distance = distance
        self.sorted = sorted(
            (first, after, part) for part, own in enumerate(occurrences) for first, after in own
        )
        self.firsts = [first for first, _after, _part in self.sorted]
        longest = sum(max(after - first for first, after in part) for part in occurrences)
        self.reach = distance + longest
        # A part comes after those it needs: all before it in order, or a twin, which would only change places with it.
        self.needed = [
            (1 << part) - 1 if ordered else _twins(occurrences, part) for part in range(self.count)
        ]

    def tightest(self, begin: int, check: Callable[[], None]) -> Match | None:
        """The match with the fewest other words among those that begin at this place."""
        reached: Reached = {}
        start, end = bisect_left(self.firsts, begin), bisect_right(self.firsts, begin + self.reach)
        for first, after, part in self.sorted[start:end]:
            check()
            if first == begin and not self.needed[part]:
                _reach(reached, 1 << part, 0, ((first, after),))
            for (held, last), (others, match) in list(reached.items()):
                others += first - last
                takes = not held >> part & 1 and held & self.needed[part] == self.needed[part]
                if takes and last <= first and others <= self.distance:
                    _reach(reached, held | 1 << part, others, (*match, (first, after)))
        whole = (1 << self.count) - 1
        found = [(others, last, match) for (held, last), (others, match) in reached.items() if held == whole]
        return min(found)[2] if found else None


def _twins(occurrences: Sequence[Sequence[Occurrence]], part: int) -> int:
    """The last part before this one that stands at the same places, as a bit; 0 where there is none."""
    twins = [other for other in range(part) if occurrences[other] == occurrences[part]]
    return 1 << twins[-1] if twins else 0


def _reach(reached: Reached, held: int, others: int, match: Match) -> None:
    key = (held, match[-1][1])
    if key not in reached or (others, match) < reached[key]:
        reached[key] = others, match


def same(occurrences: Sequence[Sequence[Occurrence]], starts: Sequence[int]) -> list[Match]:
    """For each unit of the text that holds every part, all occurrences of the parts in it; units begin at `starts`.

    An occurrence that runs into the next unit is in neither. One token may do for several parts.

    >>> same([[(0, 1), (7, 8)], [(3, 4), (4, 6), (12, 13)]], starts=[0, 5, 10])
    [((0, 1), (3, 4))]
    """
    units = [_by_unit(part, starts) for part in occurrences]
    shared = set.intersection(*map(set, units)) if units else set()
    return [tuple(sorted({found for unit in units for found in unit[number]})) for number in sorted(shared)]


def _by_unit(part: Iterable[Occurrence], starts: Sequence[int]) -> dict[int, list[Occurrence]]:
    units: dict[int, list[Occurrence]] = {}
    for first, after in part:
        unit = bisect_right(starts, first)
        if unit == bisect_right(starts, after - 1):
            units.setdefault(unit, []).append((first, after))
    return units


def times(occurrences: Iterable[Occurrence]) -> int:
    """How many times a part occurs: once for each token at which an occurrence begins.

    >>> times([(0, 1), (0, 2), (5, 6)])
    2
    """
    return len({first for first, _after in occurrences})
