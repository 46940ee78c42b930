"""Puts a query tree together in one normal form, whatever the reader's way of writing it, and keeps it small.

In normal form no And stands in an And nor an Or in an Or, no part is repeated, dates come last, and a Not
stands only in an And beside a positive part. Everything stands inside a tree only where a Not needs it,
Nothing only alone. What is near something has at least two parts, among which one quoted word is a Word.
"""

from collections.abc import Iterable, Iterator

from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Everything,
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
    Same,
    Unit,
    Wildcard,
    Word,
)


def all_of(nodes: Iterable[Node]) -> Node:
    """What matches all of the nodes.

    >>> all_of([Word("نفط")]) == Word("نفط"), all_of([])
    (True, Everything())
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

    >>> within(FieldName.TITLE, Not(Word("نفط"))) == Not(In(FieldName.TITLE, Word("نفط")))
    True
    """
    match node:
        case In() | DateRange() | Everything() | Nothing():
            return node
        case Not(part):
            return none_of(within(field, part))
        case And((Everything(), *negations)):
            return all_of([Everything(), *(within(field, negation) for negation in negations)])
    return In(field, node)


def near(nodes: Iterable[Node], distance: int, *, ordered: bool = False) -> Node:
    """The nodes near each other; one alone is near itself.

    >>> near([Phrase(("نفط",)), Word("غاز"), Word("غاز")], 5).parts == (Word("نفط", Level.NORMALISED), Word("غاز"))
    True
    """
    parts = tuple(dict.fromkeys(map(_one_word, nodes)))
    return Near(parts, distance, ordered) if len(parts) > 1 else all_of(map(_quoted, parts))


def same(unit: Unit, nodes: Iterable[Node]) -> Node:
    """The nodes in one sentence or paragraph; one alone is where it is.

    >>> same(Unit.SENTENCE, [Word("نفط")]) == Word("نفط")
    True
    """
    parts = tuple(dict.fromkeys(map(_one_word, nodes)))
    return Same(unit, parts) if len(parts) > 1 else all_of(map(_quoted, parts))


def at_least(count: int, node: Node) -> Node:
    """The node as often as that.

    >>> at_least(1, Word("نفط")) == Word("نفط")
    True
    """
    return node if count <= 1 or isinstance(node, Everything | Nothing) else AtLeast(count, node)


def is_countable(node: Node) -> bool:
    """Whether a node has places in a text: a word, phrase or pattern, or a choice of these.

    >>> is_countable(Or((Word("نفط"), Word("غاز")))), is_countable(Not(Word("نفط")))
    (True, False)
    """
    match node:
        case Word() | Phrase() | Wildcard() | Fuzzy():
            return True
        case Or(parts):
            return all(isinstance(part, Word | Phrase | Wildcard | Fuzzy) for part in parts)
    return False


def literally(node: Node) -> Node:
    """The node with its words and phrases compared letter by letter.

    >>> literally(Phrase(("علي",))) == Word("علي", Level.LITERAL)
    True
    """
    match node:
        case Word(text) | Phrase((text,)):
            return Word(text, Level.LITERAL)
        case Phrase(words):
            return Phrase(words, Level.LITERAL)
    return rebuild(node, map(literally, children(node)))


def any_of_words(tree: Node) -> Node:
    """The tree in which one of the words beside each other is enough; exclusions, dates and fields still hold.

    >>> oil, gas, coal = Word("نفط"), Word("غاز"), Word("فحم")
    >>> any_of_words(And((oil, gas, Not(coal)))) == And((Or((oil, gas)), Not(coal)))
    True
    """
    if not isinstance(tree, And):
        return tree
    held = [part for part in tree.parts if isinstance(part, Not | DateRange | In | Everything)]
    words = [part for part in tree.parts if part not in held]
    return all_of([any_of(words), *held]) if words else tree


def _one_word(node: Node) -> Node:
    """One quoted word as a word that is compared as quotations are, alone or among choices."""
    match node:
        case Phrase((text,), level):
            return Word(text, level)
        case Or(parts):
            return any_of(map(_one_word, parts))
    return node


def _quoted(node: Node) -> Node:
    """What `_one_word` undid."""
    match node:
        case Word(text, Level.NORMALISED):
            return Phrase((text,))
        case Or(parts):
            return any_of(map(_quoted, parts))
    return node


def _stand_alone(node: Node) -> Node:
    return all_of([Everything(), node]) if isinstance(node, Not) else node


def _is_date(node: Node) -> bool:
    """Whether the node is a date, or the lack of one: filters are written after the words."""
    return isinstance(node.part if isinstance(node, Not) else node, DateRange)


def children(node: Node) -> tuple[Node, ...]:
    """What stands right inside a node."""
    match node:
        case And(parts) | Or(parts) | Near(parts) | Same(_, parts):
            return parts
        case Not(part) | In(_, part) | AtLeast(_, part):
            return (part,)
    return ()


def leaves(node: Node) -> Iterator[Node]:
    """The words, phrases, patterns, roots and dates of a tree, in order."""
    inside = children(node)
    for child in inside:
        yield from leaves(child)
    if not inside and not isinstance(node, Everything | Nothing):
        yield node


def rebuild(node: Node, parts: Iterable[Node]) -> Node:
    """A node with other parts, in normal form; a leaf stays as it is."""
    match node:
        case And():
            return all_of(parts)
        case Or():
            return any_of(parts)
        case Not():
            return none_of(*parts)
        case In(field, _):
            return within(field, *parts)
        case Near(_, distance, ordered):
            return near(parts, distance, ordered=ordered)
        case Same(unit, _):
            return same(unit, parts)
        case AtLeast(count, _):
            return at_least(count, *parts)
    return node
