"""System checks: what an operator must do before the search index can be trusted."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning

from articles.arabic.analysis import fingerprint
from articles.search.engines.connection import engine

HINT = "Run: python manage.py rebuild_index"


def check_index_rules(**options: Any) -> list[CheckMessage]:
    """E001 when the index was built by other analysis rules than those in force, W001 when there is none yet.

    `migrate` names its databases and is told nothing: the index can be rebuilt only once it has run.
    """
    if options.get("databases"):
        return []
    rules = engine().rules()
    if rules is None:
        return [Warning("There is no search index yet.", hint=HINT, id="articles.W001")]
    if rules != fingerprint():
        return [
            Error(
                "The search index was built by other analysis rules or with other fields.",
                hint=HINT,
                id="articles.E001",
            )
        ]
    return []
