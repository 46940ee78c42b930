"""What operators that look at places in a text make of their operands; `problems` collects what readers should know.

Near each other can be words, phrases, patterns and choices of these. Whatever else a reader puts there is still asked
for, in the article as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence

from articles.search.canonical import canonical
from articles.search.composition import all_of, at_least, is_countable, near, rebuild, same
from articles.search.measures import Distance
from articles.search.syntax import And, Everything, In, Level, Near, Node, Nothing, Phrase, Same, Unit, Word

MAX_PARTS = 8  # near each other

Problem = tuple[str, dict[str, str]]  # the code of a message and its arguments


def words_near(found: Sequence[str], distance: Distance, problems: list[Problem]) -> Node:
    """The words of a quotation near each other, spelled as they are."""
    return operands_near([Word(text, Level.NORMALISED) for text in found], [distance], problems)


def operands_near(nodes: Iterable[Node], distances: Sequence[Distance], problems: list[Problem]) -> Node:
    """Operands with a nearness operator between each two; the widest distance holds for all of them."""
    if len({(distance.words, distance.ordered) for distance in distances}) > 1:
        problems.append(("mixed_nearness", {"reading": str(max(held.words for held in distances))}))
    parts, beside = _sorted_out(nodes, problems)
    words, ordered = max(held.words for held in distances), all(held.ordered for held in distances)
    return all_of([near(parts, words, ordered=ordered), *beside])


def in_same(unit: Unit, node: Node, problems: list[Problem]) -> Node:
    """What a group asks for, or the words of a phrase, in one sentence or paragraph."""
    match node:
        case Phrase((_, _, *_) as found, level):
            nodes: tuple[Node, ...] = tuple(Word(text, level) for text in found)
        case _:
            nodes = (node,)
    parts, beside = _sorted_out(nodes, problems)
    return all_of([same(unit, parts), *beside])


def counted(count: int, node: Node, problems: list[Problem]) -> Node:
    """Each thing that a node asks for, at least so many times."""
    match node:
        case And(parts):
            return all_of(counted(count, part, problems) for part in parts)
        case In(_, part):
            return rebuild(node, [counted(count, part, problems)])
        case Everything() | Nothing():
            return node
    if is_countable(node) or count == 1:
        return at_least(count, node)
    problems.append(("not_counted", {"word": canonical(node)}))
    return node


def _sorted_out(nodes: Iterable[Node], problems: list[Problem]) -> tuple[list[Node], list[Node]]:
    """What can be near each other, and what is asked for beside it."""
    parts: list[Node] = []
    beside: list[Node] = []
    for node in _apart(nodes, problems):
        if is_countable(node):
            parts.append(node)
        elif node != Everything():
            beside.append(node)
            problems.append(("not_near", {"word": canonical(node)}))
    parts = list(dict.fromkeys(parts))
    if len(parts) == 1:
        problems.append(("short_nearness", {"word": canonical(parts[0])}))
    if len(parts) > MAX_PARTS:
        problems.append(("too_many_near", {"limit": str(MAX_PARTS), "word": canonical(parts[MAX_PARTS])}))
    return parts[:MAX_PARTS], beside


def _apart(nodes: Iterable[Node], problems: list[Problem]) -> Iterator[Node]:
    """The nodes with those of a group, and of a nearness inside this one, by themselves."""
    for node in nodes:
        match node:
            case And(parts):
                yield from _apart(parts, problems)
            case Near(parts) | Same(_, parts):
                problems.append(("nested_nearness", {}))
                yield from parts
            case _:
                yield node
