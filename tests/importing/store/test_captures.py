"""The captures' bytes: kept whole, found again, checked when read."""

import gzip
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def store(tmp_path):
    return CaptureStore(tmp_path / "captures")


def test_bytes_come_back_as_they_were(store):
    content = "سوق".encode() * 100_000
    assert store.write(digest(content), content)
    store.sync()
    assert store.read(digest(content)) == content


def test_a_capture_stands_under_its_digest_in_two_folders(store):
    store.write(digest(b"x"), b"x")
    assert store.path(digest(b"x")) == store.folder / "2d" / "71" / f"{digest(b'x')}.gz"
    assert store.has(digest(b"x"))


def test_the_same_bytes_are_written_once_and_always_make_the_same_file(store, tmp_path):
    assert store.write(digest(b"x"), b"x")
    written = store.path(digest(b"x")).stat().st_mtime_ns
    assert not store.write(digest(b"x"), b"x")
    assert store.path(digest(b"x")).stat().st_mtime_ns == written
    other = CaptureStore(tmp_path / "other")
    other.write(digest(b"x"), b"x")
    assert other.path(digest(b"x")).read_bytes() == store.path(digest(b"x")).read_bytes()


def test_what_an_interrupted_import_left_half_written_is_no_capture_and_is_written_over(store):
    path = store.path(digest(b"x"))
    path.parent.mkdir(parents=True)
    path.with_suffix(".part").write_bytes(b"half")
    assert not store.has(digest(b"x"))
    store.write(digest(b"x"), b"x")
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-5],
        lambda raw: b"no gzip at all",
        lambda raw: gzip.compress(b"other bytes"),
        lambda raw: raw[:15] + bytes([raw[15] ^ 0xFF]) + raw[16:],
    ],
    ids=["cut short", "no gzip", "other bytes", "one byte wrong"],
)
def test_damage_is_found_when_reading_and_the_file_is_named(store, spoil):
    content = "سوق المدينة القديمة".encode() * 10
    store.write(digest(content), content)
    path = store.path(digest(content))
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(CaptureDamaged, match=path.name):
        store.read(digest(content))


def test_bytes_that_were_never_kept_are_missing(store):
    with pytest.raises(CaptureMissing, match=digest(b"y")):
        store.read(digest(b"y"))


def test_forgotten_bytes_can_be_kept_again(store):
    store.write(digest(b"x"), b"x")
    store.discard(digest(b"x"))
    assert not store.has(digest(b"x"))
    assert store.write(digest(b"x"), b"x")


@given(st.binary(max_size=1000))
def test_any_bytes_come_back(tmp_path_factory, content):
    store = CaptureStore(tmp_path_factory.mktemp("captures"))
    store.write(digest(content), content)
    assert store.read(digest(content)) == content
