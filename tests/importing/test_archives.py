"""Archives: what is in them is read without unpacking, and whatever is built to do harm is refused."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import archives, reading
from articles.importing.inputs import InputFile
from articles.importing.reading import ReadOptions
from articles.importing.records import PassedOver, RawDocument, Unreadable
from tests.importing.samples import PAGE

RECORDS = '[{"title": "خبر"}, {"title": "آخر"}]'


def read(raw):
    return list(reading._read_file(InputFile("x.zip", "x.zip", lambda: io.BytesIO(raw)), ReadOptions()))


def packed(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


THREE = packed({"a.txt": "x", "b.txt": "x", "c.txt": "x"})


def test_files_of_every_format_are_read_from_folders_in_the_archive():
    items = read(packed({"2015/a.json": RECORDS, "2015/07/b.txt": PAGE, "c.csv": "title,body\nخبر,نص\n"}))
    assert [(item.origin, item.locator) for item in items] == [
        ("x.zip!2015/a.json", "item 1"),
        ("x.zip!2015/a.json", "item 2"),
        ("x.zip!2015/07/b.txt", ""),
        ("x.zip!c.csv", "row 2"),
    ]


def test_what_is_no_article_is_passed_over():
    items = read(
        packed({"__MACOSX/._a.txt": "x", ".b.txt": "x", "c.md": "x", "d.zip": packed({}), "folder/": ""})
    )
    assert [item.reason for item in items] == ["hidden", "hidden", "its name tells no format"]


@pytest.mark.parametrize(
    "name",
    ["/etc/a.txt", "../a.txt", "a/../../b.txt", "..\\a.txt", "C:\\a.txt", "c:/a.txt", "\\\\host\\a.txt"],
)
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_rest_is_read(name):
    refused, fine = read(packed({name: PAGE, "b.txt": PAGE}))
    assert (refused.code, fine.text) == ("unsafe_member", PAGE)


def test_backslashes_between_folders_are_read():
    (item,) = read(packed({"2015\\07\\a.txt": PAGE}))
    assert item.origin == "x.zip!2015/07/a.txt"


def test_a_link_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert [item.code for item in read(file.getvalue())] == ["unsafe_member"]


def test_a_member_that_would_grow_beyond_reason_is_refused_unread():
    refused, fine = read(packed({"bomb.txt": b"a" * (8 * 1024 * 1024), "b.txt": PAGE}))
    assert (refused.code, fine.text) == ("unsafe_member", PAGE)
    assert "would grow" in refused.message


def test_an_encrypted_member_is_told():
    raw = bytearray(packed({"a.txt": PAGE}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    assert [item.code for item in read(bytes(raw))] == ["encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_unpack_without_a_bound_are_refused(method):
    assert [item.code for item in read(packed({"a.txt": PAGE}, method))] == ["unsupported_compression"]


def test_a_damaged_member_is_one_failed_item_and_the_rest_is_read():
    raw = bytearray(packed({"a.txt": PAGE, "b.txt": PAGE}, zipfile.ZIP_STORED))
    raw[raw.index(PAGE.encode()[:20]) + 30] ^= 0xFF
    damaged, fine = read(bytes(raw))
    assert (damaged.code, fine.text) == ("damaged_archive", PAGE)


def test_a_member_that_lies_about_its_size_is_damaged():
    raw = bytearray(packed({"a.txt": PAGE * 50}))
    place = raw.index(b"PK\x01\x02") + 24
    raw[place : place + 4] = struct.pack("<L", 100)
    assert [item.code for item in read(bytes(raw))] == ["damaged_archive"]


def test_an_archive_cut_short_is_told():
    assert [item.code for item in read(packed({"a.txt": PAGE})[:-10])] == ["damaged_archive"]


def test_more_files_than_any_collection_has_are_refused_before_they_are_listed(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    monkeypatch.setattr(archives.zipfile, "ZipFile", None)
    assert [item.code for item in read(THREE)] == ["unsafe_archive"]


def test_an_archive_whose_files_unpack_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 2)
    assert [item.code for item in read(THREE)] == ["unsafe_archive"]


def test_files_that_overlap_are_refused():
    raw = bytearray(packed({"a.txt": PAGE}))
    place = raw.index(b"PK\x01\x02") + 20
    raw[place : place + 4] = struct.pack("<L", len(raw) * 2)
    assert read(bytes(raw))[0].code in ("unsafe_archive", "damaged_archive")


def test_a_long_archive_comment_hides_nothing():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", PAGE)
        archive.comment = b"c" * 60_000
    assert read(file.getvalue())[0].text == PAGE


@given(st.binary(max_size=200))
def test_any_bytes_are_an_archive_or_told(raw):
    assert all(isinstance(item, RawDocument | PassedOver | Unreadable) for item in read(raw))


@given(st.integers(0, len(THREE) - 1), st.integers(0, 255))
def test_one_wrong_byte_never_makes_the_reader_raise(place, byte):
    raw = bytearray(THREE)
    raw[place] = byte
    assert all(isinstance(item, RawDocument | PassedOver | Unreadable) for item in read(bytes(raw)))
