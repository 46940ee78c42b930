"""Why an article is a hit: for each part of the query the forms that matched it, how, where and how often."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from articles.arabic.analysis import LITERAL, SURFACE
from articles.search.canonical import canonical, quoted
from articles.search.matching import Asked, Matcher, TextField
from articles.search.results import Reason
from articles.search.syntax import Fuzzy, Level, Node, Phrase, Root, Wildcard, Word

KEPT, NAME, WILDCARD, FUZZY, ROOT = "kept", "name", "wildcard", "fuzzy", "root"
KINDS = (*(level.value for level in Level), KEPT, NAME, WILDCARD, FUZZY, ROOT)  # strictest first
TEXTS = tuple(TextField)

Tokens = tuple[str, ...]
Group = tuple[tuple[int, ...], str, TextField]  # parts of the query, kind, text


def reasons(matcher: Matcher, title: str, body: str) -> tuple[Reason, ...]:
    """For each part of a query, in its order, what matched most strictly first, and the title before the body.

    A form is written as it stands most often; forms that differ in spelling alone count as one.

    >>> reasons(Matcher(Word("كتاب")), "كتاب", "الكتاب والكتاب")[1]
    Reason(part='كتاب', kind='stem', field='body', forms=(('الكتاب', 1), ('والكتاب', 1)))
    """
    forms: dict[Group, dict[Tokens, Counter[str]]] = {}
    for group, form in _findings(matcher, title, body):
        spellings = forms.setdefault(group, {}).setdefault(tuple(map(SURFACE, form)), Counter())
        spellings[" ".join(form)] += 1
    listed = sorted(forms, key=lambda group: (group[0], KINDS.index(group[1]), TEXTS.index(group[2])))
    return tuple(
        Reason(_written(matcher, parts), kind, field.value, _most_first(forms[parts, kind, field].values()))
        for parts, kind, field in listed
    )


def _findings(matcher: Matcher, title: str, body: str) -> Iterator[tuple[Group, Tokens]]:
    """Everything found, in the order of the texts."""
    for reading, shown in matcher.found({TextField.TITLE: title, TextField.BODY: body}):
        for place, leaf in sorted({(found.place, found.leaf) for found in shown}):
            form = tuple(reading.tokens[slice(*place)])
            kind = _kind(matcher.asked[leaf], form)
            yield from (
                ((tuple(sorted(parts)), kind, reading.field), form) for parts in matcher.stands_for[leaf]
            )


def _kind(asked: Asked, form: Tokens) -> str:
    """How what was found is what was asked for."""
    match asked.leaf:
        case _ if asked.is_name:
            return NAME
        case Wildcard():
            return WILDCARD
        case Fuzzy():
            return FUZZY
        case Root():
            return ROOT
        case Word(text, only=only):
            closeness = _closeness((text,), form)
            return KEPT if only and closeness == Level.STEM else closeness
        case Phrase(words):
            return _closeness(words, form)


def _closeness(words: Sequence[str], form: Sequence[str]) -> str:
    """The strictest level at which words are a form."""
    if list(map(LITERAL, words)) == list(map(LITERAL, form)):
        return Level.LITERAL.value
    same = list(map(SURFACE, words)) == list(map(SURFACE, form))
    return Level.NORMALISED.value if same else Level.STEM.value


def _written(matcher: Matcher, parts: Sequence[int]) -> str:
    return " ".join(_as_typed(matcher.parts[part]) for part in parts)


def _as_typed(part: Node) -> str:
    match part:
        case Word(text):
            return text
        case Phrase(words):
            return quoted(words)
    return canonical(part)


def _most_first(forms: Iterable[Counter[str]]) -> tuple[tuple[str, int], ...]:
    """Each form in its commonest spelling with its number in all spellings, the most frequent form first."""
    counted = [(spellings.most_common(1)[0][0], spellings.total()) for spellings in forms]
    return tuple(sorted(counted, key=lambda form: -form[1]))
