"""What servers said of their versions is remembered, and harms nothing when the memory is damaged."""

import pytest

from articles.importing.fetching.validators import Validators, told_by

URL = "https://example.org/rss"


def test_what_was_said_is_asked_next_time(tmp_path):
    kept = Validators(tmp_path / "fetched")
    kept.save(URL, {"etag": '"1"', "last-modified": "Sat, 12 Mar 2016 10:00:00 GMT"})
    assert kept.load(URL) == {"If-None-Match": '"1"', "If-Modified-Since": "Sat, 12 Mar 2016 10:00:00 GMT"}


def test_of_an_address_never_fetched_nothing_is_known(tmp_path):
    assert Validators(tmp_path).load(URL) == {}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"url": "https://other.example/", "etag": "x"}', '{"etag": 3}']
)
def test_a_damaged_memory_is_none(tmp_path, content):
    kept = Validators(tmp_path)
    kept.save(URL, {"etag": "x"})
    next(tmp_path.glob("*.json")).write_text(content)
    assert kept.load(URL) == {}


@pytest.mark.parametrize("value", ['"1"\r\nHost: inside', "é", "x" * 5000, ""])
def test_what_could_break_out_of_a_header_is_not_remembered(value):
    assert told_by({"etag": value}) == {}
