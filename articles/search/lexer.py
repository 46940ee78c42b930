"""Cuts a query into lexemes: words, phrases, dates, brackets and operators, each with its place in the query.

Whatever is pasted can be cut: a mark that opens nothing is punctuation, and what is spelled like an operator
but stands inside a word is part of the word.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from articles.arabic.normalization import normalize
from articles.search.date_values import DateReading, read_dates, write_dates
from articles.search.messages import message
from articles.search.operators import (
    BLANKS,
    DATE_FIELD,
    FIELDS_BY_SPELLING,
    JOINERS,
    Field,
    OperatorName,
    operator_key,
    spellings,
)
from articles.search.quotation import QUOTES, SINGLE_QUOTES, QuotationFinder
from articles.search.syntax import DateRange, Message


class Kind(StrEnum):
    """What a lexeme is to the parser."""

    WORD = "word"  # everything between two blanks: `operands` cuts it into tokens
    PHRASE = "phrase"
    DATE = "date"
    EVERYTHING = "everything"
    OPEN = "open"
    CLOSE = "close"
    ALL = "all"
    ANY = "any"
    WITHOUT = "without"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of a query; of a phrase the text is what stands between its marks."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Field | DateRange | None = None


KIND_OF_JOINER = {OperatorName.ALL: Kind.ALL, OperatorName.ANY: Kind.ANY, OperatorName.WITHOUT: Kind.WITHOUT}
ENDS_FIELD = frozenset({Kind.WORD, Kind.PHRASE, Kind.DATE, Kind.EVERYTHING, Kind.OPEN, Kind.CLOSE})

COLONS = ":\N{FULLWIDTH COLON}\N{SMALL COLON}"
DASHES = "".join(spelling for spelling in spellings(OperatorName.WITHOUT) if not spelling.isalpha())
BRACKETS = spellings(OperatorName.GROUP)
OPENING = "".join(pair[0] for pair in BRACKETS)
CLOSING = "".join(pair[1] for pair in BRACKETS)
ORNATE = next(pair for pair in BRACKETS if not unicodedata.mirrored(pair[0]))  # either of the two may open

BLANK_RUN = re.compile(f"[{BLANKS}]+")
CHUNK = re.compile(f"[^{BLANKS}{re.escape(OPENING + CLOSING + QUOTES)}|]+")
COLON = re.compile(f"[{COLONS}]")
COLON_AFTER_NAME = re.compile(f"[{BLANKS}]*[{COLONS}]")
BARS = re.compile(r"\|+")
EXCLUSION = re.compile(
    rf"(?:^|(?<=[{BLANKS}{re.escape(OPENING)}{COLONS}|]))[{re.escape(DASHES)}]"
    rf"(?=[^\W_]|[#*{re.escape(OPENING + QUOTES + SINGLE_QUOTES)}])"
)
EVERYTHING = re.compile(r"\*+|\*:\*")
BARE_PERIOD = re.compile(r"\d{4}(?:-\d\d?){0,2}\.{2,3}\d{4}(?:-\d\d?){0,2}(?![^\W_])")

NEAR_NAME_LETTERS = 5  # shorter names have too many neighbours that are words


class Lexer:
    """Reads one query; lexemes and messages gather as it goes."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.at = 0
        self.lexemes: list[Lexeme] = []
        self.messages: list[Message] = []
        self.quotations = QuotationFinder(text)
        self.named: Field | None = None  # the field just named, still without its operand
        self.groups = [False]  # whether the query, and then each open bracket, holds dates
        self.ornate = False  # whether an ornate bracket is open

    def read(self) -> list[Lexeme]:
        readers = (self._bracket, self._quotation, self._bar, self._dash, self._date, self._chunk)
        while self.at < len(self.text):
            if blank := BLANK_RUN.match(self.text, self.at):
                self.at = blank.end()
            elif not any(reader() for reader in readers):
                self.at += 1
        return self.lexemes

    # Each reader takes what it knows from the text, or returns False.

    def _bracket(self) -> bool:
        bracket = self.text[self.at]
        if bracket not in OPENING + CLOSING:
            return False
        opens = not self.ornate if bracket in ORNATE else bracket in OPENING
        if bracket in ORNATE:
            self.ornate = opens
        if opens:
            self.groups.append(self._expects_dates())
        elif len(self.groups) > 1:
            self.groups.pop()
        self._emit(Kind.OPEN if opens else Kind.CLOSE, self.at + 1)
        return True

    def _quotation(self) -> bool:
        mark = self.text[self.at]
        if mark not in QUOTES and mark not in SINGLE_QUOTES:
            return False
        quotation = self.quotations.at(self.at)
        if quotation is None:
            return mark in QUOTES and self._skip_stray_quote()
        quoted = self.text[quotation.opened : quotation.closed]
        if not quotation.is_closed:
            self._tell("unclosed_quote", quotation.end, word=quoted)
        if not self._quoted_date(quoted, quotation.end):
            self._tell_if_no_date(quoted, quotation.end)
            self._emit(Kind.PHRASE, quotation.end, text=quoted)
        return True

    def _skip_stray_quote(self) -> bool:
        self._tell("stray_quote", self.at + 1, word=self.text[self.at])
        self.at += 1
        return True

    def _quoted_date(self, quoted: str, end: int) -> bool:
        reading = read_dates(quoted.strip(), 0, self.today) if self._expects_dates() else None
        if reading is None or reading.end < len(quoted.strip()):
            return False
        self._emit_date(reading, end)
        return True

    def _bar(self) -> bool:
        bars = BARS.match(self.text, self.at)
        if bars:
            self._emit(Kind.ANY, bars.end())
        return bool(bars)

    def _dash(self) -> bool:
        dash = EXCLUSION.match(self.text, self.at)
        if dash:
            self._emit(Kind.WITHOUT, dash.end())
        return bool(dash)

    def _date(self) -> bool:
        reading = read_dates(self.text, self.at, self.today) if self._expects_dates() else None
        if reading:
            self._emit_date(reading, reading.end)
        return bool(reading)

    def _chunk(self) -> bool:
        """Everything up to a blank, bracket, bar or double quotation mark: an operator, a field or words."""
        chunk = CHUNK.match(self.text, self.at)
        if chunk is None:
            return False
        end = chunk.end()
        if EVERYTHING.fullmatch(chunk[0]):
            self._emit(Kind.EVERYTHING, end)
        elif joiner := JOINERS.get(operator_key(chunk[0])):
            self._emit(KIND_OF_JOINER[joiner], end)
        elif not self._field(chunk[0], end) and not self._bare_period():
            self._tell_if_no_date(chunk[0], end)
            self._emit(Kind.WORD, end)
        return True

    def _field(self, chunk: str, end: int) -> bool:
        """The name of a field with its colon; any other word before a colon is a word."""
        name, after = chunk, COLON_AFTER_NAME.match(self.text, end)
        if colon := COLON.search(chunk):
            name, after = chunk[: colon.start()], COLON.match(self.text, self.at + colon.start())
        row = FIELDS_BY_SPELLING.get(normalize(name)) if after else None
        if after and row:
            self._emit(Kind.FIELD, after.end(), text=name, value=row)
        elif after and (near := near_name(name)):
            self._tell("unknown_field", self.at + len(name), word=name, name=near)
        return bool(row)

    def _bare_period(self) -> bool:
        """2014..2016 without a field: no article says so, hence it can only be a period."""
        period = None if self.named else BARE_PERIOD.match(self.text, self.at)
        reading = read_dates(self.text, self.at, self.today) if period else None
        if reading:
            self._tell("date_without_field", reading.end, word=self.text[self.at : reading.end])
            self._emit_date(reading, reading.end)
        return bool(reading)

    # What is taken

    def _emit(
        self, kind: Kind, end: int, *, text: str | None = None, value: Field | DateRange | None = None
    ) -> None:
        self.lexemes.append(
            Lexeme(kind, self.text[self.at : end] if text is None else text, self.at, end, value)
        )
        if isinstance(value, Field):
            self.named = value
        elif kind in ENDS_FIELD:
            self.named = None
        self.at = end

    def _emit_date(self, reading: DateReading, end: int) -> None:
        for code in dict.fromkeys(reading.mended):
            self._tell(code, end, word=self.text[self.at : end].strip(), reading=write_dates(reading.range))
        self._emit(Kind.DATE, end, value=reading.range)

    def _tell(self, code: str, end: int, **arguments: str) -> None:
        self.messages.append(message(code, self.at, end, **arguments))

    def _tell_if_no_date(self, word: str, end: int) -> None:
        if self._expects_dates():
            self._tell("date_unreadable", end, word=word, name=DATE_FIELD.spellings[0])

    def _expects_dates(self) -> bool:
        return self.named is DATE_FIELD if self.named else self.groups[-1]


def near_name(typed: str) -> str | None:
    """The name of a field that is one slip of the hand away from what was typed.

    >>> near_name("العنون"), near_name("tilte"), near_name("قال")
    ('العنوان', 'title', None)
    """
    word = normalize(typed)
    for key, row in FIELDS_BY_SPELLING.items():
        if len(key) >= NEAR_NAME_LETTERS and is_one_slip(word, key):
            return next(spelling for spelling in row.spellings if normalize(spelling) == key)
    return None


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours changed places.

    >>> is_one_slip("tilte", "title"), is_one_slip("titel", "title"), is_one_slip("turtle", "title")
    (True, True, False)
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if same is None:
        return True
    one, other = typed[same:], meant[same:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
