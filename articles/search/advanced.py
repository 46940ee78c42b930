"""From the boxes of the advanced form to a query as a reader might have typed it, which teaches how to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from articles.arabic.tokenization import words
from articles.search.canonical import canonical
from articles.search.composition import all_of, any_of, none_of, within
from articles.search.date_values import read_whole
from articles.search.function_words import quote_operators
from articles.search.measures import DEFAULT_DISTANCE, MAX_DISTANCE
from articles.search.parser import parse
from articles.search.syntax import DateRange, Everything, FieldName, Near, Node, Phrase, Word

FIELDS = (
    *(FieldName.TITLE, FieldName.LEAD, FieldName.AUTHOR),
    *(FieldName.SOURCE, FieldName.SECTION, FieldName.PLACE),
)


@dataclass(frozen=True, slots=True)
class Boxes:
    """What stands in the boxes: `query` is in the query language, the others hold plain words; «» where left out.

    `fields` are words to look for in one field. `since` and `until` are dates as the query language reads them.
    """

    query: str = ""
    phrase: str = ""
    any: str = ""
    none: str = ""
    near: str = ""
    distance: int = DEFAULT_DISTANCE
    fields: tuple[tuple[FieldName, str], ...] = ()
    since: str = ""
    until: str = ""


class UnreadableDate(ValueError):
    """What stands in the box of this name is no date."""


def written(boxes: Boxes, today: date) -> str:
    """The query that says what the boxes say; empty where they say nothing. Raises UnreadableDate.

    >>> written(Boxes(query="نفط", none="غاز فحم", since="2014"), date(2026, 1, 1))
    'نفط ليس (غاز أو فحم) التاريخ:2014..'
    """
    tree = quote_operators(all_of(_parts(boxes, today)))
    return "" if tree == Everything() else parse(canonical(tree), today).canonical


def _parts(boxes: Boxes, today: date) -> Iterator[Node]:
    yield parse(boxes.query, today).tree
    if exact := words(boxes.phrase):
        yield Phrase(tuple(exact))
    if choices := words(boxes.any):
        yield any_of(map(Word, choices))
    if unwanted := words(boxes.none):
        yield none_of(any_of(map(Word, unwanted)))
    yield from _near(words(boxes.near), boxes.distance)
    for field, text in boxes.fields:
        if wanted := words(text):
            yield within(field, all_of(map(Word, wanted)))
    first, last = _day("since", boxes.since, today), _day("until", boxes.until, today)
    if first or last:
        yield DateRange(first.start if first else None, last.end if last else None)


def _near(near: list[str], distance: int) -> Iterator[Node]:
    """One word is near itself: it is asked for alone."""
    if len(set(near)) > 1:
        parts = tuple(quote_operators(Word(word)) for word in dict.fromkeys(near))
        yield Near(parts, min(max(distance, 0), MAX_DISTANCE))
    else:
        yield from map(Word, near[:1])


def _day(box: str, text: str, today: date) -> DateRange | None:
    if not text.strip():
        return None
    reading = read_whole(text, today)
    if reading is None:
        raise UnreadableDate(box)
    return reading
