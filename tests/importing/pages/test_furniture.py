"""Lines that repeat across the pages of a source are proposed to the curator, in bounded memory."""

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.pages.furniture import RepeatedLines, proposed

REPEATED = "حمّل تطبيق المرفأ الجديد"


def bodies(number, line=REPEATED):
    return [
        f"الفقرة الأولى من المقال رقم {page}\n\n{line}\n\nالفقرة الثانية من المقال {page}"
        for page in range(number)
    ]


def test_a_line_of_every_page_is_proposed_with_its_share_and_examples():
    lines = RepeatedLines()
    for number, body in enumerate(bodies(8)):
        lines.add(body, name=f"page-{number}")
    (found,) = lines.proposals()
    assert (found.line, found.pages, found.share) == (REPEATED, 8, 1.0)
    assert found.examples == ("page-0", "page-1", "page-2")


def test_spelling_and_marks_do_not_part_lines():
    assert len(proposed([*bodies(4), *bodies(4, "حمل تطبيق المرفأ الجديد:")])) == 1


def test_a_line_of_few_pages_or_of_a_small_share_is_not_proposed():
    assert proposed(bodies(4)) == []
    assert proposed([*bodies(6), *(f"مقال آخر عن موضوع {page}" for page in range(994))]) == []


def test_a_line_counts_once_a_page():
    assert proposed([f"{REPEATED}\n{REPEATED}"] * 4) == []


def test_paragraphs_and_single_marks_are_no_furniture():
    assert proposed(["فقرة طويلة جداً " * 30 + "\n***\nأ"] * 9) == []


def test_the_table_stays_small_and_common_lines_stay_in_it():
    lines = RepeatedLines(capacity=100)
    for page in range(400):
        lines.add("\n".join([REPEATED, *(f"سطر رقم {page} من نص رقم {number}" for number in range(10))]))
    assert len(lines._counted) <= 100
    assert [found.line for found in lines.proposals()] == [REPEATED]
    assert lines.proposals()[0].pages >= 400 - lines.slack


@given(
    st.lists(
        st.lists(st.sampled_from("أبتثج"), max_size=6).map(
            lambda words: "\n".join(f"سطر {word}" for word in words)
        ),
        max_size=30,
    )
)
def test_a_count_is_never_too_high_and_too_low_by_the_slack_at_most(pages):
    lines = RepeatedLines(capacity=3)
    for body in pages:
        lines.add(body)
    counts = {found.line: found.pages for found in lines.proposals(pages=1, share=0)}
    for word in "أبتثج":
        true = sum(f"سطر {word}" in body.split("\n") for body in pages)
        assert true - lines.slack <= counts.get(f"سطر {word}", 0) <= true
