"""An index of names: letters in their order, the forms of hamza together, the article left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.alphabet import LATIN, LETTERS, OTHERS, filing_name, letter_of


@pytest.mark.parametrize(
    "name, letter",
    [
        ("أحمد", "ا"),
        ("إيمان", "ا"),
        ("آمال", "ا"),
        ("الحداد", "ح"),
        ("«الشرق الأوسط»", "ش"),
        ("إلهام شاهين", "ا"),
        ("الياس خوري", "ا"),
        ("مُحمّد", "م"),
        ("- واس", "و"),
        ("ؤلف", "و"),
        ("گلستان", "ك"),
        ("Reuters", LATIN),
        ("24 ساعة", OTHERS),
        ("…", OTHERS),
        ("", OTHERS),
    ],
)
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert letter_of(filing_name(name)) == letter


def test_the_article_does_not_part_names_that_belong_together() -> None:
    names = ["الزهراني", "زهران", "البدر", "بدر", "أنيس"]
    assert sorted(names, key=filing_name) == ["أنيس", "البدر", "بدر", "زهران", "الزهراني"]


@given(st.text())
def test_any_text_has_a_place_in_the_index(name: str) -> None:
    assert letter_of(filing_name(name)) in {*LETTERS, LATIN, OTHERS}
