"""Damaged files: a message for the operator instead of whatever Whoosh stumbles over."""

from collections.abc import Iterator
from contextlib import contextmanager

from articles.search.engines.contract import EngineProblem, IndexDamaged

# What reading arrays that were changed ends in; the same errors may be mistakes of ours.
SUSPICIOUS = (ArithmeticError, EOFError, LookupError, MemoryError, OSError, TypeError, ValueError)


@contextmanager
def reading(what: object) -> Iterator[None]:
    """Raises IndexDamaged where a file cannot be read.

    Whoosh answers a damaged file with any exception at all, a bare Exception among them: put this around nothing
    but its reading.
    """
    try:
        yield
    except EngineProblem:
        raise
    except Exception as error:
        raise IndexDamaged(f"{what} cannot be read ({error!r}): run manage.py rebuild_index") from error
