"""Other ways to ask the same: each level with its count, any of the words, forms and other names to drop."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from articles.arabic.analysis import STEM, SURFACE
from articles.search.canonical import canonical
from articles.search.composition import any_of_words
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem
from articles.search.interpreting import Interpretation, at_level, uncounted
from articles.search.request import Need
from articles.search.results import Alternative, OtherName, Step, WordForm, WordForms
from articles.search.syntax import And, Expanded, Fuzzy, In, Level, Node, Or, Root, Wildcard, Word

PARTS_SHOWN = 4  # parts of a query whose forms are listed
FORMS_SHOWN = 16


def ladder(read: Interpretation, total: int) -> tuple[Step, ...]:
    """What the same search finds at each level; `total` is known for the level in force.

    Levels that ask for the same are counted once: a pattern is the same at each, a word without other names at two.
    """
    trees = {level: at_level(read, level).tree for level in Level}
    others = [tree for tree in dict.fromkeys(trees.values()) if tree != read.tree]
    try:
        counted = engine().totals([replace(uncounted(read), tree=tree) for tree in others]) if others else []
    except EngineProblem:
        return ()
    totals: dict[Node, int | None] = dict(zip(others, counted, strict=True)) | {read.tree: total}
    return tuple(
        Step(
            level,
            totals[trees[level]],
            level is read.request.level,
            read.request.at_level(level).query_string(),
        )
        for level in Level
    )


def relaxed(read: Interpretation, total: int) -> tuple[Alternative, ...]:
    """The search for any of the words, where no article has them all."""
    request = read.request.needing(Need.ANY)
    if total or read.request.need is Need.ANY or any_of_words(read.query.tree) == read.query.tree:
        return ()
    try:
        (count,) = engine().totals([uncounted(read.reread(request))])
    except EngineProblem:
        return ()
    return (Alternative(read.query.canonical, "any", count, request.query_string()),) if count else ()


def other_names(read: Interpretation) -> tuple[OtherName, ...]:
    """The other names that were searched, and those that the reader dropped."""
    request = read.request
    searched = [
        OtherName(also.words, also.name, False, request.dropping(also.name).query_string())
        for also in read.expansion.also
    ]
    forms = {STEM(part.text) for part in _listed(read.tree) if isinstance(part, Word)}
    dropped = [
        OtherName("", name, True, request.picking_up(name).query_string())
        for name in request.dropped
        if STEM(name) not in forms
    ]
    return (*searched, *dropped)


def word_forms(read: Interpretation) -> tuple[WordForms, ...]:
    """The forms that the words and patterns of the query stand for; none of a word that stands for itself alone."""
    shown: list[WordForms] = []
    for part in list(dict.fromkeys(_listed(read.tree)))[:PARTS_SHOWN]:
        try:
            forms = tuple(_forms(read, part))
        except EngineProblem:  # what takes too long is not told
            break
        if len(forms) > isinstance(part, Word):
            shown.append(WordForms(_written(part), forms))
    return tuple(shown)


def _forms(read: Interpretation, part: Word | Wildcard | Fuzzy | Root) -> Iterator[WordForm]:
    request = read.request
    dropped = {SURFACE(form): form for form in request.dropped}
    whole = replace(part, without=_kept_away(part, dropped)) if isinstance(part, Word) else part
    for form in engine().forms(whole, count=FORMS_SHOWN, hidden=read.hidden):
        if form.normalised in dropped:
            change = request.picking_up(dropped[form.normalised])
        else:
            change = request.dropping(form.text)
        can_drop = isinstance(part, Word)
        yield WordForm(
            form.text, form.count, form.normalised in dropped, change.query_string() if can_drop else ""
        )


def _kept_away(word: Word, dropped: Collection[str]) -> tuple[str, ...]:
    """The forms that are no forms of a word because a curator keeps them apart: no reader dropped them."""
    return tuple(form for form in word.without if form not in dropped)


def _written(part: Node) -> str:
    return part.text if isinstance(part, Word) else canonical(part)


def _listed(node: Node) -> Iterator[Word | Wildcard | Fuzzy | Root]:
    """The parts of a tree that stand for several forms, outside of what is excluded and of names."""
    match node:
        case Word(_, Level.STEM | Level.SYNONYMS | None) | Wildcard() | Fuzzy() | Root():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _listed(part)
        case Expanded(part, _) | In(_, part):
            yield from _listed(part)
