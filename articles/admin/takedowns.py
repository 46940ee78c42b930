"""Taking articles down on somebody's demand: the page that asks why, the one that lifts it, and the list of them."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import display
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import takedown
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.desk import OWN_DIRECTION, DeskAdmin, PlainTextarea, ReadOnlyAdmin, article_link
from articles.models.article import Article, ArticleQuerySet, Status
from articles.models.takedown import Takedown
from articles.takedown import Demand

TAKE_DOWN = "articles.take_down_article"
MOST_AT_ONCE = 500
SHOWN = 20


class DemandForm(forms.ModelForm):
    class Meta:
        model = Takedown
        fields = ("reason", "public_sentence", "is_legal", "requester", "note")
        widgets = {
            "public_sentence": forms.TextInput(attrs={**OWN_DIRECTION, "class": "vTextField"}),
            "requester": forms.TextInput(attrs={**OWN_DIRECTION, "class": "vTextField"}),
            "note": PlainTextarea(attrs={**OWN_DIRECTION, "rows": 4}),
        }


class TakingDownAdmin(DeskAdmin):
    """What the desk of articles has for taking down."""

    def has_take_down_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TAKE_DOWN)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "take-down/",
                self.admin_site.admin_view(self.take_down_view),
                name="articles_article_take_down",
            ),
            path(
                "<int:key>/restore/",
                self.admin_site.admin_view(self.restore_view),
                name="articles_article_restore",
            ),
        ]
        return [*own, *super().get_urls()]

    def take_down_view(self, request: HttpRequest) -> HttpResponse:
        """Ask why, then take the articles of `?keys=` down."""
        if not self.has_take_down_permission(request):
            raise PermissionDenied
        articles = Article.objects.filter(pk__in=keys_in(request.GET.get("keys", "")))
        form = DemandForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._taken_down(request, articles, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("حجب بطلب"),
            "opts": self.opts,
            "form": form,
            "count": articles.count(),
            "articles": [article_link(shown) for shown in articles.defer("body").order_by("pk")[:SHOWN]],
        }
        return render(request, "admin/articles/take_down.html", context)

    def _taken_down(
        self, request: HttpRequest, articles: ArticleQuerySet, said: dict[str, Any]
    ) -> HttpResponse:
        demand = Demand(
            reason=said["reason"],
            sentence=said["public_sentence"],
            is_legal=said["is_legal"],
            requester=said["requester"],
            note=said["note"],
        )
        count = takedown.take_down(articles, demand, by=cast(User, request.user))
        catch_up_after_commit()
        told = ngettext("حُجب مقال واحد بطلب.", "حُجب %(number)s مقال بطلب.", count)
        messages.success(request, told % {"number": f"{count:,}"})
        keys = list(articles.values_list("pk", flat=True)[:2])
        one = reverse("admin:articles_article_change", args=keys) if len(keys) == 1 else ""
        return HttpResponseRedirect(one or reverse("admin:articles_article_changelist"))

    def restore_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Ask, then lift what keeps the article taken down."""
        if not self.has_take_down_permission(request):
            raise PermissionDenied
        standing = Takedown.objects.standing().select_related("article", "taken_by")
        held = get_object_or_404(standing, article=key)
        if request.method == "POST":
            reason = request.POST.get("reason", "")[:200]
            takedown.restore(held.article, by=cast(User, request.user), reason=reason)
            catch_up_after_commit()
            messages.success(request, gettext("رُفع الحجب، وعاد المقال إلى ما كان عليه."))
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[key]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("رفع الحجب"),
            "opts": self.opts,
            "takedown": held,
            "article": article_link(held.article),
        }
        return render(request, "admin/articles/restore.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        may = self.has_take_down_permission(request)
        offered: dict[str, Any] = {
            "takedown": None,
            "take_down_address": "",
            "may_take_down": may,
            "returned": None,
        }
        if isinstance(shown, Article) and shown.pk:
            is_withdrawn = shown.status == Status.WITHDRAWN  # nothing is asked for the others
            offered["takedown"] = takedown.standing_takedown(shown) if is_withdrawn else None
            waits = shown.status != Status.PUBLISHED and not is_withdrawn
            offered["returned"] = takedown.waiting_return(shown) if waits else None
            offered["take_down_address"] = (
                take_down_address([shown.pk]) if may and not offered["takedown"] else ""
            )
        return super().render_change_form(request, {**context, **offered}, *args, **kwargs)


class TakedownAdmin(ReadOnlyAdmin):
    list_display = ("shown_article", "reason", "is_legal", "requester", "taken_at", "taken_by", "lifted_at")
    list_display_links = ("reason",)  # the article's title leads to the article
    list_filter = ("reason", "is_legal")
    list_select_related = ("article", "taken_by")
    search_fields = ("requester", "note", "article__title")
    fields = (
        "shown_article",
        "reason",
        "public_sentence",
        "is_legal",
        ("requester", "note"),
        ("taken_at", "taken_by", "status_before"),
        ("lifted_at", "lifted_by", "lift_reason"),
    )
    readonly_fields = ("shown_article",)

    @display(description=_("المقال"))
    def shown_article(self, obj: Takedown) -> SafeString | str:
        return article_link(obj.article)


def take_down_address(keys: Iterable[int]) -> str:
    written = ",".join(map(str, keys))
    return f"{reverse('admin:articles_article_take_down')}?keys={written}"


def keys_in(written: str) -> list[int]:
    """The keys of an address; what is no key is passed over.

    >>> keys_in("3,x,14")
    [3, 14]
    """
    parts = written.split(",")[:MOST_AT_ONCE]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 19]
