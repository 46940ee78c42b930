"""What every page knows of the site it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

from articles.preferences import Theme, current
from articles.search.request import SearchRequest

LONGEST_NUMBER = 6  # digits


def site(request: HttpRequest) -> dict[str, Any]:
    """The operator's name for the archive, the empty search that the search box shows by default, and the theme.

    `canonical` is the one address of the page, whatever else a link to it carries; `site_root` begins every address.
    `theme` is empty where the reader's system decides.
    """
    theme = current().theme
    return {
        "site_name": settings.SITE_NAME,
        "asked": SearchRequest(),
        "canonical": canonical(request),
        "site_root": request.build_absolute_uri("/")[:-1],
        "theme": "" if theme is Theme.SYSTEM else theme.value,
    }


def canonical(request: HttpRequest) -> str:
    """The address without what only says where a reader came from; a further page of a list is a page of its own."""
    number = request.GET.get("page", "")
    is_further = number.isdecimal() and len(number) <= LONGEST_NUMBER and int(number) > 1
    further = "?" + urlencode({"page": int(number)}) if is_further else ""
    return request.build_absolute_uri(request.path) + further
