"""What changed between two texts: paragraphs are aligned first, then words within those that changed.

Words that both texts hold once are the fixed points (patience diff); what stands between two of them is compared the
same way, and word by word where it is short. All of it is bounded: where two long stretches share no fixed point, are
longer than anything that is read word by word, or the work allowed is spent, one replaces the other as a whole.
Nothing is ever told as moved.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.importing.folding import INVISIBLE, MARKS, fold

Kind = Literal["same", "removed", "added", "replaced"]

LONGEST = 2_000_000  # characters of two stretches without a common paragraph that are compared word by word
CELLS = 40_000  # of one table that compares two stretches without a fixed point
MOST_CELLS = 1_000_000  # of all such tables of one comparison
DEEPEST = 24  # fixed points found between fixed points, and so on
PAIRS = 900  # of changed paragraphs that are looked at to find which became which
ALIKE = 0.3  # share of common words from which one paragraph is another, changed
SHORT = 3  # letters of a word that alone between two changes does not part them

PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
NUMBER = r"\d+(?:[.,:/\u066b\u066c]\d+)*"
IN_WORD = re.escape("".join([*MARKS, *INVISIBLE]))
TOKEN = re.compile(rf"(?:{NUMBER}|[\w{IN_WORD}]+|[^\w\s{IN_WORD}])[^\S\n]*|\s*\n\s*|\s+")
BLANKS = re.compile(r"\s+")
BETWEEN = "\0"  # stands in no text that the archive keeps


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of two texts: what stands in the older one and what stands there in the newer one."""

    kind: Kind
    before: str
    after: str

    @property
    def is_spelling(self) -> bool:
        """Whether only the spelling differs: marks, tatweel, forms of a letter, script of digits, blanks."""
        return self.kind != "same" and _key(self.before) == _key(self.after)


class _Match(NamedTuple):
    """Stretches that correspond, by their places; those between two matches do not."""

    before: int
    after: int


def compare(before: str, after: str) -> list[Change]:
    """The changes in the order of the texts; their `before`s joined are the older text, their `after`s the newer.

    >>> [(change.kind, change.before, change.after) for change in compare("قُتل 5 جنود", "قتل 7 جنود أمس")][1:]
    [('same', ' ', ' '), ('replaced', '5', '7'), ('same', ' جنود', ' جنود'), ('added', '', ' أمس')]
    """
    if before == after:
        return [Change("same", before, after)] if before else []
    return list(_joined(_without_blanks(_joined(_Comparison().texts(before, after)))))


def paragraphs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes of each paragraph of the two texts together, without the blank lines between them."""
    held: list[Change] = []
    for change in changes:
        for piece, ends in _lines(change):
            if piece.before or piece.after:
                held.append(piece)
            if ends and held:
                yield held
                held = []
    if held:
        yield held


def _lines(change: Change) -> Iterator[tuple[Change, bool]]:
    """A change line by line, each with whether a paragraph ends behind it."""
    if change.kind == "replaced" and "\n" in change.before + change.after:
        yield from _lines(Change("removed", change.before, ""))
        yield from _lines(Change("added", "", change.after))
        return
    before, after = change.before.split("\n"), change.after.split("\n")
    count = max(len(before), len(after))
    before += [""] * (count - len(before))
    after += [""] * (count - len(after))
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        yield Change(change.kind, old, new), number < count


class _Comparison:
    """One comparison, and the work it may still do."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS

    def texts(self, before: str, after: str) -> Iterator[Change]:
        old, new = PARAGRAPH.findall(before), PARAGRAPH.findall(after)
        keys = _keys(old), _keys(new)
        for left, right in _stretches(len(old), len(new), self.matches(*keys)):
            if len(left) == len(right) == 1 and keys[0][left[0]] == keys[1][right[0]]:
                yield from self.words(old[left[0]], new[right[0]])
            else:
                yield from self.gap(old[left.start : left.stop], new[right.start : right.stop])

    def gap(self, old: list[str], new: list[str]) -> Iterator[Change]:
        """Paragraphs of which none is the same: those that are alike are compared, others came or went."""
        if not old or not new or len(old) * len(new) > PAIRS:
            yield from self.words("".join(old), "".join(new))
            return
        bags = [_words(text) for text in old], [_words(text) for text in new]
        pairs = _best(len(old), len(new), lambda a, b: _likeness(bags[0][a], bags[1][b]))
        for left, right in _stretches(len(old), len(new), pairs):
            before, after = "".join(old[left.start : left.stop]), "".join(new[right.start : right.stop])
            if (left.start, right.start) in pairs:
                yield from self.words(before, after)
            else:
                yield from _changed(before, after)

    def words(self, before: str, after: str) -> Iterator[Change]:
        if before == after or not before or not after or len(before) + len(after) > LONGEST:
            yield from _changed(before, after)
            return
        old, new = TOKEN.findall(before), TOKEN.findall(after)
        pieces: list[Change] = []
        for left, right in _stretches(len(old), len(new), self.matches(_keys(old), _keys(new))):
            pieces += _differing("".join(old[left.start : left.stop]), "".join(new[right.start : right.stop]))
        yield from _without_crumbs(pieces)

    def matches(self, before: Sequence[str], after: Sequence[str]) -> list[_Match]:
        """Places of equal items, ascending on both sides."""
        found: list[_Match] = []
        waiting = [(0, len(before), 0, len(after), 0)]
        while waiting:
            start, end, start_after, end_after, depth = waiting.pop()
            while start < end and start_after < end_after and before[start] == after[start_after]:
                found.append(_Match(start, start_after))
                start, start_after = start + 1, start_after + 1
            while start < end and start_after < end_after and before[end - 1] == after[end_after - 1]:
                end, end_after = end - 1, end_after - 1
                found.append(_Match(end, end_after))
            if start == end or start_after == end_after:
                continue
            old, new = before[start:end], after[start_after:end_after]
            if len(old) * len(new) > CELLS and not set(old) & set(new):
                continue
            fixed = _fixed_points(old, new) if depth < DEEPEST else []
            if not fixed:
                found += [
                    _Match(start + match.before, start_after + match.after) for match in self.table(old, new)
                ]
                continue
            last = _Match(start - 1, start_after - 1)
            for match in [*fixed, _Match(end - start, end_after - start_after)]:
                here = _Match(start + match.before, start_after + match.after)
                waiting.append((last.before + 1, here.before, last.after + 1, here.after, depth + 1))
                last = here
            found += [_Match(start + match.before, start_after + match.after) for match in fixed]
        return sorted(found)

    def table(self, old: Sequence[str], new: Sequence[str]) -> list[_Match]:
        """The longest common sequence of two short stretches; of long ones nothing."""
        cells = len(old) * len(new)
        if cells > min(CELLS, self.cells):
            return []
        self.cells -= cells
        return sorted(_best(len(old), len(new), lambda a, b: float(old[a] == new[b])))


def _fixed_points(old: Sequence[str], new: Sequence[str]) -> list[_Match]:
    """Items that stand once on both sides: the longest run of them that ascends on both."""
    once_old = {item for item, count in Counter(old).items() if count == 1}
    once = {item for item, count in Counter(new).items() if count == 1 and item in once_old}
    if not once:
        return []
    places = {item: place for place, item in enumerate(new) if item in once}
    return _ascending([_Match(place, places[item]) for place, item in enumerate(old) if item in once])


def _ascending(matches: Sequence[_Match]) -> list[_Match]:
    """The longest subsequence whose second places ascend; the first ones do."""
    ends: list[int] = []  # the lowest place that a run of each length ends at
    last: list[int] = []  # the match it ends with
    before: list[int] = []
    for number, match in enumerate(matches):
        length = bisect_left(ends, match.after)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [match.after]
        last[length : length + 1] = [number]
    run: list[_Match] = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(matches[number])
        number = before[number]
    return run[::-1]


def _best(rows: int, columns: int, weight: Callable[[int, int], float]) -> set[_Match]:
    """The pairs, ascending on both sides, with the greatest sum of weights."""
    weights = [[weight(row, column) for column in range(columns)] for row in range(rows)]
    sums = [[0.0] * (columns + 1) for _row in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        here, below, given = sums[row], sums[row + 1], weights[row]
        for column in range(columns - 1, -1, -1):
            paired = given[column] + below[column + 1] if given[column] else 0.0
            here[column] = max(paired, below[column], here[column + 1])
    pairs, row, column = set(), 0, 0
    while row < rows and column < columns:
        given_here, best = weights[row][column], sums[row][column]
        if given_here and best == given_here + sums[row + 1][column + 1]:
            pairs.add(_Match(row, column))
            row, column = row + 1, column + 1
        elif best == sums[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _stretches(rows: int, columns: int, matches: Iterable[_Match]) -> Iterator[tuple[range, range]]:
    """Places of both sides in order: each match alone, and what stands between two matches together."""
    row = column = 0
    for match in [*sorted(matches), _Match(rows, columns)]:
        if row < match.before or column < match.after:
            yield range(row, match.before), range(column, match.after)
        if match.before < rows:
            yield range(match.before, match.before + 1), range(match.after, match.after + 1)
        row, column = match.before + 1, match.after + 1


def _changed(before: str, after: str) -> Iterator[Change]:
    if before == after:
        if before:
            yield Change("same", before, after)
    elif before and after:
        yield Change("replaced", before, after)
    else:
        yield Change("removed" if before else "added", before, after)


def _differing(before: str, after: str) -> Iterator[Change]:
    """As `_changed`; of a word that differs in the blanks behind it only, the word is the same."""
    word = before.rstrip()
    if word and before != after and word == after.rstrip():
        yield Change("same", word, word)
        before, after = before[len(word) :], after[len(word) :]
    yield from _changed(before, after)


def _without_crumbs(pieces: Sequence[Change]) -> list[Change]:
    """A blank, a point or a short word alone between two changes belongs to them: nobody reads it as kept."""
    kept: list[Change] = []
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        crumb = piece.kind == "same" and "\n" not in piece.before and len(piece.before.strip()) < SHORT
        if crumb and kept and following and _is_real(kept[-1]) and _is_real(following):
            last = kept.pop()
            piece = Change("replaced", last.before + piece.before, last.after + piece.after)
        kept.append(piece)
    return kept


def _is_real(change: Change) -> bool:
    return change.kind != "same" and not change.is_spelling


def _without_blanks(changes: Iterable[Change]) -> Iterator[Change]:
    """The blank behind a replaced word, where both have it, is no part of the change."""
    for change in changes:
        end = len(change.after) - len(change.after.rstrip(" "))
        if change.kind == "replaced" and end and change.before.endswith(change.after[-end:]):
            yield from _changed(change.before[:-end], change.after[:-end])
            yield Change("same", change.after[-end:], change.after[-end:])
        else:
            yield change


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Neighbours of one sort as one; a change of spelling stays apart from a real one."""
    held: list[Change] = []
    sort = ""
    for change in changes:
        here = _sort(change)
        # A blank that came or went belongs to the words beside it that did so too.
        if held and (sort == here or "blank" in (sort, here) and "same" not in (sort, here)):
            sort = here if sort == "blank" else sort
        else:
            yield from _as_one(held)
            held, sort = [], here
        held.append(change)
    yield from _as_one(held)


def _as_one(changes: Sequence[Change]) -> Iterator[Change]:
    yield from _changed(
        "".join(change.before for change in changes), "".join(change.after for change in changes)
    )


def _sort(change: Change) -> str:
    if change.kind == "same":
        return "same"
    if not (change.before + change.after).strip():
        return "blank"
    return "spelling" if change.is_spelling else "real"


def _key(text: str) -> str:
    """The text in one spelling, without blanks."""
    return BLANKS.sub("", fold(text))


def _keys(texts: Sequence[str]) -> list[str]:
    """The key of each; what is nothing but blanks or marks has one of its own. All are folded in one go."""
    distinct = list(dict.fromkeys(texts))
    folded = _key(BETWEEN.join(distinct)).split(BETWEEN)
    if len(folded) != len(distinct):
        folded = [_key(text) for text in distinct]
    known = {text: key or text.strip() or "\n" for text, key in zip(distinct, folded, strict=True)}
    return [known[text] for text in texts]


def _words(text: str) -> Counter[str]:
    return Counter(key for key in _keys(TOKEN.findall(text)) if len(key) >= SHORT)


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of words that two paragraphs have in common; 0 where it is too low to call them one."""
    total = old.total() + new.total()
    share = 2 * (old & new).total() / total if total else 0.0
    return share if share >= ALIKE else 0.0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Paragraphs in a row that both texts have as they are: how many, and which."""

    lines: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.lines)


def folded(before: str, after: str) -> list[list[Change] | Unchanged]:
    """The changed paragraphs of two texts, and between them what is unchanged, folded together."""
    shown: list[list[Change] | Unchanged] = []
    same: list[str] = []
    for pieces in paragraphs(compare(before, after)):
        if all(piece.kind == "same" for piece in pieces):
            same.append("".join(piece.after for piece in pieces))
            continue
        if same:
            shown.append(Unchanged(tuple(same)))
            same = []
        shown.append(pieces)
    return [*shown, Unchanged(tuple(same))] if same else shown
