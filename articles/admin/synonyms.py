"""The desk of other names: groups of terms that a search takes for one another, at once and without indexing."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import TabularInline, action, display
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import history
from articles.admin.desk import DeskAdmin, LabelledFormSet
from articles.admin.previewing import PreviewedAdmin
from articles.admin.synonym_preview import preview_of
from articles.arabic.tokenization import words
from articles.models.synonyms import MAX_TERMS, MAX_WORDS, Kind, SynonymGroup, SynonymTerm, term_key

TERMS_SHOWN = 6
TERM = "term"
LONGEST_TERM = 200


class TermFormSet(LabelledFormSet):
    """The terms of one group: at least two, none twice in any spelling, and in a one-way group a way."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [
            form for form in self.forms if form.cleaned_data.get("text") and not form.cleaned_data["DELETE"]
        ]
        if not 2 <= len(kept) <= MAX_TERMS:
            raise ValidationError(
                _("تحتاج المجموعة إلى اسمين على الأقل، ولا تزيد على %(limit)s."), params={"limit": MAX_TERMS}
            )
        self._check_spellings([form.cleaned_data["text"] for form in kept])
        sources = sum(form.cleaned_data["is_source"] for form in kept)
        if self.instance.kind == Kind.ONE_WAY and not 0 < sources < len(kept):
            raise ValidationError(_("في مجموعة باتجاه واحد علّم منطلقاً أو أكثر، واترك اسماً واحداً على الأقل."))

    def _check_spellings(self, texts: list[str]) -> None:
        first: dict[str, str] = {}
        for text in texts:
            same = first.setdefault(term_key(text), text)
            if same is not text:
                raise ValidationError(
                    _("«%(text)s» و«%(same)s» اسم واحد عند البحث."), params={"text": text, "same": same}
                )


class TermInline(TabularInline):
    model = SynonymTerm
    formset = TermFormSet
    fields = ("text", "is_source", "order")
    formfield_overrides = DeskAdmin.formfield_overrides
    extra = 2
    max_num = MAX_TERMS

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return max(self.extra, len(asked_terms(request)) + 1) if obj is None else self.extra


def asked_terms(request: HttpRequest) -> list[str]:
    """The terms that a link to the form of a new group brings along: those of a search that found nothing."""
    typed = (" ".join(words(text)[:MAX_WORDS])[:LONGEST_TERM] for text in request.GET.getlist(TERM))
    return list(dict.fromkeys(filter(None, typed)))[:MAX_TERMS]


class SynonymGroupAdmin(PreviewedAdmin):
    preview_template = "admin/articles/synonymgroup/_preview.html"
    list_display = ("label", "kind", "terms_listed", "is_active", "is_shipped")
    list_filter = ("kind", "is_active")
    search_fields = ("label",)
    search_help_text = _("بأي اسم من المجموعة وبأي إملاء، أو بعنوانها.")
    fields = ("label", "kind", "is_active", "note")
    inlines = (TermInline,)
    actions = ("switch_on", "switch_off")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("terms")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        first = asked_terms(request)[:1]
        return {**super().get_changeform_initial_data(request), **({"label": first[0]} if first else {})}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Model, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Terms of the address stand in the rows of a new group; once they are sent they are as typed."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None and (terms := asked_terms(request)):
            given["initial"] = [{"text": text, "order": place} for place, text in enumerate(terms)]
        return given

    def preview(self, form: Any, formsets: list[Any]) -> dict[str, Any]:
        kept = [row.cleaned_data for row in formsets[0].forms if row.cleaned_data.get("text")]
        kept = sorted((row for row in kept if not row["DELETE"]), key=lambda row: row["order"])
        return {"of_group": preview_of(form.instance, [(row["text"], row["is_source"]) for row in kept])}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Groups with a term like this in any spelling, or with a label like this."""
        key = term_key(search_term)
        if not key:
            return super().get_search_results(request, queryset, search_term)
        named = SynonymTerm.objects.filter(key__contains=key).values("group")
        return queryset.filter(pk__in=named) | queryset.filter(label__contains=search_term.strip()), False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not a shipped group, which would come back with the next `load_synonyms`: it is switched off instead."""
        if isinstance(obj, SynonymGroup) and obj.shipped_key:
            return False
        return super().has_delete_permission(request, obj)

    @display(description=_("الأسماء"))
    def terms_listed(self, group: SynonymGroup) -> str:
        terms = [term.text for term in group.terms.all()]
        return "، ".join(terms[:TERMS_SHOWN]) + ("…" if len(terms) > TERMS_SHOWN else "")

    @display(description=_("من القائمة المرفقة"), boolean=True)
    def is_shipped(self, group: SynonymGroup) -> bool:
        return bool(group.shipped_key)

    @action(description=_("فعّل المجموعات المختارة"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, active=True)

    @action(description=_("عطّل المجموعات المختارة"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch(request, queryset, active=False)

    def _switch(self, request: HttpRequest, queryset: QuerySet[Any], *, active: bool) -> None:
        groups = SynonymGroup.objects.filter(pk__in=queryset.values("pk")).exclude(is_active=active)
        told = [
            (key, label, {"is_active": [not active, active]})
            for key, label in groups.values_list("pk", "label")
        ]
        count = groups.change(is_active=active)
        history.note_each(told, history.KINDS[SynonymGroup], by=cast(User, request.user))
        said = ngettext("غُيّرت مجموعة واحدة.", "غُيّرت %(number)s مجموعة.", count)
        messages.success(request, said % {"number": f"{count:,}"})
