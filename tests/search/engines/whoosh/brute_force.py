"""What a query finds, worked out word by word over the texts of one article: what the engine must agree with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.arabic.roots import roots
from articles.arabic.sentences import segmented
from articles.models.article import Article
from articles.search.patterns import is_near, pattern_regex
from articles.search.spans import Occurrence, near, same, times
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Everything,
    Expanded,
    FieldName,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Wildcard,
    Word,
)

ANALYZERS = {Level.LITERAL: LITERAL, Level.NORMALISED: SURFACE}


@dataclass(frozen=True)
class Text:
    """One text in which a query is looked for; names have no levels."""

    tokens: tuple[str, ...]
    starts: dict[Unit, Sequence[int]]
    is_name: bool = False

    def analyzer(self, level: Level | None) -> Callable[[str], str]:
        return SURFACE if self.is_name else ANALYZERS.get(level or Level.STEM, STEM)


def text_of(text: str, *, is_name: bool = False, paragraphs: int | None = None) -> Text:
    words, sentences, starts = segmented(text)
    end = starts[paragraphs] if paragraphs is not None and len(starts) > paragraphs else len(words)
    if is_name:
        sentences = starts = (0,)
    return Text(words[:end], {Unit.SENTENCE: sentences, Unit.PARAGRAPH: starts}, is_name)


def texts(article: Article, field: FieldName | None) -> list[Text]:
    title, body = text_of(article.title), text_of(article.body)
    match field:
        case None:
            return [title, body]
        case FieldName.TITLE:
            return [title]
        case FieldName.BODY:
            return [body]
        case FieldName.LEAD:
            return [text_of(article.body, paragraphs=1)]
    names = {
        FieldName.SOURCE: [article.source.name if article.source else ""],
        FieldName.AUTHOR: [article.author],
        FieldName.SECTION: [article.section],
        FieldName.PLACE: list(dict.fromkeys((article.city, article.country))),
        FieldName.COLLECTION: [collection.name for collection in article.collections.all()],
    }
    return [text_of(name, is_name=True) for name in names[field]]


def holds(article: Article, node: Node, field: FieldName | None = None) -> bool:
    """Whether an article matches."""
    match node:
        case And(parts):
            return all(holds(article, part, field) for part in parts)
        case Or(parts):
            return any(holds(article, part, field) for part in parts)
        case Not(part):
            return not holds(article, part, field)
        case In(inner, part):
            return holds(article, part, inner)
        case Expanded(part, names):
            return any(holds(article, each, field) for each in (part, *names))
        case Everything() | Nothing():
            return isinstance(node, Everything)
        case AtLeast(count, part):
            return sum(times(occurrences(part, text)) for text in texts(article, field)) >= count
        case Near(parts, distance, ordered):
            return any(
                near([occurrences(part, text) for part in parts], distance, ordered=ordered)
                for text in texts(article, field)
            )
        case Same(unit, parts):
            return any(
                same([occurrences(part, text) for part in parts], text.starts[unit])
                for text in texts(article, field)
            )
        case DateRange(start, end):
            return lies_within(article, start, end)
    return any(occurrences(node, text) for text in texts(article, field))


def lies_within(article: Article, start: date | None, end: date | None) -> bool:
    """Whether all that the date may mean lies between the two days."""
    first = article.published_on
    if first is None:
        return False
    last = {
        "day": first,
        "month": first.replace(day=[31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][first.month - 1]),
        "year": first.replace(month=12, day=31),
    }[article.published_precision]
    return (start is None or first >= start) and (end is None or last <= end)


def occurrences(part: Node, text: Text) -> list[Occurrence]:
    return sorted(set(_occurrences(part, text)))


def _occurrences(part: Node, text: Text) -> Iterator[Occurrence]:
    match part:
        case Phrase(words, level):
            terms = list(map(text.analyzer(level), words))
            held = list(map(text.analyzer(level), text.tokens))
            for first in range(len(held)):
                if held[first : first + len(terms)] == terms:
                    yield first, first + len(terms)
        case Or(parts):
            for choice in parts:
                yield from _occurrences(choice, text)
        case Expanded(whole, names):
            for name in (whole, *names):
                yield from _occurrences(name, text)
        case _:
            for place, token in enumerate(text.tokens):
                if stands_for(part, token, text):
                    yield place, place + 1


def stands_for(part: Node, token: str, text: Text) -> bool:
    match part:
        case Word(word, level, without):
            analyzer = text.analyzer(level)
            return analyzer(token) == analyzer(word) and SURFACE(token) not in without
        case Wildcard(pattern):
            return bool(pattern_regex(pattern).fullmatch(SURFACE(token)))
        case Fuzzy(word, edits):
            return is_near(SURFACE(word), SURFACE(token), edits)
        case Root(radicals):
            return radicals in roots(SURFACE(token))
    raise TypeError(part)
