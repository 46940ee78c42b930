"""The desk of searches that found nothing: asked again, dismissed, or made a set of other names."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import SimpleListFilter, action, display
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import empty_searches
from articles.admin.desk import DeskAdmin
from articles.admin.filters import Choices
from articles.models.empty_search import EmptySearch
from articles.templatetags.counts import number

MOST_ASKED_AGAIN = 50


class SearchStateFilter(SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = _("الحالة")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("answered", _("صار له جواب")), ("dismissed", _("صُرف النظر عنه")), ("all", _("كلها"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("ينتظر")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "all":
                return queryset
            case "answered":
                return queryset.filter(found__gt=0)
            case "dismissed":
                return queryset.filter(dismissed_at__isnull=False)
        return queryset.filter(dismissed_at=None, found=0)


class EmptySearchAdmin(DeskAdmin):
    list_display = ("shown_text", "count", "first_on", "last_on", "shown_found", "shown_names")
    list_display_links = None
    list_filter = (SearchStateFilter,)
    search_fields = ("text", "key")
    search_help_text = _("جزء مما بُحث عنه.")
    fields = readonly_fields = (
        "text",
        "count",
        "first_on",
        "last_on",
        "found",
        "asked_again_at",
        "dismissed_at",
    )
    actions = ("ask_again", "dismiss", "bring_back")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: EmptySearch | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        empty_searches.absorb()
        return super().changelist_view(request, extra_context)

    @display(description=_("ما بُحث عنه"), ordering="text")
    def shown_text(self, obj: EmptySearch) -> SafeString:
        """Leading to the search as readers see it."""
        address = f"{reverse('articles:search')}?{urlencode({'q': obj.text})}"
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, obj.text)

    @display(description=_("ما يجده الآن"), ordering="found")
    def shown_found(self, obj: EmptySearch) -> str:
        if obj.asked_again_at is None:
            return ""
        return number(obj.found) if obj.found else gettext("لا شيء بعد")

    @display(description=_("أسماء أخرى"))
    def shown_names(self, obj: EmptySearch) -> SafeString:
        address = f"{reverse('admin:articles_synonymgroup_add')}?{urlencode({'term': obj.text})}"
        return format_html('<a href="{}">{}</a>', address, gettext("اصنع مجموعة أسماء"))

    @action(description=_("أعد البحث عن المختارة"), permissions=["change"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[EmptySearch]) -> None:
        asked, answered = empty_searches.ask_again(queryset[:MOST_ASKED_AGAIN])
        said = gettext("أُعيد البحث: %(asked)s، وصار له جواب: %(answered)s.")
        messages.success(request, said % {"asked": number(asked), "answered": number(answered)})

    @action(description=_("اصرف النظر عن المختارة"), permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[EmptySearch]) -> None:
        count = empty_searches.dismiss(queryset)
        messages.success(request, gettext("صُرف النظر عن: %(number)s.") % {"number": number(count)})

    @action(description=_("أعد المختارة إلى الصف"), permissions=["change"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[EmptySearch]) -> None:
        count = empty_searches.bring_back(queryset)
        messages.success(request, gettext("عاد إلى الصف: %(number)s.") % {"number": number(count)})
