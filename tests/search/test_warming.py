"""A process is made ready for its first readers, and again when the index is another; where there is none, it waits."""

import threading

import pytest

from articles.arabic.analysis import STEM
from articles.search import warming
from articles.search.engines.connection import engine
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.word_lists import LISTS

pytestmark = pytest.mark.django_db


def test_the_state_that_was_warmed_is_told_and_changes_with_the_index(archive) -> None:
    archive.add("خبر في اليوم")
    archive.index()
    first = warming.warm()
    archive.add("خبر آخر")
    archive.index()
    assert first is not None
    assert warming.warm(first) not in (None, first)


def test_warming_makes_the_word_lists(archive) -> None:
    archive.add("خبر في اليوم")
    archive.index()
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    LISTS.held.clear()
    warming.warm()
    assert LISTS.held
    LISTS.held.clear()
    warming.warm(backend.state())
    assert not LISTS.held, "a state that was seen is not warmed again"


def test_warming_makes_the_stems_of_common_words_known(archive) -> None:
    archive.add("المهندسون في الجسر")
    archive.index()
    STEM.cache.clear()
    warming.warm()
    assert STEM.cache["المهندسون"] == STEM.apply_rules("المهندسون")
    assert {"المهندسون", "الجسر"} <= set(STEM.cache)


def test_without_an_index_nothing_is_raised(index_folder) -> None:
    assert warming.warm() is None


def test_it_ends_when_it_is_stopped(index_folder) -> None:
    stopped = threading.Event()
    stopped.set()
    warming.keep_warm(stopped)
    assert stopped.is_set()
