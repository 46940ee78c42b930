from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.advanced import FIELDS, Boxes, UnreadableDate, written
from articles.search.parser import MAX_LENGTH, parse
from articles.search.syntax import FieldName

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    "boxes, query",
    [
        (Boxes(), ""),
        (Boxes(query="  "), ""),
        (Boxes(query="نفط OR غاز"), "نفط أو غاز"),
        (Boxes(phrase="«تنظيم الدولة»"), '"تنظيم الدولة"'),
        (Boxes(any="الموصل، الرقة"), "الموصل أو الرقة"),
        (Boxes(query="نفط", none="غاز"), "نفط ليس غاز"),
        (Boxes(none="غاز فحم"), "ليس (غاز أو فحم)"),
        (Boxes(near="سد الموصل", distance=3), "سد قرب/3 الموصل"),
        (Boxes(near="سد سد"), "سد"),
        (Boxes(any="أو ليس"), '"أو" أو "ليس"'),
        (Boxes(query="نفط أو غاز", any="العراق سوريا"), "(نفط أو غاز) (العراق أو سوريا)"),
        (Boxes(fields=((FieldName.TITLE, "حرب"),)), "العنوان:حرب"),
        (Boxes(fields=((FieldName.AUTHOR, "ليلى الحداد"),)), "الكاتب:(ليلى الحداد)"),
        (Boxes(since="تموز 2015"), "التاريخ:2015-07.."),
        (Boxes(until="2015"), "التاريخ:..2015"),
        (Boxes(since="2014", until="٢٠١٦"), "التاريخ:2014..2016"),
        (Boxes(since="رمضان 1436", until="رمضان 1436"), "التاريخ:2015-06-18..2015-07-16"),
    ],
    ids=str,
)
def test_boxes_write_a_query_as_a_reader_would(boxes: Boxes, query: str) -> None:
    text = written(boxes, TODAY)
    if query.startswith("ليس"):  # what is only unwanted is taken from everything
        assert text.endswith(query)
    else:
        assert text == query


@pytest.mark.parametrize("text", ["أمس الأول تقريباً", "32/13/2015x", "2015 أو 2016", "متى"])
def test_what_is_no_date_is_told_with_the_name_of_its_box(text: str) -> None:
    with pytest.raises(UnreadableDate, match="until"):
        written(Boxes(until=text), TODAY)


ANY_TEXT = st.text(max_size=60) | st.sampled_from(
    ["أو", "NOT", '"', "(", "a:b", "التاريخ:", "*", "قرب/3", "\x00"]
)


@given(
    st.builds(
        Boxes,
        query=ANY_TEXT,
        phrase=ANY_TEXT,
        any=ANY_TEXT,
        none=ANY_TEXT,
        near=ANY_TEXT,
        distance=st.integers(-5, 1000),
        fields=st.lists(st.tuples(st.sampled_from(FIELDS), ANY_TEXT), max_size=3).map(tuple),
    )
)
def test_any_text_in_any_box_writes_a_query_that_reads_as_itself(boxes: Boxes) -> None:
    text = written(boxes, TODAY)
    assert len(text) <= MAX_LENGTH
    assert parse(text, TODAY).canonical == text
