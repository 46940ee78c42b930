"""The numbers of the query language: how near («قرب/5», «~5») and how often («مرات3:»), in digits of any script."""

import re
from dataclasses import dataclass

from articles.arabic.normalization import normalize
from articles.search.operators import BLANKS, OperatorName, operator_key, spellings

MAX_DISTANCE = 50  # words
DEFAULT_DISTANCE = 10
MAX_COUNT = 100

TILDES = "".join(spellings(OperatorName.FUZZY))
NAMES = {
    operator_key(spelling): name
    for name in (OperatorName.NEAR, OperatorName.BEFORE)
    for spelling in spellings(name)
}
TIMES = frozenset(map(normalize, spellings(OperatorName.AT_LEAST)))
SLASHES = "/\N{FULLWIDTH SOLIDUS}"

INFIX = re.compile(rf"(\D+?)[{SLASHES}](\d{{0,9}})")
SUFFIX = re.compile(rf"(?:[{TILDES}]([<>]?)(\d{{0,9}})|[{BLANKS}]+[{TILDES}]([<>]?)(\d{{1,9}}))")
COUNTED = re.compile(rf"(\D+?)[_{SLASHES}]?(\d{{1,9}})")


@dataclass(frozen=True, slots=True)
class Distance:
    """How many other words may stand between; `wanted` is what was typed, `end` where it ends in the query."""

    words: int
    ordered: bool
    wanted: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How often, as it was typed and as it is allowed."""

    wanted: int
    allowed: int


def read_distance(chunk: str) -> Distance | None:
    """The distance of an operator between two operands.

    >>> read_distance("قرب/٥").words, read_distance("PRE/3").ordered, read_distance("و/أو")
    (5, True, None)
    """
    typed = INFIX.fullmatch(chunk)
    name = NAMES.get(operator_key(typed[1])) if typed else None
    return _distance(typed[2], name is OperatorName.BEFORE, 0) if typed and name else None


def read_suffix(text: str, start: int) -> Distance | None:
    """The distance after a quotation that ends at `start`.

    >>> read_suffix('"أ ب"~>3', 5).ordered, read_suffix('"أ ب"~', 5).words
    (True, 10)
    """
    typed = SUFFIX.match(text, start)
    return _distance(typed[2] or typed[4] or "", bool(typed[1] or typed[3]), typed.end()) if typed else None


def _distance(digits: str, ordered: bool, end: int) -> Distance:
    wanted = int(digits) if digits else DEFAULT_DISTANCE
    return Distance(min(wanted, MAX_DISTANCE), ordered, wanted, end)


def read_count(name: str) -> Count | None:
    """The number in what stands before a colon.

    >>> read_count("مرات3").allowed, read_count("على_الأقل/٢").allowed, read_count("كأس2014")
    (3, 2, None)
    """
    typed = COUNTED.fullmatch(name)
    if typed is None or normalize(typed[1]) not in TIMES:
        return None
    wanted = int(typed[2])
    return Count(wanted, min(max(wanted, 1), MAX_COUNT))
