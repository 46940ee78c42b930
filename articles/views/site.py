"""What every page knows of the site it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.search.request import SearchRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The operator's name for the archive, and the empty search that the search box shows by default."""
    return {"site_name": settings.SITE_NAME, "asked": SearchRequest()}
