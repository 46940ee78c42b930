"""For the machine that watches the machine: does the database answer, does the index."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models.article import Article
from articles.search.engines.connection import engine
from articles.search.engines.contract import EngineProblem


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """One line a part; 503 when a part does not answer."""
    lines = {"database": database_state(), "index": index_state()}
    well = not any(state.startswith("failed") for state in lines.values())
    text = "".join(f"{part}: {state}\n" for part, state in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=200 if well else 503)


def database_state() -> str:
    try:
        Article.objects.exists()
    except DatabaseError as error:
        return f"failed ({type(error).__name__})"
    return "ok"


def index_state() -> str:
    try:
        return f"ok, {engine().document_count()} articles"
    except EngineProblem as problem:
        return f"failed ({problem.code})"
