"""The tree of a query: what a reader asked for, before any engine sees it.

The parser makes it, an engine renders it into its own query, and `matching` finds the same words again in the
original text of a hit. Words are kept as they were typed; each level of analysis is applied where it is used.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How much two words may differ and still match, strictest first; each finds what those before it find."""

    __hash__ = str.__hash__  # that of Enum is worked out in Python, a dozen times a question

    LITERAL = "literal"  # letters as written; marks, tatweel and presentation forms make no difference
    NORMALISED = "normalised"  # spelling differences make none either
    STEM = "stem"  # all the forms of a word
    SYNONYMS = "synonyms"  # and what the archive knows to be another name for it


class FieldName(StrEnum):
    """The fields of an article that a query may name."""

    __hash__ = str.__hash__

    TITLE = "title"
    BODY = "body"
    LEAD = "lead"  # the first paragraph of the body
    SOURCE = "source"
    AUTHOR = "author"
    SECTION = "section"
    PLACE = "place"
    COLLECTION = "collection"


class Unit(StrEnum):
    """A stretch of text that several words can share."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `level` is None for the level of the whole search, until `expansion` fills it in.

    At the stem level `without` are normalised forms that must not be what matched; of a word that a curator keeps as
    it stands, `only` are the normalised forms that match in the place of its stem.
    """

    text: str
    level: Level | None = None
    without: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other exactly; at least one.

    What a reader quotes is compared normalised, or literally; only `expansion` makes phrases of stems.
    """

    words: tuple[str, ...]
    level: Level = Level.NORMALISED


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over normalised words: `*` is any run of letters, `?` one. At least two letters stand in a row."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Normalised words that become `text` by at most `edits` (1 or 2) letters added, left out, changed or swapped."""

    text: str
    edits: int = 1


@dataclass(frozen=True, slots=True)
class Root:
    """Words of one root: three or four normalised radicals."""

    radicals: str


@dataclass(frozen=True, slots=True)
class Near:
    """The parts, with at most `distance` other words between the first and the last of them.

    Parts are words, phrases, patterns and choices of these. Where `ordered`, they stand as they were written.
    """

    parts: "tuple[Node, ...]"
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Same:
    """The parts (as in Near), all within one sentence or one paragraph."""

    unit: Unit
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The part (as in Near), at least `count` times in title and body together, or in the field it is looked for in."""

    count: int
    part: "Node"


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


@dataclass(frozen=True, slots=True)
class Expanded:
    """A part of a query and its other names. `expansion` makes it, and readers cannot type it.

    It matches what any of them matches, and scores as its best: other names are no second mention.
    """

    part: "Node"
    names: "tuple[Word | Phrase, ...]"


Node = (
    Word
    | Phrase
    | Wildcard
    | Fuzzy
    | Root
    | Near
    | Same
    | AtLeast
    | DateRange
    | Everything
    | Nothing
    | And
    | Or
    | Not
    | In
    | Expanded
)


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
