"""Search help, written from the parser's own table of operators: what it says is what the parser does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.search.operators import FIELDS, OPERATORS
from articles.views.caching import page


@page
def search_help(request: HttpRequest) -> HttpResponse:
    return render(request, "articles/search/help.html", {"operators": OPERATORS, "fields": FIELDS})
