"""The results page, for people and, with `format=json`, for programs."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from articles import empty_searches
from articles.forms import SearchForm
from articles.search.composition import any_of_words
from articles.search.request import MAX_DEPTH, Copies, SearchRequest
from articles.search.results import SearchPage
from articles.search.searching import search
from articles.views.answers import answer
from articles.views.caching import page
from articles.views.choices import (
    copies_choices,
    kept_parameters,
    need_choices,
    size_choices,
    sort_choices,
    view_choices,
)
from articles.views.coverage import extent
from articles.views.naming import naming_address
from articles.views.paging import PageLinks, page_links

AHEAD = {"prefetch", "preview", "prerender"}
PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|fetch|preview|monitor|curl|wget|python|java/|http", re.IGNORECASE
)


@page
def results(request: HttpRequest) -> HttpResponse:
    """The hits of one search, and every way to narrow, widen or turn it."""
    form = SearchForm(request.GET)
    asked = form.as_request()
    found = search(asked)
    if request.GET.get("format") == "json":
        data = answer(found, form.corrections, request.build_absolute_uri)
        return JsonResponse(
            data, status=status_of(found, ask_less=400), json_dumps_params={"ensure_ascii": False}
        )
    context = {
        "asked": asked,
        "found": found,
        "corrections": form.corrections,
        "kept": kept_parameters(asked),
        "sorts": sort_choices(asked),
        "needs": need_choices(asked) if any_of_words(found.query.tree) != found.query.tree else [],
        "copies": copies_choices(asked) if found.repeated or asked.copies is not Copies.SHOW else [],
        "all_copies": asked.with_copies(Copies.SHOW).query_string(),
        "sizes": size_choices(asked),
        "views": view_choices(asked),
        "links": links(asked, found),
        "last_page": asked.on_page(found.pages).query_string() if asked.page > found.pages > 0 else "",
    }
    if not found.total and not found.problem:
        context["extent"] = extent()
        context["naming_address"] = naming_address(request, found.query.tree)
        if is_counted(request, asked):
            empty_searches.note(asked.text)
    return render(request, "articles/search/results.html", context, status=status_of(found, ask_less=200))


def is_counted(request: HttpRequest, asked: SearchRequest) -> bool:
    """Whether a reader asked the whole archive, now and for the first time: no program, no page fetched twice."""
    headers = request.headers
    ahead = {headers.get(name, "").partition(";")[0] for name in ("Sec-Purpose", "Purpose", "X-Moz")}
    agent = headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and asked
        == SearchRequest(text=asked.text, sort=asked.sort, view=asked.view, page_size=asked.page_size)
        and not ahead & AHEAD
        and "If-None-Match" not in headers
        and bool(agent)
        and not PROGRAM.search(agent)
    )


def status_of(found: SearchPage, *, ask_less: int) -> int:
    """503 when the index cannot answer; `ask_less` when it could answer a smaller question."""
    if found.problem is None:
        return 200
    return ask_less if found.problem.code in ("too_deep", "too_costly") else 503


def links(asked: SearchRequest, found: SearchPage) -> PageLinks | None:
    """Links to the pages that may be asked for: the search goes no deeper than MAX_DEPTH hits."""
    last = min(found.pages, MAX_DEPTH // asked.page_size)
    return page_links(asked.page, last, lambda number: asked.on_page(number).query_string())
