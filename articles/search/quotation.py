"""Finds phrases: which quotation mark opens one, which closes it, and which is only an apostrophe."""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice

from articles.search.operators import BLANKS, OperatorName, spellings

# A single quotation mark may be an apostrophe, and ends no word. Marks such as «» have a direction and may
# nest; of the others any closes any, since keyboards and word processors mix them.
SINGLE_QUOTES = (
    "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{SINGLE LOW-9 QUOTATION MARK}"
)
PAIRS = [pair for pair in spellings(OperatorName.PHRASE) if pair[0] not in SINGLE_QUOTES]
DIRECTED = {mark: pair for pair in PAIRS if unicodedata.mirrored(pair[0]) for mark in pair}
QUOTES = "".join(dict.fromkeys("".join(PAIRS)))
BRACKETS = "".join(spellings(OperatorName.GROUP))
BEFORE_WORD = re.escape(BRACKETS + ":|" + "".join(spellings(OperatorName.LITERAL)))

ANY_UNDIRECTED = re.compile(f"[{re.escape(''.join(mark for mark in QUOTES if mark not in DIRECTED))}]")
MARKS_OF_PAIR = {pair: re.compile(f"[{re.escape(pair)}]") for pair in set(DIRECTED.values())}
STARTS_WORD = re.compile(
    rf"(?:^|(?<=[{BLANKS}{BEFORE_WORD}]))[^{BLANKS}](?=[^{BLANKS}{re.escape(BRACKETS)}])"
)
ENDS_WORD = re.compile(rf"(?<=[^{BLANKS}])[^{BLANKS}](?=$|[{BLANKS}{re.escape(BRACKETS)}])")
OPENING_SINGLE = re.compile(rf"(?:^|(?<=[{BLANKS}{BEFORE_WORD}]))[{SINGLE_QUOTES}](?=[^\W_])")
CLOSING_SINGLE = re.compile(
    rf"(?<=[^{BLANKS}])[{SINGLE_QUOTES}](?=$|[{BLANKS}{re.escape(BRACKETS + QUOTES)}|.,:;!?،؛؟])"
)
ANY_BRACKET = re.compile(f"[{re.escape(BRACKETS)}]")

NESTED_MARKS = 16  # looked at for the mark that closes «قال «نعم» أمس»


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between `opened` and `closed` in a query, and where it ends with its marks."""

    opened: int
    closed: int
    end: int
    is_closed: bool = True


@dataclass(slots=True)
class QuotationFinder:
    """Finds the quotations of one text from its beginning to its end."""

    text: str
    unclosed: set[str] = field(default_factory=set)  # marks that nothing closes from here to the end

    def at(self, start: int) -> Quotation | None:
        """The quotation whose first mark stands at `start`; None where the mark opens nothing."""
        mark = self.text[start]
        if mark in SINGLE_QUOTES:
            return self._single(start)
        closed = None if mark in self.unclosed else self._closing(mark, start)
        if closed is not None:
            return Quotation(start + 1, closed, closed + 1)
        if not self._is_reversed(mark):
            self.unclosed.add(mark)
        return self._left_open(start)

    def _single(self, start: int) -> Quotation | None:
        if "'" in self.unclosed or not OPENING_SINGLE.match(self.text, start):
            return None
        closing = CLOSING_SINGLE.search(self.text, start + 2)
        if closing is None:
            self.unclosed.add("'")
            return None
        return Quotation(start + 1, closing.start(), closing.end())

    def _left_open(self, start: int) -> Quotation | None:
        """Up to the next bracket, where the mark stands before a word as an opening mark does."""
        bracket = ANY_BRACKET.search(self.text, start + 1)
        end = bracket.start() if bracket else len(self.text)
        opens = STARTS_WORD.match(self.text, start) and not self._is_reversed(self.text[start])
        return Quotation(start + 1, end, end, is_closed=False) if opens else None

    def _closing(self, mark: str, start: int) -> int | None:
        if mark not in DIRECTED:
            closing = ANY_UNDIRECTED.search(self.text, start + 1)
            return closing.start() if closing else None
        if self._is_reversed(mark):
            return self._closing_reversed(mark, start)
        return self._closing_directed(DIRECTED[mark], start)

    def _closing_directed(self, pair: str, start: int) -> int | None:
        """The mark that closes the one at `start` once those inside are closed; else the first that could."""
        depth = 1
        for found in islice(MARKS_OF_PAIR[pair].finditer(self.text, start + 1), NESTED_MARKS):
            depth += 1 if found[0] == pair[0] else -1
            if depth == 0:
                return found.start()
        first = self.text.find(pair[1], start + 1)
        return first if first >= 0 else None

    def _closing_reversed(self, mark: str, start: int) -> int | None:
        """»…«: only where both marks hug what they hold, for » may also close what another mark opened."""
        found = MARKS_OF_PAIR[DIRECTED[mark]].search(self.text, start + 1)
        hugs = found and STARTS_WORD.match(self.text, start) and ENDS_WORD.match(self.text, found.start())
        return found.start() if found and hugs else None

    def _is_reversed(self, mark: str) -> bool:
        return mark in DIRECTED and mark == DIRECTED[mark][1]
