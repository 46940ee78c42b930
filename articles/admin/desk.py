"""What every desk has in common: text in its own direction, pages of one size, and no way to lose evidence."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    AdminURLFieldWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from articles.admin.lists import DeskList, KeysFirstPaginator, key_in, may_be_asked
from articles.models.article import Article

OWN_DIRECTION = {"dir": "auto"}


class PlainTextarea(AdminTextareaWidget):
    """A text with the line breaks it is kept with: browsers send others, and every text would seem changed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        sent = super().value_from_datadict(data, files, name)
        return sent.replace("\r\n", "\n") if sent else sent


class _KnownKeys:
    """Keys that are none are passed over: Django asks the database for whatever an address or a form says."""

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        known = [each for each in value if not each or key_in(str(each)) is not None]
        return super().optgroups(name, known, attrs)  # type: ignore[misc]


class CompletedSelect(_KnownKeys, AutocompleteSelect):  # type: ignore[misc]
    """One row, its name completed while it is typed."""


class CompletedSelectMultiple(_KnownKeys, AutocompleteSelectMultiple):  # type: ignore[misc]
    """Several rows, likewise."""


class ListingAdmin(ModelAdmin):
    """A list under its own name, of one size, that no address breaks."""

    list_per_page = 50
    paginator = KeysFirstPaginator
    # Counts of every filter, and of the whole table beside those found, would read the table on every page.
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskList]:
        return DeskList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only by what the list offers: Django lets an address ask any column for anything, a regex among it."""
        return may_be_asked(tuple(self.list_filter), self.date_hierarchy, lookup)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Under the name of what it lists: Django's «choose one to change» is no Arabic."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class DeskAdmin(ListingAdmin):
    formfield_overrides = {
        models.CharField: {"widget": AdminTextInputWidget(attrs=OWN_DIRECTION)},
        models.TextField: {"widget": PlainTextarea(attrs=OWN_DIRECTION)},
        models.DateField: {"widget": AdminDateWidget(attrs=OWN_DIRECTION)},
        models.URLField: {"widget": AdminURLFieldWidget(attrs=OWN_DIRECTION), "assume_scheme": "https"},
    }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", CompletedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", CompletedSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class LabelledFormSet(BaseInlineFormSet):
    """Rows of a table whose boxes say what they are to who does not see the head of the column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label:  # the key of the row has none
                field.widget.attrs.setdefault("aria-label", field.label)


class ReadOnlyAdmin(DeskAdmin):
    """For what the archive itself writes down: evidence is looked at, never mended."""

    actions: tuple[str, ...] | None = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def article_link(article: Article | None) -> SafeString | str:
    """The title, leading to the article's own desk."""
    if article is None:
        return ""
    address = reverse("admin:articles_article_change", args=[article.pk])
    return format_html('<a href="{}"><bdi lang="{}">{}</bdi></a>', address, article.language, article.title)
