"""The desk of imports: what each run did, and what became of every item."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.code_words import code_word
from articles.admin.desk import ReadOnlyAdmin, article_link
from articles.admin.filters import RunFilter
from articles.admin.undoing import UndoingAdmin, items_address
from articles.models.import_run import ImportItem, ImportRun, Outcome


class ImportRunAdmin(UndoingAdmin):
    list_display = ("__str__", "state", "finished_at", "undone_at", "read", *Outcome.values)
    list_filter = ("state",)
    fields = ("state", "started_at", "finished_at", "undone_at", "totals", "inputs_shown", "options_shown")
    readonly_fields = ("totals", "inputs_shown", "options_shown")
    change_form_template = "admin/articles/importrun/change_form.html"

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
        return render_to_string("admin/articles/_values.html", {"values": list(obj.options.items())})


class ImportItemAdmin(ReadOnlyAdmin):
    list_display = ("shown_place", "shown_outcome", "shown_code", "message", "shown_article", "run")
    list_filter = ("outcome", "code", RunFilter)
    search_fields = ("origin", "locator", "message")
    search_help_text = _("جزء من اسم الملف أو الموضع أو البيان.")
    fields = ("run", "origin", "locator", "outcome", "shown_code", "message", "notes_shown", "article")
    readonly_fields = ("shown_code", "notes_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With each item's run and article, but without the text."""
        rows = super().get_queryset(request).select_related("run", "article")
        return rows.defer("before", "article__body")

    @display(description=_("الموضع"), ordering="pk")
    def shown_place(self, obj: ImportItem) -> SafeString:
        return format_html('<bdi dir="ltr" class="place">{} {}</bdi>', obj.origin, obj.locator)

    @display(description=_("النتيجة"), ordering="outcome")
    def shown_outcome(self, obj: ImportItem) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.outcome, obj.get_outcome_display())

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
