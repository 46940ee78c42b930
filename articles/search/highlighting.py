"""Shows what matched: texts cut into marked and plain pieces, and the passages that say most about a query.

Text stays text: templates escape the pieces. Offsets point into the original, and every cut falls between
words, or at least between letters with their marks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from articles.arabic.characters import INVISIBLE_CONTROLS, ZERO_WIDTH_JOINER
from articles.search.matching import Match
from articles.search.results import Passage, Piece, Span

PASSAGES = 2
PASSAGE_LENGTH = 220  # characters, about two lines

BLANKS = re.compile(r"\s+")
LAST_BLANK = re.compile(r"\s(?=\S*\Z)")
NOT_BLANK = re.compile(r"\S")
PARAGRAPH = re.compile(r"\S(?:[^\r\n\u2028\u2029]*[^\s])?")
# Where a sentence or a paragraph begins: after the end of another, the marks that may follow it, and a blank.
SENTENCE_START = re.compile(r"(?:[\r\n\u2028\u2029]\s*|[.!?؟۔…][\"'”’»›)\]]*\s+)(?=\S)")
LONGEST_CLUSTER = 40  # marks on one letter that a cut takes care of
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The text in order, each piece matched or not; joined they are the text.

    >>> pieces("قرأ كتاباً", [Span(4, 10)])
    (Piece(text='قرأ ', matched=False), Piece(text='كتاباً', matched=True))
    """
    return tuple(_pieces(text, spans, 0, len(text)))


def marked_paragraphs(text: str, spans: Sequence[Span]) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs of a text, one a line that is not blank, each in pieces and without blanks around it."""
    waiting = list(reversed(spans))
    paragraphs = []
    for paragraph in PARAGRAPH.finditer(text):
        inside = []
        while waiting and waiting[-1].start < paragraph.end():
            inside.append(waiting.pop())
        paragraphs.append(tuple(_pieces(text, inside, *paragraph.span())))
    return tuple(paragraphs)


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> Iterator[Piece]:
    """The pieces of `text[start:end]`, in which the spans lie in order."""
    at = start
    for span in spans:
        first, last = max(span.start, at), min(span.end, end)
        if first >= last:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], matched=True)
        at = last
    if at < end:
        yield Piece(text[at:end])


# Passages


@dataclass(frozen=True, slots=True)
class Unit(Span):
    """What counts for a passage that shows it whole: a word, a phrase, or words near each other."""

    parts: frozenset[int]
    marks: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    """The units that lie wholly between two places of a free stretch of text."""

    start: int
    limit: int
    worth: tuple[int, int, int, int]
    free: Span


def passages(
    text: str, matches: Sequence[Match], *, count: int = PASSAGES, length: int = PASSAGE_LENGTH
) -> tuple[Passage, ...]:
    """At most `count` passages of about `length` characters, in the order of the text, never overlapping.

    Best is what holds most of the query's words that no better passage holds, then most of its words at all,
    then most matches, then what comes first. A text without matches is shown from its beginning.
    """
    whole = _trimmed(text, 0, len(text))
    if whole.start >= whole.end:
        return ()
    beginning = Span(whole.start, whole.start)
    chosen = (
        _best(text, matches, whole, count, length) if matches else [_around(text, beginning, whole, length)]
    )
    return tuple(
        _passage(text, matches, stretch) for stretch in sorted(chosen, key=lambda stretch: stretch.start)
    )


def _best(text: str, matches: Sequence[Match], whole: Span, count: int, length: int) -> list[Span]:
    """The best stretch, then the best of what it leaves free, and so on."""
    units = _units(matches, length)
    by_end = sorted(range(len(units)), key=lambda number: units[number].end)
    taken: list[Span] = []
    shown: set[int] = set()
    for _ in range(count):
        windows = [_best_window(units, by_end, free, shown, length) for free in _free(whole, taken)]
        best = max(filter(None, windows), key=lambda window: window.worth, default=None)
        if best is None:
            break
        inside = [unit for unit in units if best.start <= unit.start and unit.end <= best.limit]
        shown.update(part for unit in inside for part in unit.parts)
        end = min(max(unit.end for unit in inside), best.start + length)
        taken.append(_around(text, Span(best.start, end), best.free, length))
    return taken


def _units(matches: Sequence[Match], length: int) -> list[Unit]:
    """The units of a text in order; what is too long for a passage falls into its words."""
    together: dict[Span, list[Match]] = {}
    for match in matches:
        whole = match.whole
        fits = whole is not None and whole.end - whole.start <= length
        together.setdefault(whole if whole and fits else Span(match.start, match.end), []).append(match)
    units = [
        Unit(place.start, place.end, frozenset().union(*(match.parts for match in held)), len(held))
        for place, held in together.items()
    ]
    return sorted(units, key=lambda unit: (unit.start, unit.end))


def _free(whole: Span, taken: Iterable[Span]) -> Iterator[Span]:
    start = whole.start
    for stretch in sorted(taken, key=lambda stretch: stretch.start):
        yield Span(start, stretch.start)
        start = stretch.end
    yield Span(start, whole.end)


def _best_window(
    units: Sequence[Unit], by_end: Sequence[int], free: Span, shown: set[int], length: int
) -> Window | None:
    """The best window of one free stretch, each unit in turn being the first in its window."""
    held: dict[int, int] = {}  # in how many units of the window each part stands
    joined: set[int] = set()
    marks = 0
    best: Window | None = None
    waiting = iter([*by_end, None])
    coming = next(waiting)
    for first, unit in enumerate(units):
        if unit.start < free.start:
            continue
        limit = min(max(unit.start + length, unit.end), free.end)
        while coming is not None and units[coming].end <= limit:
            if coming >= first:
                joined.add(coming)
                for part in units[coming].parts:
                    held[part] = held.get(part, 0) + 1
                marks += units[coming].marks
            coming = next(waiting)
        if first not in joined:
            continue
        worth = (len(held.keys() - shown), len(held), marks, -unit.start)
        if best is None or worth > best.worth:
            best = Window(unit.start, limit, worth, free)
        for part in unit.parts:
            held[part] -= 1
            if not held[part]:
                del held[part]
        marks -= unit.marks
    return best


def _around(text: str, core: Span, free: Span, length: int) -> Span:
    """About `length` characters of a free stretch around the core, from where a sentence begins if near."""
    if free.end - free.start <= length:
        return _trimmed(text, free.start, free.end)
    room = length - (core.end - core.start)
    start = _sentence_or_context(text, max(core.start - room, free.start), core.start, room // 3)
    if start + length < free.end:
        return _trimmed(
            text, start, _word_end(text, start, max(core.end, start + length // 2), start + length)
        )
    # The stretch ends before the passage is full: begin earlier.
    return _trimmed(text, min(start, _first_start(text, free.end - length, start)), free.end)


def _sentence_or_context(text: str, earliest: int, latest: int, context: int) -> int:
    """The last beginning of a sentence between two places, else a word some `context` characters before."""
    starts = _sentence_starts(text, earliest, latest)
    return starts[-1] if starts else _word_start(text, max(earliest, latest - context), latest)


def _first_start(text: str, earliest: int, latest: int) -> int:
    """The first beginning of a sentence between two places, or else of a word."""
    starts = _sentence_starts(text, earliest, latest)
    return starts[0] if starts else _word_start(text, earliest, latest)


def _sentence_starts(text: str, earliest: int, latest: int) -> list[int]:
    # The end of the sentence before, with its blank, may stand just before the first place.
    found = SENTENCE_START.finditer(text, max(earliest - 2, 0), latest + 1)
    starts = [sentence.end() for sentence in found if earliest <= sentence.end() <= latest]
    return starts if NOT_BLANK.search(text, 0, earliest) else [earliest, *starts]


def _word_start(text: str, wished: int, latest: int) -> int:
    """The first beginning of a word between two places, the second where there is none before it."""
    if wished == 0 or text[wished - 1].isspace():
        return wished
    blank = BLANKS.search(text, wished, latest)
    return blank.end() if blank else latest


def _word_end(text: str, start: int, earliest: int, wished: int) -> int:
    """The last end of a word between two places; without blanks, a place between letters with their marks."""
    blank = LAST_BLANK.search(text, earliest, wished + 1)
    if blank:
        return blank.start()
    lowest = max(start + 1, wished - LONGEST_CLUSTER)
    return next(
        (end for end in range(wished, lowest, -1) if not _is_attached(text[end], text[end - 1])), wished
    )


def _is_attached(character: str, previous: str) -> bool:
    """Whether a character is part of the letter or picture before it."""
    if previous == ZERO_WIDTH_JOINER or character in SKIN_TONES or character in INVISIBLE_CONTROLS:
        return True
    return unicodedata.category(character).startswith("M")


def _trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without the blanks around it."""
    stretch = text[start:end]
    return Span(end - len(stretch.lstrip()), start + len(stretch.rstrip()))


def _passage(text: str, matches: Sequence[Match], stretch: Span) -> Passage:
    """The passage of a stretch: blanks and line ends are written as one space each."""
    found = _pieces(
        text, (match for match in matches if match.end > stretch.start), stretch.start, stretch.end
    )
    return Passage(
        tuple(Piece(BLANKS.sub(" ", piece.text), piece.matched) for piece in found),
        cut_before=bool(NOT_BLANK.search(text, 0, stretch.start)),
        cut_after=bool(NOT_BLANK.search(text, stretch.end)),
    )
