"""What search engines may know of: a sitemap in parts (sitemaps.org, version 0.9), and robots.txt (RFC 9309).

A part is a stretch of keys, so each is found through the primary key, however large the archive is, and an article
stays in its part for ever. The parts are written as they are sent: none is ever held whole.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from itertools import islice

from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.models.article import Article
from articles.search.holdings import Stocktaking
from articles.search.request import FacetName

KEYS_IN_A_PART = 10_000  # a sitemap may hold 50,000 addresses
OTHER_PAGES = 5_000  # sources, and as many collections
ROWS_AT_ONCE = 1000
XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# A result list has more addresses than there are articles, a capture is evidence and not a page to be found.
ROBOTS = """\
User-agent: *
Allow: /search/help/
Disallow: /search/
Disallow: /a/*?
Disallow: /a/*/captures/
Disallow: /a/*/cite
Disallow: /url/
Disallow: /timemap/

Sitemap: {sitemap}
"""

Line = tuple[str, datetime | None]
asked_for_again = cache_control(private=True, no_cache=True)


@require_safe
@asked_for_again
def robots(request: HttpRequest) -> HttpResponse:
    text = ROBOTS.format(sitemap=request.build_absolute_uri(reverse("articles:sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@asked_for_again
def index(request: HttpRequest) -> HttpResponseBase:
    """The parts that hold something; one query, answered by the index of dates alone."""
    counted = Article.objects.visible().order_by().values_list(F("pk") / KEYS_IN_A_PART).annotate(Count("pk"))
    parts = sorted(number for number, _count in counted)
    paths = [
        reverse("articles:sitemap_pages"),
        *(reverse("articles:sitemap_articles", args=[number]) for number in parts),
    ]
    return streamed("sitemapindex", "sitemap", ((request.build_absolute_uri(path), None) for path in paths))


@require_safe
@asked_for_again
def articles(request: HttpRequest, part: int) -> HttpResponseBase:
    """The published articles of one stretch of keys, each with the moment of its last change."""
    first = part * KEYS_IN_A_PART
    held = Article.objects.visible().filter(pk__gte=first, pk__lt=first + KEYS_IN_A_PART).order_by("pk")
    if not held.exists():
        raise Http404
    rows = held.values_list("public_id", "updated_at").iterator(chunk_size=ROWS_AT_ONCE)
    place = request.build_absolute_uri(reverse("articles:article", args=["-"]))
    return streamed("urlset", "url", ((place.replace("/-/", f"/{key}/"), changed) for key, changed in rows))


@require_safe
@asked_for_again
def pages(request: HttpRequest) -> HttpResponseBase:
    """The pages that lead to articles: the front page, the lists, each source, collection and year."""
    names = ("home", "sources", "authors", "dates", "collections", "search_help")
    held = Stocktaking().holdings(facets=(FacetName.SOURCE, FacetName.COLLECTION))
    sources, collections = (
        sorted(held.facets[facet])[:OTHER_PAGES] if held else []
        for facet in (FacetName.SOURCE, FacetName.COLLECTION)
    )
    years = sorted({period[:4] for period in held.timeline if period}) if held else []
    paths = [
        *(reverse(f"articles:{name}") for name in names),
        *(reverse("articles:source", args=[slug]) for slug in sources),
        *(reverse("articles:collection", args=[slug]) for slug in collections),
        *(reverse("articles:year", args=[int(year)]) for year in years),
    ]
    return streamed("urlset", "url", ((request.build_absolute_uri(path), None) for path in paths))


def streamed(root: str, element: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    return StreamingHttpResponse(written(root, element, lines), content_type=XML)


def written(root: str, element: str, lines: Iterable[Line]) -> Iterator[str]:
    """A sitemap in pieces of some kilobytes: each is a write to the network."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
    waiting = iter(lines)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        yield "".join(line(element, url, changed) for url, changed in some)
    yield f"</{root}>\n"


def line(element: str, url: str, changed: datetime | None) -> str:
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<{element}><loc>{escape(url)}</loc>{when}</{element}>\n"
