"""The results page, for people and, with `format=json`, for programs."""

import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from articles import empty_searches
from articles.forms import SearchForm
from articles.search.composition import any_of_words
from articles.search.request import AFTER, MAX_DEPTH, Copies, SearchRequest
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
from articles.views.paging import PageLink, PageLinks, page_links

AHEAD = {"prefetch", "preview", "prerender"}
PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|fetch|preview|monitor|curl|wget|python|java/|http", re.IGNORECASE
)


@page
def results(request: HttpRequest) -> HttpResponse:
    """The hits of one search, and every way to narrow, widen or turn it."""
    form = SearchForm(request.GET)
    asked, after, is_lost = form.as_request(), form.cleaned_data.get(AFTER), AFTER in form.errors
    found = search(replace(asked, page=1) if is_lost else asked, after)
    if request.GET.get("format") == "json":
        # A program that follows `next` must not be given the first page again for a link that was cut.
        status = 400 if is_lost else status_of(found, ask_less=400)
        data = answer(found, form.corrections, request.build_absolute_uri)
        return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    asked = found.request
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
        "links": links_behind(asked, found) if after else links(asked, found),
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
    """Links to the pages that may be asked for by number, and from the last of them to the one after it."""
    last = min(found.pages, MAX_DEPTH // asked.page_size)
    numbered = page_links(asked.page, last, lambda number: asked.on_page(number).query_string())
    return replace(numbered, next=found.next) if numbered and asked.page == last else numbered


def links_behind(asked: SearchRequest, found: SearchPage) -> PageLinks:
    """Links from a page that was reached by a cursor: to the first one and to the next."""
    numbers = (PageLink(1, asked.on_page(1).query_string()), PageLink(None), PageLink(asked.page, "", True))
    return PageLinks(numbers=numbers, previous="", next=found.next)
