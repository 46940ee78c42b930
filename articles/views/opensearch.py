"""The archive as a search engine that browsers can add: an OpenSearch description (version 1.1, draft 6)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

DESCRIPTION_TYPE = "application/opensearchdescription+xml"
LONGEST_SHORT_NAME = 16  # characters, by the specification
ONE_DAY = 24 * 3600


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Where the archive is searched, as a page and as data, and where it suggests."""
    context = {
        "short_name": settings.SITE_NAME[:LONGEST_SHORT_NAME],
        "description": _("بحث في أرشيف الأخبار العربية"),
        "search": request.build_absolute_uri(reverse("articles:search")),
        "suggest": request.build_absolute_uri(reverse("articles:suggest")),
        "itself": request.build_absolute_uri(reverse("articles:opensearch")),
        "icon": request.build_absolute_uri(static("icon.svg")),
        "type": DESCRIPTION_TYPE,
    }
    response = render(request, "opensearch.xml", context, content_type=f"{DESCRIPTION_TYPE}; charset=utf-8")
    patch_cache_control(response, public=True, max_age=ONE_DAY)
    return response
