"""The tree of a query: what a reader asked for, before any engine sees it.

The parser makes it, an engine renders it into its own query, and `matching` finds the same words again in the
original text of a hit. Words are kept as they were typed; each level of analysis is applied where it is used.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FieldName(StrEnum):
    """The fields of an article that a query may name."""

    TITLE = "title"
    SOURCE = "source"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, found in all its forms (the stem level)."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other exactly, normalised but not stemmed; at least one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over normalised words: `*` is any run of letters, `?` one; it begins with two letters."""

    pattern: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles dated from `start` to `end`, both included; None leaves that side open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article: the query holds no word to look for."""


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Articles without the part."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class In:
    """The part, looked for in one field only."""

    field: FieldName
    part: "Node"


Node = Word | Phrase | Wildcard | DateRange | Everything | Nothing | And | Or | Not | In


@dataclass(frozen=True, slots=True)
class Message:
    """What the reader should know of how the query was read; `start` and `end` point into the query as typed.

    `text` is the sentence in Arabic. For another language, translate the template of `code` and fill in the
    `arguments`.
    """

    code: str
    text: str
    start: int
    end: int
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """`tree` always answers something; `canonical` parses to the same tree, without messages."""

    text: str
    tree: Node
    canonical: str
    messages: tuple[Message, ...] = ()
