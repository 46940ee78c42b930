"""The front page: the search box, and what the archive holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName
from articles.views.anniversaries import gregorian_day
from articles.views.caching import page
from articles.views.coverage import coverage, in_calendar, years_of
from articles.views.named import Named, named
from articles.views.paging import in_order

LATEST = 8
SOURCES = 10
COLLECTIONS = 10


@page
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then the size of the archive, what came in last, and where to begin browsing."""
    held = Stocktaking().holdings(facets=(FacetName.SOURCE, FacetName.COLLECTION))
    sources = held.facets[FacetName.SOURCE] if held else {}
    collections = held.facets[FacetName.COLLECTION] if held else {}
    shown = coverage(held.timeline if held else {}, in_calendar)
    today = gregorian_day(timezone.localdate())
    latest = Article.objects.visible().order_by("-pk").values_list("pk", flat=True)[:LATEST]
    context = {
        "total": held.total if held else 0,
        "coverage": shown,
        "years": years_of(shown),
        "latest": in_order(latest),
        "sources": _first(named(Source, sources), SOURCES),
        "source_count": len(sources),
        "collections": _first(named(Collection, collections), COLLECTIONS),
        "collection_count": len(collections),
        "today": today,
        "on_this_day": in_order(today.articles().newest_first().values_list("pk", flat=True)[:1]),
    }
    return render(request, "articles/home.html", context)


def _first(rows: list[Named], most: int) -> list[Named]:
    """The fullest, and by name where equally full."""
    return sorted(rows, key=lambda row: (-row.count, row.row.name))[:most]
