"""The desk of captures: evidence, to be looked at."""

from typing import Any

from django.conf import settings
from django.contrib.admin import EmptyFieldListFilter, TabularInline, display
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import ReadOnlyAdmin, article_link
from articles.importing.store.captures import CaptureStore
from articles.models.capture import Capture
from articles.views.originals import readable_type, sealed

DIGEST_SHOWN = 12


class CaptureColumns:
    """How lists show a capture."""

    @display(description=_("الحجم بالبايت"), ordering="size")
    def shown_size(self, obj: Capture) -> str:
        return f"{obj.size:,}"

    @display(description=_("بصمة SHA-256"), ordering="sha256")
    def shown_digest(self, obj: Capture) -> SafeString:
        return format_html('<bdi dir="ltr" class="digest">{}…</bdi>', obj.sha256[:DIGEST_SHOWN])

    @display(description=_("النوع"), ordering="media_type")
    def shown_kind(self, obj: Capture) -> SafeString:
        kind = f"{obj.media_type}; {obj.charset}" if obj.charset else obj.media_type
        return format_html('<bdi dir="ltr">{}</bdi>', kind)

    @display(description=_("الموضع"), ordering="origin")
    def shown_place(self, obj: Capture) -> SafeString:
        return format_html('<bdi dir="ltr" class="place">{} {}</bdi>', obj.origin, obj.locator)


class CaptureInline(CaptureColumns, TabularInline):
    """The captures of an article, on its page."""

    model = Capture
    fields = readonly_fields = ("stored_at", "captured_at", "shown_kind", "shown_size", "shown_digest")
    show_change_link = True
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CaptureAdmin(CaptureColumns, ReadOnlyAdmin):
    list_display = ("shown_place", "shown_article", "stored_at", "shown_kind", "shown_size", "shown_digest")
    list_filter = (("article", EmptyFieldListFilter),)
    search_fields = ("=sha256", "origin")
    search_help_text = _("بصمة SHA-256 كاملة، أو جزء من اسم الملف.")
    ordering = ("-pk",)
    fields = (
        "article",
        ("captured_at", "stored_at"),
        "url",
        ("origin", "locator"),
        ("media_type", "charset"),
        "shown_size",
        "sha256",
        ("run", "extractor"),
    )
    readonly_fields = ("shown_size", "extractor")

    def get_urls(self) -> list[URLPattern]:
        stored = self.admin_site.admin_view(self.stored_view)
        return [path("<int:key>/stored/", stored, name="articles_capture_stored"), *super().get_urls()]

    def stored_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """The stored bytes, sealed, for the frame beside an article's form; with `?save` exactly as they are kept."""
        capture = get_object_or_404(Capture, pk=key)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        store = CaptureStore(settings.CAPTURES_DIR)
        return sealed(capture, store, as_file="save" in request.GET, shown=readable_type(capture))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With each capture's article, but without its text."""
        return super().get_queryset(request).select_related("article", "run").defer("article__body")

    @display(description=_("المقال"), ordering="article")
    def shown_article(self, obj: Capture) -> SafeString | str:
        return article_link(obj.article)
