"""JSON Lines: every line is an item of its own."""

import json

from hypothesis import given
from hypothesis import strategies as st

from articles.importing import limits
from articles.importing.charsets import NotText
from articles.importing.readers import jsonl, lines
from articles.importing.records import RawDocument, Unreadable
from tests.importing.samples import text_file

OBJECTS = st.lists(
    st.dictionaries(st.text(max_size=8), st.text(max_size=20) | st.integers() | st.none(), max_size=4)
)


def read(content, pieces=0):
    return list(jsonl.read(text_file(content, pieces=pieces)))


@given(OBJECTS, st.integers(1, 30), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_object_is_an_item_whatever_the_pieces_and_the_line_ends(objects, pieces, end):
    text = "".join(json.dumps(each, ensure_ascii=False) + end for each in objects)
    assert [item.fields for item in read(text, pieces)] == objects


@given(st.binary(max_size=300), st.integers(1, 30))
def test_no_bytes_make_the_reader_raise(raw, pieces):
    try:
        file = text_file(raw, pieces=pieces)
    except NotText:
        return
    assert all(isinstance(item, RawDocument | Unreadable) for item in jsonl.read(file))


def test_items_are_located_by_the_number_of_their_line():
    assert [item.locator for item in read('{"a": 1}\n\n{"a": 2}')] == ["line 1", "line 3"]


def test_a_broken_line_is_one_failed_item_and_the_rest_goes_on():
    first, broken, third = read('{"title": "أول"}\n{"title": \n{"title": "ثالث"}\n')
    assert (first.fields["title"], third.fields["title"]) == ("أول", "ثالث")
    assert (broken.code, broken.locator) == ("bad_json", "line 2")
    assert broken.message.startswith("line 2, character ")
    assert broken.content == b'{"title":'


def test_two_values_on_a_line_are_a_broken_line():
    assert [item.code for item in read('{"a": 1} {"a": 2}')] == ["bad_json"]


def test_the_line_separator_of_unicode_ends_no_line():
    (item,) = read('{"body": "أول\u2028ثانٍ"}\n')
    assert item.fields == {"body": "أول\u2028ثانٍ"}


def test_a_damaged_line_fails_alone():
    raw = (
        '{"title": "سليم تماماً"}\n{"title": "تالف'.encode() + b"\xff" + '"}\n{"title": "سليم أيضاً"}'.encode()
    )
    assert [getattr(item, "code", "") for item in read(raw)] == ["", "undecodable", ""]


def test_a_line_without_end_cannot_fill_the_memory():
    pieces = ("x" * 100 for _piece in range(1000))
    assert list(lines.split(pieces, limit=1000)) == [None]


def test_the_line_after_one_that_is_too_long_is_read(monkeypatch):
    monkeypatch.setattr(lines.split, "__kwdefaults__", {"end": "\n", "limit": 50})
    items = read('{"title": "' + "x" * 100 + '"}\n{"title": "خبر"}\n', pieces=10)
    assert [getattr(item, "code", "") for item in items] == ["too_large", ""]


def test_a_number_of_millions_of_digits_fails_at_once():
    assert [item.code for item in read('{"id": ' + "9" * (limits.MAX_ITEM - 100) + "}")] == ["bad_json"]
