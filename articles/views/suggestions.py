"""Suggestions while a query is typed: for browsers in OpenSearch's format, and grouped by kind with `format=json`."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.search.request import SearchRequest
from articles.search.suggestions import SuggestedName, Suggestions, suggest
from articles.templatetags.counts import articles

SUGGESTIONS_TYPE = "application/x-suggestions+json"  # opensearch.org, «Suggestions extension» 1.1
FRESH_SECONDS = 60  # what is withdrawn may still be suggested to whoever typed the same a minute ago

Absolute = Callable[[str], str]
Row = tuple[str, str, str]  # a completion, what it is, and where it leads


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the reader may be typing in `q`; an empty answer where nothing is known."""
    typed = request.GET.get("q", "")
    found = suggest(typed)
    if request.GET.get("format") == "json":
        response = _json(grouped(found, request.build_absolute_uri))
    else:
        rows = list(listed(found, request.build_absolute_uri))
        response = _json([typed, *map(list, zip(*rows, strict=True))] if rows else [typed, [], [], []])
        response.headers["Content-Type"] = SUGGESTIONS_TYPE
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _json(data: Any) -> JsonResponse:
    return JsonResponse(data, safe=False, json_dumps_params={"ensure_ascii": False})


def listed(found: Suggestions, absolute: Absolute) -> Iterator[Row]:
    """All suggestions in one row, words first."""
    for word in found.words:
        yield word.text, articles(word.count), absolute(_search(SearchRequest(text=word.text).query_string()))
    for meant in found.corrections:
        yield meant.text, _("هل تقصد"), absolute(_search(SearchRequest(text=meant.text).query_string()))
    for title in found.titles:
        yield title.text, _("عنوان مقال"), absolute(title.url)
    for source in found.sources:
        yield source.text, _("مصدر"), absolute(source.url)
    for name in found.names:
        yield name.text, articles(name.count), absolute(_search(name.query_string))
    for place in found.places:
        yield place.text, _("مكان"), absolute(_search(place.query_string))
    for author in found.authors:
        yield author.text, _("كاتب"), absolute(_search(author.query_string))


def grouped(found: Suggestions, absolute: Absolute) -> dict[str, Any]:
    """The suggestions by kind."""
    return {
        "words": [{"text": word.text, "count": word.count} for word in found.words],
        "titles": [{"text": title.text, "url": absolute(title.url)} for title in found.titles],
        "sources": [_name(source, absolute) for source in found.sources],
        "authors": [_name(author, absolute) for author in found.authors],
        "places": [_name(place, absolute) for place in found.places],
        "names": [_name(name, absolute) for name in found.names],
        "corrections": [{"text": meant.text, "reason": meant.reason} for meant in found.corrections],
    }


def _name(name: SuggestedName, absolute: Absolute) -> dict[str, Any]:
    url = name.url or _search(name.query_string)
    return {"text": name.text, "count": name.count, "url": absolute(url)}


def _search(query_string: str) -> str:
    return f"{reverse('articles:search')}?{query_string}"
