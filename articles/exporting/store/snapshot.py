"""One state of the database for as long as it is read, while others write on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is now until the end. Within a transaction, that transaction's state is read."""
    if connection.in_atomic_block:
        yield
        return
    with _reading(connection), transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The state is that of the first question.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
        yield


@contextmanager
def _reading(wrapper: Any) -> Iterator[None]:
    """Let SQLite begin without the lock of a writer, which would keep everybody else from writing."""
    wrapper.ensure_connection()  # which is when the mode is read from the settings
    mode = getattr(wrapper, "transaction_mode", None)
    if mode:
        wrapper.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        if mode:
            wrapper.transaction_mode = mode
