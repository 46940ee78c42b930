"""The store against the database."""

import hashlib

import pytest

from articles.importing.store import verifying
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy, only_import
from articles.importing.store.verifying import find_orphans, published_without_capture, verify_captures
from articles.models.capture import Capture
from tests.factories import make_article, make_capture

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(data_folder):
    return CaptureStore(data_folder / "captures")


def kept(store, content, article=None, **values):
    """A capture whose bytes are in the store."""
    capture = make_capture(article, content=content, **values)
    store.write(capture.sha256, content)
    return capture


def findings_of(store, **how):
    found = []
    counts = verify_captures(store, report=found.append, **how)
    return counts, found


def test_captures_whose_bytes_are_there_are_sound(store):
    kept(store, b"one")
    kept(store, b"two")
    assert findings_of(store) == ({"sound": 2}, [])


def test_a_missing_file_is_told_with_the_place_and_the_article_of_its_capture(store):
    article = make_article()
    capture = make_capture(article, origin="news.json", locator="item 7")
    counts, [finding] = findings_of(store)
    assert (counts, finding.origin, finding.locator) == ({"missing": 1}, "news.json", "item 7")
    assert (finding.public_id, str(store.path(capture.sha256)) in finding.message) == (
        article.public_id,
        True,
    )


def test_other_bytes_under_the_name_are_damage(store):
    capture = kept(store, b"right")
    other = kept(store, b"wrong")
    store.path(capture.sha256).write_bytes(store.path(other.sha256).read_bytes())
    counts, [finding] = findings_of(store)
    assert (counts, finding.message.endswith("holds other bytes than its name says")) == (
        {"sound": 1, "damaged": 1},
        True,
    )


@pytest.mark.parametrize("harm", [lambda packed: packed[:-9], lambda packed: b"", lambda packed: b"no gzip"])
def test_a_broken_file_is_damage(store, harm):
    path = store.path(kept(store, b"right").sha256)
    path.write_bytes(harm(path.read_bytes()))
    assert findings_of(store)[0] == {"damaged": 1}


def test_what_is_no_file_is_unreadable(store):
    path = store.path(make_capture().sha256)
    path.mkdir(parents=True)
    assert findings_of(store)[0] == {"unreadable": 1}


def test_a_row_that_says_another_size_is_told(store):
    kept(store, b"three", size=4)
    counts, [finding] = findings_of(store)
    assert (counts, finding.message[:7]) == ({"wrong_size": 1}, "5 bytes")


def test_one_bad_capture_ends_nothing(store):
    kept(store, b"one")
    make_capture(content=b"gone")
    kept(store, b"two")
    assert findings_of(store)[0] == {"sound": 2, "missing": 1}


def test_captures_are_read_batch_after_batch(store, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(verifying, "BATCH", 3)
    for number in range(8):
        kept(store, b"%d" % number)
    ticks = []
    with django_assert_num_queries(4):  # three batches and the end; nothing for each row
        counts = verify_captures(store, progress=ticks.append)
    assert (counts, sum(ticks)) == ({"sound": 8}, 8)


@pytest.mark.parametrize("limit", [1, 3, 4, 7])
def test_a_limit_reads_no_more_captures(store, monkeypatch, limit):
    monkeypatch.setattr(verifying, "BATCH", 3)
    for number in range(8):
        kept(store, b"%d" % number)
    assert findings_of(store, limit=limit)[0] == {"sound": limit}


def test_a_capture_taken_back_meanwhile_is_no_finding(store):
    make_capture()
    assert findings_of(store, progress=lambda _count: Capture.objects.all().delete()) == ({}, [])


def test_files_that_no_capture_names_are_orphans(store):
    kept(store, b"named")
    digest = hashlib.sha256(b"left").hexdigest()
    store.write(digest, b"left")
    store.path(digest).with_suffix(".part").write_bytes(b"half")
    (store.folder / "notes.txt").write_text("stray")
    found = []
    assert find_orphans(store, report=found.append) == 3
    assert {(finding.outcome, finding.message) for finding in found} == {
        ("orphan", "no capture names it"),
        ("orphan", "left by an interrupted import"),
        ("orphan", "not the name of a capture's bytes, or not in its place"),
    }


def test_bytes_in_the_wrong_folder_are_orphans_though_a_capture_names_them(store):
    path = store.path(kept(store, b"named").sha256)
    path.rename(store.folder / path.name)
    assert find_orphans(store) == 1


def test_a_store_that_does_not_exist_has_no_orphans_and_is_not_made(store):
    assert (find_orphans(store), store.folder.exists()) == (0, False)


def test_orphans_are_not_looked_for_while_an_import_keeps_bytes(store):
    with only_import(store.folder), pytest.raises(Busy):
        find_orphans(store)
    assert find_orphans(store) == 0


def test_published_articles_without_a_capture_are_counted():
    make_capture(make_article("له نسخة"))
    make_article("كتبه محرر")
    make_article("مسودة", status="draft")
    assert published_without_capture() == 1
