import pytest
from django.utils import translation

from articles.templatetags import counts


@pytest.mark.parametrize(
    "noun, written",
    [
        (counts.sources, ["لا مصادر", "مصدر واحد", "مصدران", "3 مصادر", "11 مصدرًا", "100 مصدر"]),
        (counts.filters, ["بلا مرشّحات", "مرشّح واحد", "مرشّحان", "3 مرشّحات", "11 مرشّحًا", "100 مرشّح"]),
    ],
)
def test_a_counted_noun_takes_the_form_its_number_asks_for(noun: object, written: list[str]) -> None:
    assert [noun(number) for number in (0, 1, 2, 3, 11, 100)] == written  # type: ignore[operator]


def test_english_has_two_forms() -> None:
    with translation.override("en"):
        assert [counts.marks(number) for number in (1, 2)] == ["1 word marked", "2 words marked"]
