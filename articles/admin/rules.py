"""The desk of rules of extraction: written, tried on a page before they are saved, and saved."""

from typing import Any

from django.conf import settings
from django.contrib.admin import display
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.histories import TrackedAdmin
from articles.admin.rederiving import say_command
from articles.admin.rule_form import RulesForm, TrialForm
from articles.admin.trial import NotReadable, Trial, of_capture, of_html
from articles.importing.rule_book import Outlet
from articles.importing.store.captures import CaptureStore
from articles.importing.store.ruling import hosts_of
from articles.models.extraction import ExtractionRules
from articles.models.source import name_key

TRY = "_try"


class ExtractionRulesAdmin(TrackedAdmin):
    form = RulesForm
    list_display = ("source", "shown_hosts", "updated_at")
    list_select_related = ("source",)
    ordering = ("source__name", "pk")
    search_fields = ("source__name",)
    search_help_text = _("اسم المصدر بأي إملاء، أو نطاقه.")
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("source", "hosts")}),
        (
            _("أين تقف حقول المقال"),
            {
                "fields": ("title", "body", "author", "date", "section", "before_metadata"),
                "description": _(
                    "محدِّدات CSS. يُترك فارغاً ما تقرؤه الآلة وحدها: بيانات الصفحة نفسها أصدق من شكلها."
                ),
            },
        ),
        (_("ما يُحذف"), {"fields": ("drop", "drop_lines")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("source",) if obj else ()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        named = queryset.filter(source__name_key__contains=name_key(search_term))
        return named | queryset.filter(hosts__contains=search_term.strip().lower()), False

    @display(description=_("أسماء النطاقات"))
    def shown_hosts(self, obj: ExtractionRules) -> SafeString:
        return format_html_join("، ", '<bdi dir="ltr">{}</bdi>', ((host,) for host in hosts_of(obj)))

    def save_model(self, request: HttpRequest, obj: ExtractionRules, form: RulesForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            say_command(request)

    def delete_model(self, request: HttpRequest, obj: ExtractionRules) -> None:
        super().delete_model(request, obj)
        say_command(request)

    # Trying

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rules = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and TRY in request.POST:
            return self._try(request, rules, object_id)
        trial = {"trial_form": TrialForm(source=rules.source if rules else None)}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **trial})

    def _try(
        self, request: HttpRequest, rules: ExtractionRules | None, object_id: str | None
    ) -> HttpResponse:
        """The form as it was typed, nothing saved, and what its rules make of the page."""
        if object_id and rules is None:
            raise Http404
        allowed = self.has_change_permission(request, rules) if rules else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        source = rules.source if rules else None
        form = self.get_form(request, rules, change=rules is not None)(request.POST, instance=rules)
        trial_form = TrialForm(request.POST, source=source)
        tried, problem = None, ""
        if form.is_valid() and trial_form.is_valid():
            try:
                tried = _tried(form.instance, trial_form.cleaned_data)
            except NotReadable:
                problem = gettext("لا تُقرأ بايتات هذه النسخة؛ يقول الأمر verify_archive لماذا.")
        fieldsets: Any = list(self.get_fieldsets(request, rules))
        read_only = self.get_readonly_fields(request, rules)
        admin_form = AdminForm(form, fieldsets, {}, read_only, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("تجربة القواعد قبل حفظها"),
            "subtitle": str(source) if source else None,
            "adminform": admin_form,
            "errors": AdminErrorList(form, []),
            "object_id": object_id,
            "original": rules,
            "is_popup": False,
            "to_field": None,
            "media": self.media + admin_form.media,
            "inline_admin_formsets": [],
            "preserved_filters": self.get_preserved_filters(request),
            "trial_form": trial_form,
            "trial": tried,
            "trial_problem": problem,
        }
        return self.render_change_form(
            request, context, add=rules is None, change=rules is not None, obj=rules
        )


def _tried(rules: ExtractionRules, given: dict[str, Any]) -> Trial:
    outlet = Outlet(rules.source.name, hosts_of(rules), rules.rules)
    if capture := given["capture"]:
        return of_capture(capture, outlet, CaptureStore(settings.CAPTURES_DIR))
    return of_html(given["html"], outlet)
