"""The newest articles of a search as an Atom feed (RFC 4287): whoever follows a search sees what comes to it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.citations.record import plain
from articles.forms import SearchForm
from articles.models.article import Article, Precision
from articles.search.engines.contract import EngineProblem
from articles.search.highlighting import passages
from articles.search.neighbours import first_articles
from articles.search.request import DEFAULT_PAGE_SIZE, SearchRequest, Sort
from articles.views.caching import page

ATOM = "application/atom+xml"
ENTRIES = 30
SUMMARY_LENGTH = 300  # characters
MINTED = "2025"  # ids of searches are of RFC 4151, which wants a year; it must never change
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
SECONDS_TO_RETRY = 600


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a feed shows it; `published` is None where its day is not known."""

    article: Article
    id: str
    url: str
    title: str
    author: str
    section: str
    source: str
    published: datetime | None
    summary: str


@page
def feed(request: HttpRequest) -> HttpResponse:
    """The first entries of a search, newest first unless the address says otherwise, whatever page it names."""
    form = SearchForm(request.GET)
    asked = form.as_request()
    sort = asked.sort if form.cleaned_data.get("sort") else Sort.NEWEST
    asked = replace(asked, sort=sort, page=1, page_size=DEFAULT_PAGE_SIZE)
    try:
        articles = first_articles(replace(asked, page_size=ENTRIES))
    except EngineProblem as problem:
        return no_feed(problem)
    query = asked.query_string()
    context = {
        "about": about(asked) or _("أحدث المقالات"),
        "id": tag(request, MINTED, f"{reverse('articles:search')}?{query}"),
        "itself": request.build_absolute_uri(f"{reverse('articles:feed')}?{query}"),
        "results": request.build_absolute_uri(f"{reverse('articles:search')}?{query}"),
        "sources": request.build_absolute_uri(reverse("articles:sources")),
        "updated": max((article.updated_at for article in articles), default=NEVER),
        "entries": [entry(request, article) for article in articles],
    }
    return render(request, "articles/search/feed.xml", context, content_type=f"{ATOM}; charset=utf-8")


def no_feed(problem: EngineProblem) -> HttpResponse:
    """Say whether to ask again later or to ask for less; what a reader has of the feed stays."""
    if problem.code == "too_costly":
        return HttpResponse(status=400)
    return HttpResponse(status=503, headers={"Retry-After": str(SECONDS_TO_RETRY)})


def about(asked: SearchRequest) -> str:
    """What is searched for, in few words: the query and what it is narrowed to."""
    narrowed = (value.replace("-", " ") for values in asked.filters.values() for value in values)
    return plain("، ".join(filter(None, (asked.text, *narrowed))))


def tag(request: HttpRequest, minted: str, specific: str) -> str:
    """A `tag:` address, which stays the same when the archive moves to https or another port."""
    host = request.get_host().partition(":")[0]
    return f"tag:{host},{minted}:{specific}"


def entry(request: HttpRequest, article: Article) -> Entry:
    day_known = article.published_precision == Precision.DAY and not article.date_is_from_crawl
    beginning = passages(article.body, (), count=1, length=SUMMARY_LENGTH)
    return Entry(
        article=article,
        id=tag(request, f"{article.created_at:%Y-%m-%d}", article.get_absolute_url()),
        url=request.build_absolute_uri(article.get_absolute_url()),
        title=plain(article.title),
        author=plain(article.author),
        section=plain(article.section),
        source=plain(article.source.name) if article.source else "",
        published=midnight(article.published_on) if article.published_on and day_known else None,
        summary=plain("".join(piece.text for passage in beginning for piece in passage.pieces)),
    )


def midnight(day: date) -> datetime:
    """The moment at which Atom, which knows no days, has a day begin."""
    return datetime.combine(day, time(), tzinfo=UTC)
