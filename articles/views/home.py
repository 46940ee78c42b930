"""The front page: the search box, and what the archive holds."""

from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.article import Article
from articles.views import periods
from articles.views.caching import page
from articles.views.collections import collections_with_articles
from articles.views.paging import in_order
from articles.views.sources import sources_with_articles

LATEST = 8
SOURCES = 10
COLLECTIONS = 10


@page
def home(request: HttpRequest) -> HttpResponse:
    """Search first; then the size of the archive, what came in last, and where to begin browsing."""
    articles = Article.objects.visible()
    context = {
        "holdings": articles.order_by().aggregate(
            articles=Count("pk"), first=Min("published_on"), last=Max("published_on")
        ),
        "latest": in_order(articles.order_by("-pk").values_list("pk", flat=True)[:LATEST]),
        "sources": sources_with_articles()[:SOURCES],
        "source_count": sources_with_articles().count(),
        "collections": collections_with_articles()[:COLLECTIONS],
        "years": periods.years()[::-1],
    }
    return render(request, "articles/home.html", context)
