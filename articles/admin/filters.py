"""What the lists can be narrowed by, beside the plain fields. None reads the whole table to offer its choices."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.import_run import ImportRun
from articles.models.tag import Tag

RECENT_RUNS = 20
MOST_TAGS = 100  # offered; any other is reached from its own desk

Choices = list[tuple[Any, Any]]


class WaitingFilter(SimpleListFilter):
    title = _("الفهرسة")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("yes", _("ينتظر الفهرسة"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(stale_since__isnull=False) if self.value() == "yes" else queryset


class LanguageFilter(SimpleListFilter):
    """An archive of Arabic news asks one thing of a language."""

    title = _("اللغة")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [("ar", _("العربية")), ("other", _("غير العربية"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "ar":
                return queryset.filter(language="ar")
            case "other":
                return queryset.exclude(language="ar")
        return queryset


class CollectionFilter(SimpleListFilter):
    """By membership as a subquery: a join would make the list look for rows found twice."""

    title = _("المجموعة")
    parameter_name = "collection"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(str(key), name) for key, name in Collection.objects.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None or not chosen.isdecimal():
            return queryset
        members = Article.collections.through.objects.filter(collection_id=int(chosen))
        return queryset.filter(pk__in=members.values("article_id"))


class TagFilter(SimpleListFilter):
    """By membership as a subquery, as collections are; curators have more tags than a list can show."""

    title = _("الوسم")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(str(key), name) for key, name in Tag.objects.values_list("pk", "name")[:MOST_TAGS]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None or not chosen.isdecimal():
            return queryset
        members = Article.tags.through.objects.filter(tag_id=int(chosen))
        return queryset.filter(pk__in=members.values("article_id"))


class RunFilter(SimpleListFilter):
    """The latest runs; an older one is reached from its own page."""

    title = _("عملية الاستيراد")
    parameter_name = "run"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Choices:
        return [(str(run.pk), str(run)) for run in ImportRun.objects.defer("inputs", "options")[:RECENT_RUNS]]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(run_id=int(chosen)) if chosen and chosen.isdecimal() else queryset
