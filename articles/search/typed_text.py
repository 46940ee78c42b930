"""A query while it is typed: its last word, to be completed, and what stands before it."""

from dataclasses import dataclass
from datetime import date

from articles.arabic.characters import INVISIBLE_CONTROLS
from articles.arabic.normalization import normalize
from articles.arabic.tokenization import tokenize
from articles.search.lexer import Kind, Lexeme, Lexer
from articles.search.operators import Field, OperatorName, spellings
from articles.search.syntax import FieldName
from articles.search.word_list import LONGEST_WORD

LONGEST_TYPED = 200  # characters; nobody waits for suggestions to more
MOST_BEFORE = 6  # words before the last that are regarded
PLAIN = frozenset({Kind.WORD, Kind.PHRASE, Kind.ALL})
CLOSING = {pair[0]: pair[1] for pair in spellings(OperatorName.PHRASE)}


@dataclass(frozen=True, slots=True)
class Typed:
    """`prefix` is the last word, normalised; empty where a blank or a mark has ended it.

    `before` are the words before it, normalised; empty where operators stand among them, and so `is_plain` is false.
    """

    text: str
    start: int
    end: int
    prefix: str
    before: tuple[str, ...]
    field: FieldName | None
    is_plain: bool
    closing: str

    def completed(self, word: str) -> str:
        """The whole query with `word` in the place of its last; an open quotation is closed.

        >>> read_typed("نفط العر", date(2026, 1, 1)).completed("العراق")
        'نفط العراق'
        >>> read_typed("«تنظيم الد", date(2026, 1, 1)).completed("الدولة")
        '«تنظيم الدولة»'
        """
        return self.text[: self.start] + word + self.text[self.end :] + self.closing


def read_typed(text: str, today: date) -> Typed | None:
    """What was typed, as far as it can be completed; None where it holds no word or is too long."""
    visible = "".join(letter for letter in text if letter not in INVISIBLE_CONTROLS)
    tokens = list(tokenize(visible))
    if not tokens or len(visible) > LONGEST_TYPED:
        return None
    last = tokens[-1]
    is_open = last.end == len(visible)
    lexer = Lexer(visible, today)
    lexemes = lexer.read()
    field = _field(lexemes)
    is_plain = field is None and all(lexeme.kind in PLAIN for lexeme in lexemes)
    done = tokens[:-1] if is_open else tokens
    prefix = normalize(last.text) if is_open else ""
    if len(prefix) > LONGEST_WORD:
        return None
    return Typed(
        text=visible,
        start=last.start,
        end=last.end,
        prefix=prefix,
        before=tuple(normalize(token.text) for token in done[-MOST_BEFORE:]) if is_plain else (),
        field=field,
        is_plain=is_plain,
        closing=next(
            (_closing(visible, said.start) for said in lexer.messages if said.code == "unclosed_quote"), ""
        ),
    )


def _field(lexemes: list[Lexeme]) -> FieldName | None:
    """The field that the last word is looked for in."""
    named = [lexeme.value for lexeme in lexemes[-2:-1] if lexeme.kind is Kind.FIELD]
    return next((value.field for value in named if isinstance(value, Field)), None)


def _closing(text: str, opened: int) -> str:
    return CLOSING.get(text[opened], text[opened])
