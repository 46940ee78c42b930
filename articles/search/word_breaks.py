"""Words written together that are two, and words written apart that are one: عبدالله, تنظيمالدولة, ال عراق."""

from collections.abc import Callable, Sequence
from math import inf, log

LONGEST_RUN = 40  # letters
LEAST_LETTERS = 2  # of a part
MOST_PARTS = 4
PARTING = 6.0  # each part more makes a reading as likely as one e**6 (400) times rarer

Count = Callable[[str], int]


def parted(word: str, count: Count, *, documents: int, least: int = 1) -> tuple[str, ...]:
    """The known words that a normalised word is made of, the likeliest reading; empty where there is none.

    `count` gives the number of documents, of `documents`, that hold a word; parts are in `least` or more. The
    reading is Norvig's (2009, «Natural language corpus data»): the most probable chain of words.

    >>> known = {"تنظيم": 900, "الدوله": 1200, "ال": 40, "دوله": 300}
    >>> parted("تنظيمالدوله", lambda word: known.get(word, 0), documents=10_000)
    ('تنظيم', 'الدوله')
    """
    if not 2 * LEAST_LETTERS <= len(word) <= LONGEST_RUN:
        return ()
    # For each place in the word and number of parts: how likely the best reading up to it is, and that reading.
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]] = {(0, 0): (0.0, ())}
    for end in range(LEAST_LETTERS, len(word) + 1):
        for start in range(end - LEAST_LETTERS + 1):
            part = word[start:end]
            held = count(part) if len(part) < len(word) else 0
            if held >= least:
                _read_on(best, start, end, part, log(held / documents))
    found = [best.get((len(word), parts), (-inf, ())) for parts in range(2, MOST_PARTS + 1)]
    return max(found)[1]


def _read_on(
    best: dict[tuple[int, int], tuple[float, tuple[str, ...]]], start: int, end: int, part: str, weight: float
) -> None:
    for parts in range(MOST_PARTS):
        if (start, parts) in best:
            likely, read = best[start, parts]
            new = (likely + weight - PARTING, (*read, part))
            best[end, parts + 1] = max(best.get((end, parts + 1), (-inf, ())), new)


def joined(words: Sequence[str], count: Count, *, least: int = 1) -> list[tuple[int, str]]:
    """The neighbours that are known as one word, in `least` documents and more often than the rarer of the two.

    Each with the place of the first.

    >>> known = {"العراق": 900, "ال": 40}
    >>> joined(["جيش", "ال", "عراق"], lambda word: known.get(word, 0))
    [(1, 'العراق')]
    """
    pairs = [(place, one + other) for place, (one, other) in enumerate(zip(words, words[1:], strict=False))]
    return [
        (place, both)
        for place, both in pairs
        if count(both) >= max(least, 1 + min(count(words[place]), count(words[place + 1])))
    ]
