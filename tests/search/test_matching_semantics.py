"""The matcher holds what the docstrings of the query tree say: against a plain reading of small texts and any tree."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic.analysis import LITERAL, STEM, SURFACE
from articles.search.matching import Matcher, TextField
from articles.search.patterns import is_near, pattern_regex
from articles.search.syntax import (
    And,
    AtLeast,
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
    Same,
    Unit,
    Wildcard,
    Word,
)

TITLE, BODY = TextField.TITLE, TextField.BODY
VOCABULARY = ["كتاب", "الكِتاب", "وكتاب", "كتابة", "احمد", "أحمد", "مكتوب", "النفط", "نفط", "isis"]
ANALYZERS = {Level.LITERAL: LITERAL, Level.NORMALISED: SURFACE, Level.STEM: STEM}


class Place(NamedTuple):
    """Tokens of one text, and the sentence and paragraph that they begin and end in."""

    field: TextField
    first: int
    after: int


class Text(NamedTuple):
    """Words with the numbers of their sentences and paragraphs."""

    words: list[str]
    sentences: list[int]
    paragraphs: list[int]
    written: str


def text_of(paragraphs: list[list[list[str]]]) -> Text:
    words, sentences, numbers = [], [], []
    sentence = 0
    for number, paragraph in enumerate(paragraphs):
        for held in paragraph:
            words += held
            sentences += [sentence] * len(held)
            numbers += [number] * len(held)
            sentence += 1
    written = "\n".join(" ".join(" ".join(held) + "." for held in paragraph) for paragraph in paragraphs)
    return Text(words, sentences, numbers, written)


word = st.sampled_from(VOCABULARY)
texts = st.lists(st.lists(st.lists(word, min_size=1, max_size=4), min_size=1, max_size=2), max_size=3).map(
    text_of
)
titles = st.lists(word, max_size=3).map(lambda words: text_of([[words]] if words else []))

levels = st.sampled_from(list(ANALYZERS))
words = st.builds(Word, word, levels, st.lists(word.map(SURFACE), max_size=1).map(tuple))
phrases = st.builds(Phrase, st.lists(word, min_size=1, max_size=3).map(tuple), levels)
leaves = (
    words
    | phrases
    | st.builds(Wildcard, st.sampled_from(["كتا*", "نف?", "*كتو*", "is*"]))
    | st.builds(Fuzzy, word.map(SURFACE), st.integers(1, 2))
)
expanded = st.builds(Expanded, leaves, st.lists(words | phrases, min_size=1, max_size=2).map(tuple))
choices = leaves | expanded | st.lists(leaves, min_size=2, max_size=2).map(lambda held: Or(tuple(held)))
several = st.lists(choices, min_size=2, max_size=3).map(tuple)
together = (
    st.builds(Near, several, st.integers(0, 4), st.booleans())
    | st.builds(Same, st.sampled_from(Unit), several)
    | st.builds(AtLeast, st.integers(2, 4), choices)
)
scopes = st.sampled_from([FieldName.TITLE, FieldName.BODY, FieldName.LEAD])
operands = choices | together | st.just(Everything()) | st.just(Nothing())
trees = st.recursive(
    operands,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
        | st.builds(In, scopes, inner)
    ),
    max_leaves=6,
)


class Plain:
    """An article read word by word."""

    def __init__(self, title: Text, body: Text) -> None:
        self.texts = {TITLE: title, BODY: body}

    def is_true(self, node: Node, scope: FieldName | None = None) -> bool:
        match node:
            case Everything() | Nothing():
                return isinstance(node, Everything)
            case And(parts):
                return all(self.is_true(part, scope) for part in parts)
            case Or(parts):
                return any(self.is_true(part, scope) for part in parts)
            case Not(part):
                return not self.is_true(part, scope)
            case In(inner, part):
                return self.is_true(part, inner)
            case Expanded(part, names):
                return self.is_true(part, scope) or any(self.is_true(name, scope) for name in names)
            case AtLeast(count, part):
                return len({place[:2] for place in self.places(part, scope)}) >= count
            case Near() | Same():
                return any(True for _match in self.matches(node, scope))
        return bool(self.places(node, scope))

    def matches(self, node: Near | Same, scope: FieldName | None) -> Iterator[tuple[Place, ...]]:
        for chosen in product(*(self.places(part, scope) for part in node.parts)):
            if len({place.field for place in chosen}) > 1:
                continue
            if self.are_near(chosen, node) if isinstance(node, Near) else self.share_unit(chosen, node.unit):
                yield chosen

    def are_near(self, chosen: tuple[Place, ...], node: Near) -> bool:
        in_order = sorted(chosen)
        apart = all(one.after <= other.first for one, other in zip(in_order, in_order[1:], strict=False))
        own = sum(place.after - place.first for place in chosen)
        others = in_order[-1].after - in_order[0].first - own
        return apart and others <= node.distance and (not node.ordered or list(chosen) == in_order)

    def share_unit(self, chosen: tuple[Place, ...], unit: Unit) -> bool:
        text = self.texts[chosen[0].field]
        numbers = text.sentences if unit is Unit.SENTENCE else text.paragraphs
        return len({numbers[at] for place in chosen for at in (place.first, place.after - 1)}) == 1

    def places(self, node: Node, scope: FieldName | None) -> list[Place]:
        if isinstance(node, Or):
            return sorted({place for part in node.parts for place in self.places(part, scope)})
        if isinstance(node, Expanded):
            return sorted({place for part in (node.part, *node.names) for place in self.places(part, scope)})
        length = len(node.words) if isinstance(node, Phrase) else 1
        return [
            Place(field, first, first + length)
            for field, end in self.stretches(scope)
            for first in range(end - length + 1)
            if self.is_at(node, self.texts[field].words[first : first + length])
        ]

    def stretches(self, scope: FieldName | None) -> Iterator[tuple[TextField, int]]:
        """The texts of a scope, and how many of their words belong to it."""
        if scope in (None, FieldName.TITLE):
            yield TITLE, len(self.texts[TITLE].words)
        if scope in (None, FieldName.BODY):
            yield BODY, len(self.texts[BODY].words)
        if scope is FieldName.LEAD:
            yield BODY, self.texts[BODY].paragraphs.count(0)

    def is_at(self, node: Node, held: list[str]) -> bool:
        match node:
            case Word(text, level, without):
                meant = ANALYZERS[level](text) == ANALYZERS[level](held[0])
                return meant and SURFACE(held[0]) not in without
            case Phrase(several, level):
                return list(map(ANALYZERS[level], several)) == list(map(ANALYZERS[level], held))
            case Wildcard(pattern):
                return bool(pattern_regex(pattern).fullmatch(SURFACE(held[0])))
            case Fuzzy(text, edits):
                return is_near(text, SURFACE(held[0]), edits)
        raise AssertionError(node)


def written(title: Text, body: Text) -> dict[TextField, str]:
    return {TITLE: title.written, BODY: body.written}


@settings(max_examples=400, deadline=None)
@given(trees, titles, texts)
def test_a_tree_holds_where_a_plain_reading_says_so(tree: Node, title: Text, body: Text) -> None:
    assert Matcher(tree).holds(written(title, body)) == Plain(title, body).is_true(tree)


@settings(max_examples=300, deadline=None)
@given(choices | together, titles, texts)
def test_something_is_marked_where_one_operand_holds(operand: Node, title: Text, body: Text) -> None:
    matcher = Matcher(operand)
    marked = matcher.article(title.written, body.written)
    assert bool(marked.title or marked.body) == matcher.holds(written(title, body))


@settings(max_examples=300, deadline=None)
@given(st.builds(Near, several, st.integers(0, 4), st.booleans()), texts)
def test_only_words_that_are_near_each_other_are_marked(node: Near, body: Text) -> None:
    plain = Plain(text_of([]), body)
    near = {
        at for match in plain.matches(node, None) for place in match for at in range(place.first, place.after)
    }
    starts = [token.start for token in Matcher(Wildcard("*")).spans(body.written, BODY)]
    marked = {starts.index(match.start) for match in Matcher(node).spans(body.written, BODY)}
    assert marked <= near
    assert bool(marked) == bool(near)


@settings(max_examples=200, deadline=None)
@given(trees, texts)
def test_nothing_is_marked_twice_or_out_of_order(tree: Node, body: Text) -> None:
    spans = Matcher(tree).spans(body.written, BODY)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    assert all(
        span.whole is None or span.whole.start <= span.start < span.end <= span.whole.end for span in spans
    )
