from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.syntax import FieldName
from articles.search.typed_text import LONGEST_TYPED, Typed, read_typed

TODAY = date(2026, 1, 1)


def typed(text: str) -> Typed:
    found = read_typed(text, TODAY)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text", ["الاميرك", "الأَمِيرك", "الأميـرك", "\ufe8d\ufedf\ufe8e\ufee3\ufbfe\ufeae\ufed9"]
)
def test_the_last_word_is_read_however_it_is_typed(text: str) -> None:
    assert typed(text).prefix == "الاميرك"


def test_the_words_before_are_kept_and_known() -> None:
    found = typed("خادم الحرمين ال")
    assert (found.before, found.prefix) == (("خادم", "الحرمين"), "ال")
    assert found.completed("الشريفين") == "خادم الحرمين الشريفين"


@pytest.mark.parametrize("text", ["تنظيم ", "تنظيم،", "كتا*", "(تنظيم)", "«تنظيم»", "تنظيم~"])
def test_a_word_that_is_ended_is_not_completed(text: str) -> None:
    assert typed(text).prefix == ""


@pytest.mark.parametrize(
    "text, completed",
    [
        ('"تنظيم الد', '"تنظيم الدولة"'),
        ("«تنظيم الد", "«تنظيم الدولة»"),
        ("نفط أو الد", "نفط أو الدولة"),
        ("نفط -الد", "نفط -الدولة"),
        ("(نفط الد", "(نفط الدولة"),
        ("العنوان:الد", "العنوان:الدولة"),
        ('"حرب" الد', '"حرب" الدولة'),
    ],
)
def test_operators_and_quotation_marks_stay_whole(text: str, completed: str) -> None:
    assert typed(text).completed("الدولة") == completed


@pytest.mark.parametrize(
    "text, field",
    [
        ("المصدر:الأ", FieldName.SOURCE),
        ("author:الح", FieldName.AUTHOR),
        ("العنوان:ال", FieldName.TITLE),
        ("ال", None),
    ],
)
def test_the_field_of_the_last_word_is_known(text: str, field: FieldName | None) -> None:
    assert typed(text).field is field


@pytest.mark.parametrize(
    "text, plain", [("نفط العراق", True), ("نفط أو العراق", False), ("نفط -العراق", False)]
)
def test_operators_make_a_query_more_than_words(text: str, plain: bool) -> None:
    assert typed(text).is_plain is plain


@pytest.mark.parametrize("text", ["", "   ", "،؛", "\u200f", "َُ", "ا" * (LONGEST_TYPED + 1), "ا" * 60])
def test_what_holds_no_word_or_too_long_a_one_is_not_read(text: str) -> None:
    assert read_typed(text, TODAY) is None


@given(st.text(max_size=300))
def test_anything_may_be_typed(text: str) -> None:
    found = read_typed(text, TODAY)
    assert found is None or found.completed("كلمة")
