"""Browse by date: the years, then a year, a month or a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.article import Article
from articles.views import periods
from articles.views.caching import page
from articles.views.paging import article_shelf


@page
def years(request: HttpRequest) -> HttpResponse:
    """The years of the archive, the newest first."""
    undated = Article.objects.visible().filter(published_on__isnull=True).count()
    context = {"years": periods.years()[::-1], "undated": undated}
    return render(request, "articles/dates.html", context)


@page
def period(request: HttpRequest, year: int, month: int | None = None, day: int | None = None) -> HttpResponse:
    """The articles of a year, a month or a day; 404 where the calendar has no such day."""
    shown = periods.period(year, month, day)
    if shown is None:
        raise Http404
    context = {"period": shown, "parts": shown.parts(), "shelf": article_shelf(request, shown.articles())}
    return render(request, "articles/period.html", context)
