"""The desk of words that a search takes as they stand: in force at once, with a preview of what would change."""

from typing import Any

from django import forms
from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.previewing import PreviewedAdmin
from articles.jobs.index_work import sentence_of
from articles.models.source import name_key
from articles.models.stem_exceptions import MOST_WORDS, StemException, WordKind
from articles.search.kept_words import KeptWord, forms_of
from articles.search.name_book import NameBook
from articles.search.names import groups_in_force, kept_in_force, name_book
from articles.search.what_if import forms_apart, what_if

FORMS_SHOWN = 12


class StemExceptionForm(forms.ModelForm):
    """Says that a word is kept already before the database does, and that there are enough of them."""

    def clean_word(self) -> str:
        word = " ".join(self.cleaned_data["word"].split())
        others = StemException.objects.exclude(pk=self.instance.pk)
        if taken := others.filter(key=name_key(word)[:100]).first():
            raise ValidationError(
                _("هذه الكلمة موجودة بإملاء آخر أو كما هي: «%(word)s»."), params={"word": taken.word}
            )
        if others.count() >= MOST_WORDS:
            raise ValidationError(
                _("لا تزيد هذه الكلمات على %(limit)s."), params={"limit": f"{MOST_WORDS:,}"}
            )
        return word


class StemExceptionAdmin(PreviewedAdmin):
    form = StemExceptionForm
    preview_template = "admin/articles/stemexception/_preview.html"
    list_display = ("word", "kind", "is_apart", "is_active", "shown_note")
    list_filter = ("kind", "is_active", "is_apart")
    ordering = ("word", "pk")
    search_fields = ("word",)
    search_help_text = _("الكلمة بأي إملاء.")
    fieldsets = (
        (
            None,
            {
                "fields": ("word", "kind", "is_apart", "is_active", "note"),
                "description": _(
                    "يجمع البحث صور الكلمة الواحدة بجذعها. ما يُكتب هنا يُبحث كما هو وما يتصل به، فلا يُخلط اسم "
                    "بكلمة من حروفه. وإن أردت أن تُعدّ كلمةٌ صورةً من أخرى فمكانها «الأسماء الأخرى»."
                ),
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(key__contains=name_key(search_term)), False

    @display(description=_("ملاحظة"))
    def shown_note(self, obj: StemException) -> str:
        return obj.note[:80]

    def preview(self, form: Any, formsets: list[Any]) -> dict[str, Any]:
        row: StemException = form.instance
        typed = KeptWord(row.word, is_name=row.kind == WordKind.NAME, is_apart=row.is_apart)
        groups, others = list(groups_in_force()), list(kept_in_force(without=row.pk))
        now, then = name_book(), NameBook(groups, [*others, typed] if row.is_active else others)
        found = what_if([row.word], now, then, alone=NameBook(kept=others))
        leaving, coming = forms_apart(row.word, now, then)
        return {
            "effect": next(iter(found.effects), None),
            "problem": sentence_of(found.problem),
            "is_active": row.is_active,
            "is_apart": row.is_apart,
            "word": row.word,
            "forms": forms_of(typed)[:FORMS_SHOWN],
            "leaving": leaving,
            "coming": coming,
        }
