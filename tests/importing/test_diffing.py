"""What changed between two texts: told in words, and so that both can be had back from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import diffing
from articles.importing.diffing import Change, compare, paragraphs

WORDS = st.sampled_from(
    [
        "قال",
        "الوزير",
        "إنّ",
        "ان",
        "5",
        "٥",
        "1.5",
        "،",
        ".",
        " ",
        "  ",
        "\n",
        "\n\n",
        "عبد",
        "الله",
        "عبدالله",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(WORDS, max_size=60).map("".join),
    st.lists(WORDS, max_size=60).map(" ".join),
)


def told(before, after):
    """The changes alone, in short."""
    return [
        (change.kind, change.before.strip(), change.after.strip())
        for change in compare(before, after)
        if change.kind != "same"
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt(before, after):
    changes = compare(before, after)
    assert "".join(change.before for change in changes) == before
    assert "".join(change.after for change in changes) == after


@given(TEXTS, TEXTS)
def test_every_kind_is_what_it_says(before, after):
    for change in compare(before, after):
        expected = {
            "same": change.before == change.after != "",
            "removed": bool(change.before) and not change.after,
            "added": bool(change.after) and not change.before,
            "replaced": bool(change.before) and bool(change.after) and change.before != change.after,
        }
        assert expected[change.kind]


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert [change.kind for change in compare(text, text)] == ["same"] * bool(text)


@given(TEXTS, TEXTS)
def test_paragraphs_hold_every_letter_but_the_breaks_between_them(before, after):
    shown = [change for pieces in paragraphs(compare(before, after)) for change in pieces]
    assert "".join(change.before for change in shown) == before.replace("\n", "")
    assert "".join(change.after for change in shown) == after.replace("\n", "")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("قتل 5 جنود", "قتل 7 جنود", [("replaced", "5", "7")]),
        ("قتل 5 جنود", "قتل 5 جنود أمس", [("added", "", "أمس")]),
        ("وصل الوفد مساء اليوم", "وصل الوفد اليوم", [("removed", "مساء", "")]),
        ("النسبة 1.5 في المئة", "النسبة 15 في المئة", [("replaced", "1.5", "15")]),
        ("فقرة أولى هنا.\n\nفقرة ثانية.", "فقرة أولى هنا.", [("removed", "فقرة ثانية.", "")]),
        ("أعلن الوزير سقوط النظام", "أعلن الوزير بقاء النظام", [("replaced", "سقوط", "بقاء")]),
    ],
)
def test_words_that_changed_are_told_where_they_stand(before, after, changes):
    assert told(before, after) == changes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("قُتِلَ", "قتل"),
        ("الـعـراق", "العراق"),
        ("عبد الله", "عبدالله"),
        ("إعلان", "اعلان"),
        ("٥ جنود", "5 جنود"),
        ("كلمتان  هنا", "كلمتان هنا"),
    ],
)
def test_spelling_is_told_apart_from_words(before, after):
    assert {change.is_spelling for change in compare(before, after) if change.kind != "same"} == {True}


def test_a_change_of_spelling_stays_apart_from_the_real_one_beside_it():
    changes = compare("قُتل 5 في الهجوم", "قتل 7 في الهجوم")
    real = [change for change in changes if change.kind != "same"]
    assert [(change.before, change.is_spelling) for change in real] == [("قُتل", True), ("5", False)]


def test_points_are_no_spelling():
    assert not any(change.is_spelling for change in compare("نعم.", "نعم؟"))


def test_paragraphs_are_aligned_before_words():
    before = "قال الوزير إن الأمن مستتب.\n\nوفي بغداد هطل المطر."
    after = "وصل وفد من القاهرة إلى المطار صباحاً.\n\nقال الوزير إن الأمن مستتب.\n\nوفي بغداد هطل المطر."
    assert told(before, after) == [("added", "", "وصل وفد من القاهرة إلى المطار صباحاً.")]


def test_a_paragraph_in_which_nothing_is_alike_is_replaced_as_a_whole():
    changes = compare("كان الجو حاراً في المدينة.\n\nخاتمة.", "أقرت الحكومة موازنة جديدة.\n\nخاتمة.")
    real = [change for change in changes if change.kind != "same"]
    assert [change.kind for change in real] == ["replaced"]


def test_the_changes_of_one_paragraph_stand_together():
    lines = list(paragraphs(compare("أولى.\n\nقتل 5 جنود.\n\nثالثة.", "أولى.\n\nقتل 7 جنود.\n\nثالثة.")))
    assert [[change.kind for change in line] for line in lines] == [
        ["same"],
        ["same", "replaced", "same"],
        ["same"],
    ]


def test_long_texts_without_a_common_word_cost_no_table(monkeypatch):
    tables = []
    monkeypatch.setattr(diffing, "_best", lambda *sizes: tables.append(sizes[:2]) or set())
    before, after = (" ".join(f"{letter}{number}" for number in range(20_000)) for letter in "سش")
    assert compare(before, after) == [Change("replaced", before, after)]
    assert sum(rows * columns for rows, columns in tables) <= diffing.PAIRS


def test_texts_longer_than_the_limit_are_compared_by_paragraphs_only(monkeypatch):
    monkeypatch.setattr(diffing, "LONGEST", 20)
    assert told("أولى.\n\nقتل 5 جنود هنا.", "أولى.\n\nقتل 7 جنود هنا.") == [
        ("replaced", "قتل 5 جنود هنا.", "قتل 7 جنود هنا.")
    ]


def test_the_work_of_one_comparison_is_bounded(monkeypatch):
    monkeypatch.setattr(diffing, "MOST_CELLS", 10)
    before, after = "أ ب أ ب أ ب أ ب", "ب ب أ أ ب ب أ أ"
    assert "".join(change.after for change in compare(before, after)) == after
