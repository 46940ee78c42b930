"""The captures of an article: their list in time, and each of them as it was stored, behind glass."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.importing.store.captures import CaptureStore
from articles.models.article import Article
from articles.models.capture import Capture
from articles.views.caching import page
from articles.views.gone import of_article
from articles.views.held import normal_addresses
from articles.views.originals import LARGEST, sealed, shown_type
from articles.views.paging import shelf
from articles.views.timemaps import LINK_FORMAT, http_time, link, moment, timemap_path

IN_TIME = (F("captured_at").asc(nulls_last=True), "pk")


def captures_of(public_id: str) -> QuerySet[Capture]:
    """The captures of an article that anyone may see, in time order, those without a time last."""
    visible = Article.objects.visible().filter(public_id=public_id)
    rows = Capture.objects.filter(article__in=visible).select_related("article", "run")
    return rows.defer("article__body").order_by(*IN_TIME)


def capture_of(public_id: str, sha256: str) -> Capture:
    """The first obtaining of these bytes for a visible article; raises Http404."""
    found = captures_of(public_id).filter(sha256=sha256).first()
    if found is None:
        raise Http404
    return found


@page
@of_article
def captures(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every capture of an article, a page at a time."""
    shown = get_object_or_404(Article.objects.visible().defer("body"), public_id=public_id)
    listed = shelf(request, captures_of(public_id))
    rows = listed.page.object_list = list(listed.page.object_list)
    timemaps = [(url, timemap_path(url), timemap_path(url, "json")) for url in normal_addresses(rows)]
    return render(
        request, "articles/captures.html", {"article": shown, "shelf": listed, "timemaps": timemaps}
    )


@csp_update({"frame-src": [SELF]})  # outermost: «not modified» must say it too
@page
@of_article
def original(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """One capture as it was stored, in a frame where it can do nothing."""
    shown = capture_of(public_id, sha256)
    context = {
        "article": shown.article,
        "capture": shown,
        "framed": shown_type(shown),
        "too_large": shown.size > LARGEST,
    }
    response = render(request, "articles/original.html", context)
    return as_memento(request, response, shown)


def as_memento(request: HttpRequest, response: HttpResponse, shown: Capture) -> HttpResponse:
    """Say when the bytes were obtained, of what, and where its other captures are."""
    for url in normal_addresses([shown]):
        timemap = request.build_absolute_uri(timemap_path(url))
        response["Memento-Datetime"] = http_time(moment(shown))
        response["Link"] = f"{link(url, rel='original')}, {link(timemap, rel='timemap', type=LINK_FORMAT)}"
    return response


@require_safe
@of_article
def raw(request: HttpRequest, public_id: str, sha256: str) -> HttpResponseBase:
    """The stored bytes, sealed: to be shown in the frame, or with `?save` exactly as they are kept."""
    store = CaptureStore(settings.CAPTURES_DIR)
    return sealed(capture_of(public_id, sha256), store, as_file="save" in request.GET)
