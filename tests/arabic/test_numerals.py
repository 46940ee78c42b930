import pytest

from articles.arabic.numerals import to_arabic_indic, to_ascii_digits


@pytest.mark.parametrize("printed", ["٢٠١٤", "۲۰۱۴", "2014", "٢۰1٤"])
def test_digits_of_any_kind_become_ascii(printed):
    assert to_ascii_digits(printed) == "2014"


@pytest.mark.parametrize("typed", ["٢٠١٤", "۲۰۱۴", "2014"])
def test_digits_of_any_kind_become_arabic_indic(typed):
    assert to_arabic_indic(typed) == "٢٠١٤"


def test_only_digits_change():
    assert to_arabic_indic("عام 2014: 1,5%") == "عام ٢٠١٤: ١,٥%"
    assert to_ascii_digits("عام ٢٠١٤: ١٬٠٠٠٫٥٪") == "عام 2014: 1٬000٫5٪"
