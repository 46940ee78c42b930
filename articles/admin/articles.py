"""The desk of articles: found by the archive's own search, published and withdrawn in numbers, corrected one by one."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import EmptyFieldListFilter, action, display
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.article_form import ArticleForm
from articles.admin.article_list import ArticleList, KeysFirstPaginator
from articles.admin.article_search import narrowed
from articles.admin.captures import CaptureInline
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import DeskAdmin
from articles.admin.evidence import shown_evidence
from articles.admin.filters import CollectionFilter, LanguageFilter, WaitingFilter
from articles.admin.versions import shown_versions
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.version import ArticleVersion
from articles.search.dates import iso_date

PUBLISHED = ngettext_lazy("نُشر مقال واحد.", "نُشر %(number)s مقال.", "count")
WITHDRAWN = ngettext_lazy("حُجب مقال واحد.", "حُجب %(number)s مقال.", "count")
DRAFTED = ngettext_lazy("أُعيد مقال واحد إلى المسودات.", "أُعيد %(number)s مقال إلى المسودات.", "count")
UNCHANGED = ngettext_lazy(
    "لم يتغيّر مقال واحد: كانت حالته كذلك.", "لم يتغيّر %(number)s مقال: كانت حالتها كذلك.", "count"
)


class ReasonForm(ActionForm):
    """An action, and why: the reason stands in the history of every article."""

    reason = forms.CharField(
        label=_("السبب"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto", "size": 20})
    )


class ArticleAdmin(DeskAdmin):
    form = ArticleForm
    action_form = ReasonForm
    actions = ("publish", "withdraw", "to_draft")
    paginator = KeysFirstPaginator

    list_display = ("shown_title", "source", "shown_date", "shown_status", "shown_waiting")
    list_select_related = ("source",)
    list_filter = (
        "status",
        WaitingFilter,
        ("published_on", EmptyFieldListFilter),
        ("author", EmptyFieldListFilter),
        "title_is_derived",
        LanguageFilter,
        CollectionFilter,
        "source",
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
                    "status",
                    "source",
                    "author",
                    ("published_on", "published_precision"),
                    "body",
                )
            },
        ),
        (
            _("المكان والتصنيف"),
            {"fields": ("section", "language", "dateline", ("city", "country"), "collections")},
        ),
        (_("الأصل"), {"fields": ("url", "external_id", "evidence_shown", "links_shown")}),
        (_("السجل"), {"fields": ("versions_shown", "public_id", "created_at", "updated_at", "stale_since")}),
    )
    readonly_fields = (
        "evidence_shown",
        "links_shown",
        "versions_shown",
        "public_id",
        "created_at",
        "updated_at",
        "stale_since",
    )
    autocomplete_fields = ("source", "collections")
    radio_fields = {"status": 1}
    inlines = (CaptureInline,)

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return ArticleList

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
        return narrowed(request, queryset, query) if query else queryset, False

    # Actions

    @action(description=_("انشر المقالات المختارة"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._change_status(request, queryset, curation.publish, PUBLISHED)

    @action(description=_("احجب المقالات المختارة"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._change_status(request, queryset, curation.withdraw, WITHDRAWN)

    @action(description=_("أعد المقالات المختارة إلى المسودات"), permissions=["change"])
    def to_draft(self, request: HttpRequest, queryset: ArticleQuerySet) -> None:
        self._change_status(request, queryset, curation.to_draft, DRAFTED)

    def _change_status(
        self, request: HttpRequest, queryset: ArticleQuerySet, verb: Callable[..., int], done: Any
    ) -> None:
        chosen = queryset.count()
        changed = verb(queryset, by=request.user, reason=request.POST.get("reason", ""))
        catch_up_after_commit()
        said = [counted(done, changed)] if changed or not chosen else []
        if unchanged := chosen - changed:
            said.append(counted(UNCHANGED, unchanged))
        self.message_user(request, " ".join(said), messages.SUCCESS)

    # One article

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> tuple[Any, ...]:
        return self.inlines if obj else ()

    def view_on_site(self, obj: Article) -> str | None:
        return obj.get_absolute_url() if obj.status == Status.PUBLISHED else None

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
        curation.save_correction(obj, form.changed_data, by=cast(User, request.user))
        catch_up_after_commit()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a draft that came from no capture: whatever has evidence or was ever public is withdrawn."""
        if not isinstance(obj, Article) or obj.status != Status.DRAFT or obj.captures.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """The versions of what may be deleted go with it, though nobody deletes a version."""
        shown, counts, needed, protected = super().get_deleted_objects(objs, request)
        return shown, counts, needed - {ArticleVersion._meta.verbose_name}, protected

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        obj.delete()
        catch_up_after_commit()


def counted(phrase: Any, count: int) -> str:
    return phrase % {"count": count, "number": f"{count:,}"}
