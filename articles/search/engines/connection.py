"""The engine in use."""

from typing import cast

from haystack import connections

from articles.search.engines.contract import Engine


def engine() -> Engine:
    """The engine of Haystack's default connection, one to a thread; they share one searcher a process."""
    return cast(Engine, connections["default"].get_backend())
