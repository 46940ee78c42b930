import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.arabic.normalization import normalize
from articles.search.word_breaks import joined, parted

KNOWN = {
    normalize(word): count
    for word, count in {
        "عبد": 3000, "الله": 6000, "الولايات": 900, "المتحدة": 1000, "تنظيم": 900, "الدولة": 2000, "الإسلامية": 1500,
        "ال": 40, "دولة": 1500, "مجلس": 2500, "الأمن": 1400, "في": 29000, "العراق": 1200, "عبدالله": 3000,
    }.items()
}  # fmt: skip


def count(word: str) -> int:
    return KNOWN.get(word, 0)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("عبدالله", ("عبد", "الله")),
        ("الولاياتالمتحدة", ("الولايات", "المتحدة")),
        ("تنظيمالدولة", ("تنظيم", "الدولة")),
        ("تنظيمالدولةالإسلامية", ("تنظيم", "الدولة", "الإسلامية")),
        ("مجلسالأمن", ("مجلس", "الأمن")),
        ("فيالعراق", ("في", "العراق")),
    ],
)
def test_words_written_together_are_parted(typed: str, meant: tuple[str, ...]) -> None:
    assert parted(normalize(typed), count, documents=30_000) == tuple(map(normalize, meant))


@pytest.mark.parametrize("typed", ["العراق", "زرافة", "", "و", "العراقز", "ا" * 60])
def test_a_word_that_is_not_made_of_words_stays_whole(typed: str) -> None:
    assert parted(normalize(typed), count, documents=30_000) == ()


@pytest.mark.parametrize(
    "typed, found",
    [
        (["ال", "عراق"], [(0, "العراق")]),
        (["جيش", "ال", "دوله"], [(1, "الدوله")]),
        (["تنظيم", "الدوله"], []),
        (["عبد", "الله"], []),
        ([], []),
    ],
)
def test_neighbours_are_joined_where_they_are_one_word(
    typed: list[str], found: list[tuple[int, str]]
) -> None:
    assert joined(typed, count) == found


@given(st.text("عبدالهفيم", max_size=45))
def test_the_parts_make_up_the_word(typed: str) -> None:
    assert "".join(parted(typed, count, documents=30_000)) in ("", typed)
