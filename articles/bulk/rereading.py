"""Texts of chosen articles read again from their captures; what a curator corrected stays."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from articles import history
from articles.history import Fields
from articles.importing import reextraction
from articles.importing.store.captures import CaptureStore
from articles.importing.store.rereading import CHANGED, Reread
from articles.models.article import Article
from articles.models.change import Kind
from articles.models.version import ArticleVersion, Cause

NOTED = ("title", "author", "section", "language", "dateline", "city", "country", "published_on", "url")
TRIED = 200  # articles that a preview reads for a trial


def reread(keys: Sequence[int], *, by: User, reason: str = "") -> Counter[str]:
    """Read the texts again and write down what changed; how many there were of each outcome. Raises Busy.

    Each portion is written in a transaction of its own: pages are read outside it.
    """
    before = _said(keys)
    changed: list[str] = []

    def note(told: Reread) -> None:
        if told.outcome == CHANGED:
            changed.append(told.public_id)

    counts = reextraction.reextract(_articles(keys), store=_store(), alone=True, report=note)
    found = Article.objects.filter(public_id__in=changed)
    after = _said(list(found.values_list("pk", flat=True)))
    bodies = _bodies(list(after))
    rows = ((key, said["title"], _fields(before[key], said, bodies.get(key))) for key, said in after.items())
    history.note_each(rows, Kind.ARTICLE, by=by, reason=reason)
    return counts


def trial(keys: Sequence[int]) -> tuple[Counter[str], list[Reread]]:
    """What reading these again would change; nothing is written."""
    told: list[Reread] = []
    counts = reextraction.reextract(
        _articles(keys), store=_store(), alone=True, dry_run=True, report=told.append
    )
    return counts, told


def _articles(keys: Sequence[int]) -> Any:
    return Article.objects.filter(pk__in=keys)


def _store() -> CaptureStore:
    return CaptureStore(settings.CAPTURES_DIR)


def _said(keys: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = Article.objects.filter(pk__in=keys).values("pk", *NOTED)
    return {row["pk"]: {name: history.plain(row[name]) for name in NOTED} for row in rows}


def _bodies(keys: Sequence[int]) -> dict[int, list[dict[str, int] | None]]:
    """The numbers of the versions that the reading made and was made of."""
    rows = ArticleVersion.objects.filter(article__in=keys, cause=Cause.EXTRACTION).order_by("number")
    return {
        key: [{history.VERSION: base} if base else None, {history.VERSION: number}]
        for key, base, number in rows.values_list("article", "base", "number")
    }


def _fields(before: dict[str, Any], after: dict[str, Any], body: list[Any] | None) -> Fields:
    told: dict[str, Any] = {
        name: [before[name], after[name]] for name in NOTED if before[name] != after[name]
    }
    return {**told, history.BODY: body} if body else told
