"""Browse by collection."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.charts import span_of
from articles.models.article import Article
from articles.models.collection import Collection
from articles.models.source import Source
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName
from articles.views.caching import page
from articles.views.coverage import coverage, in_search, years_of
from articles.views.named import named
from articles.views.paging import article_shelf, keys_shelf, shelf


@page
def collections(request: HttpRequest) -> HttpResponse:
    """Every collection with published articles, by name."""
    held = Stocktaking().holdings(facets=(FacetName.COLLECTION,), over_time=FacetName.COLLECTION)
    rows = (
        named(Collection, held.facets[FacetName.COLLECTION], held.timelines, span_of(held.timeline))
        if held
        else []
    )
    context = {"is_counted": held is not None, "shelf": shelf(request, rows)}
    return render(request, "articles/collections.html", context)


@page
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """The cover of one collection: what it is, its years and sources, and its articles, newest first."""
    shown = get_object_or_404(Collection, slug=slug)
    filters = {FacetName.COLLECTION: (shown.slug,)}
    stock = Stocktaking()
    held = stock.holdings(filters, facets=(FacetName.SOURCE,))
    # A collection may be most of the archive: the index knows its members in order, the database would sort them.
    articles = (
        keys_shelf(request, stock.keys(filters, held.total))
        if held
        else article_shelf(request, Article.objects.visible().filter(collections=shown))
    )
    over_time = coverage(held.timeline if held else {}, in_search(filters))
    sources = named(Source, held.facets[FacetName.SOURCE] if held else {})
    context = {
        "collection": shown,
        "coverage": over_time,
        "years": years_of(over_time),
        "sources": sorted(sources, key=lambda row: -row.count),
        "shelf": articles,
    }
    return render(request, "articles/collection.html", context)
