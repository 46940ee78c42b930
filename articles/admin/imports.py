"""The desk of imports: what each run did, and what became of every item."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import action, display
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.code_words import code_word
from articles.admin.desk import ReadOnlyAdmin, article_link
from articles.admin.filters import RunFilter
from articles.admin.jobs import job_address
from articles.admin.lists import key_in
from articles.admin.queue_filters import MendingFilter, to_mend
from articles.admin.undoing import UndoingAdmin, items_address
from articles.admin.upload_form import ON_DUPLICATE, STATUSES
from articles.importing.options import ERRORS
from articles.jobs import trying_again
from articles.models.import_run import ImportItem, ImportRun, Outcome

TRY_AGAIN = "articles.change_importitem"
OPTIONS = {
    "source": _("المصدر"),
    "collections": _("المجموعات"),
    "status": _("حالة المقالات الجديدة"),
    "on_duplicate": _("إن كان المقال في الأرشيف بنص آخر"),
    "format": _("الصيغة"),
    "encoding": _("الترميز"),
    "column_map": _("ربط الأعمدة"),
    "limit": _("أكثر ما يُقرأ من العناصر"),
    "most_errors": _("أكثر ما يُحتمل من الأخطاء"),
}
CHOICES = dict([*STATUSES.items(), *ON_DUPLICATE])


def shown_option(value: Any) -> str:
    """What was chosen, in words."""
    if isinstance(value, dict):
        return "، ".join(f"{column}={field}" for column, field in value.items())
    if isinstance(value, list):
        return "، ".join(map(str, value))
    return str(CHOICES.get(value, value))


class TryingAgainAdmin(ReadOnlyAdmin):
    """A button that has items which did not come through tried again; the address of a row says which they are."""

    def get_urls(self) -> list[URLPattern]:
        again = require_POST(self.admin_site.admin_view(self.try_again_view))
        name = f"articles_{self.opts.model_name}_try_again"
        return [path("<int:key>/try-again/", again, name=name), *super().get_urls()]

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TRY_AGAIN)

    def items_of(self, key: int) -> QuerySet[ImportItem]:
        raise NotImplementedError

    def try_again_view(self, request: HttpRequest, key: int) -> HttpResponse:
        if not self.has_try_again_permission(request):
            raise PermissionDenied
        return self.tried_again(request, self.items_of(key))

    def tried_again(self, request: HttpRequest, items: QuerySet[ImportItem]) -> HttpResponse:
        """Ask for the job and go to its page; back, where nothing of the items failed."""
        failed = items.filter(outcome__in=ERRORS, mended_by=None).order_by("pk")
        keys = list(failed.values_list("pk", flat=True)[: trying_again.MOST])
        if not keys:
            messages.info(request, gettext("لا شيء مما اخترت يُجرَّب من جديد."))
            return HttpResponseRedirect(reverse("admin:articles_importitem_changelist"))
        return HttpResponseRedirect(job_address(trying_again.ask(keys, by=cast(User, request.user))))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        key = key_in(object_id)
        may = self.has_try_again_permission(request)
        offered = (
            may and key is not None and self.items_of(key).filter(mended_by=None, outcome__in=ERRORS).exists()
        )
        return super().change_view(
            request, object_id, form_url, {"may_try_again": offered, **(extra_context or {})}
        )


class ImportRunAdmin(TryingAgainAdmin, UndoingAdmin):
    list_display = ("__str__", "state", "finished_at", "undone_at", "read", *Outcome.values)
    list_filter = ("state",)
    fields = ("state", "started_at", "finished_at", "undone_at", "totals", "inputs_shown", "options_shown")
    readonly_fields = ("totals", "inputs_shown", "options_shown")
    change_form_template = "admin/articles/importrun/change_form.html"

    def items_of(self, key: int) -> QuerySet[ImportItem]:
        """What failed in it; what was rejected is tried again by choosing it."""
        return to_mend(ImportItem.objects.filter(run=key))

    @display(description=_("ما قُرئ"))
    def totals(self, obj: ImportRun) -> SafeString:
        """The counts by outcome, each leading to its items; unchanged items are only counted."""
        rows = [
            {
                "label": outcome.label,
                "count": getattr(obj, outcome.value),
                "address": "" if outcome is Outcome.UNCHANGED else items_address(obj, outcome),
            }
            for outcome in Outcome
        ]
        return render_to_string("admin/articles/_totals.html", {"rows": rows, "read": obj.read})

    @display(description=_("المدخلات"))
    def inputs_shown(self, obj: ImportRun) -> SafeString:
        return render_to_string(
            "admin/articles/_values.html", {"values": [("", value) for value in obj.inputs]}
        )

    @display(description=_("الخيارات"))
    def options_shown(self, obj: ImportRun) -> SafeString:
        """What the operator or the curator chose; what was left as it is by default is not told."""
        told = {**obj.options, **obj.options.get("reading", {})}
        values = [(label, shown_option(told[name])) for name, label in OPTIONS.items() if told.get(name)]
        return render_to_string("admin/articles/_values.html", {"values": values})


class ImportItemAdmin(TryingAgainAdmin):
    change_form_template = "admin/articles/try_again.html"
    actions = ("try_again",)
    list_display = ("shown_place", "shown_outcome", "shown_code", "message", "shown_article", "run")
    list_filter = ("outcome", MendingFilter, "code", RunFilter)
    search_fields = ("origin", "locator", "message")
    search_help_text = _("جزء من اسم الملف أو الموضع أو البيان.")
    fields = (
        "run",
        "origin",
        "locator",
        "outcome",
        "shown_code",
        "message",
        "notes_shown",
        "article",
        "shown_mending",
    )
    readonly_fields = ("shown_code", "notes_shown", "shown_mending")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With each item's run and article, but without the text."""
        rows = super().get_queryset(request).select_related("run", "article", "mended_by")
        return rows.defer("before", "article__body")

    def items_of(self, key: int) -> QuerySet[ImportItem]:
        return ImportItem.objects.filter(pk=key)

    @action(description=_("جرّب المختارة من جديد"), permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[ImportItem]) -> HttpResponse:
        return self.tried_again(request, ImportItem.objects.filter(pk__in=queryset.order_by().values("pk")))

    @display(description=_("نجح في"))
    def shown_mending(self, obj: ImportItem) -> SafeString | str:
        """The run in which it came through."""
        if obj.mended_by is None:
            return ""
        address = reverse("admin:articles_importrun_change", args=[obj.mended_by.pk])
        return format_html('<a href="{}">{}</a>', address, obj.mended_by)

    @display(description=_("الموضع"), ordering="pk")
    def shown_place(self, obj: ImportItem) -> SafeString:
        return format_html('<bdi dir="ltr" class="place">{} {}</bdi>', obj.origin, obj.locator)

    @display(description=_("النتيجة"), ordering="outcome")
    def shown_outcome(self, obj: ImportItem) -> SafeString:
        mended = gettext("ثم نجح") if obj.mended_by_id else ""
        return format_html(
            '<span class="badge {}">{}</span> {}', obj.outcome, obj.get_outcome_display(), mended
        )

    @display(description=_("السبب"), ordering="code")
    def shown_code(self, obj: ImportItem) -> str:
        return str(code_word(obj.code))

    @display(description=_("المقال"), ordering="article")
    def shown_article(self, obj: ImportItem) -> SafeString | str:
        return article_link(obj.article)

    @display(description=_("ملاحظات"))
    def notes_shown(self, obj: ImportItem) -> SafeString:
        values = [(note.get("code", ""), note.get("text", "")) for note in obj.notes]
        return render_to_string("admin/articles/_values.html", {"values": values})
