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
from articles.search.date_values import DateReading, is_unknown_hijri, read_dates, write_dates
from articles.search.field_names import near_name
from articles.search.fields import DATE_FIELD, Field
from articles.search.hijri_dates import FIRST_YEAR, LAST_YEAR
from articles.search.measures import (
    MAX_COUNT,
    Count,
    Distance,
    read_count,
    read_distance,
    read_suffix,
)
from articles.search.messages import message
from articles.search.operators import (
    BLANKS,
    JOINERS,
    PREFIXES,
    ROOT,
    UNITS,
    Operator,
    OperatorName,
    operator_key,
    spellings,
)
from articles.search.quotation import QUOTES, SINGLE_QUOTES, Quotation, QuotationFinder
from articles.search.syntax import DateRange, Message, Unit


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
    NEAR = "near"
    FIELD = "field"
    LITERAL = "literal"
    ROOT = "root"
    SAME = "same"
    AT_LEAST = "at_least"


Value = Field | DateRange | Distance | Unit | int


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of a query; of a phrase the text is what stands between its marks."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Value | None = None


KIND_OF_JOINER = {OperatorName.ALL: Kind.ALL, OperatorName.ANY: Kind.ANY, OperatorName.WITHOUT: Kind.WITHOUT}
TAKES_WORD = frozenset({Kind.LITERAL, Kind.ROOT})
ENDS_FIELD = frozenset({Kind.WORD, Kind.PHRASE, Kind.DATE, Kind.EVERYTHING, Kind.OPEN, Kind.CLOSE})

EQUALS = "".join(spellings(OperatorName.LITERAL))
COLONS = ":\N{FULLWIDTH COLON}\N{SMALL COLON}"
DASHES = "".join(spelling for spelling in spellings(OperatorName.WITHOUT) if not spelling.isalpha())
BRACKETS = spellings(OperatorName.GROUP)
OPENING = "".join(pair[0] for pair in BRACKETS)
CLOSING = "".join(pair[1] for pair in BRACKETS)
BRACKETS_AND_QUOTES = OPENING + CLOSING + QUOTES
ORNATE = next(pair for pair in BRACKETS if not unicodedata.mirrored(pair[0]))  # either of the two may open

BLANK_RUN = re.compile(f"[{BLANKS}]+")
CHUNK = re.compile(f"[^{BLANKS}{re.escape(BRACKETS_AND_QUOTES)}|]+")
COLON = re.compile(f"[{COLONS}]")
COLON_AFTER_NAME = re.compile(f"[{BLANKS}]*[{COLONS}]")
BARS = re.compile(r"\|+")
EXCLUSION = re.compile(
    rf"(?:^|(?<=[{BLANKS}{re.escape(OPENING)}{COLONS}|]))[{re.escape(DASHES)}]"
    rf"(?=[^\W_]|[#*{re.escape(OPENING + QUOTES + SINGLE_QUOTES + EQUALS)}])"
)
LITERALLY = re.compile(
    rf"(?:^|(?<=[{BLANKS}{re.escape(OPENING + DASHES)}{COLONS}|]))[{EQUALS}]+"
    rf"(?=[^\W_]|[#{re.escape(OPENING + QUOTES + SINGLE_QUOTES)}])"
)
# «ك ت ب» after the name of the root: letters, each by itself
RADICALS = re.compile(
    rf"[^\W\d_](?:[{BLANKS}]+[^\W\d_]){{1,4}}(?![^{BLANKS}{re.escape(BRACKETS_AND_QUOTES)}|])"
)
EVERYTHING = re.compile(r"\*+|\*:\*")
LONGEST_NAME = 60  # characters of an operator or a field, with all the marks that may stand on it
BARE_PERIOD = re.compile(r"\d{4}(?:-\d\d?){0,2}\.{2,3}\d{4}(?:-\d\d?){0,2}(?![^\W_])")


class Lexer:
    """Reads one query; lexemes and messages gather as it goes."""

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.today = today
        self.at = 0
        self.lexemes: list[Lexeme] = []
        self.messages: list[Message] = []
        self.quotations = QuotationFinder(text)
        self.named: Field | Operator | None = None  # before the last colon, as long as it has no operand
        self.groups = [False]  # whether the query, and then each open bracket, holds dates
        self.ornate = False  # whether an ornate bracket is open

    def read(self) -> list[Lexeme]:
        readers = (
            self._bracket,
            self._quotation,
            self._bar,
            self._dash,
            self._equals,
            self._date,
            self._radicals,
            self._chunk,
        )
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
            self._phrase(quoted, quotation)
        return True

    def _phrase(self, quoted: str, quotation: Quotation) -> None:
        distance = read_suffix(self.text, quotation.end) if quotation.is_closed else None
        self._tell_if_too_far(distance)
        end = distance.end if distance else quotation.end
        self._emit(Kind.PHRASE, end, text=quoted, value=distance)

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

    def _equals(self) -> bool:
        equals = LITERALLY.match(self.text, self.at)
        if equals:
            self._emit(Kind.LITERAL, equals.end())
        return bool(equals)

    def _date(self) -> bool:
        reading = read_dates(self.text, self.at, self.today) if self._expects_dates() else None
        if reading:
            self._emit_date(reading, reading.end)
        return bool(reading)

    def _radicals(self) -> bool:
        letters = RADICALS.match(self.text, self.at) if self.named is ROOT else None
        if letters:
            self._emit(Kind.PHRASE, letters.end())
        return bool(letters)

    def _chunk(self) -> bool:
        """Everything up to a blank, bracket, bar or double quotation mark: an operator, a field or words."""
        chunk = CHUNK.match(self.text, self.at)
        if chunk is None:
            return False
        end = chunk.end()
        if not self._operator(chunk[0], end) and not self._prefix(chunk[0], end) and not self._bare_period():
            self._tell_if_no_date(chunk[0], end)
            self._emit(Kind.WORD, end)
        return True

    def _operator(self, chunk: str, end: int) -> bool:
        """A chunk that is nothing but an operator; what «=» or the name of the root touches never is."""
        touched = self.lexemes and self.lexemes[-1].kind in TAKES_WORD and self.lexemes[-1].end == self.at
        if touched or (len(chunk) > LONGEST_NAME and not EVERYTHING.fullmatch(chunk)):
            return False
        if EVERYTHING.fullmatch(chunk):
            self._emit(Kind.EVERYTHING, end)
        elif joiner := JOINERS.get(operator_key(chunk)):
            self._emit(KIND_OF_JOINER[joiner], end)
        elif distance := read_distance(chunk):
            self._tell_if_too_far(distance, end)
            self._emit(Kind.NEAR, end, value=distance)
        else:
            return False
        return True

    def _prefix(self, chunk: str, end: int) -> bool:
        """The name of a field, or what else may stand before a colon; any other word before one is a word."""
        name, after = chunk, COLON_AFTER_NAME.match(self.text, end)
        if colon := COLON.search(chunk):
            name, after = chunk[: colon.start()], COLON.match(self.text, self.at + colon.start())
        if after is None or len(name) > LONGEST_NAME:
            return False
        row, count = PREFIXES.get(normalize(name)), read_count(name)
        if row is not None:
            self._named(row, name, after.end())
        elif count is not None:
            self._counted(count, name, after.end())
        elif near := near_name(name):
            self._tell("unknown_field", self.at + len(name), word=name, name=near)
        return row is not None or count is not None

    def _named(self, row: Field | Operator, name: str, end: int) -> None:
        if isinstance(row, Field):
            self._emit(Kind.FIELD, end, text=name, value=row)
        elif row is ROOT:
            self._emit(Kind.ROOT, end, text=name)
        else:
            self._emit(Kind.SAME, end, text=name, value=UNITS[row.name])
        self.named = row

    def _counted(self, count: Count, name: str, end: int) -> None:
        if count.wanted != count.allowed:
            self._tell("count_limited", end, word=name, reading=str(count.allowed), limit=str(MAX_COUNT))
        self._emit(Kind.AT_LEAST, end, text=name, value=count.allowed)

    def _bare_period(self) -> bool:
        """2014..2016 without a field: no article says so, hence it can only be a period."""
        period = None if self.named else BARE_PERIOD.match(self.text, self.at)
        reading = read_dates(self.text, self.at, self.today) if period else None
        if reading:
            self._tell("date_without_field", reading.end, word=self.text[self.at : reading.end])
            self._emit_date(reading, reading.end)
        return bool(reading)

    # What is taken

    def _emit(self, kind: Kind, end: int, *, text: str | None = None, value: Value | None = None) -> None:
        self.lexemes.append(
            Lexeme(kind, self.text[self.at : end] if text is None else text, self.at, end, value)
        )
        if kind in ENDS_FIELD:
            self.named = None
        self.at = end

    def _emit_date(self, reading: DateReading, end: int) -> None:
        for code in dict.fromkeys(reading.mended):
            self._tell(code, end, word=self.text[self.at : end].strip(), reading=write_dates(reading.range))
        self._emit(Kind.DATE, end, value=reading.range)

    def _tell(self, code: str, end: int, **arguments: str) -> None:
        self.messages.append(message(code, self.at, end, **arguments))

    def _tell_if_no_date(self, word: str, end: int) -> None:
        if not self._expects_dates():
            return
        if is_unknown_hijri(self.text, self.at):
            self._tell("hijri_unknown", end, word=word, first=str(FIRST_YEAR), last=str(LAST_YEAR))
        else:
            self._tell("date_unreadable", end, word=word, name=DATE_FIELD.spellings[0])

    def _tell_if_too_far(self, distance: Distance | None, end: int = 0) -> None:
        if distance and distance.wanted > distance.words:
            self._tell("too_far", end or distance.end, word=str(distance.wanted), limit=str(distance.words))

    def _expects_dates(self) -> bool:
        return self.named is DATE_FIELD if isinstance(self.named, Field) else self.groups[-1]
