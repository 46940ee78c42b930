"""From one article to the next: a filtered list is a queue, and its address goes along with what is opened from it.

A page of the list and those around it are looked at by their keys alone. What a curator corrects may leave the list, so
the form carries the keys that came after it.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from articles.admin.article_list import ArticleList
from articles.admin.desk import DeskAdmin
from articles.models.article import Article

FILTERS = "_changelist_filters"  # Django's own name for it
CARRIED = 10  # keys that a form carries
SAVE_NEXT, FOLLOWING = "_save_next", "_following"
LONGEST_KEY = 18  # digits


class QueueList(ArticleList):
    """The list without its rows."""

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_count = self.paginator.count
        self.result_list = self.queryset.none()
        self.full_result_count = None
        self.show_all = self.can_show_all = self.multi_page = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in its queue: `position` from 1, 0 where it is not in it (any more).

    `previous` and `following` are addresses, empty where there is nothing; `carried` the keys that follow.
    """

    position: int
    total: int
    previous: str
    following: str
    carried: str
    list_address: str


class QueueAdmin(DeskAdmin):
    """What the desk of articles has for going through a list."""

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        own = [
            path("queue/", guarded(self.begin_view), name="articles_article_queue"),
            path("queue/end/", guarded(self.end_view), name="articles_article_queue_end"),
        ]
        return [*own, *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return QueueList if getattr(request, "is_queue", False) else ArticleList

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """The first article of the list that the address names."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        listing = self._listing(request, request.GET)
        first = listing.queryset.values_list("pk", flat=True).first() if listing else None
        return HttpResponseRedirect(address_in(first, request.GET) if first else end_address(request.GET))

    def end_view(self, request: HttpRequest) -> HttpResponse:
        """Nothing comes next: what is left of the list, and where to go from here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        filters = QueryDict(request.GET.get(FILTERS, ""))
        listing = self._listing(request, filters)
        query = on_page(filters, 1).urlencode()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("انتهى الصف"),
            "opts": self.opts,
            "left": listing.result_count if listing else 0,
            "again": f"{reverse('admin:articles_article_queue')}?{query}",
            "list_address": f"{reverse('admin:articles_article_changelist')}?{query}",
        }
        return render(request, "admin/articles/queue_end.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        place = self.place_of(request, shown.pk) if isinstance(shown, Article) and shown.pk else None
        return super().render_change_form(request, {**context, "queue": place}, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if SAVE_NEXT not in request.POST:
            return super().response_change(request, obj)
        messages.success(request, gettext("حُفظ «%(title)s».") % {"title": obj.title})
        return HttpResponseRedirect(self._after(request, obj.pk))

    def place_of(self, request: HttpRequest, key: int) -> Place | None:
        """The place of an article in the list that it was opened from; None where it was opened from none."""
        filters = QueryDict(request.GET.get(FILTERS, ""))
        listing = self._listing(request, filters) if filters else None
        if listing is None:
            return None
        start, keys = window(listing)
        if key in keys:
            at = keys.index(key)
            before, after = keys[:at], keys[at + 1 :]
        else:  # it has left the list: what stands now where it stood comes next
            at, first = -1, (page_of(listing) - 1) * listing.list_per_page - start
            before, after = [], keys[max(first, 0) :] or keys
        number = start + at + 1 if at >= 0 else 0
        size = listing.list_per_page
        next_page = number // size + 1 if number else page_of(listing)
        return Place(
            position=number,
            total=listing.result_count,
            previous=address_in(before[-1], filters, (number - 2) // size + 1) if before else "",
            following=address_in(after[0], filters, next_page) if after else "",
            carried=",".join(map(str, after[:CARRIED])),
            list_address=f"{reverse('admin:articles_article_changelist')}?{filters.urlencode()}",
        )

    def _after(self, request: HttpRequest, key: int) -> str:
        """The first article of those that the form carried which is still in the list."""
        filters = QueryDict(request.GET.get(FILTERS, ""))
        listing = self._listing(request, filters) if filters else None
        if listing is None:
            return reverse("admin:articles_article_changelist")
        carried = keys_of(request.POST.get(FOLLOWING, ""))
        still = (
            set(listing.queryset.filter(pk__in=carried).values_list("pk", flat=True)) if carried else set()
        )
        following = next((each for each in carried if each in still), None)
        if following is None and len(carried) == CARRIED:  # others took all of them meanwhile
            following = next((each for each in window(listing)[1] if each != key), None)
        if following is None:
            return end_address(filters)
        number = page_with(listing, following)
        return address_in(following, filters, number)

    def _listing(self, request: HttpRequest, filters: QueryDict) -> QueueList | None:
        """The list behind an address; None where that is none."""
        quiet = copy(request)
        quiet.GET, quiet.method, quiet.is_queue = filters, "HEAD", True  # type: ignore[attr-defined, assignment]
        try:
            return self.get_changelist_instance(quiet)  # type: ignore[return-value]
        except IncorrectLookupParameters:
            return None


def page_of(listing: QueueList) -> int:
    return max(1, listing.page_num)


def window(listing: QueueList) -> tuple[int, list[int]]:
    """The keys of the page that the address names and of those before and after it, and how many come before them."""
    size = listing.list_per_page
    start = max(0, page_of(listing) - 2) * size
    return start, list(listing.queryset.values_list("pk", flat=True)[start : start + 3 * size])


def page_with(listing: QueueList, key: int) -> int:
    """The page on which a key stands; the one that the address names where it is far from it."""
    start, keys = window(listing)
    return (start + keys.index(key)) // listing.list_per_page + 1 if key in keys else page_of(listing)


def on_page(filters: QueryDict, page: int) -> QueryDict:
    turned = filters.copy()
    turned.pop(PAGE_VAR, None)
    if page > 1:
        turned[PAGE_VAR] = str(page)
    return turned


def address_in(key: int, filters: QueryDict, page: int = 1) -> str:
    """An article as one of a list."""
    kept = on_page(filters, page).urlencode() or f"{PAGE_VAR}=1"
    return f"{reverse('admin:articles_article_change', args=[key])}?{urlencode({FILTERS: kept})}"


def end_address(filters: QueryDict) -> str:
    query = urlencode({FILTERS: on_page(filters, 1).urlencode()})
    return f"{reverse('admin:articles_article_queue_end')}?{query}"


def keys_of(written: str) -> list[int]:
    """The keys that a form carried; what is no key is passed over.

    >>> keys_of("3,x,14")
    [3, 14]
    """
    parts = written.split(",")[:CARRIED]
    return [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) <= LONGEST_KEY]
