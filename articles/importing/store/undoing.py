"""Takes back what a run added: the one place that removes articles together with their captures.

1 the articles that the run made and nobody worked on since, with its captures of them
2 its other captures, of articles that it did not make and whose text it did not take over, with what they brought
3 the texts that it took over and nobody worked on since: what the articles said before comes back
Each chunk is one transaction; files leave the store when it is safe on disk. Stopped anywhere, it is run again.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from articles.importing.store import known, rows, versions
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.importing.store.rows import CURATOR
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.import_run import ImportItem, ImportRun, Outcome, RunState
from articles.models.source import Source
from articles.models.version import ArticleVersion, Cause

CHUNK = 500
AT_ONCE = timedelta(seconds=1)  # between the two moments of a row that was written once, and to spare

BY_CURATOR = "a curator worked on it: its history in the admin says who"
OF_OTHERS = "it has captures of other runs; undo those first"
CHANGED = "it was changed after the run"
TAKEN_OVER = "the run took over its text, and the text before that is not kept"
TAKEN_OVER_LATER = "a later run took over its text; undo that first"
BUILT_UPON = "its text was taken from what the run captured, by a curator or by newer rules"


@dataclass(frozen=True, slots=True)
class Kept:
    """An item of the run whose article and captures stay, and why."""

    origin: str
    locator: str
    public_id: str
    title: str
    reason: str


@dataclass(slots=True)
class Undone:
    """What was, or would be, taken back; `kept` counts the items that stay. Files are counted when they are gone.

    `restored` are articles that say again what they said before.
    """

    articles: int = 0
    captures: int = 0
    kept: int = 0
    files: int = 0
    restored: int = 0


class _Item(NamedTuple):
    key: int
    article: int
    origin: str
    locator: str


class _Capture(NamedTuple):
    key: int
    sha256: str
    article: int | None
    run: int | None
    stored_at: datetime


@dataclass(slots=True)
class _Was:
    """The columns of an article before a run took over its text, and whether a later run did so too."""

    columns: dict[str, Any] = field(default_factory=dict)
    first_item: int = 0
    is_covered: bool = False


@dataclass(slots=True)
class _Step:
    """What is to become of one chunk."""

    articles: list[int] = field(default_factory=list)
    captures: list[_Capture] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    restored: dict[int, dict[str, Any]] = field(default_factory=dict)
    versions: list[int] = field(default_factory=list)


Report = Callable[[Kept], None]
Progress = Callable[[int], object]


def preview(run: ImportRun, *, report: Report | None = None) -> Undone:
    """What `undo` would take back; `report` hears of every item that would stay."""
    return _go_through(run, None, report, None)


def undo(
    run: ImportRun, *, store: CaptureStore, report: Report | None = None, progress: Progress | None = None
) -> Undone:
    """Take back what the run added and write down that it was undone; `report` hears of every item that stays.

    Deleted articles leave word for the search index. Raises Busy while an import is at work.
    """
    with only_import(store.folder):
        # We hold the lock: a run that still counts as running was killed.
        ImportRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            state=RunState.STOPPED, finished_at=timezone.now()
        )
        undone = _go_through(run, store, report, progress)
        ImportRun.objects.filter(pk=run.pk).update(undone_at=timezone.now())
        ImportItem.objects.filter(mended_by=run).update(mended_by=None)
    return undone


def _go_through(
    run: ImportRun, store: CaptureStore | None, report: Report | None, progress: Progress | None
) -> Undone:
    """Every chunk of the run, judged and, where there is a store, removed."""
    undone = Undone()
    for judge, chunk in _chunks(run):
        digests: set[str] = set()
        with transaction.atomic():
            step = judge(run, chunk)
            added = [capture for capture in step.captures if capture.stored_at >= run.started_at]
            if store:
                _remove(run, step, added)
                digests = {capture.sha256 for capture in added}
        if store and digests:
            undone.files += _discard(store, digests)
        undone.articles += len(step.articles)
        undone.captures += len(added)
        undone.kept += len(step.kept)
        undone.restored += len(step.restored)
        for kept in step.kept:
            if report:
                report(kept)
        if progress:
            progress(len(added))
    return undone


def _chunks(run: ImportRun) -> Iterator[tuple[Callable[[ImportRun, list[int]], _Step], list[int]]]:
    """Keys of items and captures, each chunk with how it is judged; the order is that of the module's steps."""
    items = ImportItem.objects.filter(run=run, article__isnull=False)
    for keys in _keys(items.filter(outcome=Outcome.NEW)):
        yield _made, keys
    for keys in _keys(Capture.objects.filter(run=run)):
        yield _further, keys
    for keys in _keys(items.filter(outcome=Outcome.UPDATED)):
        yield _taken_over, keys


def _keys(found: QuerySet) -> Iterator[list[int]]:
    last = 0
    while keys := list(found.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield keys
        last = keys[-1]


# What is to become of a chunk


def _made(run: ImportRun, keys: list[int]) -> _Step:
    """Articles that the run made: each goes with its captures, or stays with them."""
    items = {item.article: item for item in _items(keys)}
    articles = list(_locked(items))
    captures: dict[int, list[_Capture]] = {key: [] for key in items}
    for capture in _captures(Capture.objects.filter(article__in=list(items))):
        captures[cast(int, capture.article)].append(capture)
    logged, rederived, step = _in_history(items), _rederived(items), _Step()
    for article in articles:
        of_it = captures[article.pk]
        if (
            reason := BY_CURATOR
            if article.pk in logged
            else _reason(run, article, of_it, rederived.get(article.pk))
        ):
            step.kept.append(_kept(items[article.pk], article, reason))
        else:
            step.articles.append(article.pk)
            step.captures += of_it
    return step


def _further(run: ImportRun, keys: list[int]) -> _Step:
    """Captures that made no article go, and those that were added to an article of another run."""
    captures = list(_captures(Capture.objects.filter(pk__in=keys)))
    spoken_for = _outcomes(run, {capture.article for capture in captures if capture.article})
    captures = [capture for capture in captures if not spoken_for.get(capture.article)]
    of = {capture.article for capture in captures if capture.article}
    brought = versions.brought_by(run, of)
    return _Step(
        captures=[capture for capture in captures if capture.article not in brought.built_upon],
        versions=list(brought.of),
        kept=_kept_of(run, brought.built_upon),
    )


def _kept_of(run: ImportRun, articles: set[int]) -> list[Kept]:
    if not articles:
        return []
    all_runs = ImportItem.objects.filter(article__in=articles).order_by("-pk").values_list("pk", "run_id")
    items = {item.article: item for item in _items([key for key, of_run in all_runs if of_run == run.pk])}
    held = Article.objects.only("public_id", "title").in_bulk(list(items))
    return [_kept(item, held[item.article], BUILT_UPON) for item in items.values()]


def _taken_over(run: ImportRun, keys: list[int]) -> _Step:
    """Articles of other runs with the text of this one: what they said before comes back, with what came of it."""
    items = _items(keys)
    outcomes = _outcomes(run, {item.article for item in items})
    others = [item for item in items if outcomes.get(item.article) == {Outcome.UPDATED}]
    articles = {article.pk: article for article in _locked({item.article for item in others})}
    before = _before(run, articles)
    captures: dict[int, list[_Capture]] = {key: [] for key in articles}
    for capture in _captures(Capture.objects.filter(article__in=list(articles))):
        if capture.run == run.pk:
            captures[cast(int, capture.article)].append(capture)
    logged, brought, step = _in_history(articles), versions.brought_by(run, articles), _Step()
    for item in others:
        article, was = articles[item.article], before[item.article]
        reason = BUILT_UPON if article.pk in brought.built_upon else ""
        reason = reason or _reason_to_leave(article, was, captures[article.pk], article.pk in logged)
        if reason:
            step.kept.append(_kept(item, article, reason))
        elif item.key == was.first_item:
            step.restored[article.pk] = was.columns
            step.captures += captures[article.pk]
    step.versions = [key for key, article in brought.of.items() if article in step.restored]
    return step


def _before(run: ImportRun, articles: Iterable[int]) -> dict[int, _Was]:
    """What each article said before the run took over its text."""
    before: dict[int, _Was] = {article: _Was() for article in articles}
    updates = ImportItem.objects.filter(article__in=list(before), outcome=Outcome.UPDATED).order_by("-pk")
    for key, article, of_run, columns in updates.values_list("pk", "article_id", "run_id", "before"):
        was = before[article]
        if (
            of_run == run.pk
        ):  # the first of several has the last word, unless nobody wrote down what was before
            was.columns = {**was.columns, **columns} if columns else {}
            was.first_item = key
        elif of_run > run.pk:
            was.is_covered = True
    return before


def _reason_to_leave(article: Article, was: _Was, captures: Sequence[_Capture], is_logged: bool) -> str:
    """Why a text that the run took over must stay; empty where it need not."""
    if was.is_covered:
        return TAKEN_OVER_LATER
    if not was.columns:
        return TAKEN_OVER
    # The text is written before its capture, in the same transaction.
    if not captures or article.updated_at > max(capture.stored_at for capture in captures):
        return BY_CURATOR if is_logged else CHANGED
    digest, source = was.columns.get("url_digest"), was.columns.get("source")
    taken = digest and Article.objects.filter(url_digest=digest).exclude(pk=article.pk).exists()
    gone = source and not Source.objects.filter(pk=source).exists()
    return CHANGED if taken or gone else ""


def _reason(
    run: ImportRun, article: Article, captures: Sequence[_Capture], rederived: datetime | None
) -> str:
    """Why an article that the run made must stay; empty where it need not.

    `rederived` is when its text was last derived again from the same captures: that is nobody's work on it.
    """
    if any(shown.get("place") == CURATOR for shown in article.evidence.values()):
        return BY_CURATOR
    if any(capture.run != run.pk for capture in captures):
        return OF_OTHERS
    # A run stores a capture in the same transaction as the text it makes of it, and after it.
    by_run = max([article.created_at + AT_ONCE, *(capture.stored_at for capture in captures)])
    by_run = max(by_run, rederived + AT_ONCE) if rederived else by_run
    return CHANGED if article.updated_at > by_run else ""


# One query for a chunk. None names the run as well: a planner that looked for it instead of the keys would read
# the whole run for every chunk.


def _items(keys: list[int]) -> list[_Item]:
    found = ImportItem.objects.filter(pk__in=keys, article__isnull=False).order_by("pk")
    return [_Item(*row) for row in found.values_list("pk", "article_id", "origin", "locator")]


def _captures(found: QuerySet[Capture]) -> Iterator[_Capture]:
    for row in found.order_by().values_list("pk", "sha256", "article_id", "run_id", "stored_at"):
        yield _Capture(*row)


def _locked(keys: Iterable[int]) -> QuerySet[Article]:
    """The articles, held against curators until the chunk is committed."""
    return (
        Article.objects.select_for_update()
        .filter(pk__in=list(keys))
        .order_by("pk")
        .defer("body", "related_links")
    )


def _in_history(keys: Iterable[int]) -> set[int]:
    """Those of the articles that the admin has a history of."""
    kind = ContentType.objects.get_for_model(Article)
    lines = LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).order_by()
    return {int(key) for key in lines.values_list("object_id", flat=True) if key}


def _rederived(keys: Iterable[int]) -> dict[int, datetime]:
    """When the text of each article was last derived again, if ever."""
    versions = ArticleVersion.objects.filter(article__in=list(keys), cause=Cause.EXTRACTION).order_by()
    return dict(versions.values_list("article").annotate(Max("made_at")))


def _outcomes(run: ImportRun, articles: set[int]) -> dict[int | None, set[str]]:
    """Of each article, whether the run made it or took over its text."""
    found: dict[int | None, set[str]] = {}
    items = ImportItem.objects.filter(article__in=articles).order_by()
    for article, of_run, outcome in items.values_list("article_id", "run_id", "outcome"):
        if of_run == run.pk and outcome in (Outcome.NEW, Outcome.UPDATED):
            found.setdefault(article, set()).add(outcome)
    return found


def _kept(item: _Item, article: Article, reason: str) -> Kept:
    return Kept(item.origin, item.locator, article.public_id, article.title, reason)


# Removing


def _remove(run: ImportRun, step: _Step, added: Sequence[_Capture]) -> None:
    """Captures first: an article that has any cannot be deleted."""
    for versions_gone in _slices(step.versions):
        ArticleVersion.objects.filter(pk__in=versions_gone).delete()
    for article, before in step.restored.items():
        Article.objects.filter(pk=article).update(**rows.from_json(before), stale_since=timezone.now())
    if step.restored:
        # As the items of articles that are gone, they name none any more.
        restored = ImportItem.objects.filter(
            article__in=list(step.restored), outcome=Outcome.UPDATED, run=run
        )
        restored.update(article=None, before={})
    added_keys = {capture.key for capture in added}
    older = [capture.key for capture in step.captures if capture.key not in added_keys]
    for keys in _slices(older):
        # Evidence of an earlier run, of which this one made an article: it goes back to having none.
        Capture.objects.filter(pk__in=keys).update(article=None, run=None, extractor="")
    for keys in _slices(sorted(added_keys)):
        Capture.objects.filter(pk__in=keys).delete()
    Article.objects.filter(pk__in=step.articles).only("pk").delete()


def _discard(store: CaptureStore, digests: set[str]) -> int:
    """Remove the files that no capture names any more; their number."""
    gone = digests - known.captures(digests).keys()
    # SQLite may lose its last commits with the power; no capture may come back to a file that is gone.
    os.sync()
    for digest in sorted(gone):
        store.discard(digest)
    return len(gone)


def _slices(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
