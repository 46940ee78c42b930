"""The table of the query language is what the parser does, and what docs/search.md says."""

import re
from datetime import date
from pathlib import Path

import pytest

from articles.search.composition import leaves
from articles.search.operators import BY_NAME, FIELDS, OPERATORS, Field, Operator, OperatorName
from articles.search.parser import parse
from articles.search.syntax import And, DateRange, In, Not, Or, Phrase, Word

DOCS = Path(__file__).parents[2] / "docs" / "search.md"
ROWS = [*OPERATORS, *FIELDS]
TODAY = date(2026, 3, 15)


def name_of(row: Operator | Field) -> str:
    return row.name


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_every_example_is_read_without_a_message_and_round_trips(row: Operator | Field) -> None:
    query = parse(row.example, TODAY)
    assert query.messages == ()
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
    assert list(documented()) == [row.name for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_the_documentation_shows_the_spellings_and_the_example(row: Operator | Field) -> None:
    spellings, example = documented()[row.name]
    assert spellings.replace("\\|", "|").split(" ") == [f"`{spelling}`" for spelling in row.spellings]
    assert example.replace("\\|", "|") == row.example
