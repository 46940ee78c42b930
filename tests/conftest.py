"""What every test may ask for: a data folder of its own, an index in it, and an archive to fill.

A test that uses the database has a folder of its own without asking: no other test sees what it indexes or
captures.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from haystack import connections

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.whoosh.generations import IndexFolder
from articles.search.engines.whoosh.snapshot import forget
from tests.chromium import browser  # noqa: F401 - a fixture
from tests.factories import make_article

NEEDS_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "admin_client"}


@pytest.fixture
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """DATA_DIR of this test: captures, and the index of Haystack's default connection, are in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    connection = {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(folder / "index")}
    # Threads of a live server make their own connections, from these settings.
    with override_settings(
        DATA_DIR=folder, CAPTURES_DIR=folder / "captures", HAYSTACK_CONNECTIONS={"default": connection}
    ):
        connections.reload("default")
        yield folder
    connections.reload("default")
    forget(IndexFolder(folder / "index"))


@pytest.fixture
def index_folder(data_folder: Path) -> Path:
    """The folder of this test's index, which does not exist before something is written."""
    return data_folder / "index"


@pytest.fixture(autouse=True)
def _own_data_folder(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("django_db") or NEEDS_DATABASE & set(request.fixturenames):
        request.getfixturevalue("data_folder")


class Archive:
    """Articles, and the index of them."""

    def add(self, title: str = "خبر", body: str = "", **values: Any) -> Article:
        """A published article, waiting to be indexed; `make_article` says what else may be given."""
        return make_article(title, body, **values)

    def index(self) -> None:
        """Bring the index up to date with every change so far."""
        report = indexing.index_stale()
        assert not report.problem
        assert report.waiting == 0


@pytest.fixture
def archive(db: None, index_folder: Path) -> Archive:
    """An empty archive: `archive.add(title=..., body=...)` as often as needed, then `archive.index()`."""
    return Archive()
