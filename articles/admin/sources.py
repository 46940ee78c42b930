"""The desk of sources."""

from django.db.models import Model
from django.http import HttpRequest

from articles.admin.named import NamedAdmin
from articles.models.source import Source


class SourceAdmin(NamedAdmin):
    list_display = ("name", "country", "homepage", "article_link")
    fields = ("name", "slug", "country", "homepage", "notes")
    filter_parameter = "source__id__exact"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a source without articles, and only from its own page."""
        if not isinstance(obj, Source) or obj.articles.exists():
            return False
        return super().has_delete_permission(request, obj)
