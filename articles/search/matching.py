"""Where the original text of an article matches a query: the one answer to «what matched?».

It finds what the engine finds: words at their level, phrases and patterns, names of sources and authors word for
word. Spans are whole tokens of the text as printed. Nothing excluded is marked; of what is asked for near each
other, or several times, only what is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from articles.arabic.sentences import segmented
from articles.arabic.tokenization import words
from articles.search.composition import children
from articles.search.engines.contract import Spelling
from articles.search.spans import Match as Occurrences
from articles.search.spans import Occurrence, near, same, times
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Expanded,
    FieldName,
    Fuzzy,
    In,
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
from articles.search.token_matching import NO_PARTS, FieldMatcher, Found, Leaf, Match, Parts, matches


class TextField(StrEnum):
    """The texts of an article that can be marked."""

    TITLE = "title"
    BODY = "body"
    SOURCE = "source"
    AUTHOR = "author"
    SECTION = "section"
    PLACE = "place"
    COLLECTION = "collection"


WHOLE_TEXT = (TextField.TITLE, TextField.BODY)
# The lead is no text of its own, but the first paragraph of the body.
TEXTS_OF: Mapping[FieldName | None, tuple[TextField, ...]] = {
    None: WHOLE_TEXT,
    **{name: (TextField(name),) for name in FieldName if name is not FieldName.LEAD},
    FieldName.LEAD: (TextField.BODY,),
}

Scope = FieldName | None
Together = Near | Same | AtLeast


class Asked(NamedTuple):
    """A leaf of the query: one of its own parts, or another name of some."""

    leaf: Leaf
    scope: Scope
    is_name: bool


class ArticleMatches(NamedTuple):
    title: list[Match]
    body: list[Match]


class Reading:
    """One text of an article, with every leaf of the query that stands in it."""

    def __init__(self, text: str, field: TextField, leaves: FieldMatcher) -> None:
        self.text = text
        self.field = field
        self.tokens = [] if leaves.is_empty() else words(text)
        self.found = leaves.found(self.tokens)

    @cached_property
    def places(self) -> dict[int, list[Occurrence]]:
        """The occurrences of each leaf, in order."""
        places: dict[int, list[Occurrence]] = {}
        for place, leaf, _whole in self.found:
            places.setdefault(leaf, []).append(place)
        return places

    def starts(self, unit: Unit) -> tuple[int, ...]:
        """The tokens that begin a sentence or a paragraph; a name is one of each."""
        if self.field not in WHOLE_TEXT:
            return (0,)
        segments = segmented(self.text)
        return segments.sentence_starts if unit is Unit.SENTENCE else segments.paragraph_starts

    def keep_in_lead(self, leaves: Parts) -> None:
        """Forget where some leaves stand after the first paragraph."""
        if any(found.leaf in leaves for found in self.found):
            after = self.starts(Unit.PARAGRAPH)[1:2]
            lead = after[0] if after else len(self.tokens)
            self.found = [found for found in self.found if found.leaf not in leaves or found.place[1] <= lead]


class Matcher:
    """A query made ready to be found again in many texts.

    `parts` are the words, phrases and patterns it asks for. `asked` are all that is looked for, other names and what
    is excluded included; each `stands_for` some parts, an other name for all that it is a name of.

    >>> Matcher(Word("كتاب")).spans("قرأ الكتابَ", TextField.BODY)
    [Match(start=4, end=11, parts=frozenset({0}), leaves=frozenset({0}), whole=None)]
    """

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self.asked: list[Asked] = []
        self.parts: tuple[Leaf, ...] = ()
        self._numbers: dict[tuple[Leaf, Scope], int] = {}
        self._part_numbers: dict[tuple[Leaf, Scope], int] = {}
        self.stands_for: dict[int, list[Parts]] = {}
        self._alone: set[int] = set()  # leaves that are marked wherever they stand
        self._together: list[tuple[Together, Scope]] = []
        self._fields = {name: FieldMatcher(name not in WHOLE_TEXT) for name in TextField}
        self._parts_of_leaves: dict[Parts, Parts] = {}
        self._last: tuple[object, list[tuple[Reading, list[Found]]]] | None = None
        self._read(tree, None)
        self._lead = frozenset(
            number for (_leaf, scope), number in self._numbers.items() if scope is FieldName.LEAD
        )

    # What the index knows

    def wanted_stems(self) -> set[str]:
        """The stems of the words that are looked for in titles and bodies."""
        return set[str]().union(*(self._fields[name].wanted_stems() for name in WHOLE_TEXT))

    def read_by(self, spellings: Sequence[Spelling]) -> None:
        """From now on only texts are read of which the index holds all words: these are those of the wanted stems."""
        for name in WHOLE_TEXT:
            self._fields[name].read_by(spellings)

    # The texts of articles

    def spans(self, text: str, field: TextField) -> list[Match]:
        """The matching tokens of a text, in order; `field` says which of an article's texts it is."""
        return self._marked({field: text})[0]

    def article(self, title: str, body: str) -> ArticleMatches:
        """The matching tokens of an article: what is asked for several times may be so in title and body together."""
        return ArticleMatches(*self._marked({TextField.TITLE: title, TextField.BODY: body}))

    def holds(self, texts: Mapping[TextField, str]) -> bool:
        """Whether an article of these texts is what the query asks for, as far as texts tell: any date will do."""
        return self._holds(self.tree, None, self._readings(texts), dated=True)

    def found(self, texts: Mapping[TextField, str]) -> list[tuple[Reading, list[Found]]]:
        """What is marked in each of the texts, leaf by leaf, in no order; asked again of the same texts, it is kept."""
        key = tuple(texts.items())
        if self._last is None or self._last[0] != key:
            readings = self._readings(texts)
            self._last = key, list(zip(readings, self._shown(readings), strict=True))
        return self._last[1]

    def _reading(self, text: str, field: TextField) -> Reading:
        reading = Reading(text, field, self._fields[field])
        if self._lead and field is TextField.BODY:
            reading.keep_in_lead(self._lead)
        return reading

    def _readings(self, texts: Mapping[TextField, str]) -> list[Reading]:
        return [self._reading(text, name) for name, text in texts.items()]

    # The query

    def _read(self, node: Node, scope: Scope, *, positive: bool = True, alone: bool = True) -> list[int]:
        """Number the leaves of a tree; the numbers of the parts it asks for."""
        match node:
            case Word() | Phrase() | Wildcard() | Fuzzy() | Root():
                part = [self._part(node, scope)] if positive else []
                self._leaf(node, scope, part, alone=positive and alone)
                return part
            case Not(part):
                self._read(part, scope, positive=False)
                return []
            case In(inner, part):
                return self._read(part, inner, positive=positive, alone=alone)
            case Expanded(part, names):
                parts = self._read(part, scope, positive=positive, alone=alone)
                for name in names:
                    self._leaf(name, scope, parts, alone=positive and alone, is_name=True)
                return parts
            case Near() | Same() | AtLeast():
                self._together += [(node, scope)] if positive and alone else []
                alone = False
        return [
            number
            for child in children(node)
            for number in self._read(child, scope, positive=positive, alone=alone)
        ]

    def _part(self, leaf: Leaf, scope: Scope) -> int:
        known = self._part_numbers.get((leaf, scope))
        if known is None:
            known = self._part_numbers[leaf, scope] = len(self.parts)
            self.parts = (*self.parts, leaf)
        return known

    def _leaf(
        self, leaf: Leaf, scope: Scope, parts: Iterable[int], *, alone: bool, is_name: bool = False
    ) -> None:
        number = self._numbers.get((leaf, scope))
        if number is None:
            number = self._numbers[leaf, scope] = len(self.asked)
            self.asked.append(Asked(leaf, scope, is_name))
            for name in TEXTS_OF[scope]:
                self._fields[name].add(leaf, number)
        stands_for = self.stands_for.setdefault(number, [])
        if frozenset(parts) not in stands_for:
            stands_for.append(frozenset(parts))
        self._alone |= {number} if alone else set()

    def _parts_of(self, leaves: Parts) -> Parts:
        if leaves not in self._parts_of_leaves:
            self._parts_of_leaves[leaves] = NO_PARTS.union(
                *(parts for leaf in leaves for parts in self.stands_for[leaf])
            )
        return self._parts_of_leaves[leaves]

    # What is marked

    def _marked(self, texts: Mapping[TextField, str]) -> list[list[Match]]:
        return [
            matches(reading.text, reading.tokens, found, self._parts_of)
            for reading, found in self.found(texts)
        ]

    def _shown(self, readings: Sequence[Reading]) -> list[list[Found]]:
        """What is to be marked of each text: leaves that stand alone, and those that others stand beside."""
        shown = [[found for found in reading.found if found.leaf in self._alone] for reading in readings]
        for node, scope in self._together:
            enough = not isinstance(node, AtLeast) or self._holds(node, scope, readings, dated=True)
            for reading, found in zip(readings, shown, strict=True) if enough else ():
                found += self._beside(node, scope, reading)
        return shown

    def _beside(self, node: Together, scope: Scope, reading: Reading) -> Iterator[Found]:
        """The leaves of a node that stand together in one text as it asks for."""
        by_place: dict[Occurrence, list[int]] = {}
        for leaf in self._leaves(node, scope) if reading.field in TEXTS_OF[scope] else ():
            for place in reading.places.get(leaf, ()):
                by_place.setdefault(place, []).append(leaf)
        for match in self._matches(node, scope, reading) if by_place else ():
            whole = (match[0][0], max(after for _first, after in match))
            for place in match:
                yield from (Found(place, leaf, whole) for leaf in by_place.get(place, ()))

    def _leaves(self, node: Node, scope: Scope) -> Iterator[int]:
        """The numbers of all leaves under a node."""
        number = self._numbers.get((node, scope)) if isinstance(node, Leaf) else None
        if number is not None:
            yield number
        for child in (node.part, *node.names) if isinstance(node, Expanded) else children(node):
            yield from self._leaves(child, node.field if isinstance(node, In) else scope)

    # Where and whether

    def _matches(self, node: Together, scope: Scope, reading: Reading) -> Sequence[Occurrences]:
        """Each time that the parts of a node stand together in one text: their occurrences, in order."""
        if isinstance(node, AtLeast):
            return [(place,) for place in self._places(node.part, scope, reading)]
        occurrences = [self._places(part, scope, reading) for part in node.parts]
        if not all(occurrences):
            return []
        if isinstance(node, Same):
            return same(occurrences, reading.starts(node.unit))
        return near(occurrences, node.distance, ordered=node.ordered)

    def _places(self, node: Node, scope: Scope, reading: Reading) -> list[Occurrence]:
        """The occurrences of a word, phrase or pattern in one text, or of any of several."""
        match node:
            case Word() | Phrase() | Wildcard() | Fuzzy() | Root():
                return reading.places.get(self._numbers[node, scope], [])
            case Expanded(part, names):
                inside: Sequence[Node] = (part, *names)
            case _:
                inside = children(node)
        return sorted({place for child in inside for place in self._places(child, scope, reading)})

    def _holds(self, node: Node, scope: Scope, readings: Sequence[Reading], *, dated: bool) -> bool:
        """Whether texts match a node; `dated` is what to take a date for."""
        within = [reading for reading in readings if reading.field in TEXTS_OF[scope]]
        match node:
            case And(parts):
                return all(self._holds(part, scope, readings, dated=dated) for part in parts)
            case Or(parts):
                return any(self._holds(part, scope, readings, dated=dated) for part in parts)
            case Expanded(part, names):
                return any(self._holds(each, scope, readings, dated=dated) for each in (part, *names))
            case Not(part):
                return not self._holds(part, scope, readings, dated=not dated)
            case In(inner, part):
                return self._holds(part, inner, readings, dated=dated)
            case AtLeast(count, part):
                return sum(times(self._places(part, scope, reading)) for reading in within) >= count
            case Near() | Same():
                return any(self._matches(node, scope, reading) for reading in within)
            case Word() | Phrase() | Wildcard() | Fuzzy() | Root():
                return any(self._numbers[node, scope] in reading.places for reading in within)
        return dated if isinstance(node, DateRange) else not isinstance(node, Nothing)
