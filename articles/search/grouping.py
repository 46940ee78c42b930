"""Puts lexemes together: what each operator joins, what stands in which brackets, what is left over.

Written with a stack of open brackets, so that no query, however nested, goes deeper than MAX_BRACKETS.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from articles.arabic.tokenization import words
from articles.search.composition import all_of, any_of, leaves, none_of, within
from articles.search.fields import Field
from articles.search.letters import exactly, rooted
from articles.search.lexer import Kind, Lexeme
from articles.search.measures import Distance
from articles.search.messages import message
from articles.search.nearness import Problem, counted, in_same, operands_near, words_near
from articles.search.operands import OperandReader
from articles.search.syntax import And, DateRange, Everything, Message, Node, Nothing, Phrase, Unit

MAX_DEPTH = 10  # And and Or inside each other
MAX_BRACKETS = MAX_DEPTH + 2  # the innermost may hold nearness, and that a choice

Places = dict[Node, tuple[int, int]]

TOUCHING = {Kind.LITERAL: exactly, Kind.ROOT: rooted}  # what holds for one operand, even beside «قرب»


@dataclass(slots=True)
class Chain:
    """An operand, with those that «قرب» joins to it; `prefixes` hold for all of it, `joiner` stands before it."""

    joiner: Lexeme | None
    prefixes: list[Lexeme]
    nodes: list[Node]
    operators: list[Lexeme] = field(default_factory=list)

    def waits(self) -> bool:
        return len(self.operators) == len(self.nodes)


@dataclass(slots=True)
class Group:
    """What stands between two brackets, or in the whole query.

    `clauses` are required together; each is a list of choices that «أو» joined, each choice a list of nodes
    that a written «و» joined. `joiner` and `prefixes` still wait for what comes after them, and `chain` is open
    until something comes that is not near it.
    """

    opened: Lexeme | None = None
    clauses: list[list[list[Node]]] = field(default_factory=list)
    joiner: Lexeme | None = None
    prefixes: list[Lexeme] = field(default_factory=list)
    chain: Chain | None = None

    def add(self, joiner: Lexeme | None, node: Node) -> None:
        if joiner is None:
            self.clauses.append([[node]])
        elif joiner.kind is Kind.ANY:
            self.clauses[-1].append([node])
        else:
            self.clauses[-1][-1].append(node)

    def takes_joiner(self) -> bool:
        """Whether something stands before an operator that joins two operands."""
        if self.joiner or self.prefixes:
            return False
        return not self.chain.waits() if self.chain else bool(self.clauses)

    def node(self) -> Node:
        return all_of(any_of(map(all_of, choices)) for choices in self.clauses)

    def is_mixed(self) -> bool:
        """Whether «و» and «أو» were both written for the same operands."""
        return any(len(choices) > 1 and any(len(nodes) > 1 for nodes in choices) for choices in self.clauses)

    def waiting(self) -> list[Lexeme]:
        """The operators and fields that nothing came after; they stop waiting."""
        left = [*([self.joiner] if self.joiner else []), *self.prefixes]
        self.joiner, self.prefixes = None, []
        return left


class Grouping:
    """Reads the lexemes of one query; messages gather as it goes, and the places of what is asked for."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.operands = OperandReader()
        self.groups = [Group()]
        self.too_deep = 0  # brackets open beyond MAX_DEPTH, which group nothing
        self.unused: list[Lexeme] = []  # operators and fields without an operand
        self.messages: list[Message] = []
        self.places: Places = {}

    def read(self) -> Node:
        for number, lexeme in enumerate(self.lexemes):
            match lexeme.kind:
                case Kind.OPEN:
                    self._open(lexeme)
                case Kind.CLOSE:
                    self._close(lexeme, self.lexemes[number - 1])
                case Kind.ALL | Kind.ANY | Kind.NEAR:
                    self._join(lexeme)
                case Kind.WITHOUT | Kind.FIELD | Kind.LITERAL | Kind.ROOT | Kind.SAME | Kind.AT_LEAST:
                    self.groups[-1].prefixes.append(lexeme)
                case _:
                    self._operand(lexeme)
        while len(self.groups) > 1:
            if opened := self.groups[-1].opened:
                self._tell("unclosed_group", opened, word=opened.text)
            self._leave()
        return self._whole(self.groups[0])

    # Lexemes

    def _open(self, bracket: Lexeme) -> None:
        if len(self.groups) > MAX_BRACKETS:
            self.too_deep += 1
            self._tell("too_deep", bracket, limit=str(MAX_BRACKETS))
        else:
            self.groups.append(Group(bracket))

    def _close(self, bracket: Lexeme, previous: Lexeme) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.groups) == 1:
            self._tell("stray_close", bracket, word=bracket.text)
        else:
            if previous.kind is Kind.OPEN:
                self._tell("empty_group", bracket)
            self._leave()

    def _join(self, operator: Lexeme) -> None:
        group = self.groups[-1]
        if not group.takes_joiner() or (operator.kind is Kind.NEAR and not group.chain):
            self.unused.append(operator)
        elif operator.kind is Kind.NEAR and group.chain:
            group.chain.operators.append(operator)
        else:
            self._end_chain(group)
            group.joiner = operator

    def _operand(self, lexeme: Lexeme) -> None:
        node = self._read(lexeme)
        if node is not None:
            self._add(self._placed(node, lexeme))
        elif lexeme.kind is Kind.PHRASE:
            self._tell("empty_phrase", lexeme)
            self.unused += self.groups[-1].prefixes
            self.groups[-1].prefixes = []

    def _read(self, lexeme: Lexeme) -> Node | None:
        match lexeme:
            case Lexeme(Kind.PHRASE, text, start, end, Distance() as distance):
                phrase = self.operands.read_phrase(text, start, end)
                return phrase and self._made(lexeme, partial(words_near, phrase.words, distance))
            case Lexeme(Kind.PHRASE, text, start, end):
                return self.operands.read_phrase(text, start, end)
            case Lexeme(value=DateRange() as period):
                return period
            case Lexeme(Kind.EVERYTHING):
                return Everything()
        return self.operands.read(lexeme.text, lexeme.start, lexeme.end)

    # Groups

    def _leave(self) -> None:
        """The innermost group becomes an operand of the group around it."""
        group = self.groups.pop()
        self._finish(group)
        if group.clauses:
            self._add(group.node())
        else:
            self.unused += self.groups[-1].prefixes
            self.groups[-1].prefixes = []

    def _finish(self, group: Group) -> None:
        self.unused += group.waiting()
        self._end_chain(group)
        if group.is_mixed():
            self._tell("mixed_operators", group.opened or self.lexemes[0])

    def _add(self, node: Node) -> None:
        """An operand joins the open chain where «قرب» stands before it; else it begins a chain of its own."""
        group = self.groups[-1]
        touching = [prefix for prefix in group.prefixes if prefix.kind in TOUCHING]
        prefixes = [prefix for prefix in group.prefixes if prefix.kind not in TOUCHING]
        for prefix in reversed(touching):
            node = self._made(prefix, partial(TOUCHING[prefix.kind], node))
        group.prefixes = []
        if group.chain and group.chain.waits() and not group.joiner:
            group.chain.nodes.append(self._prefixed(node, prefixes))
        else:
            self._end_chain(group)
            group.chain = Chain(group.joiner, prefixes, [node])
            group.joiner = None

    def _end_chain(self, group: Group) -> None:
        """The open chain becomes one node among the others of its group."""
        if group.chain is None:
            return
        chain, group.chain = group.chain, None
        if chain.waits():
            self.unused.append(chain.operators.pop())
        node = chain.nodes[0]
        distances = [held.value for held in chain.operators if isinstance(held.value, Distance)]
        if distances:
            node = self._made(chain.operators[0], partial(operands_near, chain.nodes, distances))
        group.add(chain.joiner, self._prefixed(node, chain.prefixes))

    def _prefixed(self, node: Node, prefixes: list[Lexeme]) -> Node:
        """The node with what stands before it: sentence, then number of times, field and exclusion."""
        for kind in (Kind.SAME, Kind.AT_LEAST, Kind.FIELD, Kind.WITHOUT):
            of_kind = [prefix for prefix in prefixes if prefix.kind is kind]
            for overruled in of_kind[:-1]:
                code = "repeated_without" if kind is Kind.WITHOUT else "repeated_field"
                self._tell(code, overruled, word=overruled.text)
            if of_kind:
                node = self._with(of_kind[-1], node)
        return node

    def _with(self, prefix: Lexeme, node: Node) -> Node:
        match prefix.value:
            case Unit() as unit:
                return self._made(prefix, partial(in_same, unit, node))
            case int() as count:
                return self._made(prefix, partial(counted, count, node))
            case Field(field=name):
                return within(name, node) if name else node
        return none_of(node)

    def _made(self, lexeme: Lexeme, make: Callable[[list[Problem]], Node]) -> Node:
        """What an operator makes of its operands, its problems told at the operator."""
        problems: list[Problem] = []
        node = make(problems)
        for code, arguments in problems:
            self._tell(code, lexeme, **arguments)
        return self._placed(node, lexeme)

    def _placed(self, node: Node, lexeme: Lexeme) -> Node:
        for part in leaves(node):
            self.places.setdefault(part, (lexeme.start, lexeme.end))
        return node

    def _whole(self, group: Group) -> Node:
        """The query as a tree; one of nothing but operators asks for the words they are spelled with."""
        self._finish(group)
        spelled = [lexeme for lexeme in self.unused if words(lexeme.text)]
        if group.clauses or not spelled:
            for lexeme in self.unused:
                self._tell_unused(lexeme)
            if not group.clauses:
                self.messages.append(message("no_words", 0, self.lexemes[-1].end if self.lexemes else 0))
            return self._with_everything(group.node()) if group.clauses else Nothing()
        for lexeme in spelled:
            self._tell("operator_as_word", lexeme, word=lexeme.text)
        return all_of(Phrase(tuple(words(lexeme.text))) for lexeme in spelled)

    def _with_everything(self, node: Node) -> Node:
        match node:
            case And((Everything(), *_)) if not any(
                lexeme.kind is Kind.EVERYTHING for lexeme in self.lexemes
            ):
                self._tell("only_without", self.lexemes[0])
        return node

    # Messages

    def _tell_unused(self, lexeme: Lexeme) -> None:
        match lexeme.kind:
            case Kind.FIELD | Kind.ROOT | Kind.SAME | Kind.AT_LEAST:
                self._tell("empty_field", lexeme, word=lexeme.text)
            case Kind.WITHOUT | Kind.LITERAL:
                self._tell("stray_without", lexeme, word=lexeme.text)
            case _:
                self._tell("stray_operator", lexeme, word=lexeme.text)

    def _tell(self, code: str, lexeme: Lexeme, **arguments: str) -> None:
        self.messages.append(message(code, lexeme.start, lexeme.end, **arguments))
