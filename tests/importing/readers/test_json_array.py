"""Arrays of objects, read item by item whatever the size of the pieces."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.charsets import NotText
from articles.importing.readers import json_array
from articles.importing.readers.sliding import SlidingText
from articles.importing.records import RawDocument, Unreadable
from tests.importing.samples import text_file

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False)
    | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.text(max_size=8), VALUES, max_size=4), max_size=6)


def read(content, pieces=0):
    return list(json_array.read(text_file(content, pieces=pieces)))


@given(OBJECTS, st.integers(1, 40), st.sampled_from([None, 1, 4]), st.booleans())
def test_an_array_reads_as_json_load_reads_it_whatever_the_pieces(objects, pieces, indent, ascii_only):
    text = json.dumps(objects, indent=indent, ensure_ascii=ascii_only)
    items = read(text.encode("utf-8", "surrogatepass") if ascii_only else text.encode(), pieces)
    assert [item.fields for item in items] == json.loads(text)


@given(OBJECTS, st.integers(1, 40))
def test_the_bytes_of_an_item_are_those_of_the_file(objects, pieces):
    raw = json.dumps(objects, indent=2, ensure_ascii=False).encode()
    items = read(raw, pieces)
    assert all(item.content in raw for item in items)
    assert [json.loads(item.content) for item in items] == objects


@given(st.binary(max_size=300), st.integers(1, 40))
def test_no_bytes_make_the_reader_raise(raw, pieces):
    try:
        file = text_file(raw, pieces=pieces)
    except (ValueError, NotText):
        return
    assert all(isinstance(item, RawDocument | Unreadable) for item in json_array.read(file))


@given(st.text(alphabet='[]{}",:\\ \n1aé\u0627', max_size=60), st.integers(1, 20))
def test_near_json_never_makes_the_reader_raise_and_pieces_change_nothing(text, pieces):
    def shape(items):
        return [(type(item), item.locator, getattr(item, "code", "")) for item in items]

    assert shape(read(text or " ", pieces)) == shape(read(text or " "))


def test_items_are_numbered():
    assert [item.locator for item in read('[{"a": 1}, {"a": 2}]')] == ["item 1", "item 2"]


def test_a_broken_item_is_told_by_its_line_and_the_next_is_read():
    text = '[\n{"title": "أول"},\n{"title": "ثانٍ "مقتبس" "},\n{"title": "ثالث"}\n]'
    first, broken, third = read(text)
    assert (first.fields, third.fields) == ({"title": "أول"}, {"title": "ثالث"})
    assert (broken.code, broken.locator) == ("bad_json", "item 2")
    assert broken.message.startswith("line 3: ")
    assert broken.content.decode() == '{"title": "ثانٍ "مقتبس" "},'


def test_an_object_inside_a_broken_item_is_not_taken_for_the_next_item():
    text = '[{"title": "a" "x", "links": [{"url": "1"},{"url": "2"}]}, {"title": "b"}]'
    broken, second = read(text)
    assert broken.code == "bad_json"
    assert second.fields == {"title": "b"}


def test_a_file_cut_short_gives_its_whole_items_and_says_that_the_rest_is_missing():
    first, rest = read('[{"title": "أول"}, {"title": "ثا')
    assert first.fields == {"title": "أول"}
    assert rest.code == "rest_unread"


def test_an_array_that_is_not_closed_is_told():
    _first, rest = read('[{"title": "أول"}')
    assert (rest.code, rest.locator) == ("rest_unread", "item 2")
    assert "cut short" in rest.message


def test_text_after_the_array_is_told():
    assert [item.code for item in read("[] oops")] == ["rest_unread"]


@pytest.mark.parametrize("value", ["1", '"نص"', "null", "[1]", "true"])
def test_an_item_that_is_no_object_is_told_and_the_next_is_read(value):
    odd, fine = read(f'[{value}, {{"title": "خبر"}}]')
    assert odd.code == "not_an_object"
    assert fine.fields == {"title": "خبر"}


def test_an_array_inside_an_object_is_read():
    items = read('{"articles": [{"title": "a"}, {"title": "b"}], "next": null}')
    assert [item.fields["title"] for item in items] == ["a", "b"]


def test_one_object_and_one_object_after_another_are_read():
    assert [item.fields for item in read('{"title": "a"}')] == [{"title": "a"}]
    assert len(read('{"title": "a"}\n{"title": "b"}\n{"title": "c"}')) == 3


def test_text_that_is_no_json_is_one_failed_item():
    (item,) = read("قال الوزير")
    assert (item.code, item.content.decode()) == ("rest_unread", "قال الوزير")


def test_blanks_alone_are_an_empty_file():
    assert [item.code for item in read(" \n ")] == ["empty_file"]


def test_nesting_without_end_is_one_failed_item():
    (item,) = read("[" + "[" * 100_000)
    assert item.code == "rest_unread"


def test_a_number_of_thousands_of_digits_is_one_failed_item():
    huge, fine = read('[{"id": ' + "9" * 5000 + '}, {"id": 1}]')
    assert (huge.code, fine.fields) == ("bad_json", {"id": 1})


def test_line_breaks_and_tabs_inside_a_string_are_read_as_they_are():
    (item,) = read('[{"body": "سطر\n\tآخر"}]')
    assert item.fields == {"body": "سطر\n\tآخر"}


def test_an_item_larger_than_the_limit_ends_the_reading_in_bounded_memory():
    pieces = iter(['[{"body": "'] + ["x" * 1000] * 1000)
    window = SlidingText(pieces, limit=10_000)
    while window.grow():
        pass
    assert window.is_full()
    assert len(window.text) < 25_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1256"])
def test_every_charset_gives_its_own_bytes_back(encoding):
    text = '[{"title": "المدينة تفتح سوقها بعد ترميم طويل ويعود إليه أربعون حرفياً"}]'
    (item,) = read(text.encode(encoding))
    assert item.content.decode(item.charset) == text[1:-1]


def test_a_damaged_item_fails_alone():
    raw = (
        '[{"title": "سليم كله"}, {"title": "تالف'.encode() + b"\xd8" + '"}, {"title": "سليم أيضاً"}]'.encode()
    )
    first, damaged, third = read(raw)
    assert (first.fields["title"], third.fields["title"]) == ("سليم كله", "سليم أيضاً")
    assert (damaged.code, b"\xd8" in damaged.content) == ("undecodable", True)
