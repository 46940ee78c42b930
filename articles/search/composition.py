"""Puts a query tree together in one normal form, whatever the reader's way of writing it, and keeps it small.

In normal form no And stands in an And nor an Or in an Or, no part is repeated, dates come last, and a Not
stands only in an And beside a positive part. Everything stands inside a tree only where a Not needs it,
Nothing only alone.
"""

from collections.abc import Iterable, Iterator

from articles.search.syntax import (
    And,
    DateRange,
    Everything,
    FieldName,
    In,
    Node,
    Not,
    Nothing,
    Or,
)


def all_of(nodes: Iterable[Node]) -> Node:
    """What matches all of the nodes.

    >>> from articles.search.syntax import Word
    >>> all_of([Word("نفط")]), all_of([])
    (Word(text='نفط'), Everything())
    """
    parts = [part for node in nodes for part in (node.parts if isinstance(node, And) else (node,))]
    if Nothing() in parts:
        return Nothing()
    parts = [part for part in dict.fromkeys(parts) if part != Everything()]
    if all(isinstance(part, Not) for part in parts):
        parts.insert(0, Everything())
    parts.sort(key=_is_date)
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def any_of(nodes: Iterable[Node]) -> Node:
    """What matches any of the nodes.

    >>> any_of([]), any_of([DateRange(None, None), Everything()])
    (Nothing(), Everything())
    """
    parts = [part for node in nodes for part in (node.parts if isinstance(node, Or) else (node,))]
    if Everything() in parts:
        return Everything()
    parts = [part for part in dict.fromkeys(map(_stand_alone, parts)) if part != Nothing()]
    if not parts:
        return Nothing()
    return parts[0] if len(parts) == 1 else Or(tuple(parts))


def none_of(node: Node) -> Node:
    """What does not match the node: a Not, unless the node is itself made of Nots.

    >>> none_of(Everything()), none_of(Not(Everything()))
    (Nothing(), Everything())
    """
    match node:
        case Everything():
            return Nothing()
        case Nothing():
            return Everything()
        case Not(part):
            return part
        case And((Everything(), *negations)):
            return any_of(none_of(negation) for negation in negations)
    return Not(node)


def within(field: FieldName, node: Node) -> Node:
    """The node looked for in one field; a field inside it holds against this one, and dates know no field.

    >>> from articles.search.syntax import Word
    >>> within(FieldName.TITLE, Not(Word("نفط")))
    Not(part=In(field=<FieldName.TITLE: 'title'>, part=Word(text='نفط')))
    """
    match node:
        case In() | DateRange() | Everything() | Nothing():
            return node
        case Not(part):
            return none_of(within(field, part))
        case And((Everything(), *negations)):
            return all_of([Everything(), *(within(field, negation) for negation in negations)])
    return In(field, node)


def _stand_alone(node: Node) -> Node:
    return all_of([Everything(), node]) if isinstance(node, Not) else node


def _is_date(node: Node) -> bool:
    """Whether the node is a date, or the lack of one: filters are written after the words."""
    return isinstance(node.part if isinstance(node, Not) else node, DateRange)


def leaves(node: Node) -> Iterator[Node]:
    """The words, phrases, patterns and dates of a tree, in order."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | In(_, part):
            yield from leaves(part)
        case Everything() | Nothing():
            return
        case _:
            yield node


def rebuild(node: Node, parts: Iterable[Node]) -> Node:
    """An And, Or, Not or In with other parts, in normal form."""
    match node:
        case And():
            return all_of(parts)
        case Or():
            return any_of(parts)
        case Not():
            return none_of(*parts)
        case In(field, _):
            return within(field, *parts)
    return node
