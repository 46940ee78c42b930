"""The desk of lines that repeat across the articles of a source: what is no part of any article is dropped."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import RelatedOnlyFieldListFilter, action, display
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import line_curation
from articles.admin.desk import DeskAdmin
from articles.admin.rederiving import derive_again
from articles.line_curation import Decided, TooManyLines
from articles.models.article import Article
from articles.models.extraction import RepeatedLine

APPROVED = ngettext_lazy("يُحذف سطر واحد من مقالات مصدره.", "تُحذف %(number)s أسطر من مقالات مصادرها.", "count")
DISMISSED = ngettext_lazy(
    "يبقى سطر واحد في النص ولا يُقترح ثانية.",
    "تبقى %(number)s أسطر في النص ولا تُقترح ثانية.",
    "count",
)
TAKEN_BACK = ngettext_lazy("عاد سطر واحد مقترحاً.", "عادت %(number)s أسطر مقترحة.", "count")


class RepeatedLineAdmin(DeskAdmin):
    """Grouped by source, the commonest line of each first."""

    list_display = ("shown_line", "source", "shown_count", "shown_state")
    list_display_links = None
    list_filter = ("state", ("source", RelatedOnlyFieldListFilter))
    list_select_related = ("source",)
    search_fields = ("text",)
    search_help_text = _("جزء من السطر كما هو.")
    ordering = ("source__name", "source", "-articles", "pk")
    fields = readonly_fields = (
        "source",
        "shown_line",
        "shown_count",
        "shown_state",
        "found_at",
        "decided_at",
        "decided_by",
    )
    actions = ("approve", "dismiss", "take_back")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RepeatedLine | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            give_examples(changelist.result_list)
        return response

    @display(description=_("السطر"), ordering="text")
    def shown_line(self, obj: RepeatedLine) -> SafeString:
        """The line, and where to look."""
        context = {"line": obj, "articles": getattr(obj, "shown", ())}
        return render_to_string("admin/articles/_repeated_line.html", context)

    @display(description=_("المقالات التي تحمله"), ordering="articles")
    def shown_count(self, obj: RepeatedLine) -> str:
        share = obj.articles / obj.of if obj.of else 0
        return gettext("%(count)s من %(of)s (%(share)s)") % {
            "count": f"{obj.articles:,}",
            "of": f"{obj.of:,}",
            "share": f"{share:.0%}",
        }

    @display(description=_("الحالة"), ordering="state")
    def shown_state(self, obj: RepeatedLine) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', obj.state, obj.get_state_display())

    @action(description=_("احذف الأسطر المختارة من المقالات"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[RepeatedLine]) -> None:
        self._decide(request, queryset, line_curation.approve, APPROVED)

    @action(description=_("أبق الأسطر المختارة في النص"), permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[RepeatedLine]) -> None:
        self._decide(request, queryset, line_curation.dismiss, DISMISSED)

    @action(description=_("تراجع عن القرار في الأسطر المختارة"), permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[RepeatedLine]) -> None:
        self._decide(request, queryset, line_curation.take_back, TAKEN_BACK)

    def _decide(
        self,
        request: HttpRequest,
        queryset: QuerySet[RepeatedLine],
        verb: Callable[..., Decided],
        done: Any,
    ) -> None:
        try:
            decided = verb(queryset, by=request.user)
        except TooManyLines as error:
            sentence = gettext("بلغت قواعد «%(source)s» أقصى ما تحمله من الأسطر، فلم يتغيّر شيء.")
            messages.error(request, sentence % {"source": error.source})
            return
        messages.success(request, done % {"count": decided.lines, "number": f"{decided.lines:,}"})
        if decided.sources:
            derive_again(request, decided.sources)


def give_examples(lines: Any) -> None:
    """Give each line of a page of the list the articles it was seen in, in one query for all of them."""
    lines = list(lines)
    wanted = {public_id for line in lines for public_id in line.examples}
    found = Article.objects.filter(public_id__in=wanted).only("public_id", "title", "language")
    articles = {article.public_id: article for article in found}
    for line in lines:
        line.shown = [articles[public_id] for public_id in line.examples if public_id in articles]
