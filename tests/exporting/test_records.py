"""Records of WARC as bytes: the same for the same capture, and read back as what was put in, whatever that is."""

import io
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from articles.exporting import records
from articles.exporting.records import BadRecord, Obtained

MOMENT = datetime(2016, 3, 12, 10, tzinfo=UTC)
TEXT = st.text(max_size=60)


def obtained(content, *, address="https://example.org/", status=200, headers=None, media_type="text/html"):
    digest = sha256(content).hexdigest()
    return Obtained(
        records.number(address), records.uri(address), MOMENT, digest, media_type, status, headers
    )


@given(
    content=st.binary(min_size=1, max_size=2000),
    address=TEXT,
    headers=st.dictionaries(st.sampled_from(["content-type", "etag", "link", "content-encoding"]), TEXT),
    media_type=TEXT,
)
def test_whatever_a_server_said_the_record_is_read_back_with_its_bytes(content, address, headers, media_type):
    address = f"https://example.org/{address}"
    told = obtained(content, address=address, headers=headers, media_type=media_type)
    for packed in (records.response(told, content), records.resource(told, content)):
        assert records.payload(packed, len(content)) == content
        record = next(iter(ArchiveIterator(io.BytesIO(packed), check_digests="raise")))
        assert record.content_stream().read() == content
        assert record.rec_headers["WARC-Target-URI"] == records.uri(address)


def test_the_same_capture_makes_the_same_bytes():
    told = obtained(b"<html>")
    assert records.response(told, b"<html>") == records.response(told, b"<html>")


def test_two_places_have_two_numbers():
    numbers = {records.number("a", "b", "c"), records.number("a", "b", "d"), records.number("a", "b c", "")}
    assert len(numbers) == 3


def test_a_record_that_claims_more_than_any_capture_has_is_refused():
    with pytest.raises(BadRecord, match="more than any capture"):
        records.payload(b"", records.LARGEST + 1)


def test_damaged_bytes_are_refused():
    with pytest.raises(BadRecord, match="damaged gzip"):
        records.payload(b"no gzip", 3)


def test_a_record_that_unpacks_to_more_than_it_claims_is_cut():
    content = bytes(10_000_000)
    packed = records.resource(obtained(content), content)
    assert records.payload(packed, 10) == bytes(10)
