"""Tables with a header: delimiters, quotation marks, ragged and broken rows."""

import csv as csv_module
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.charsets import NotText
from articles.importing.readers import csv
from articles.importing.records import RawDocument, Unreadable
from tests.importing.samples import text_file

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, st.just("x")), max_size=6)


def read(content, pieces=0):
    return list(csv.read(text_file(content, pieces=pieces)))


def table(rows, **options):
    file = io.StringIO(newline="")
    csv_module.writer(file, quoting=csv_module.QUOTE_ALL, **options).writerows(rows)
    return file.getvalue()


@given(ROWS, st.integers(1, 30), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_is_read_whatever_the_pieces(rows, pieces, delimiter, end):
    text = table([("title", "body", "id"), *rows], delimiter=delimiter, lineterminator=end)
    assert [tuple(item.fields.values()) for item in read(text, pieces)] == rows


@given(st.binary(max_size=300), st.integers(1, 30))
def test_no_bytes_make_the_reader_raise(raw, pieces):
    try:
        file = text_file(raw, pieces=pieces)
    except NotText:
        return
    assert all(isinstance(item, RawDocument | Unreadable) for item in csv.read(file))


@given(st.text(alphabet='",;\n\r ab\u0627', max_size=60), st.integers(1, 20))
def test_near_tables_never_make_the_reader_raise(text, pieces):
    items = read(text or "a", pieces)
    assert all(isinstance(item, RawDocument | Unreadable) for item in items)


def test_rows_are_located_by_number_and_the_header_is_the_first():
    assert [item.locator for item in read("title,body\nخبر,نص\nآخر,نص\n")] == ["row 2", "row 3"]


def test_a_capture_holds_the_header_and_the_row_as_they_stand():
    _first, second = read('title,body\r\nأ,ب\r\n"خبر","سطر\r\nآخر"\r\n')
    assert second.content.decode() == 'title,body\r\n"خبر","سطر\r\nآخر"\r\n'
    (again,) = read(second.content)
    assert again.fields == second.fields


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(delimiter):
    (item,) = read(f"title{delimiter}body\nخبر{delimiter}نص\n")
    assert item.fields == {"title": "خبر", "body": "نص"}


def test_blank_lines_before_the_header_are_passed_over():
    (item,) = read("\n\ntitle;body\nخبر;نص\n")
    assert item.fields == {"title": "خبر", "body": "نص"}


@pytest.mark.parametrize("row", ["واحد", "واحد,اثنان,ثلاثة"])
def test_a_ragged_row_is_told_by_its_line(row):
    ragged, fine = read(f"title,body\n{row}\nخبر,نص\n")
    assert ragged.code == "row_length"
    assert ragged.message.startswith("line 2: ")
    assert fine.fields["title"] == "خبر"


def test_empty_cells_that_pad_a_row_are_let_pass():
    (item,) = read("title,body\nخبر,نص,,\n")
    assert item.fields == {"title": "خبر", "body": "نص"}


def test_rows_of_blanks_are_no_items():
    assert len(read("title,body\n,\n\nخبر,نص\n , \n")) == 1


def test_a_quotation_mark_left_open_costs_one_row():
    text = 'title,body\nخبر,"نص مفتوح\nثانٍ,نص\nثالث,نص\n'
    broken, second, third = read(text)
    assert (broken.code, broken.content.decode()) == ("bad_csv", 'خبر,"نص مفتوح\n')
    assert (second.fields["title"], third.fields["title"]) == ("ثانٍ", "ثالث")
    assert broken.message.startswith("line 2: ")


def test_lines_are_counted_over_rows_of_several_lines():
    _long, ragged = read('title,body\nخبر,"سطر\nآخر\nثالث"\nواحد\n')
    assert ragged.message.startswith("line 5: ")


def test_a_header_that_is_broken_is_one_failed_item():
    assert [item.code for item in read('title,"body\n')] == ["bad_csv"]


def test_the_line_ends_of_very_old_files_are_read():
    assert [item.fields["title"] for item in read("title,body\rخبر,نص\rآخر,نص\r")] == ["خبر", "آخر"]


def test_a_row_larger_than_an_article_is_told_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(csv, "MAX_ITEM", 60)
    items = read('title,body\nخبر,"' + "س" * 40 + "\n" + "س" * 40 + '"\nآخر,نص\n')
    assert [getattr(item, "code", "") for item in items] == ["too_large", "row_length", ""]


def test_a_damaged_row_fails_alone():
    raw = "title,body\nسليم,نص كامل لا عيب فيه\nتالف,".encode() + b"\xff\n" + "سليم,نص\n".encode()
    assert [getattr(item, "code", "") for item in read(raw)] == ["", "undecodable", ""]


def test_blanks_alone_are_an_empty_file():
    assert [item.code for item in read("\n \n")] == ["empty_file"]
