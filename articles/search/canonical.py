"""Writes a query tree as a query: Arabic operators, and brackets wherever And, Or and nearness meet."""

from articles.search.date_values import write_dates
from articles.search.fields import DATE_FIELD, FIELDS
from articles.search.operators import UNITS, OperatorName, spellings
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Fuzzy,
    In,
    Level,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Root,
    Same,
    Wildcard,
    Word,
)

OR = spellings(OperatorName.ANY)[0]
NOT = spellings(OperatorName.WITHOUT)[0]
EVERYTHING = spellings(OperatorName.EVERYTHING)[0]
EXACTLY = spellings(OperatorName.LITERAL)[0]
ABOUT = spellings(OperatorName.FUZZY)[0]
ROOT = spellings(OperatorName.ROOT)[0]
TIMES = spellings(OperatorName.AT_LEAST)[0]
AROUND, AFTER = (spellings(name)[0] for name in (OperatorName.NEAR_QUOTED, OperatorName.ORDERED_QUOTED))
NEAR, BEFORE = (spellings(name)[0] for name in (OperatorName.NEAR, OperatorName.BEFORE))
UNIT_NAMES = {unit: spellings(name)[0] for name, unit in UNITS.items()}
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
        case Near(parts, distance, ordered) if is_quotation(node):
            return f"{quoted([leaf(part)[1:-1] for part in parts])}{AFTER if ordered else AROUND}{distance}"
        case Near(parts, distance, ordered):
            return f" {BEFORE if ordered else NEAR}/{distance} ".join(map(bracketed, parts))
        case Same(unit, parts):
            return f"{UNIT_NAMES[unit]}:({' '.join(map(bracketed, parts))})"
        case AtLeast(count, part):
            return f"{TIMES}{count}:{bracketed(part)}"
        case Nothing():
            return f"{NOT} {EVERYTHING}"
    return leaf(node)


def bracketed(node: Node) -> str:
    """A node as an operand of another."""
    loose = isinstance(node, And | Or) or (isinstance(node, Near) and not is_quotation(node))
    return f"({canonical(node)})" if loose else canonical(node)


def is_quotation(node: Near) -> bool:
    """Whether one pair of quotation marks can hold all that is near each other."""
    return all(isinstance(part, Word) and part.level is Level.NORMALISED for part in node.parts)


def leaf(node: Node) -> str:
    match node:
        case Word(text, Level.LITERAL):
            return EXACTLY + text
        case Word(text, Level.NORMALISED):
            return quoted([text])
        case Word(text) | Wildcard(text):
            return text
        case Phrase(words, level):
            return (EXACTLY if level is Level.LITERAL else "") + quoted(words)
        case Fuzzy(text, edits):
            return f"{text}{ABOUT}{edits if edits > 1 else ''}"
        case Root(radicals):
            return f"{ROOT}:{radicals}"
        case DateRange():
            return f"{DATE_FIELD.spellings[0]}:{write_dates(node)}"
    return EVERYTHING


def quoted(words: list[str] | tuple[str, ...]) -> str:
    return f'"{" ".join(words)}"'
