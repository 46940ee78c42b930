"""How long a page may be kept: it is asked for again each time, and sent again only when it changed.

A withdrawn article must be gone at once, so nothing is fresh without asking; static files are kept for ever.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """A page to read: GET and HEAD only, with an ETag, kept by the reader's browser alone."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return require_safe(conditional_page(checked))
