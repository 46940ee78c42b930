"""What the address of an article answers that is not there: that it was withdrawn, and why where that may be told,
nothing of its text; or where the article is that it was merged into.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from articles.models.article import Article, Status
from articles.models.redirect import ArticleRedirect
from articles.models.takedown import Takedown

Response = TypeVar("Response", HttpResponse, HttpResponseBase)


def of_article(view: Callable[..., Response]) -> Callable[..., Response]:
    """A page of one article, which says so when the article was withdrawn, and leads on when it was merged; drafts
    and embargoed ones are not found.

    Nothing is asked of the database but where the page itself was not found.
    """

    @wraps(view)
    def answered(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> Response:
        try:
            return view(request, public_id, *args, **kwargs)
        except Http404:
            held = Article.objects.filter(public_id=public_id).values_list("pk", "status").first()
            if held is None and (merged := merged_into(request, public_id, kwargs)):
                return merged
            if held is None or held[1] != Status.WITHDRAWN:
                raise
            return gone(request, held[0])

    return answered


def merged_into(request: HttpRequest, public_id: str, named: Mapping[str, Any]) -> HttpResponse | None:
    """The same page of the article that this one was merged into, for ever; None where nobody may know of it.

    `named` is what else the address names. A version has another number there.
    """
    redirect = ArticleRedirect.objects.filter(public_id=public_id).select_related("article").defer("held")
    if (found := redirect.defer("article__body").first()) is None:
        return None
    lead = found.article
    if lead.status == Status.WITHDRAWN:
        return gone(request, lead.pk)
    if lead.status != Status.PUBLISHED or lead.is_embargoed:
        return None
    return HttpResponsePermanentRedirect(same_page(request, found, named))


def same_page(request: HttpRequest, redirect: ArticleRedirect, named: Mapping[str, Any]) -> str:
    """The address below the lead's that this one is below the merged article's, with its query."""
    at = {**named, "public_id": redirect.article.public_id}
    if "number" in at:
        at["number"] += redirect.version_offset
    match = request.resolver_match
    address = reverse(match.view_name if match else "articles:article", kwargs=at)
    query = request.META.get("QUERY_STRING", "")
    return iri_to_uri(f"{address}?{query}" if query else address)


def gone(request: HttpRequest, key: int) -> HttpResponse:
    """410, or 451 where the law demanded it (RFC 7725); the article itself is not even read."""
    takedown = Takedown.objects.standing().filter(article=key).defer("requester", "note").first()
    is_legal = takedown is not None and takedown.is_legal
    status = HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS if is_legal else HTTPStatus.GONE
    response = render(request, "articles/gone.html", {"takedown": takedown}, status=status)
    response["X-Robots-Tag"] = "noindex"
    if is_legal and settings.OPERATOR_URL:
        response["Link"] = f'<{settings.OPERATOR_URL}>; rel="blocked-by"'
    return response
