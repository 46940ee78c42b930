"""The table of the query language is what the parser does, and what docs/search.md says."""

import re
from datetime import date
from pathlib import Path

import pytest

from articles.search.composition import leaves
from articles.search.fields import FIELDS, Field
from articles.search.operators import BY_NAME, OPERATORS, UNITS, Operator, OperatorName
from articles.search.parser import parse
from articles.search.syntax import (
    And,
    AtLeast,
    DateRange,
    Fuzzy,
    In,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Root,
    Same,
    Unit,
    Word,
)

DOCS = Path(__file__).parents[2] / "docs" / "search.md"
ROWS = [*OPERATORS, *FIELDS]
TODAY = date(2026, 3, 15)
SAID_OF_EXAMPLES = {
    "date_relative",
    "date_hijri",
}  # nothing is mended: the reader learns which days were meant


def name_of(row: Operator | Field) -> str:
    return row.name


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_every_example_is_read_without_a_message_and_round_trips(row: Operator | Field) -> None:
    query = parse(row.example, TODAY)
    assert {said.code for said in query.messages} <= SAID_OF_EXAMPLES
    assert parse(query.canonical, TODAY).tree == query.tree


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.ANY].spellings)
def test_every_spelling_of_any(spelling: str) -> None:
    assert parse(f"نفط {spelling} غاز", TODAY).tree == Or((Word("نفط"), Word("غاز")))


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.ALL].spellings)
def test_every_spelling_of_all(spelling: str) -> None:
    query = parse(f"نفط {spelling} غاز", TODAY)
    assert (query.tree, query.messages) == (And((Word("نفط"), Word("غاز"))), ())


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.WITHOUT].spellings)
def test_every_spelling_of_without(spelling: str) -> None:
    blank = " " if spelling.isalpha() else ""
    assert parse(f"نفط {spelling}{blank}غاز", TODAY).tree == And((Word("نفط"), Not(Word("غاز"))))


@pytest.mark.parametrize("pair", BY_NAME[OperatorName.PHRASE].spellings)
def test_every_pair_of_quotation_marks(pair: str) -> None:
    assert parse(f"{pair[0]}تنظيم الدولة{pair[1]}", TODAY).tree == Phrase(("تنظيم", "الدولة"))


@pytest.mark.parametrize("pair", BY_NAME[OperatorName.GROUP].spellings)
def test_every_pair_of_brackets(pair: str) -> None:
    query = parse(f"العراق {pair[0]}نفط أو غاز{pair[1]}", TODAY)
    assert (query.canonical, query.messages) == ("العراق (نفط أو غاز)", ())


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.PERIOD].spellings)
def test_every_spelling_of_a_period(spelling: str) -> None:
    assert parse(f"التاريخ:2014 {spelling} 2016", TODAY).canonical == "التاريخ:2014..2016"


@pytest.mark.parametrize(
    ("row", "spelling"), [(row, spelling) for row in FIELDS for spelling in row.spellings]
)
def test_every_spelling_of_a_field(row: Field, spelling: str) -> None:
    tree = parse(f"{spelling}:2015", TODAY).tree
    assert tree == (
        In(row.field, Word("2015")) if row.field else DateRange(date(2015, 1, 1), date(2015, 12, 31))
    )


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.LITERAL].spellings)
def test_every_spelling_of_letter_by_letter(spelling: str) -> None:
    assert parse(f"{spelling}نفط", TODAY).tree == Word("نفط", Level.LITERAL)
    assert parse(f"نفط {spelling} غاز", TODAY).tree == And((Word("نفط"), Word("غاز")))


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.FUZZY].spellings)
def test_every_spelling_of_a_fuzzy_word(spelling: str) -> None:
    assert parse(f"بغداد{spelling}", TODAY).tree == Fuzzy("بغداد", 1)


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.ROOT].spellings)
def test_every_spelling_of_a_root(spelling: str) -> None:
    assert parse(f"{spelling}:كتب", TODAY).tree == Root("كتب")


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.NEAR_QUOTED].spellings)
def test_every_spelling_of_a_scattered_phrase(spelling: str) -> None:
    assert parse(f'"نفط غاز"{spelling}5', TODAY).canonical == '"نفط غاز"~5'


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.ORDERED_QUOTED].spellings)
def test_every_spelling_of_a_scattered_phrase_in_order(spelling: str) -> None:
    assert parse(f'"نفط غاز"{spelling}5', TODAY).canonical == '"نفط غاز"~>5'


@pytest.mark.parametrize(
    ("spelling", "ordered"),
    [(spelling, False) for spelling in BY_NAME[OperatorName.NEAR].spellings]
    + [(spelling, True) for spelling in BY_NAME[OperatorName.BEFORE].spellings],
)
def test_every_spelling_of_nearness(spelling: str, ordered: bool) -> None:
    assert parse(f"نفط {spelling}/5 غاز", TODAY).tree == Near((Word("نفط"), Word("غاز")), 5, ordered)


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [(spelling, unit) for name, unit in UNITS.items() for spelling in BY_NAME[name].spellings],
)
def test_every_spelling_of_a_stretch_of_text(spelling: str, unit: Unit) -> None:
    assert parse(f"{spelling}:(نفط غاز)", TODAY).tree == Same(unit, (Word("نفط"), Word("غاز")))


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.AT_LEAST].spellings)
def test_every_spelling_of_a_number_of_times(spelling: str) -> None:
    for number in ("3", "٣", "/3", "_3"):
        assert parse(f"{spelling}{number}:نفط", TODAY).tree == AtLeast(3, Word("نفط"))


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [("قبل", "..2013"), ("before", "..2013"), ("بعد", "2015.."), ("after", "2015..")]
    + [("منذ", "2014.."), ("since", "2014.."), ("حتى", "..2014"), ("until", "..2014")],
)  # fmt: skip
def test_every_spelling_of_a_boundary(spelling: str, canonical: str) -> None:
    assert spelling in BY_NAME[OperatorName.BOUNDARY].spellings
    assert parse(f"التاريخ:{spelling} 2014", TODAY).canonical == f"التاريخ:{canonical}"


@pytest.mark.parametrize("spelling", BY_NAME[OperatorName.HIJRI].spellings)
def test_every_mark_of_a_hijri_year(spelling: str) -> None:
    assert parse(f"التاريخ:1436 {spelling}", TODAY).canonical == "التاريخ:2014-10-25..2015-10-13"


def test_the_examples_ask_for_something() -> None:
    assert all(
        list(leaves(parse(row.example, TODAY).tree)) for row in ROWS if row.name != OperatorName.EVERYTHING
    )


# Documentation


def documented() -> dict[str, tuple[str, str]]:
    """The spellings and the example of each row of the tables in docs/search.md, by the row's name."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| ``? ?(.+?) ?``? \|", DOCS.read_text("utf-8"), re.MULTILINE)
    return {name: (spellings, example) for name, spellings, example in rows}


def test_the_documentation_lists_every_operator_and_field_and_no_other() -> None:
    assert sorted(documented()) == sorted(row.name for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_the_documentation_shows_the_spellings_and_the_example(row: Operator | Field) -> None:
    spellings, example = documented()[row.name]
    assert spellings.replace("\\|", "|").split(" ") == [f"`{spelling}`" for spelling in row.spellings]
    assert example.replace("\\|", "|") == row.example
