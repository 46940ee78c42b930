"""What tests of the engines may ask for besides: a shelf, and other search indexes than the archive's."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from haystack import connections
from haystack.utils.loading import UnifiedIndex

from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.snapshot import forget
from articles.search_indexes import ArticleIndex
from tests.search.engines.notes import NoteIndex, note
from tests.search.engines.shelf import Shelf

Backend = Callable[..., ArchiveBackend]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty index of articles that need no database."""
    made = Shelf(tmp_path / "index")
    yield made
    forget(made.folder)


@pytest.fixture
def backend_of(data_folder: Path) -> Callable[..., ArchiveBackend]:
    """The default connection's backend with the search indexes given, in the place of the archive's own."""

    def backend(*indexes: Any) -> ArchiveBackend:
        unified = UnifiedIndex()
        unified.build(indexes=list(indexes))
        connections["default"]._index = unified
        made: ArchiveBackend = connections["default"].get_backend()
        made.setup()
        return made

    return backend


@pytest.fixture
def notes(backend_of: Backend) -> Callable[..., ArchiveBackend]:
    """Write notes to an index of them: texts numbered from 1, or rows."""

    def write(*texts: Any) -> ArchiveBackend:
        backend = backend_of(NoteIndex())
        rows = [note(key, text) if isinstance(text, str) else text for key, text in enumerate(texts, start=1)]
        backend.update(NoteIndex(), rows)
        return backend

    return write


@pytest.fixture
def articles(backend_of: Backend) -> Callable[..., ArchiveBackend]:
    """Write articles, of the archive's own fields."""

    def write(*rows: Any) -> ArchiveBackend:
        backend = backend_of(ArticleIndex())
        backend.update(ArticleIndex(), rows)
        return backend

    return write


@pytest.fixture
def library(notes: Any) -> None:
    """Three notes with a value of every kind between them."""
    notes(
        note(
            1,
            pages=5,
            rating=1.5,
            section="القدس, العربي",
            written_on=date(2015, 7, 21),
            is_open=True,
            tags=["ا"],
        ),
        note(
            2,
            pages=50,
            rating=2.5,
            section="الحياة",
            written_on=date(2016, 1, 2),
            is_open=False,
            tags=["ا", "ب"],
        ),
        note(
            3,
            pages=500,
            rating=3.5,
            section='صحيفة "الأفق"',
            written_at=datetime(2016, 1, 2, 3, 4),
            is_open=True,
        ),
    )
