"""Browse by collection."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models.article import Article, Status
from articles.models.collection import Collection
from articles.views.caching import page
from articles.views.paging import article_shelf, shelf


def collections_with_articles() -> QuerySet[Collection]:
    """The collections a reader can find something in, by name, each with its `count`."""
    counted = Collection.objects.annotate(
        count=Count("articles", filter=Q(articles__status=Status.PUBLISHED))
    )
    return counted.filter(count__gt=0).order_by("name")


@page
def collections(request: HttpRequest) -> HttpResponse:
    """Every collection with published articles."""
    return render(
        request, "articles/collections.html", {"shelf": shelf(request, collections_with_articles())}
    )


@page
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection and its articles, the newest first."""
    shown = get_object_or_404(Collection, slug=slug)
    articles = Article.objects.visible().filter(collections=shown)
    return render(
        request, "articles/collection.html", {"collection": shown, "shelf": article_shelf(request, articles)}
    )
