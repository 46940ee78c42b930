"""What curators do to articles.

A verb changes its rows, marks them for the search index and writes down who did it, all in one transaction. The
caller then tries `indexing.index_stale`; when that fails the marks are still there.
"""

from collections.abc import Collection as Several
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext

from articles.importing.fingerprints import text_digest, url_digest
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.collection import Collection
from articles.models.source import Source

BATCH = 2000  # rows changed and logged at a time; bounds the memory of a change to the whole archive
CURATOR = "curator"  # the place of evidence for a value that a person gave
WITHOUT_EVIDENCE = {"status", "collections"}  # what curators decide, not what an article says


class Row(NamedTuple):
    key: int
    title: str
    status: str


# The status of articles


def publish(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Let everyone read them; the number of articles that were not published before."""
    return _set_status(articles, Status.PUBLISHED, by, reason)


def withdraw(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Take them from readers and keep them; the number of articles that were not withdrawn before."""
    return _set_status(articles, Status.WITHDRAWN, by, reason)


def to_draft(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Take them back to be worked on; the number of articles that were not drafts before."""
    return _set_status(articles, Status.DRAFT, by, reason)


@transaction.atomic
def _set_status(articles: Article | ArticleQuerySet, status: Status, by: User, reason: str) -> int:
    changed = 0
    for rows in _batches(_as_set(articles).exclude(status=status)):
        changed += Article.objects.filter(pk__in=[row.key for row in rows]).change(status=status)
        LogEntry.objects.bulk_create(_entry(row, status, by, reason) for row in rows)
    if isinstance(articles, Article):
        articles.refresh_from_db(fields=["status", "stale_since", "updated_at"])
    return changed


def _as_set(articles: Article | ArticleQuerySet) -> ArticleQuerySet:
    return Article.objects.filter(pk=articles.pk) if isinstance(articles, Article) else articles


def _batches(articles: ArticleQuerySet) -> Iterator[list[Row]]:
    """The rows in the order of keys. A change may take rows out of the set; those after the last key are still in."""
    rows, last = articles.order_by("pk").values_list("pk", "title", "status"), 0
    while batch := [Row(*row) for row in rows.filter(pk__gt=last)[:BATCH]]:
        yield batch
        last = batch[-1].key


def _entry(row: Row, status: Status, by: User, reason: str) -> LogEntry:
    """The line in the article's history, in the language of who did it."""
    said = gettext("من «%(before)s» إلى «%(after)s».") % {
        "before": Status(row.status).label,
        "after": status.label,
    }
    return LogEntry(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(row.key),
        object_repr=row.title[:200],
        action_flag=CHANGE,
        change_message=f"{said} {reason.strip()}".strip(),
    )


# The text of an article


def save_correction(article: Article, fields: Several[str]) -> None:
    """Save an article of which a curator gave the `fields`, or which a curator wrote.

    Of those fields the evidence is the curator from now on. `text_digest` stays what it was when the text came in:
    that is how the next import knows the same text again.
    """
    given = {"published_on" if name == "published_precision" else name for name in fields} - WITHOUT_EVIDENCE
    article.evidence = {
        **article.evidence,
        **{name: {"place": CURATOR, "text": ""} for name in sorted(given)},
    }
    if "title" in given:
        article.title_is_derived = False
    article.url_digest = url_digest(article.url)
    article.text_digest = article.text_digest or text_digest(article.title, article.body)
    article.touch()
    article.save()


# What articles belong to


def mark_articles_of(owner: Source | Collection) -> int:
    """Mark the articles of a source or a collection, whose name or address the index holds; their number."""
    return owner.articles.all().change()


@transaction.atomic
def delete_collection(collection: Collection) -> int:
    """Delete the collection; its articles stay. Their number."""
    marked = mark_articles_of(collection)
    collection.delete()
    return marked
