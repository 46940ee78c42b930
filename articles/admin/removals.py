"""Deleted articles that the search index has not forgotten yet."""

from articles.admin.desk import ReadOnlyAdmin


class IndexRemovalAdmin(ReadOnlyAdmin):
    list_display = ("article_key", "removed_at")
    ordering = ("pk",)
