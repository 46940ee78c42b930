import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.normalization import normalize
from articles.search.spelling import Meant, budget, distance, meant
from articles.search.word_list import WordList

COUNTS = {
    normalize(word): count
    for word, count in {
        "العراق": 1200, "العرب": 1000, "العروق": 3, "بغداد": 300, "بعد": 9000, "داعش": 1700, "داعي": 45,
        "الموصل": 126, "الموسم": 900, "السعودية": 5000, "الأميركية": 1000, "مستشفى": 985, "ضابط": 184, "ضبط": 585,
        "جوجل": 700, "محمد": 6000, "القاهرة": 800, "مسؤول": 900, "قراءة": 90, "نتنياهو": 124, "سوريا": 2000,
        "london": 90, "baghdad": 40, "obama": 300, "هي": 5000, "من": 20000,
    }.items()
}  # fmt: skip
KNOWN = WordList(sorted(COUNTS), np.array([COUNTS[word] for word in sorted(COUNTS)]))


def corrected(typed: str, known: int = 0) -> list[Meant]:
    return meant(normalize(typed), known, KNOWN, limit=3)


WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويabcxyz'1", max_size=12)


@pytest.mark.parametrize(
    "typed, intended",
    [
        ("العرق", "العراق"),
        ("العراك", "العراق"),
        ("بغدد", "بغداد"),
        ("داعس", "داعش"),
        ("الموسل", "الموصل"),
        ("السعوديهه", "السعودية"),
        ("الاميركييه", "الأميركية"),
        ("مستشفا", "مستشفى"),
        ("ظابط", "ضابط"),
        ("غوغل", "جوجل"),
        ("محمدد", "محمد"),
        ("القاهرا", "القاهرة"),
        ("مسوءول", "مسؤول"),
        ("قراة", "قراءة"),
        ("نتنيهو", "نتنياهو"),
        ("سوررياا", "سوريا"),
        ("سويرا", "سوريا"),
        ("londn", "london"),
        ("bagdad", "baghdad"),
        ("obmaa", "obama"),
    ],
)
def test_a_slip_is_mended(typed: str, intended: str) -> None:
    assert corrected(typed)[0].word == normalize(intended)


@pytest.mark.parametrize("typed", ["هو", "مه", "زرافة", "xyz", "", "و"])
def test_what_is_near_to_nothing_stays_as_it_is(typed: str) -> None:
    assert corrected(typed) == []


def test_a_known_word_gives_way_only_to_one_that_is_far_more_frequent() -> None:
    assert corrected("العرق", known=100)[0].word == "العراق"
    assert corrected("العرق", known=400) == []


def test_a_word_is_no_correction_of_itself() -> None:
    assert "العراق" not in [each.word for each in corrected("العراق")]


@pytest.mark.parametrize(
    "cheap, dear",
    [
        (("ضابط", "ظابط"), ("ضابط", "قابط")),
        (("كتاب", "كتب"), ("كتاب", "كتا")),
        (("سوريا", "سويرا"), ("سوريا", "سيوار")),
        (("محمد", "محممد"), ("محمد", "محزمد")),
        (("قراءه", "قراه"), ("قراءه", "قراسه")),
        (("العراق", "العراف"), ("العراق", "الطراق")),
        (("بغداد", "بغدار"), ("بغداد", "زغداد")),
        (("london", "lomdon"), ("london", "lozdon")),
    ],
)
def test_the_edit_that_slips_in_easily_costs_less(cheap: tuple[str, str], dear: tuple[str, str]) -> None:
    assert 0 < distance(*cheap) < distance(*dear)


@given(WORDS)
def test_a_word_is_at_no_distance_from_itself(word: str) -> None:
    assert distance(word, word) == 0


@given(WORDS, WORDS)
def test_the_distance_of_two_words_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one), abs=0.01)


@given(st.text(max_size=40))
def test_anything_can_be_looked_for(typed: str) -> None:
    assert all(each.cost <= budget(typed) + 0.001 for each in meant(typed, 0, KNOWN, limit=3))
