"""Another way to write a query that found little, offered only where it finds more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.interpreting import Interpretation, interpret, uncounted
from articles.search.parser import parse
from articles.search.request import SearchRequest
from articles.search.rewording import rewordings
from articles.search.syntax import Level, Node, ParsedQuery

FEW_HITS = 5  # a search that finds more was understood
MOST_CORRECTIONS = 3
SECONDS = 0.1
# How many times the hits a correction must find: a word spelled otherwise may be another word.
GAINS = {"spelling": 5}


@dataclass(frozen=True, slots=True)
class Correction:
    """A whole query that finds more, why it is offered, and the number of its hits.

    `reason` is spelling, layout (of the keyboard), arabizi, latin (letters), split or joined (words).
    """

    text: str
    reason: str
    total: int


def corrections(
    request: SearchRequest, parsed: ParsedQuery, total: int, *, read: Interpretation | None = None
) -> tuple[Correction, ...]:
    """What the reader may have meant by a search that found `total` hits, the likeliest first; nothing after many.

    Who has interpreted the request already gives it as `read`, which saves the database three questions.
    """
    if total > FEW_HITS or not request.text.strip() or request.level is Level.LITERAL:
        return ()
    try:
        return tuple(_offered(read or interpret(request), parsed, total)[:MOST_CORRECTIONS])
    except EngineProblem:
        return ()


def _offered(asked: Interpretation, parsed: ParsedQuery, total: int) -> list[Correction]:
    request, question = asked.request, uncounted(asked)
    found = engine().words(
        lambda known: rewordings(request.text, timezone.localdate(), known),
        hidden=question.hidden,
        seconds=SECONDS,
    )
    reasons: dict[str, str] = {}
    trees: dict[str, Node] = {}
    for rewording in found:
        query = parse(rewording.text, timezone.localdate())
        if query.canonical not in ("", parsed.canonical):
            reasons.setdefault(query.canonical, rewording.reason)
            trees[query.canonical] = replace(asked, query=query).reread(request.with_text(query.text)).tree
    totals = engine().totals([replace(question, tree=tree) for tree in trees.values()])
    counted = [
        Correction(text, reasons[text], count)
        for text, count in zip(trees, totals, strict=True)
        if count and count > total * GAINS.get(reasons[text], 1)
    ]
    return list(_distinct(counted))


def _distinct(counted: list[Correction]) -> Iterator[Correction]:
    """The corrections without those that find the same by another form of a word; the likeliest stay."""
    seen: set[tuple[str, int]] = set()
    for each in counted:
        if (each.reason, each.total) not in seen:
            seen.add((each.reason, each.total))
            yield each
