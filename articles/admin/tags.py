"""The desk of tags: curators' own words, which no reader sees."""

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

from articles.admin.desk import DeskAdmin
from articles.models.source import name_key
from articles.models.tag import Tag


class TagForm(forms.ModelForm):
    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        same = Tag.objects.filter(name_key=name_key(name)[:100]).exclude(pk=self.instance.pk)
        if taken := same.first():
            raise ValidationError(
                _("هذا الاسم موجود بإملاء آخر أو كما هو: «%(name)s»."), params={"name": taken.name}
            )
        return name


class TagAdmin(DeskAdmin):
    form = TagForm
    fields = ("name",)
    list_display = ("name", "article_link")
    ordering = ("name", "pk")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(article_count=Count("articles"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """In any spelling, for the list and for the box that completes a tag."""
        return queryset.filter(name_key__contains=name_key(search_term)), False

    @display(description=_("المقالات"), ordering="article_count")
    def article_link(self, obj: Any) -> SafeString:
        """The number of articles, leading to their list."""
        address = f"{reverse('admin:articles_article_changelist')}?tag={obj.pk}"
        return format_html('<a href="{}">{}</a>', address, f"{obj.article_count:,}")
