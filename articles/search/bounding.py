"""Keeps a query tree within its limits: how deep it nests, and how many words it asks for."""

from collections.abc import Iterator

from articles.search.composition import children, rebuild
from articles.search.syntax import And, Everything, In, Node, Not, Nothing, Or


def shallow(node: Node, levels: int) -> Node:
    """The tree with at most `levels` of And and Or inside each other; what is deeper gives up its brackets.

    Nearness holds choices of words and nothing deeper, and does not count.

    >>> from articles.search.syntax import Word
    >>> shallow(Or((Word("أ"), And((Word("ب"), Or((Word("ج"), Word("د"))))))), 2) == Or(
    ...     (Word("أ"), And((Word("ب"), Word("ج"), Word("د")))))
    True
    """
    match node:
        case And(parts) | Or(parts) if levels == 1:
            return rebuild(node, [leaf for part in parts for leaf in _flat(part)])
        case And(parts) | Or(parts):
            return rebuild(node, [shallow(part, levels - 1) for part in parts])
        case Not(part) | In(_, part):
            return rebuild(node, [shallow(part, levels)])
    return node


def _flat(node: Node) -> Iterator[Node]:
    """The parts of a tree that hold no brackets; exclusions inside them are let go."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                if not isinstance(part, Not):
                    yield from _flat(part)
        case Not(And() | Or()) | Not(In(_, And() | Or())):
            return
        case In(_, And() | Or() as part):
            yield from (rebuild(node, [leaf]) for leaf in _flat(part))
        case _:
            yield node


def first_leaves(node: Node, count: int) -> Node:
    """The tree without the words, phrases, patterns and dates that come after the first `count`.

    >>> from articles.search.syntax import Word
    >>> first_leaves(And((Word("أ"), Or((Word("ب"), Word("ج"))))), 2) == And((Word("أ"), Word("ب")))
    True
    """
    return _kept(node, iter(range(count))) or Nothing()


def _kept(node: Node, allowed: Iterator[int]) -> Node | None:
    """What is left of a node. «Everything without x» does not become everything when x is left out."""
    if isinstance(node, Everything | Nothing):
        return node
    if not children(node):
        return node if next(allowed, None) is not None else None
    kept = [part for part in (_kept(part, allowed) for part in children(node)) if part is not None]
    return rebuild(node, kept) if any(part != Everything() for part in kept) else None
