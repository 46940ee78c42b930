"""Browse by source."""

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models.article import Article, Status
from articles.models.source import Source
from articles.views.caching import page
from articles.views.paging import article_shelf, shelf

VISIBLE = Q(articles__status=Status.PUBLISHED)


def sources_with_articles() -> QuerySet[Source]:
    """The sources a reader can find something in, the fullest first, with `count`, `first` and `last` day."""
    counted = Source.objects.annotate(
        count=Count("articles", filter=VISIBLE),
        first=Min("articles__published_on", filter=VISIBLE),
        last=Max("articles__published_on", filter=VISIBLE),
    )
    return counted.filter(count__gt=0).order_by("-count", "name")


@page
def sources(request: HttpRequest) -> HttpResponse:
    """Every source with published articles."""
    return render(request, "articles/sources.html", {"shelf": shelf(request, sources_with_articles())})


@page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source and its articles, the newest first."""
    shown = get_object_or_404(Source, slug=slug)
    articles = Article.objects.visible().filter(source=shown)
    span = articles.aggregate(first=Min("published_on"), last=Max("published_on"))
    return render(
        request,
        "articles/source.html",
        {"source": shown, "span": span, "shelf": article_shelf(request, articles)},
    )
