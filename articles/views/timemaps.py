"""From an address of the web to what the archive holds of it: the article, and its captures in time.

A TimeMap is RFC 7089's, in link format (RFC 6690); the JSON says the same in the words of a CDX index.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date

from articles.importing import addresses
from articles.models.capture import Capture
from articles.views.caching import page
from articles.views.held import Asked, address_of, article_at, captures_at

LINK_FORMAT = "application/link-format"
UNKNOWN = "-"  # as CDX files write it
WWW = re.compile(r"^www\d*\.")


@page
def at_address(request: HttpRequest, original: str) -> HttpResponse:
    """Lead to the article of an address. Not for ever: a newer capture may make another article of it."""
    asked = Asked.of(request, original)
    found = article_at(asked)
    if found:
        return redirect(found)
    return render(request, "articles/not_held.html", {"address": asked.text}, status=404)


@page
def timemap_link(request: HttpRequest, original: str) -> HttpResponse:
    """The captures of an address as a Memento TimeMap."""
    captures = captures_at(Asked.of(request, original))
    if not captures:
        return HttpResponse("", content_type=LINK_FORMAT, status=404)
    return HttpResponse(",\n".join(links(request, captures)) + "\n", content_type=LINK_FORMAT)


@page
def timemap_json(request: HttpRequest, original: str) -> HttpResponse:
    """The captures of an address as a list of objects with the names of a CDX index."""
    captures = captures_at(Asked.of(request, original))
    rows = [cdx_row(request, capture) for capture in captures]
    return JsonResponse(rows, safe=False, status=200 if rows else 404)


def links(request: HttpRequest, captures: list[Capture]) -> Iterator[str]:
    """The lines of a TimeMap: the original, the map itself with the time it spans, and each memento."""
    mementos = first_of_each(captures)
    original = addresses.normalize(address_of(captures[-1]))
    first, last = (http_time(moment(capture)) for capture in (mementos[0], mementos[-1]))
    itself = request.build_absolute_uri(timemap_path(original))
    yield link(original, rel="original")
    yield link(itself, rel="self", type=LINK_FORMAT, **{"from": first, "until": last})
    for number, capture in enumerate(mementos, start=1):
        rel = f"{'first ' if number == 1 else ''}{'last ' if number == len(mementos) else ''}memento"
        yield link(memento_address(request, capture), rel=rel, datetime=http_time(moment(capture)))


def first_of_each(captures: list[Capture]) -> list[Capture]:
    """One memento for each address of ours: the same bytes obtained again are not another one."""
    seen: dict[tuple[int | None, str], Capture] = {}
    for capture in captures:
        seen.setdefault((capture.article_id, capture.sha256), capture)
    return list(seen.values())


def link(target: str, **attributes: str) -> str:
    """One link; what could end the target or the line is encoded.

    >>> link("http://example.org/<a>", rel="original")
    '<http://example.org/%3Ca%3E>; rel="original"'
    """
    said = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f"<{iri_to_uri(target)}>{said}"


def timemap_path(original: str, form: str = "link") -> str:
    return reverse(f"articles:timemap_{form}", args=[original])


def memento_address(request: HttpRequest, capture: Capture) -> str:
    assert capture.article  # noqa: S101 - only captures of visible articles come here
    path = reverse("articles:original", args=[capture.article.public_id, capture.sha256])
    return request.build_absolute_uri(path)


def cdx_row(request: HttpRequest, capture: Capture) -> dict[str, str]:
    """A capture in the words of CDX, all of them text; `digest` is the SHA-256 of the bytes."""
    assert capture.article  # noqa: S101 - only captures of visible articles come here
    original = address_of(capture)
    return {
        "urlkey": urlkey(original),
        "timestamp": f"{moment(capture):%Y%m%d%H%M%S}",
        "original": original,
        "mimetype": capture.media_type or UNKNOWN,
        "statuscode": str(capture.details.get("status") or UNKNOWN),
        "digest": capture.sha256,
        "length": str(capture.size),
        "article": request.build_absolute_uri(capture.article.get_absolute_url()),
        "memento": memento_address(request, capture),
    }


def urlkey(url: str) -> str:
    """The address with its host turned round, so that what belongs together sorts together (SURT).

    >>> urlkey("https://www.News.example.org:8080/a?b=1")
    'org,example,news:8080)/a?b=1'
    """
    parts = urlsplit(addresses.normalize(url))
    host = ",".join(reversed(WWW.sub("", parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path}{query}".lower()


def moment(capture: Capture) -> datetime:
    assert capture.captured_at  # noqa: S101 - undated captures are in no TimeMap
    return capture.captured_at.astimezone(UTC)


def http_time(when: datetime) -> str:
    """RFC 1123, in GMT."""
    return http_date(when.timestamp())
