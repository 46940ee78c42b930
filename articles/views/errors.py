"""The page for our own mistakes; the other error pages are Django's views with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that asks nothing of the database."""
    return render(request, "500.html", status=500)
