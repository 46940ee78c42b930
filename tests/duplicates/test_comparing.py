"""What newspapers do to an agency's text leaves copies; what they do every day to a form does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.duplicates.comparing import Circumstances, Likeness, are_copies, compare
from articles.duplicates.reading import RUN, Reading, read, runs
from tests.duplicates.texts import DAY, likeness, sentences, text

HERE = Circumstances(DAY.toordinal(), 1)
THERE = Circumstances(DAY.toordinal() + 1, 2)
LATER = Circumstances(DAY.toordinal() + 30, 2)
UNDATED = Circumstances(0, 2)
WIRE = sentences(1)


@pytest.mark.parametrize(
    "edited",
    [
        " ".join(WIRE),
        " ".join(WIRE[:6]),  # half of it cut
        " ".join(reversed(WIRE)),
        " ".join([*sentences(2, 1), *WIRE, "وكالة الأنباء"]),
        " ".join(WIRE).replace("ا", "أ"),
        " ".join(sentence.replace(sentence.split()[4], "تعديل") for sentence in WIRE[::2])
        + " ".join(WIRE[1::2]),
    ],
    ids=["the same", "cut", "reordered", "lines added", "spelling", "words corrected"],
)
def test_an_edited_text_is_a_copy(edited: str) -> None:
    assert are_copies(likeness(" ".join(WIRE), edited), HERE, THERE)


@pytest.mark.parametrize(
    "other",
    [text(2), " ".join([*WIRE[:5], *sentences(2, 7)]), " ".join(WIRE[:3])],
    ids=["another text", "less than half in common", "a short item of a round-up"],
)
def test_another_text_is_none(other: str) -> None:
    assert not are_copies(likeness(" ".join(WIRE), other), HERE, THERE)


@pytest.mark.parametrize("other", [LATER, UNDATED])
def test_a_form_filled_in_anew_weeks_later_is_no_copy_but_a_reprint_is(other: Circumstances) -> None:
    form = [" ".join([*sentence.split()[:8], "اسم", "آخر"]) for sentence in WIRE]
    assert likeness(" ".join(WIRE), " ".join(form)).contained >= 0.75
    assert not are_copies(likeness(" ".join(WIRE), " ".join(form)), HERE, other)
    assert are_copies(likeness(" ".join(WIRE), " ".join(WIRE[1:])), HERE, other)


def test_the_same_sentences_with_other_figures_are_a_series_of_one_source() -> None:
    today = " ".join(f"{sentence} {1000 + number}" for number, sentence in enumerate(WIRE))
    tomorrow = " ".join(f"{sentence} {2000 + number}" for number, sentence in enumerate(WIRE))
    found = likeness(today, tomorrow)
    assert found.numbers == 0
    assert not are_copies(found, HERE, Circumstances(DAY.toordinal() + 1, HERE.source))
    assert are_copies(found, HERE, THERE)


words = st.lists(st.integers(0, 9), max_size=30)


def reading(numbers: list[int]) -> Reading:
    return read("", " ".join("ابتثجحخدذر"[number] * 3 for number in numbers))


@settings(deadline=None)
@given(one=words, other=words)
def test_likeness_is_a_share_the_same_both_ways_and_whole_for_one_text(
    one: list[int], other: list[int]
) -> None:
    found = compare(reading(one), reading(other))
    assert found == compare(reading(other), reading(one))
    assert 0 <= found.similarity <= 1 and 0 <= found.contained <= 1
    if one:
        assert compare(reading(one), reading(one)) == Likeness(1, 1, 1)


@settings(deadline=None)
@given(one=words, other=words)
def test_what_is_common_is_what_stands_in_a_run_of_both(one: list[int], other: list[int]) -> None:
    if min(len(one), len(other)) < RUN or not 1 / 3 <= len(one) / len(other) <= 3:
        return

    def common(here: list[int], there: list[int]) -> int:
        there_runs = {tuple(there[place : place + RUN]) for place in range(len(there) - RUN + 1)}
        starts = [p for p in range(len(here) - RUN + 1) if tuple(here[p : p + RUN]) in there_runs]
        return len({place + step for place in starts for step in range(RUN)})

    shared = common(one, other) + common(other, one)
    assert compare(reading(one), reading(other)).similarity == shared / (len(one) + len(other))


def test_the_headline_counts_only_where_the_body_is_too_short_to_go_by() -> None:
    assert len(read("ثلاث كلمات هنا", text(1, 2)).words) == 20
    assert len(read("ثلاث كلمات هنا", text(1, 1)).words) == 13
    assert len(runs(read("", "").words)) == 0
