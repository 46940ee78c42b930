"""Every code that an item or a note can carry is in the table, and the table is in the manual."""

import ast
from pathlib import Path

from articles.importing import codes
from articles.importing.datafiles import read_names

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = [*(ROOT / "articles" / "importing").rglob("*.py")]
# Which argument of a call is a code.
CODE_ARGUMENT = {
    "note": 0,
    "Note": 0,
    "NotText": 0,
    "Rejected": 0,
    "fail": 0,
    "unreadable": 1,
    "Unreadable": 2,
    "Problem": 0,
    "BadPackage": 0,
    "Refused": 0,
    "_stop": 0,
}


def codes_in_the_source():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = CODE_ARGUMENT.get(name)
                if (
                    place is not None
                    and len(node.args) > place
                    and isinstance(node.args[place], ast.Constant)
                ):
                    yield node.args[place].value
                for keyword in node.keywords:
                    if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                        yield keyword.value.value


def test_every_code_in_the_source_is_in_the_table():
    assert {code for code in codes_in_the_source() if code} <= {*codes.REJECTED, *codes.FAILED, *codes.NOTES}


def test_every_rule_of_furniture_has_its_note():
    rules = set(read_names("furniture.txt")) - {"related"}
    assert {f"furniture_{rule}" for rule in rules} <= set(codes.NOTES)


def test_the_manual_explains_every_code():
    manual = (ROOT / "docs" / "importing.md").read_text("utf-8")
    assert [
        code for code in (*codes.REJECTED, *codes.FAILED, *codes.NOTES) if f"`{code}`" not in manual
    ] == []


def test_a_code_means_one_thing():
    assert not set(codes.REJECTED) & set(codes.FAILED)
