"""Browse by source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.charts import span_of
from articles.models.article import Article
from articles.models.source import Source, SourceName
from articles.models.synonyms import SynonymTerm, term_key
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName
from articles.views.author_names import authors_of
from articles.views.caching import page
from articles.views.coverage import coverage, in_search, sections_of, years_of
from articles.views.indexes import index_of
from articles.views.named import named
from articles.views.paging import article_shelf, shelf

AUTHORS = 15


@page
def sources(request: HttpRequest) -> HttpResponse:
    """Every source with published articles, by name; a letter or a country narrows a long list."""
    held = Stocktaking().holdings(facets=(FacetName.SOURCE,), over_time=FacetName.SOURCE)
    timeline, timelines = (held.timeline, held.timelines) if held else ({}, {})
    counts = held.facets[FacetName.SOURCE] if held else {}
    rows = named(Source, counts, timelines, span_of(timeline))
    countries = sorted({row.row.country for row in rows if row.row.country})
    country = request.GET.get("country", "")
    if country in countries:
        rows = [row for row in rows if row.row.country == country]
    index = index_of(rows, request.GET.get("letter", ""))
    kept = {"letter": index.letter, "country": country if country in countries else ""}
    context = {
        "total": len(counts),
        "is_counted": held is not None,
        "index": index,
        "countries": countries,
        "country": kept["country"],
        "shelf": shelf(request, index.rows, {name: value for name, value in kept.items() if value}),
    }
    return render(request, "articles/sources.html", context)


@page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """The cover of one source: what is held of it, its sections and authors, and its articles, newest first."""
    shown = Source.objects.filter(slug=slug).first()
    if shown is None:
        merged = get_object_or_404(SourceName.objects.select_related("source"), former_slug=slug)
        return redirect(merged.source, permanent=True)
    filters = {FacetName.SOURCE: (shown.slug,)}
    held = Stocktaking().holdings(filters, facets=(FacetName.SECTION, FacetName.AUTHOR))
    over_time = coverage(held.timeline if held else {}, in_search(filters))
    context = {
        "source": shown,
        "other_names": other_names(shown),
        "coverage": over_time,
        "years": years_of(over_time),
        "sections": sections_of(held, filters),
        "authors": authors_of(held.facets[FacetName.AUTHOR])[:AUTHORS] if held else [],
        "shelf": article_shelf(request, Article.objects.visible().filter(source=shown)),
    }
    return render(request, "articles/source.html", context)


def other_names(source: Source) -> list[str]:
    """What a source is called as well: by its own other names, and by those that curators keep for searches."""
    name, own = source.name, source.names.values_list("name", flat=True)
    groups = SynonymTerm.objects.filter(key=term_key(name), group__is_active=True).values("group")
    terms = SynonymTerm.objects.filter(group__in=groups).exclude(key=term_key(name)).order_by("order", "pk")
    return list(dict.fromkeys([*own, *terms.values_list("text", flat=True)]))
