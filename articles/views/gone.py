"""What the address of a withdrawn article answers: that it was, and why where that may be told; nothing of its text."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from articles.models.article import Article, Status
from articles.models.takedown import Takedown

Response = TypeVar("Response", HttpResponse, HttpResponseBase)


def of_article(view: Callable[..., Response]) -> Callable[..., Response]:
    """A page of one article, which says so when the article was withdrawn; drafts and embargoed ones are not found.

    Nothing is asked of the database but where the page itself was not found.
    """

    @wraps(view)
    def answered(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> Response:
        try:
            return view(request, public_id, *args, **kwargs)
        except Http404:
            withdrawn = Article.objects.filter(public_id=public_id, status=Status.WITHDRAWN)
            if (key := withdrawn.values_list("pk", flat=True).first()) is None:
                raise
            return gone(request, key)

    return answered


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
