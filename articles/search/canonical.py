"""Writes a query tree as a query: Arabic operators, and brackets wherever And and Or meet."""

from articles.search.date_values import write_dates
from articles.search.operators import DATE_FIELD, FIELDS, OperatorName, spellings
from articles.search.syntax import (
    And,
    DateRange,
    In,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Wildcard,
    Word,
)

OR = spellings(OperatorName.ANY)[0]
NOT = spellings(OperatorName.WITHOUT)[0]
EVERYTHING = spellings(OperatorName.EVERYTHING)[0]
FIELD_NAMES = {row.field: row.spellings[0] for row in FIELDS if row.field}


def canonical(node: Node) -> str:
    """The query that parses to this tree.

    >>> canonical(And((Word("نفط"), Not(Or((Word("غاز"), Phrase(("فحم", "حجري"))))))))
    'نفط ليس (غاز أو "فحم حجري")'
    """
    match node:
        case Or(parts):
            return f" {OR} ".join(map(bracketed, parts))
        case And(parts):
            return " ".join(map(bracketed, parts))
        case Not(part):
            return f"{NOT} {bracketed(part)}"
        case In(field, part):
            return f"{FIELD_NAMES[field]}:{bracketed(part)}"
        case Nothing():
            return f"{NOT} {EVERYTHING}"
    return leaf(node)


def bracketed(node: Node) -> str:
    return f"({canonical(node)})" if isinstance(node, And | Or) else canonical(node)


def leaf(node: Node) -> str:
    match node:
        case Word(text) | Wildcard(text):
            return text
        case Phrase(words):
            return f'"{" ".join(words)}"'
        case DateRange():
            return f"{DATE_FIELD.spellings[0]}:{write_dates(node)}"
    return EVERYTHING
