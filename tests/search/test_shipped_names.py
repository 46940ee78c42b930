"""The names that come with the archive: what their file must say, and that it says it."""

from pathlib import Path

import pytest

from articles.models.synonyms import MAX_TERMS, MAX_WORDS, Kind
from articles.search.name_book import surface_key
from articles.search.shipped_names import KINDS, ShippedGroup, ShippedNamesError, read_shipped


@pytest.fixture
def shipped(tmp_path: Path):
    """`shipped("[name]", "أ = ب")` reads a file of these lines."""

    def read(*lines: str) -> list[ShippedGroup]:
        path = tmp_path / "names.txt"
        path.write_text("\n".join(lines), "utf-8")
        return read_shipped(path)

    return read


def test_a_line_is_a_group_of_the_kind_above_it(shipped) -> None:
    groups = shipped(
        "# أسماء", "[name]", "داعش = تنظيم الدولة # منذ 2014", "", "[one_way]", "بوليس = بولیس قديم > شرطة"
    )
    assert groups == [
        ShippedGroup("name", ("داعش", "تنظيم الدولة")),
        ShippedGroup("one_way", ("بوليس", "بولیس قديم", "شرطة"), 2),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("داعش = تنظيم الدولة",),
        ("[names]", "داعش = تنظيم الدولة"),
        ("[name]", "داعش"),
        ("[name]", "داعش = "),
        ("[name]", "أحمد = احمد"),
        ("[name]", "بوليس > شرطة"),
        ("[one_way]", "بوليس = شرطة"),
        ("[one_way]", "بوليس > شرطة > أمن"),
        ("[name]", "# لا شيء"),
    ],
)
def test_a_line_that_says_something_else_stops_the_reading(shipped, lines: tuple[str, ...]) -> None:
    with pytest.raises(ShippedNamesError):
        shipped(*lines)


def test_a_group_is_known_by_its_first_term_whatever_comes_after(shipped) -> None:
    before, after = shipped("[name]", "داعش = ISIS"), shipped("[name]", "داعش = ISIL = ISIS")
    assert before[0].key == after[0].key
    assert before[0].line != after[0].line


GROUPS = read_shipped()


def test_the_shipped_file_holds_hundreds_of_groups_each_once() -> None:
    assert len(GROUPS) > 900
    assert len({group.key for group in GROUPS}) == len(GROUPS)


def test_every_shipped_group_is_one_that_a_curator_could_write() -> None:
    assert {group.kind for group in GROUPS} == set(KINDS) == set(Kind.values)
    assert [group.line for group in GROUPS if len(group.terms) > MAX_TERMS] == []
    assert [term for group in GROUPS for term in group.terms if len(surface_key(term)) > MAX_WORDS] == []


@pytest.mark.parametrize(
    "word", ["أب", "سيول", "فتح", "أمل", "القاعدة", "الشباب", "إبل", "كيف", "عمان", "ماي", "مالي"]
)
def test_words_that_are_something_else_as_well_are_no_shipped_names(word: str) -> None:
    assert [group.line for group in GROUPS if surface_key(word) in map(surface_key, group.terms)] == []
