"""Puts lexemes together: what each operator joins, what stands in which brackets, what is left over.

Written with a stack of open brackets, so that no query, however nested, goes deeper than MAX_DEPTH.
"""

from dataclasses import dataclass, field

from articles.arabic.tokenization import words
from articles.search.composition import all_of, any_of, leaves, none_of, within
from articles.search.lexer import Kind, Lexeme
from articles.search.messages import message
from articles.search.operands import OperandReader
from articles.search.operators import Field
from articles.search.syntax import And, DateRange, Everything, Message, Node, Nothing, Phrase

MAX_DEPTH = 10  # brackets inside brackets

Places = dict[Node, tuple[int, int]]


@dataclass(slots=True)
class Group:
    """What stands between two brackets, or in the whole query.

    `clauses` are required together; each is a list of choices that «أو» joined, each choice a list of nodes
    that a written «و» joined. `joiner` and `prefixes` still wait for what comes after them.
    """

    opened: Lexeme | None = None
    clauses: list[list[list[Node]]] = field(default_factory=list)
    joiner: Lexeme | None = None
    prefixes: list[Lexeme] = field(default_factory=list)

    def add(self, node: Node) -> None:
        if self.joiner is None:
            self.clauses.append([[node]])
        elif self.joiner.kind is Kind.ANY:
            self.clauses[-1].append([node])
        else:
            self.clauses[-1][-1].append(node)
        self.joiner = None

    def takes_joiner(self) -> bool:
        """Whether something stands before an operator that joins two operands."""
        return bool(self.clauses) and self.joiner is None and not self.prefixes

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
                case Kind.ALL | Kind.ANY:
                    self._join(lexeme)
                case Kind.WITHOUT | Kind.FIELD:
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
        if len(self.groups) > MAX_DEPTH:
            self.too_deep += 1
            self._tell("too_deep", bracket, limit=str(MAX_DEPTH))
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
        if group.takes_joiner():
            group.joiner = operator
        else:
            self.unused.append(operator)

    def _operand(self, lexeme: Lexeme) -> None:
        node = self._read(lexeme)
        if node is not None:
            for part in leaves(node):
                self.places.setdefault(part, (lexeme.start, lexeme.end))
            self._add(node)
        elif lexeme.kind is Kind.PHRASE:
            self._tell("empty_phrase", lexeme)
            self.unused += self.groups[-1].prefixes
            self.groups[-1].prefixes = []

    def _read(self, lexeme: Lexeme) -> Node | None:
        match lexeme:
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
        if group.is_mixed():
            self._tell("mixed_operators", group.opened or self.lexemes[0])

    def _add(self, node: Node) -> None:
        group = self.groups[-1]
        exclusions = [prefix for prefix in group.prefixes if prefix.kind is Kind.WITHOUT]
        fields = [prefix for prefix in group.prefixes if prefix.kind is Kind.FIELD]
        for repeated in exclusions[1:2]:
            self._tell("repeated_without", repeated, word=repeated.text)
        for overruled in fields[:-1]:
            self._tell("repeated_field", overruled, word=overruled.text)
        row = fields[-1].value if fields else None
        if isinstance(row, Field) and row.field:
            node = within(row.field, node)
        group.add(none_of(node) if exclusions else node)
        group.prefixes = []

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
            case Kind.FIELD:
                self._tell("empty_field", lexeme, word=lexeme.text)
            case Kind.WITHOUT:
                self._tell("stray_without", lexeme, word=lexeme.text)
            case _:
                self._tell("stray_operator", lexeme, word=lexeme.text)

    def _tell(self, code: str, lexeme: Lexeme, **arguments: str) -> None:
        self.messages.append(message(code, lexeme.start, lexeme.end, **arguments))
