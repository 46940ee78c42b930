"""The desk of articles: found by the archive's own search, published and withdrawn in numbers, corrected one by one."""

from typing import Any, cast

from django.contrib.admin import display
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.article_filters import (
    ArticleRunFilter,
    CollectionFilter,
    CorrectedFilter,
    DerivedTitleFilter,
    DoubtFilter,
    LanguageFilter,
    MissingAuthorFilter,
    MissingDateFilter,
    PeriodFilter,
    SourceFilter,
    StatusFilter,
    StoryFilter,
    TagFilter,
    WaitingFilter,
)
from articles.admin.article_form import ArticleForm
from articles.admin.article_list import DayPaginator
from articles.admin.article_queue import QueueAdmin
from articles.admin.article_search import narrowed
from articles.admin.beside import BesideAdmin
from articles.admin.bulk import BulkAdmin
from articles.admin.captures import CaptureInline
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.evidence import shown_evidence
from articles.admin.histories import HistoryAdmin
from articles.admin.queue_filters import EmbargoFilter
from articles.admin.takedowns import TakingDownAdmin
from articles.admin.versions import shown_versions
from articles.models.article import Article, Status
from articles.models.takedown import Takedown
from articles.models.version import ArticleVersion
from articles.search.dates import iso_date

TYPED_ORIGIN = ("url", "external_id")


class ArticleAdmin(BesideAdmin, QueueAdmin, BulkAdmin, TakingDownAdmin, HistoryAdmin):
    form = ArticleForm

    list_display = ("shown_title", "source", "shown_date", "shown_status", "shown_waiting")
    sortable_by = ("shown_title", "shown_date", "shown_status", "shown_waiting")  # whole columns, by an index
    list_select_related = ("source",)
    list_filter = (
        StatusFilter,
        SourceFilter,
        PeriodFilter,
        CollectionFilter,
        TagFilter,
        MissingAuthorFilter,
        MissingDateFilter,
        DoubtFilter,
        StoryFilter,
        CorrectedFilter,
        DerivedTitleFilter,
        LanguageFilter,
        ArticleRunFilter,
        EmbargoFilter,
        WaitingFilter,
    )
    date_hierarchy = "published_on"
    search_fields = ("title",)
    search_help_text = _(
        "بلغة البحث التي في الموقع: كلمات، «عبارة»، -مستبعدة، العنوان:، المصدر:، الكاتب:، التاريخ:2014..2016. "
        "وتُبحث المسودات والمحجوبة أيضاً."
    )

    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    ("shown_status", "embargoed_until"),
                    "source",
                    "author",
                    ("published_on", "published_precision"),
                    "body",
                )
            },
        ),
        (
            _("المكان والتصنيف"),
            {"fields": ("section", "language", "dateline", ("city", "country"), "collections", "tags")},
        ),
        (_("الأصل"), {"fields": (*TYPED_ORIGIN, "evidence_shown", "links_shown")}),
        (_("السجل"), {"fields": ("versions_shown", "public_id", "created_at", "updated_at", "stale_since")}),
    )
    readonly_fields = (
        "shown_status",
        "evidence_shown",
        "links_shown",
        "versions_shown",
        "public_id",
        "created_at",
        "updated_at",
        "stale_since",
    )
    autocomplete_fields = ("source", "collections", "tags")
    inlines = (CaptureInline,)

    # The list

    def get_paginator(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Paginator:
        """That of articles; Django pages the history of one by the same way."""
        if queryset.model is Article:
            return DayPaginator(queryset, *args, **kwargs)
        return super().get_paginator(request, queryset, *args, **kwargs)

    @display(description=_("العنوان"), ordering="title")
    def shown_title(self, obj: Article) -> SafeString:
        return format_html('<bdi lang="{}">{}</bdi>', obj.language, obj.title)

    @display(description=_("التاريخ"), ordering="published_on")
    def shown_date(self, obj: Article) -> SafeString | str:
        """As far as it is known; the day of a crawl is said to be one."""
        written = iso_date(obj.published_on, obj.published_precision)
        if not written:
            return ""
        crawled = gettext("يوم الالتقاط") if obj.date_is_from_crawl else ""
        return format_html(
            '<bdi dir="ltr" class="date">{}</bdi> <span class="quiet">{}</span>', written, crawled
        )

    @display(description=_("الحالة"), ordering="status")
    def shown_status(self, obj: Article) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.status, obj.get_status_display())

    @display(description=_("الفهرسة"), ordering="stale_since")
    def shown_waiting(self, obj: Article) -> SafeString | str:
        return (
            format_html('<span class="badge">{}</span>', gettext("ينتظر"))
            if obj.stale_since
            else gettext("مفهرس")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = search_term.strip()
        return narrowed(queryset, query, request=request) if query else queryset, False

    # One article

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """To be saved, the article is locked first: what the form compares is what it saves over."""
        if request.method == "POST" and connection.in_atomic_block and object_id.isdecimal():
            Article.objects.select_for_update().only("pk").filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """An article that is not kept yet has no address, no evidence and no history to show."""
        shown = super().get_fieldsets(request, obj)
        return shown if obj else [*shown[:2], (shown[2][0], {"fields": TYPED_ORIGIN})]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """When readers see an article is for who may publish."""
        own = self.readonly_fields
        return own if self.has_publish_permission(request) else (*own, "embargoed_until")

    def view_on_site(self, obj: Article) -> str | None:
        return obj.get_absolute_url() if obj.status == Status.PUBLISHED and not obj.is_embargoed else None

    @display(description=_("أدلة الحقول"))
    def evidence_shown(self, obj: Article) -> SafeString:
        return render_to_string("admin/articles/_evidence.html", {"evidence": shown_evidence(obj)})

    @display(description=_("روابط ذات صلة"))
    def links_shown(self, obj: Article) -> SafeString:
        return render_to_string("admin/articles/_links.html", {"links": obj.related_links})

    @display(description=_("صيغ المقال"))
    def versions_shown(self, obj: Article) -> SafeString | str:
        return shown_versions(obj) if obj.pk else ""

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        curation.save_correction(
            obj,
            form.changed_data,
            by=cast(User, request.user),
            collections=form.cleaned_data.get("collections"),
            tags=form.cleaned_data.get("tags"),
        )
        catch_up_after_commit()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a draft that came from no capture, and to which no other address leads: the rest is withdrawn."""
        if not isinstance(obj, Article) or obj.status != Status.DRAFT:
            return False
        if obj.captures.exists() or obj.redirects.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """The versions of what may be deleted go with it, though nobody deletes a version."""
        shown, counts, needed, protected = super().get_deleted_objects(objs, request)
        return (
            shown,
            counts,
            needed
            - {
                ArticleVersion._meta.verbose_name,
                Takedown._meta.verbose_name,
            },
            protected,
        )

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        obj.delete()
        catch_up_after_commit()
