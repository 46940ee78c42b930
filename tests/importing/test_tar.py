"""The files in a .tar: read as they come, and refused where they would do harm."""

import io
import struct
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import reading, tar
from articles.importing.inputs import InputFile
from articles.importing.reading import ReadOptions
from articles.importing.records import PassedOver, RawDocument, Unreadable
from tests.importing.samples import PAGE

RECORDS = '[{"title": "خبر"}, {"title": "آخر"}]'


def packed(members, format=tarfile.PAX_FORMAT):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            if isinstance(content, bytes):
                info.type, info.linkname = content, "/etc/passwd"
                archive.addfile(info)
            else:
                raw = content.encode()
                info.size = len(raw)
                archive.addfile(info, io.BytesIO(raw))
    return file.getvalue()


def read(raw):
    return list(reading._read_file(InputFile("x.tar", "x.tar", lambda: io.BytesIO(raw)), ReadOptions()))


THREE = packed({"a.txt": "x", "b.txt": "x", "c.txt": "x"})


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_files_of_every_format_are_read_from_folders_in_the_archive(format):
    items = read(
        packed({"2015/a.json": RECORDS, "2015/07/b.txt": PAGE, "c.csv": "title,body\nخبر,نص\n"}, format)
    )
    assert [(item.origin, item.locator) for item in items] == [
        ("x.tar!2015/a.json", "item 1"),
        ("x.tar!2015/a.json", "item 2"),
        ("x.tar!2015/07/b.txt", ""),
        ("x.tar!c.csv", "row 2"),
    ]


@pytest.mark.parametrize("format", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_name_longer_than_a_header_is_read(format):
    name = f"{'مجلد طويل الاسم/' * 12}ا.txt"
    assert [item.origin for item in read(packed({name: PAGE}, format))] == [f"x.tar!{name}"]


@pytest.mark.parametrize("name", ["/etc/a.txt", "../a.txt", "a/../../b.txt", "..\\a.txt", "C:\\a.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused_and_the_rest_is_read(name):
    refused, fine = read(packed({name: PAGE, "b.txt": PAGE}))
    assert (refused.code, fine.text) == ("unsafe_member", PAGE)


def test_links_are_refused_and_devices_passed_over():
    link, hard, fifo, fine = read(
        packed({"a.txt": tarfile.SYMTYPE, "b.txt": tarfile.LNKTYPE, "c.txt": tarfile.FIFOTYPE, "d.txt": PAGE})
    )
    assert (link.code, hard.code, fifo.reason, fine.text) == ("unsafe_member",) * 2 + (
        "no regular file",
        PAGE,
    )


def test_what_is_no_article_is_passed_over():
    items = read(packed({"__MACOSX/._a.txt": "x", ".b.txt": "x", "c.md": "x"}))
    assert [item.reason for item in items] == ["hidden", "hidden", "its name tells no format"]


def test_a_name_that_would_fill_the_memory_is_never_read():
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 10**10
    (told,) = read(info.tobuf(tarfile.GNU_FORMAT) + b"x" * 512)
    assert (told.code, "header of 10,000,000,000 bytes" in told.message) == ("damaged_archive", True)


def test_a_file_larger_than_memory_allows_is_read_from_the_disk(monkeypatch):
    monkeypatch.setattr(tar, "SPOOL_IN_MEMORY", 10)
    assert [item.text for item in read(packed({"a.txt": PAGE, "b.txt": PAGE}))] == [PAGE, PAGE]


def test_a_file_larger_than_the_limit_is_refused_and_the_rest_is_read(monkeypatch):
    monkeypatch.setattr(tar, "MAX_NESTED", 3)
    large, fine = read(packed({"a.txt": PAGE, "b.txt": "x"}))
    assert (large.code, fine.text) == ("too_large", "x")


def test_an_archive_cut_short_is_told():
    assert [item.code for item in read(packed({"a.txt": PAGE})[:600])] == ["damaged_archive"]


def test_a_header_with_a_wrong_sum_is_told():
    raw = bytearray(packed({"a.txt": PAGE, "b.txt": PAGE}, tarfile.USTAR_FORMAT))
    raw[raw.index(b"b.txt")] ^= 1
    fine, told = read(bytes(raw))
    assert (fine.text, told.code) == (PAGE, "damaged_archive")


def test_a_size_below_nothing_is_told():
    info = tarfile.TarInfo("a.txt")
    buffer = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    buffer[124:136] = b"\xff" * 4 + struct.pack(">q", -600)
    buffer[148:156] = b" " * 8
    buffer[148:156] = f"{sum(buffer):06o}\0 ".encode()
    assert [item.code for item in read(bytes(buffer) + b"\0" * 1024)] == ["damaged_archive"]


@given(st.integers(0, len(THREE) - 1), st.integers(0, 255))
def test_one_wrong_byte_never_makes_the_reader_raise(place, byte):
    raw = bytearray(THREE)
    raw[place] = byte
    assert all(isinstance(item, RawDocument | PassedOver | Unreadable) for item in read(bytes(raw)))
