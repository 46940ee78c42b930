"""Pages in crawls: what is taken, what is passed over, and what becomes of records that lie."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.readers import warc
from articles.importing.readers.web import ByteFile
from articles.importing.records import PassedOver, RawDocument, Revisit, Unreadable
from tests.importing.crawls import (
    MOMENT,
    Crawl,
    address,
    arc,
    good,
    http,
    packed,
    page,
    read,
    record,
    sha1,
)

PAGE = page().encode()


def codes(items):
    """What each item became: its code, «page», or why it was passed over."""
    return [getattr(item, "code", "") or getattr(item, "reason", "") or "page" for item in items]


def only(content, **options):
    (item,) = read(content, **options)
    return item


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_page_comes_with_its_address_its_moment_and_what_the_server_said(is_gzip):
    _info, item = read(Crawl(gzip=is_gzip).with_info().with_page(1).content)
    assert (item.content, item.media_type, item.charset) == (PAGE, "text/html", "utf-8")
    assert (item.web.address, item.web.captured_at) == (address(1), datetime(2016, 3, 12, 10, tzinfo=UTC))
    assert item.web.details["status"] == 200
    assert item.web.details["headers"] == {"content-type": "text/html; charset=utf-8"}
    assert item.web.details["record"].startswith("<urn:uuid:")
    assert item.web.details["digest"] == sha1(PAGE)


@pytest.mark.parametrize("is_gzip", [True, False])
def test_a_record_can_be_found_again_by_its_offset(is_gzip):
    content = Crawl(gzip=is_gzip).with_info().with_page(1).with_page(2).content
    *_others, second = read(content)
    again = only(content[int(second.locator.removeprefix("offset ")) :])
    assert again.content == second.content == page(2).encode()


def test_what_is_no_page_is_passed_over_and_named():
    crawl = Crawl().with_info().with_page(1)
    crawl.with_response(address(2), b"no", status="404 Not Found")
    crawl.with_response(address(3), b"", status="302 Found")
    crawl.with_response(address(4), b"GIF", headers=[("Content-Type", "image/gif")])
    crawl.with_response(address(5), b"{}", headers=[("Content-Type", "application/json")])
    crawl.with_response("dns:example.org", b"1.2.3.4", kind="resource")
    crawl.with_response(address(6), b"x", kind="metadata")
    assert codes(read(crawl.content)) == [
        "warcinfo record", "page", "HTTP 404", "HTTP 302", "no page: image", "no page: application/json",
        "no address of the web", "metadata record",
    ]  # fmt: skip


def test_the_operator_says_which_statuses_and_types_are_pages():
    crawl = Crawl().with_response(address(1), PAGE, status="404 Not Found")
    crawl.with_response(address(2), "نص".encode(), headers=[("Content-Type", "text/plain")])
    found = codes(read(crawl.content, statuses=(404,), media_types=("text/plain",)))
    assert found == ["no page: text/html", "HTTP 200"]
    assert (
        codes(read(crawl.content, statuses=(200, 404), media_types=("text/plain", "text/html")))
        == ["page"] * 2
    )


def test_a_resource_is_a_page_without_a_server():
    item = only(Crawl().with_response(address(1), PAGE, kind="resource").content)
    assert (item.content, "status" in item.web.details) == (PAGE, False)


def test_a_record_of_http_that_does_not_say_so_is_read():
    assert (
        only(record(http(PAGE)).replace(b"Content-Type: application/http; msgtype=response\r\n", b"")).content
        == PAGE
    )


def test_a_page_without_a_type_is_told_by_its_first_tag():
    assert codes(read(record(http(PAGE, kind="")) + record(http(b"abc", kind="")))) == [
        "page", "no page: unknown type",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("gzip", PAGE),
        ("br", PAGE),
        ("deflate", PAGE),
        ("identity", PAGE),
    ],
)
def test_a_body_is_undone_of_its_encodings_even_when_they_are_not_true(encoding, body):
    assert only(record(http(body, f"Content-Encoding: {encoding}"))).content == PAGE


@pytest.mark.parametrize(
    "body",
    [
        b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE),
        b"10\r\n%b\r\n%X;name=value\r\n%b\r\n0\r\n\r\n" % (PAGE[:16], len(PAGE) - 16, PAGE[16:]),
        PAGE,
    ],
    ids=["one chunk", "two chunks", "no chunks at all"],
)
def test_a_body_is_taken_out_of_its_chunks(body):
    item = only(record(http(body, "Transfer-Encoding: chunked")))
    assert (item.content, item.notes) == (PAGE, ())


@pytest.mark.parametrize(
    ("block", "content"),
    [
        (http(b"%x\r\n%b" % (len(PAGE), PAGE[:-20]), "Transfer-Encoding: chunked"), PAGE[:-20]),
        (http(PAGE[:-20], f"Content-Length: {len(PAGE)}"), PAGE[:-20]),
    ],
    ids=["a chunk cut short", "fewer bytes than the server announced"],
)
def test_a_body_that_was_cut_is_a_page_with_a_note(block, content):
    item = only(record(block))
    assert (item.content, [note.code for note in item.notes]) == (content, ["body_cut"])


def test_a_crawler_that_cut_a_page_off_is_believed():
    item = only(record(http(PAGE), "WARC-Truncated: length"))
    assert [(note.code, note.text) for note in item.notes] == [("capture_truncated", "length")]


def test_garbage_among_the_headers_of_a_server_does_no_harm():
    item = only(
        record(http(PAGE, "no colon here", ": no name", "X-Ä: \x00", " continued", "Content-Type: image/png"))
    )
    assert (item.content, item.web.details["headers"]) == (PAGE, {"content-type": "text/html; charset=utf-8"})


def test_an_address_in_angle_brackets_or_with_blanks_is_read():
    item = only(record(http(PAGE), url="<https://news.example.org/a b>"))
    assert item.web.address == "https://news.example.org/a%20b"


def test_a_revisit_says_which_capture_it_repeats():
    item = only(Crawl().with_revisit(1, moment="2016-04-01T00:00:00Z").content)
    assert (item.content, item.revisit) == (b"", Revisit(address(1), datetime(2016, 3, 12, 10, tzinfo=UTC)))
    assert item.web.captured_at == datetime(2016, 4, 1, tzinfo=UTC)


# Records that lie about their length.


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed], ids=["plain", "gzip"])
@pytest.mark.parametrize("length", [10, 2_000, 99_999_999, 10**15, "-1", "abc", ""])
def test_a_wrong_length_costs_one_record_and_the_next_one_is_read(pack, length):
    lying = record(http(PAGE), number=1, length=length)
    wrong, fine = read(pack(lying, good(2)))
    assert (wrong.code, fine.content) == ("wrong_length", page(2).encode())
    assert wrong.content.startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), packed], ids=["plain", "gzip"])
def test_a_right_digest_proves_a_record_whose_length_was_wrong(pack):
    lying = record(http(PAGE), f"WARC-Payload-Digest: {sha1(PAGE)}", length=10)
    item, _fine = read(pack(lying, good(2)))
    assert (item.content, [note.code for note in item.notes]) == (PAGE, ["wrong_length"])


def test_a_crawl_that_ends_in_a_record_is_told():
    fine, cut = read((good(1) + good(2))[:-50])
    assert (fine.content, cut.code) == (PAGE, "truncated_record")
    fine, cut = read(packed(good(1), good(2))[:-50])
    assert (fine.content, cut.code) == (PAGE, "damaged_archive")


def test_bytes_between_records_are_told_once_and_passed():
    items = read(b"garbage\r\n" + good(1) + b"more\r\n\r\ngarbage\r\n" + good(2))
    assert codes(items) == ["bad_record", "page", "bad_record", "page"]


def test_blank_lines_more_or_fewer_between_records_are_no_fault():
    assert (
        codes(read(record(http(PAGE), end=b"") + record(http(PAGE), end=b"\n\n\n\n\n") + good(2)))
        == ["page"] * 3
    )


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "digest_mismatch"),
        ("WARC-Block-Digest: sha256:" + "0" * 64, "digest_mismatch"),
        ("WARC-Payload-Digest: klingon:1234", "page"),
        ("WARC-Payload-Digest: nonsense", "page"),
        (f"WARC-Payload-Digest: {sha1(PAGE)}", "page"),
        (f"WARC-Block-Digest: {sha1(http(PAGE))}", "page"),
    ],
)
def test_digests_are_checked_where_they_can_be(label, code):
    assert codes(read(record(http(PAGE), label))) == [code]


def test_a_payload_digest_made_in_another_way_is_a_note_where_the_record_is_proven():
    wrong = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    item = only(record(http(PAGE), wrong, f"WARC-Block-Digest: {sha1(http(PAGE))}"))
    assert [note.code for note in item.notes] == ["payload_digest_mismatch"]


def test_the_digest_of_a_body_out_of_its_chunks_counts_too():
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    item = only(record(http(body, "Transfer-Encoding: chunked"), f"WARC-Payload-Digest: {sha1(PAGE)}"))
    assert (item.content, item.notes) == (PAGE, ())


# Gzip.


def test_a_crawl_in_one_gzip_member_is_read_whole_and_told_once():
    first, second, third = read(gzip.compress(good(1) + good(2) + good(3)))
    assert [item.content for item in (first, second, third)] == [
        page(number).encode() for number in (1, 2, 3)
    ]
    assert [[note.code for note in item.notes] for item in (first, second, third)] == [
        [],
        ["one_gzip_member"],
        [],
    ]
    assert (first.locator, second.locator) == ("offset 0", f"offset 0+{len(good(1))}")


def test_damage_in_one_gzip_member_leaves_the_others():
    raw = bytearray(packed(good(1), good(2), good(3)))
    raw[len(packed(good(1))) + 60] ^= 0xFF
    first, damaged, third = read(bytes(raw))
    assert (first.content, damaged.code, third.content) == (PAGE, "damaged_archive", page(3).encode())


def test_a_bomb_in_a_record_is_left_before_it_has_grown():
    bomb = record(http(b"<html>" + b" " * 30_000_000))
    refused, fine = read(packed(bomb, good(2)))
    assert (refused.code, refused.content, fine.content) == ("unsafe_member", b"", page(2).encode())


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress, zlib.compress])
def test_a_bomb_in_a_body_is_left_before_it_has_grown(pack):
    name = {gzip.compress: "gzip", brotli.compress: "br", zlib.compress: "deflate"}[pack]
    refused = only(record(http(pack(b"<html>" + b" " * 30_000_000), f"Content-Encoding: {name}")))
    assert (refused.code, refused.content) == ("too_large", b"")


def test_a_gzipped_body_makes_no_gzipped_crawl_of_a_plain_one_whose_first_line_is_damaged():
    crawl = good(1).replace(b"WARC/1.0", b"?ARC/1.0") + record(
        http(gzip.compress(PAGE), "Content-Encoding: gzip")
    )
    assert codes(read(crawl)) == ["bad_record", "page"]


# ARC.


def test_an_arc_file_is_read_like_a_warc():
    content = arc((address(1), http(PAGE)), ("http://news.example.org/a b", http(page(2).encode())))
    found = list(warc.read_arc(ByteFile("a.arc", lambda: io.BytesIO(content))))
    assert codes(found) == ["warcinfo record", "page", "page"]
    assert (found[1].content, found[1].web.address) == (PAGE, address(1))
    assert found[1].web.captured_at == datetime(2009, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert found[2].web.address == "http://news.example.org/a%20b"


def test_an_arc_record_with_a_wrong_length_costs_itself():
    content = arc((address(1), http(PAGE)), (address(2), http(page(2).encode())))
    content = content.replace(f"text/html {len(http(PAGE))}".encode(), b"text/html 7", 1)
    found = list(warc.read_arc(ByteFile("a.arc", lambda: io.BytesIO(gzip.compress(content)))))
    assert codes(found) == ["warcinfo record", "wrong_length", "page"]


# Whatever comes.

CRAWL = b"".join((good(1), good(2)))
SMALL = packed(record(http(b"<html>")), record(http(b"<html>"), number=2))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told(raw):
    for content in (raw, b"WARC/1.0\r\n" + raw, gzip.compress(raw), raw + good(1)):
        assert all(isinstance(item, RawDocument | PassedOver | Unreadable) for item in read(content))


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255))
def test_one_wrong_byte_costs_one_record_at_most(place, byte):
    raw = bytearray(SMALL)
    raw[place] = byte
    found = read(bytes(raw))
    assert sum(isinstance(item, RawDocument) for item in found) >= 1


@given(st.integers(0, len(CRAWL)))
def test_a_crawl_cut_anywhere_gives_what_came_before(end):
    whole = end // len(good(1))
    pages = [item for item in read(CRAWL[:end]) if isinstance(item, RawDocument)]
    assert len(pages) >= whole


def test_moments_are_kept_to_the_second_of_the_record():
    assert only(record(http(PAGE), moment=MOMENT)).web.captured_at.isoformat() == "2016-03-12T10:00:00+00:00"
    undated = only(record(http(PAGE), moment="yesterday"))
    assert (undated.web.captured_at, [note.code for note in undated.notes]) == (None, ["capture_undated"])
