"""What every page knows of the site it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.preferences import Theme, current
from articles.search.request import SearchRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """The operator's name for the archive, the empty search that the search box shows by default, and the theme.

    `theme` is empty where the reader's system decides.
    """
    theme = current().theme
    return {
        "site_name": settings.SITE_NAME,
        "asked": SearchRequest(),
        "theme": "" if theme is Theme.SYSTEM else theme.value,
    }
