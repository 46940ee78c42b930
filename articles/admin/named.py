"""Sources and collections: both have a name that is one in every spelling, and an address made of it."""

from typing import Any

from django import forms
from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import curation
from articles.admin.catching_up import catch_up_after_commit
from articles.admin.histories import TrackedAdmin
from articles.models.collection import Collection
from articles.models.source import Source, name_key

HELD_BY_THE_INDEX = {"name", "slug"}


class NamedForm(forms.ModelForm):
    """Says that a name is taken before the database does."""

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = type(self.instance).objects.filter(name_key=name_key(name)[:200]).exclude(pk=self.instance.pk)
        taken = same.first()
        if taken is None and isinstance(self.instance, Source):
            other = Source.objects.known_as(name)
            taken = other if other and other.pk != self.instance.pk else None
        if taken:
            raise ValidationError(
                _("هذا الاسم موجود بإملاء آخر أو كما هو: «%(name)s»."), params={"name": taken.name}
            )
        return name

    class Meta:
        help_texts = {"slug": _("يُصنع من الاسم إن تُرك فارغاً. تغييره يكسر روابط القراء إلى الصفحة القديمة.")}


class NamedAdmin(TrackedAdmin):
    form = NamedForm
    ordering = ("name", "pk")  # said here: counting articles drops the order of the model
    search_fields = ("name",)
    filter_parameter = ""  # of the list of articles

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Names in any spelling, for the list and for the boxes that complete a name."""
        return queryset.filter(name_key__contains=name_key(search_term)), False

    def save_model(
        self, request: HttpRequest, obj: Source | Collection, form: NamedForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and HELD_BY_THE_INDEX & set(form.changed_data):
            curation.mark_articles_of(obj)
            catch_up_after_commit()

    @display(description=_("المقالات"), ordering="article_count")
    def article_link(self, obj: Any) -> SafeString:
        """The number of articles, leading to their list."""
        address = f"{reverse('admin:articles_article_changelist')}?{self.filter_parameter}={obj.pk}"
        return format_html('<a href="{}">{}</a>', address, f"{obj.article_count:,}")
