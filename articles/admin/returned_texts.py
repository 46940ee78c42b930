"""The desk of texts that stand taken down and came in again: taken down too, or another text after all."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import SimpleListFilter, action, display
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import takedown
from articles.admin.desk import DeskAdmin, article_link
from articles.admin.filters import Choices
from articles.admin.takedowns import MOST_AT_ONCE, TAKE_DOWN, take_down_address
from articles.models.returned_text import ReturnedText
from articles.templatetags.counts import number


class DecidedFilter(SimpleListFilter):
    """What waits, unless everything is asked for."""

    title = _("القرار")
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("بُتّ فيه")), ("all", _("كلها"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("ينتظر")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "all":
                return queryset
            case "yes":
                return queryset.filter(decided_at__isnull=False)
        return queryset.filter(decided_at=None)


class ReturnedTextAdmin(DeskAdmin):
    list_display = ("shown_article", "shown_taken_down", "shown_similarity", "found_at", "decided_by")
    list_display_links = None
    list_filter = (DecidedFilter,)
    list_select_related = ("article", "takedown__article", "decided_by")
    fields = readonly_fields = ("shown_article", "shown_taken_down", "found_at", "decided_at", "decided_by")
    actions = ("take_down_too", "another_text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("article__body", "takedown__article__body")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ReturnedText | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TAKE_DOWN)

    @display(description=_("المقال"), ordering="article")
    def shown_article(self, obj: ReturnedText) -> SafeString | str:
        return article_link(obj.article)

    @display(description=_("المحجوب"), ordering="takedown")
    def shown_taken_down(self, obj: ReturnedText) -> SafeString | str:
        return article_link(obj.takedown.article)

    @display(description=_("التشابه"), ordering="similarity")
    def shown_similarity(self, obj: ReturnedText) -> str:
        return f"{obj.similarity:.0%}"

    @action(description=_("احجبها هي أيضاً…"), permissions=["decide"])
    def take_down_too(self, request: HttpRequest, queryset: QuerySet[ReturnedText]) -> HttpResponse:
        """Lead to the page that asks why."""
        keys = queryset.order_by("pk").values_list("article", flat=True)[:MOST_AT_ONCE]
        return HttpResponseRedirect(take_down_address(keys))

    @action(description=_("نصوص أخرى: يجوز نشرها"), permissions=["decide"])
    def another_text(self, request: HttpRequest, queryset: QuerySet[ReturnedText]) -> None:
        count = takedown.let_go(queryset, by=cast(User, request.user))
        messages.success(request, gettext("يجوز نشر: %(number)s.") % {"number": number(count)})
