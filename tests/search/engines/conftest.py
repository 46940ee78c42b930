"""What tests of the engines may ask for besides: a shelf, and other search indexes than the archive's."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from haystack import connections
from haystack.utils.loading import UnifiedIndex

from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.snapshot import forget
from tests.search.engines.shelf import Shelf


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
