"""Furniture of pages, and blocks of related headlines: dropped or kept apart, and always told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cleaning import copyright_holder, drop_trailing, rule_of, take_related, tidy
from articles.importing.records import Note, RelatedLink
from tests.importing.samples import FIRST, SECOND


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Go to W3Schools!", "english"),
        ("Click here to read more", "english"),
        ("Share", "english"),
        ("شارك على فيسبوك", "share"),
        ("أرسل إلى صديق", "share"),
        ("اطبع هذه الصفحة", "print"),
        ("اطبع | أرسل إلى صديق", "print"),
        ("تابعونا على تويتر @marfa", "follow"),
        ("جميع الحقوق محفوظة © صحيفة المرفأ 2017", "copyright"),
        ("...المزيد", "more"),
        ("عدد القراءات: 1432", "counter"),
    ],
)
def test_furniture_is_told_by_its_rule(line, rule):
    assert rule_of(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        FIRST, "", "قال الوزير", "شارك في المؤتمر", "شارك على مدى عشرة أعوام في ترميم السوق القديمة مع فريق كبير",
        "marfa@example.org", "NATO", "اقرأ أيضاً", "جميع الحقوق محفوظة " + "للجميع " * 30, "|",
    ],
)  # fmt: skip
def test_text_is_no_furniture(line):
    assert rule_of(line) == ""


def test_english_furniture_is_told_only_around_arabic_text():
    assert rule_of("Go to the polls, he said", arabic=False) == ""


def test_furniture_below_the_text_is_dropped_and_told():
    lines, notes = drop_trailing([FIRST, "", "اطبع", "Go to W3Schools!", " "], arabic=True)
    assert lines == [FIRST]
    assert notes == [Note("furniture_print", "اطبع"), Note("furniture_english", "Go to W3Schools!")]


@pytest.mark.parametrize(
    "heading",
    [
        "اقرأ أيضاً", "إقرأ أيضاً", "اقرا ايضا", "إقرأ ايضاً:", "اقــرأ أيضًا :", "مواضيع ذات صلة", "أخبار ذات صلة:",
        "قد يهمك أيضاً", "شاهد أيضاً", "موضوعات متعلقة",
    ],
)  # fmt: skip
def test_related_headlines_are_kept_as_links_under_any_heading(heading):
    lines, links, notes = take_related([FIRST, "", heading, "", "سوق آخر يُرمَّم", "", "- حرفيون يعودون"])
    assert lines == [FIRST, ""]
    assert links == [RelatedLink("سوق آخر يُرمَّم"), RelatedLink("حرفيون يعودون")]
    assert notes == [Note("related", heading)]


def test_a_related_headline_in_the_middle_costs_one_line():
    lines, links, _notes = take_related([FIRST, "", "اقرأ أيضاً: سوق آخر يُرمَّم", "", SECOND])
    assert lines == [FIRST, "", "", SECOND]
    assert links == [RelatedLink("سوق آخر يُرمَّم")]


def test_the_text_after_a_block_of_headlines_stays():
    lines, links, _notes = take_related([FIRST, "اقرأ أيضاً", "سوق آخر يُرمَّم", SECOND])
    assert (lines, len(links)) == ([FIRST, SECOND], 1)


def test_an_address_belongs_to_its_headline():
    _lines, links, _notes = take_related(
        ["اقرأ أيضاً", "سوق آخر - https://example.org/2", "حرفيون يعودون", "https://example.org/3"]
    )
    assert links == [
        RelatedLink("سوق آخر", "https://example.org/2"),
        RelatedLink("حرفيون يعودون", "https://example.org/3"),
    ]


@pytest.mark.parametrize(
    "line", ["اقرأ أيضاً هذا الكتاب فهو مفيد.", "اقرأ أيضا وأيضا", "قال: اقرأ أيضاً", "مواضيع ذات صلة بالترميم"]
)
def test_a_sentence_is_no_heading(line):
    assert take_related([line]) == ([line], [], [])


def test_text_is_tidied_without_being_mended():
    text, replaced = tidy("\ufeffسطر  أول \r\nسطر\u00a0ثانٍ\u00a0\r\n\r\n\r\n\r\nعام2014.ولفت\x00\ud800 ")
    assert text == "سطر  أول\nسطر\u00a0ثانٍ\n\nعام2014.ولفت\ufffd"
    assert replaced


@given(st.text(max_size=200))
def test_tidy_text_can_be_stored_and_is_tidy_for_good(text):
    tidied, _replaced = tidy(text)
    assert "\x00" not in tidied
    assert tidied.encode() and tidy(tidied) == (tidied, False) or tidied == ""


@given(
    st.lists(
        st.text(max_size=40) | st.sampled_from(["اقرأ أيضاً", "", FIRST, "اطبع", "https://example.org"]),
        max_size=8,
    )
)
def test_no_line_is_lost_without_a_note(lines):
    kept, links, notes = take_related(lines)
    assert len(kept) + len(links) + len(notes) <= len(lines) + sum(":" in line for line in lines)
    assert set(kept) <= set(lines)
    left, dropped = drop_trailing(kept, arabic=True)
    assert len([line for line in left if line.strip()]) + len(dropped) == len(
        [line for line in kept if line.strip()]
    )


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("جميع الحقوق محفوظة © المرفأ اليوم 2017", "المرفأ اليوم"),
        ("جميع الحقوق محفوظة لصحيفة المرفأ ©", "صحيفة المرفأ"),
        ("جميع الحقوق محفوظة 2017", ""),
        ("جميع الحقوق محفوظة للمؤلف", ""),
        ("الحقوق محفوظة", ""),
    ],
)
def test_a_copyright_line_may_name_the_outlet(line, holder):
    assert copyright_holder(line) == holder
