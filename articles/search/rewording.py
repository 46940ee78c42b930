"""Other ways to write a query that found little: what the reader may have meant by each of its words.

Only words that are looked for as words are touched: what is quoted, excluded, a pattern or looked for among names of
sources stays as it is, and so do operators and brackets.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from articles.arabic.analysis import SURFACE
from articles.arabic.tokenization import words
from articles.search.function_words import is_droppable
from articles.search.keyboard import retyped
from articles.search.known_words import KnownWords
from articles.search.latin_names import MOST_WORDS, arabic_name, latin_name
from articles.search.lexer import Kind, Lexeme, Lexer
from articles.search.operators import Field, is_operator
from articles.search.parser import without_controls
from articles.search.syntax import FieldName
from articles.search.transliteration import is_arabizi
from articles.search.word_breaks import joined, parted

MOST_LENGTH = 200  # characters of a query that is looked at
MOST_WORDS_OF_QUERY = 8
MOST_REWORDINGS = 6
RARE = 5  # articles: a word in more of them was meant as it stands, unless another is far more frequent
WAYS = 3  # to write one word
SHORTEST_LAYOUT = 3  # letters
SHORTEST_PART = 3
ONE_EDIT = 1.0

BEFORE_WORD = frozenset(
    {Kind.WORD, Kind.PHRASE, Kind.DATE, Kind.OPEN, Kind.CLOSE, Kind.ALL, Kind.ANY, Kind.FIELD}
)
TEXTS = frozenset({FieldName.TITLE, FieldName.BODY, FieldName.LEAD})
PATTERN = re.compile(r"[*?~˜∼]")
LATIN = re.compile(r"[a-z0-9][a-z0-9'’\-]*", re.IGNORECASE)
QUOTES = re.compile('["«»“”„]')


@dataclass(frozen=True, slots=True)
class Rewording:
    """The whole query with other words, and why: spelling, layout, arabizi, latin, split or joined.

    Arabic words in the place of Latin ones are «latin» or, where digits stood for letters, «arabizi».
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two blanks, and where; `known` articles hold its rarest word."""

    text: str
    start: int
    end: int
    tokens: tuple[str, ...]
    known: int

    @property
    def word(self) -> str:
        """The one normalised word it is; empty where it is several."""
        return self.tokens[0] if len(self.tokens) == 1 else ""


@dataclass(frozen=True, slots=True)
class Change:
    """Other words for some chunks in a row."""

    first: int
    last: int
    text: str
    reason: str


def rewordings(text: str, today: date, known: KnownWords) -> list[Rewording]:
    """Other ways to write a query, the likeliest first; what each finds is for the caller to ask."""
    typed, _places = without_controls(text[:MOST_LENGTH])
    chunks = list(islice(_chunks(typed, today, known), MOST_WORDS_OF_QUERY))
    found = [*_layouts(typed, known)]
    found += [_reworded(typed, chunks, [change]) for change in _names(chunks)]
    found += _combined(typed, chunks, known)
    found += [_reworded(typed, chunks, [change]) for change in _joined(chunks, known)]
    first = {each.text: each for each in reversed(found)}
    distinct = dict.fromkeys(first[each.text] for each in found if each.text != typed)
    return list(distinct)[:MOST_REWORDINGS]


def _chunks(typed: str, today: date, known: KnownWords) -> Iterator[Chunk]:
    lexemes = Lexer(typed, today).read()
    for before, lexeme in zip([None, *lexemes], lexemes, strict=False):
        if lexeme.kind is Kind.WORD and _is_free(before, lexeme):
            tokens = tuple(map(SURFACE, words(lexeme.text)))
            if tokens:
                count = min(map(known.count, tokens))
                yield Chunk(lexeme.text, lexeme.start, lexeme.end, tokens, count)


def _is_free(before: Lexeme | None, lexeme: Lexeme) -> bool:
    """Whether a chunk is looked for as words of the text, with all their forms."""
    if PATTERN.search(lexeme.text) or (before and before.kind not in BEFORE_WORD):
        return False
    if before and before.kind is Kind.FIELD:
        return isinstance(before.value, Field) and before.value.field in TEXTS
    return True


def _reworded(typed: str, chunks: Sequence[Chunk], changes: Sequence[Change]) -> Rewording:
    """The query with the changes made; several words in the place of one are kept together by brackets."""
    text = typed
    for change in reversed(changes):
        meant = f"({change.text})" if " " in change.text else change.text
        text = text[: chunks[change.first].start] + meant + text[chunks[change.last].end :]
    return Rewording(text, changes[0].reason)


# The whole query


def _layouts(typed: str, known: KnownWords) -> Iterator[Rewording]:
    """The query with the chunks that no article holds typed on the other keyboard layout."""
    if QUOTES.search(typed):
        return
    parts = re.split(r"(\s+)", typed)
    changed = [_on_other_layout(part, known) for part in parts]
    if any(changed):
        text = "".join(new or old for new, old in zip(changed, parts, strict=True))
        yield Rewording(text, "layout")


def _on_other_layout(part: str, known: KnownWords) -> str:
    """What the keys of a chunk write on the other layout where that is a known word, or a slip away from one."""
    tokens = [SURFACE(word) for word in words(part)]
    if (
        len(part.strip()) < SHORTEST_LAYOUT
        or arabic_name(part)
        or any(known.count(token) > RARE for token in tokens)
    ):
        return ""
    return next((meant for text in retyped(part) if (meant := _recognised(text, known))), "")


def _recognised(text: str, known: KnownWords) -> str:
    """A retyped chunk as articles write it; empty where it makes no sense."""
    tokens = [SURFACE(word) for word in words(text)]
    if not tokens or is_droppable(text):
        return ""
    if all(map(known.count, tokens)):
        return " ".join(map(known.written, tokens))
    if name := arabic_name(text):
        return name
    near = known.meant(tokens[0], limit=1) if len(tokens) == 1 else []
    return known.written(near[0].word) if near and near[0].cost <= ONE_EDIT else ""


# Chunk by chunk


def _names(chunks: Sequence[Chunk]) -> Iterator[Change]:
    """Names of several Latin words that stand together, the longest first."""
    for length in range(min(MOST_WORDS, len(chunks)), 1, -1):
        for first in range(len(chunks) - length + 1):
            last = first + length - 1
            name = arabic_name(" ".join(chunk.text for chunk in chunks[first : last + 1]))
            if name and _adjacent(chunks[first : last + 1]):
                yield Change(first, last, name, "latin")


def _joined(chunks: Sequence[Chunk], known: KnownWords) -> Iterator[Change]:
    pairs = [(number, chunk.word) for number, chunk in enumerate(chunks)]
    for first, both in joined([word for _number, word in pairs], known.common):
        if pairs[first][1] and pairs[first + 1][1] and _adjacent(chunks[first : first + 2]):
            yield Change(first, first + 1, known.written(both), "joined")


def _adjacent(chunks: Sequence[Chunk]) -> bool:
    return all(other.start - one.end == 1 for one, other in zip(chunks, chunks[1:], strict=False))


def _combined(typed: str, chunks: Sequence[Chunk], known: KnownWords) -> Iterator[Rewording]:
    """The query with all its rare words changed, each first in the likeliest way; or one by one where none is rare."""
    ways = {number: list(islice(_ways(chunk, number, known), WAYS)) for number, chunk in enumerate(chunks)}
    rare = [number for number, chunk in enumerate(chunks) if chunk.known <= RARE and ways[number]]
    if rare:
        best = {number: ways[number][0] for number in rare}
        yield _reworded(typed, chunks, list(best.values()))
        for number in rare:
            for other in ways[number][1:]:
                yield _reworded(typed, chunks, list({**best, number: other}.values()))
    for number in sorted(ways, key=lambda number: chunks[number].known):
        for change in ways[number][:1]:
            yield _reworded(typed, chunks, [change])


def _ways(chunk: Chunk, number: int, known: KnownWords) -> Iterator[Change]:
    """What may have been meant by one chunk, the likeliest first, each way once."""
    seen = {" ".join(chunk.tokens)}
    for reason, text in _options(chunk, known):
        key = " ".join(map(SURFACE, text.split()))
        if key not in seen:
            seen.add(key)
            yield Change(number, number, text, reason)


def _options(chunk: Chunk, known: KnownWords) -> Iterator[tuple[str, str]]:
    """Reasons and other words."""
    plain = chunk.text.strip(".,;:!?،؛؟()[]").replace("’", "'")
    if LATIN.fullmatch(plain) and not plain.isdigit():
        yield from _latin_options(plain, known)
    elif len(chunk.tokens) == 1 and not is_droppable(chunk.word):
        yield from _arabic_options(chunk, known)


def _latin_options(plain: str, known: KnownWords) -> Iterator[tuple[str, str]]:
    reason = "arabizi" if is_arabizi(plain) else "latin"
    if name := arabic_name(plain):
        yield reason, name
    if plain.isascii() and plain.isalpha():
        yield from (("spelling", each.word) for each in known.meant(plain.lower(), limit=1))
    yield from ((reason, known.written(each.word)) for each in known.sounding(plain.lower(), limit=WAYS))


def _arabic_options(chunk: Chunk, known: KnownWords) -> Iterator[tuple[str, str]]:
    word = chunk.word
    parts = _parts(word, known) if chunk.known <= RARE else ()
    near = known.meant(word, limit=WAYS)
    if parts and not (near and near[0].cost < 1):
        yield "split", " ".join(map(known.written, parts))
    yield from (("spelling", known.written(each.word)) for each in near)
    if parts:
        yield "split", " ".join(map(known.written, parts))
    if chunk.known <= RARE:
        if name := latin_name(word):
            yield "spelling", name
        yield from (("spelling", each.word) for each in known.sounding(word, limit=1))


def _parts(word: str, known: KnownWords) -> tuple[str, ...]:
    """The words that a run of letters is made of; two letters are a word only where they are a common one (من, في)."""
    parts = parted(word, known.common, documents=max(known.documents, 1))
    sensible = all(len(part) >= SHORTEST_PART or is_droppable(part) for part in parts)
    return parts if sensible and not any(map(is_operator, parts)) else ()
