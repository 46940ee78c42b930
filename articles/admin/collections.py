"""The desk of collections."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.named import NamedAdmin
from articles.models.collection import Collection

LEAVING = _("مقالات تخرج من المجموعة وتبقى في الأرشيف")


class CollectionAdmin(NamedAdmin):
    list_display = ("name", "slug", "article_link")
    fields = ("name", "slug", "description")
    filter_parameter = "collection"

    def get_deleted_objects(
        self, objs: Iterable[Collection], request: HttpRequest
    ) -> tuple[list[Any], dict[Any, int], set[Any], list[Any]]:
        """For the page that asks: the number of articles that leave the collection, not a line for each."""
        collections = list(objs)
        leaving = sum(collection.articles.count() for collection in collections)
        return [str(held) for held in collections], {LEAVING: leaving}, set(), []

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        curation.delete_collection(obj)
        catch_up_after_commit()
