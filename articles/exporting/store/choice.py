"""Which rows leave: all of them, those changed since a moment, or only what readers see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.exporting.store.tables import (
    ARTICLES,
    CAPTURES,
    COLLECTIONS,
    ITEMS,
    NOT_COPIES,
    REDIRECTS,
    SOURCES,
    STORIES,
    TABLES,
    TAKEDOWNS,
    VERSIONS,
    Table,
)
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.story import StoryMember

PUBLIC = (SOURCES, COLLECTIONS, ARTICLES, REDIRECTS, CAPTURES, VERSIONS, STORIES)


@dataclass(frozen=True, slots=True)
class Choice:
    """What an operator asks for. `since` limits articles and what hangs on them; small tables go whole."""

    published_only: bool = False
    since: datetime | None = None

    @property
    def scope(self) -> str:
        return "published" if self.published_only else "whole"

    @property
    def tables(self) -> tuple[Table, ...]:
        return PUBLIC if self.published_only else TABLES

    def left_out(self, table: Table) -> frozenset[str]:
        """Columns that do not leave."""
        return table.left_out | table.hidden if self.published_only else table.left_out

    def rows(self, table: Table) -> QuerySet[Any]:
        """The rows of a table that leave, in an order that two equal archives share."""
        rows = table.model._default_manager.order_by(*table.order)
        narrow = NARROWER.get(table.name)
        return narrow(self, rows) if narrow else rows

    def articles(self) -> QuerySet[Article]:
        chosen: QuerySet[Article] = Article.objects.order_by()
        if self.published_only:
            chosen = Article.objects.visible().order_by()
        if self.since:
            fresh = Capture.objects.filter(article=OuterRef("pk"), stored_at__gte=self.since)
            came_out = Q(embargoed_until__gte=timezone.localdate(self.since))
            chosen = chosen.filter(Q(updated_at__gte=self.since) | came_out | Exists(fresh))
        return chosen

    def of_articles(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that hang on articles that leave."""
        if not (self.published_only or self.since):
            return rows
        return rows.filter(Exists(self.articles().filter(pk=OuterRef("article_id"))))

    def captures(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.published_only or not self.since:
            return self.of_articles(rows)
        without = Q(article__isnull=True, stored_at__gte=self.since)
        return rows.filter(without | Exists(self.articles().filter(pk=OuterRef("article_id"))))

    def used(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Sources or collections with an article that readers see."""
        return rows.filter(articles__in=Article.objects.visible()).distinct() if self.published_only else rows

    def stories(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of a story, readers see what they see of its members: none where there is only one."""
        if self.since:
            rows = rows.filter(Q(found_at__gte=self.since) | Q(decided_at__gte=self.since))
        if not self.published_only:
            return rows
        seen = StoryMember.objects.filter(story=OuterRef("pk"), article__in=Article.objects.visible())
        return rows.filter(Exists(seen))

    def decisions(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(said_at__gte=self.since) if self.since else rows

    def items(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of whole runs."""
        return rows.filter(run__started_at__gte=self.since) if self.since else rows


NARROWER: dict[str, Callable[[Choice, QuerySet[Any]], QuerySet[Any]]] = {
    SOURCES.name: Choice.used,
    COLLECTIONS.name: Choice.used,
    ARTICLES.name: lambda choice, rows: (
        rows.filter(pk__in=choice.articles().values("pk")) if choice.published_only or choice.since else rows
    ),
    REDIRECTS.name: Choice.of_articles,
    CAPTURES.name: Choice.captures,
    VERSIONS.name: Choice.of_articles,
    TAKEDOWNS.name: Choice.of_articles,
    STORIES.name: Choice.stories,
    NOT_COPIES.name: Choice.decisions,
    ITEMS.name: Choice.items,
}
