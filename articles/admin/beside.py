"""What stands beside the form of an article: a stored capture, the text that the rules in force make of it, or the
difference from another version. Looking at another of them saves nothing and loses nothing that was typed.
"""

from copy import copy
from dataclasses import dataclass, field
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.desk import DeskAdmin
from articles.admin.histories import label_of
from articles.importing.records import ExtractedArticle
from articles.importing.reextraction import read_again
from articles.importing.store.captures import CaptureStore
from articles.importing.store.differences import difference
from articles.importing.store.rereading import Reread
from articles.importing.store.versions import said_by, said_in
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.source import Source, name_key
from articles.models.version import ArticleVersion
from articles.views.originals import LARGEST, readable_type

CAPTURE, TEXT, DIFFERENCE = "capture", "text", "difference"
TABS = {CAPTURE: _("الأصل المحفوظ"), TEXT: _("النص بالقواعد الحالية"), DIFFERENCE: _("الفرق عن صيغة")}
LOOK, TAKE, GIVE_BACK = "_beside", "_take", "_give_back"
CHOSEN_CAPTURE, CHOSEN_VERSION = "_capture", "_version"
MOST_CHOICES = 50
TEXTS = ("title", "author", "section", "language", "dateline", "city", "country", "url", "body")


@dataclass(frozen=True, slots=True)
class Read:
    """A field as the rules in force read it; `sent` are the form's values that say so, empty where none can."""

    name: str
    label: str
    text: str
    is_same: bool
    sent: dict[str, str] = field(default_factory=dict)


class BesideAdmin(DeskAdmin):
    """What the desk of articles has beside its form."""

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A button that shows other evidence sends the form along: it is shown again as it was typed, unsaved."""
        pressed = {LOOK, TAKE, GIVE_BACK} & request.POST.keys()
        if object_id and pressed:
            typed = request.POST.copy()
            if GIVE_BACK in pressed:
                self._give_back(request, self._to_change(request, object_id))
            elif TAKE in pressed:
                self._take_into(typed, request, self._to_change(request, object_id))
            request = copy(request)
            request.method, request.typed = "GET", typed  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.typed = getattr(request, "typed", None)  # type: ignore[attr-defined]
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = kwargs.get("obj")
        beside = self._beside(request, shown) if isinstance(shown, Article) and shown.pk else {}
        return super().render_change_form(request, {**context, **beside}, *args, **kwargs)

    def _to_change(self, request: HttpRequest, object_id: str) -> Article:
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return cast(Article, article)

    def _give_back(self, request: HttpRequest, article: Article) -> None:
        name = request.POST.get(GIVE_BACK, "")
        if curation.release(article, name, by=cast(User, request.user)):
            said = gettext("يضبط المستورد الحقل «%(field)s» من جديد عند أول استخراج أو استيراد.")
            messages.success(request, said % {"field": label_of(Article, name)})

    def _take_into(self, typed: QueryDict, request: HttpRequest, article: Article) -> None:
        """Put what the rules read in a field, or in all of them, into the form."""
        chosen = chosen_capture(request, list(captures_of(article)))
        wanted = request.POST.get(TAKE, "")
        for read in reads(article, chosen)[0]:
            if wanted in (read.name, "all"):
                for name, value in read.sent.items():
                    typed[name] = value

    def _beside(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """What the panel shows: the tab asked for, or the capture where there is one."""
        asked = request.POST.get(LOOK) or (
            TEXT if TAKE in request.POST else request.GET.get("beside", CAPTURE)
        )
        tab = asked if asked in TABS else CAPTURE
        captures = list(captures_of(article))
        chosen = chosen_capture(request, captures)
        context: dict[str, Any] = {
            "beside": tab,
            "tabs": TABS.items(),
            "captures": captures,
            "chosen_capture": chosen,
            "is_typed": bool(getattr(request, "typed", None)),
        }
        if tab == TEXT:
            context["reads"], context["not_read"] = reads(article, chosen)
        elif tab == DIFFERENCE:
            context |= version_beside(request, article)
        elif chosen:
            context["is_kept"] = CaptureStore(settings.CAPTURES_DIR).has(chosen.sha256)
            context["is_framed"] = bool(readable_type(chosen)) and chosen.size <= LARGEST
        return context


def captures_of(article: Article) -> Any:
    return article.captures.select_related("run").order_by("-pk")[:MOST_CHOICES]


def chosen_capture(request: HttpRequest, captures: list[Capture]) -> Capture | None:
    """The capture that was asked for, or the newest."""
    asked = request.POST.get(CHOSEN_CAPTURE) or request.GET.get("capture", "")
    found = next((capture for capture in captures if str(capture.pk) == asked), None)
    return found or next(iter(captures), None)


def version_beside(request: HttpRequest, article: Article) -> dict[str, Any]:
    """The versions to choose from, and what the article says otherwise than the one that was chosen."""
    rows = list(article.versions.defer("body").order_by("-number")[:MOST_CHOICES])
    asked = request.POST.get(CHOSEN_VERSION) or request.GET.get("version", "")
    # The newest is often what the article says: the one before it tells more.
    newest = rows[1] if len(rows) > 1 else next(iter(rows), None)
    chosen: ArticleVersion | None = next((row for row in rows if str(row.number) == asked), newest)
    told = difference(said_in(chosen), said_by(article)) if chosen else None
    return {"versions": rows, "chosen_version": chosen, "difference": told}


def reads(article: Article, capture: Capture | None) -> tuple[list[Read], str]:
    """What the rules in force read in a capture, field by field; and why nothing, where that is so (English)."""
    if capture is None:
        return [], "no capture"
    found = read_again(article.pk, capture, CaptureStore(settings.CAPTURES_DIR))
    if isinstance(found, Reread):
        return [], found.message
    said = found.article
    told = [_text(article, said, name) for name in TEXTS]
    told[1:1] = [_source(article, said), _date(article, said)]
    return [read for read in told if read.text], ""


def _text(article: Article, said: ExtractedArticle, name: str) -> Read:
    text = getattr(said, name)
    return Read(name, label_of(Article, name), text, text == getattr(article, name), {name: text})


def _source(article: Article, said: ExtractedArticle) -> Read:
    """A source that the archive does not have yet is not made by looking at it."""
    known = Source.objects.filter(name_key=name_key(said.source)[:200]).first() if said.source else None
    sent = {"source": str(known.pk)} if known else {}
    is_same = known is not None and known.pk == article.source_id
    return Read("source", label_of(Article, "source"), said.source, is_same, sent)


def _date(article: Article, said: ExtractedArticle) -> Read:
    day, precision = said.published.day, said.published.precision
    is_same = (day, precision) == (article.published_on, article.published_precision)
    text = day.isoformat() if day else ""
    sent = {"published_on": text, "published_precision": precision}
    return Read("published_on", label_of(Article, "published_on"), text, is_same, sent)
