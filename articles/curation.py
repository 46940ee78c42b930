"""What curators do to articles.

A verb changes its rows, marks them for the search index and writes down who did it, all in one transaction. The
caller then tries `indexing.index_stale`; when that fails the marks are still there.
"""

from collections.abc import Collection as Several
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles import history
from articles.importing.fingerprints import text_digest, url_digest
from articles.importing.store import versions
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.change import Kind
from articles.models.collection import Collection
from articles.models.evidence import CURATOR
from articles.models.returned_text import ReturnedText
from articles.models.source import Source
from articles.models.tag import Tag
from articles.models.takedown import Takedown
from articles.models.version import ArticleVersion, Cause

BATCH = 2000  # rows changed and logged at a time; bounds the memory of a change to the whole archive
WITHOUT_EVIDENCE = {
    "status",
    "collections",
    "tags",
    "embargoed_until",
}  # what curators decide, not what an article says


class Row(NamedTuple):
    key: int
    title: str
    status: str


# The status of articles


def publish(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Let everyone read them; the number of articles that were not published before.

    Not those taken down, nor those that came in with a text taken down of which nobody decided.
    """
    allowed = not_taken_down(articles).exclude(pk__in=ReturnedText.objects.undecided().values("article"))
    return set_status(allowed, Status.PUBLISHED, by=by, reason=reason, shown=articles)


def withdraw(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Take them from readers and keep them; the number of articles that were not withdrawn before."""
    return set_status(not_taken_down(articles), Status.WITHDRAWN, by=by, reason=reason, shown=articles)


def to_draft(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Take them back to be worked on; the number of articles that were not drafts before. Not those taken down."""
    return set_status(not_taken_down(articles), Status.DRAFT, by=by, reason=reason, shown=articles)


def to_review(articles: Article | ArticleQuerySet, *, by: User, reason: str = "") -> int:
    """Have drafts looked at by who may publish them; the number of drafts. What is no draft stays as it is."""
    drafts = as_set(articles).filter(status=Status.DRAFT)
    return set_status(drafts, Status.IN_REVIEW, by=by, reason=reason, shown=articles)


@transaction.atomic
def set_status(
    articles: ArticleQuerySet,
    status: Status,
    *,
    by: User,
    reason: str = "",
    shown: Article | ArticleQuerySet | None = None,
) -> int:
    """Give articles a status, mark them for the index and write it down; the number of those that had another.

    For other verbs, which say what may become what. `shown` is read again where it is an article.
    """
    changed = 0
    for rows in batches(articles.exclude(status=status)):
        changed += Article.objects.filter(pk__in=[row.key for row in rows]).change(status=status)
        LogEntry.objects.bulk_create(_entry(row, status, by, reason) for row in rows)
        noted = ((row.key, row.title, {"status": [row.status, status.value]}) for row in rows)
        history.note_each(noted, Kind.ARTICLE, by=by, reason=reason)
    refresh(shown)
    return changed


def refresh(shown: Article | ArticleQuerySet | None) -> None:
    """Read again of an article what a verb changed in its row."""
    if isinstance(shown, Article):
        shown.refresh_from_db(fields=["status", "stale_since", "updated_at"])


def as_set(articles: Article | ArticleQuerySet) -> ArticleQuerySet:
    return Article.objects.filter(pk=articles.pk) if isinstance(articles, Article) else articles


def not_taken_down(articles: Article | ArticleQuerySet) -> ArticleQuerySet:
    """Those of the articles that nobody's demand keeps from readers."""
    return as_set(articles).exclude(pk__in=Takedown.objects.standing().values("article"))


def batches(articles: ArticleQuerySet) -> Iterator[list[Row]]:
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


@transaction.atomic
def save_correction(
    article: Article,
    fields: Several[str],
    *,
    by: User | None = None,
    taken_from: int | None = None,
    collections: Several[Collection] | None = None,
    tags: Several[Tag | int] | None = None,
    reason: str = "",
) -> None:
    """Save an article of which a curator gave the `fields`, or which a curator wrote; the text before stays a version.

    Of those fields the evidence is the curator from now on. `text_digest` stays what it was when the text came in:
    that is how the next import knows the same text again. `taken_from` is the number of the version it was taken from.
    `collections` are those that the article is in from now on; without them it stays where it is; so `tags`.
    """
    held = Article.objects.select_for_update().filter(pk=article.pk).first() if article.pk else None
    was = history.fields_of(held) if held else {}
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
    if held:
        before, after = versions.said_by(held), versions.said_by(article)
        corrected = text_digest(after.title, after.body)
        versions.add(
            article,
            before,
            replace(after, text_digest=corrected),
            cause=Cause.CURATOR,
            actor=by,
            base=taken_from,
        )
    if collections is not None:
        article.collections.set(collections)
    if tags is not None:
        article.tags.set(tags)
    history.note(article, was, by=by, reason=reason)


@transaction.atomic
def release(article: Article, name: str, *, by: User) -> bool:
    """Let imports and newer rules set a field again that a curator gave; false where none gave it.

    What it says stays until then.
    """
    held = Article.objects.select_for_update().get(pk=article.pk)
    if held.evidence.get(name, {}).get("place") != CURATOR:
        return False
    article.evidence = held.evidence = {
        field: shown for field, shown in held.evidence.items() if field != name
    }
    held.save()
    label = next(str(field.verbose_name) for field in Article._meta.concrete_fields if field.name == name)
    said = gettext("أُعيد الحقل «%(field)s» إلى المستورد.") % {"field": label}
    history.note_deed(article, by=by, reason=said)
    _log(article, said, by)
    return True


@transaction.atomic
def take_version(article: Article, version: ArticleVersion, *, by: User, reason: str = "") -> bool:
    """Let the article say what one of its versions says, as a correction; false where it says so already."""
    changed = [
        name
        for name in versions.SAID
        if name != "text_digest" and getattr(article, name) != getattr(version, name)
    ]
    if not changed:
        return False
    for name in changed:
        setattr(article, name, getattr(version, name))
    taken = gettext("أُخذ بالصيغة رقم %(number)s.") % {"number": version.number}
    said = f"{taken} {reason.strip()}".strip()
    save_correction(article, changed, by=by, taken_from=version.number, reason=said)
    _log(article, said, by)
    return True


def _log(row: Article | ArticleVersion, message: str, by: User) -> None:
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=CHANGE,
        change_message=message,
    )


@transaction.atomic
def review_edits(edits: QuerySet[ArticleVersion], *, by: User) -> int:
    """Take silent edits from the queue, since somebody looked at them; the number of those that were in it."""
    reviewed = 0
    waiting, last = edits.filter(is_silent=True, reviewed_at=None).order_by("pk").defer("body"), 0
    while rows := list(waiting.filter(pk__gt=last)[:BATCH]):
        last = rows[-1].pk
        reviewed += ArticleVersion.objects.filter(pk__in=[row.pk for row in rows], reviewed_at=None).update(
            reviewed_at=timezone.now()
        )
        kind = ContentType.objects.get_for_model(ArticleVersion)
        LogEntry.objects.bulk_create(
            LogEntry(
                user_id=by.pk,
                content_type=kind,
                object_id=str(row.pk),
                object_repr=str(row)[:200],
                action_flag=CHANGE,
                change_message=gettext("روجع التعديل الصامت."),
            )
            for row in rows
        )
    return reviewed


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
