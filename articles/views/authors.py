"""Browse by author: names as the articles give them, the spellings of one name together."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.source import Source, name_key
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName
from articles.views.author_names import FOLDED, authors_of
from articles.views.caching import page
from articles.views.coverage import coverage, in_search, search_address, sections_of, years_of
from articles.views.indexes import index_of
from articles.views.named import named
from articles.views.paging import keys_shelf, shelf


@page
def authors(request: HttpRequest) -> HttpResponse:
    """Every author of published articles: those with most articles, or all under a letter."""
    held = Stocktaking().holdings(facets=(FacetName.AUTHOR,))
    known = authors_of(held.facets[FacetName.AUTHOR] if held else {})
    index = index_of(known, request.GET.get("letter", ""))
    rows = sorted(index.rows, key=lambda author: author.filed) if index.letter or not index.letters else known
    context = {
        "total": len(known),
        "is_counted": held is not None,
        "index": index,
        "shelf": shelf(request, rows, {"letter": index.letter} if index.letter else {}),
    }
    return render(request, "articles/authors.html", context)


@page
def author(request: HttpRequest, name: str) -> HttpResponse:
    """One author under any spelling of the name: years, sources, sections, and the articles, newest first."""
    stock = Stocktaking()
    held = stock.holdings(facets=(FacetName.AUTHOR,))
    if held is None:
        return render(request, "articles/not_counted.html", status=503)
    spellings = {
        spelling: count
        for spelling, count in held.facets[FacetName.AUTHOR].items()
        if FOLDED[spelling][0] == name_key(name)
    }
    if not spellings:
        raise Http404
    shown = authors_of(spellings)[0]
    filters = {FacetName.AUTHOR: shown.spellings}
    held = stock.holdings(filters, facets=(FacetName.SOURCE, FacetName.SECTION))
    over_time = coverage(held.timeline if held else {}, in_search(filters))
    sources = named(Source, held.facets[FacetName.SOURCE] if held else {})
    context = {
        "author": shown,
        "search": search_address(filters),
        "coverage": over_time,
        "years": years_of(over_time),
        "sources": sorted(sources, key=lambda row: -row.count),
        "sections": sections_of(held, filters),
        "shelf": keys_shelf(request, stock.keys(filters, shown.count)),
    }
    return render(request, "articles/author.html", context)
