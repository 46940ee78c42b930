"""Right after a change: one short try to show it to readers. What cannot be done at once keeps its mark."""

from django.db import transaction

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.indexing import IndexReport

AFTER_A_SAVE = 50  # changes written to the index before the curator sees the next page: a page of the list
BY_BUTTON = 500  # changes written when a curator asks for it; more are for update_index
SECONDS_AFTER_A_SAVE = 0.5
SECONDS_BY_BUTTON = 5.0


def catch_up_after_commit() -> None:
    """Index what changed once the transaction is through; whatever goes wrong then, the change is saved."""
    transaction.on_commit(_catch_up, robust=True)


def _catch_up() -> None:
    if few_enough(AFTER_A_SAVE):
        indexing.index_stale(wait=SECONDS_AFTER_A_SAVE)


def catch_up_now() -> IndexReport:
    """Index everything that waits; for a request only where `few_enough(BY_BUTTON)`."""
    return indexing.index_stale(wait=SECONDS_BY_BUTTON)


def few_enough(limit: int) -> bool:
    """Whether what waits can be indexed within a request: without an index, all articles wait."""
    missing = engine().rules() is None
    return (Article.objects.count() if missing else indexing.waiting()) <= limit
