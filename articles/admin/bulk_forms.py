"""What an action on many articles asks for, and how that is kept with its job."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import OWN_DIRECTION, PlainTextarea
from articles.bulk import actions, files
from articles.importing.cleaning import tidy
from articles.models.article import Article, Precision
from articles.models.collection import Collection
from articles.models.source import Source, name_key
from articles.models.tag import Tag
from articles.models.takedown import Takedown

LONGEST_REASON = 200
MOST_NAMES = 50  # collections or tags in one action
BETWEEN_NAMES = re.compile(r"[،,؛;\n]")
WIDE = {**OWN_DIRECTION, "class": "vTextField"}


class BulkForm(forms.Form):
    """The reason, which the history of every article keeps. `values` are what else was typed, as JSON keeps it."""

    may_add_tags = False

    reason = forms.CharField(
        label=_("السبب"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(WIDE),
        help_text=_("يبقى في تاريخ كل مقال."),
    )

    def values(self) -> dict[str, Any]:
        return {}

    @classmethod
    def typed(cls, values: dict[str, Any]) -> dict[str, Any]:
        """The fields of the form that say these values."""
        return dict(values)


class SourceForm(BulkForm):
    source = forms.CharField(
        label=_("المصدر"),
        required=False,
        max_length=200,
        widget=forms.TextInput({**WIDE, "list": "bulk-names"}),
        help_text=_("اسم مصدر في الأرشيف بأي إملاء؛ ويُترك فارغاً لمقالات بلا مصدر."),
    )
    field_order = ("source", "reason")

    def clean_source(self) -> int | None:
        name = self.cleaned_data["source"].strip()
        return _known(Source, [name])[0].pk if name else None

    def values(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["source"]}

    @classmethod
    def typed(cls, values: dict[str, Any]) -> dict[str, Any]:
        held = Source.objects.filter(pk=values["source"]).first()
        return {"source": held.name if held else ""}

    @property
    def names(self) -> list[str]:
        """For the box to complete: every name would make a heavy page of a large archive."""
        return list(Source.objects.order_by("name").values_list("name", flat=True)[:500])


class AuthorForm(BulkForm):
    author = forms.CharField(
        label=_("الكاتب"),
        required=False,
        max_length=300,
        widget=forms.TextInput(WIDE),
        help_text=_("يُترك فارغاً ليصير المقال بلا كاتب."),
    )
    field_order = ("author", "reason")

    def values(self) -> dict[str, Any]:
        return {"author": tidy(self.cleaned_data["author"])[0]}


class SectionForm(BulkForm):
    section = forms.CharField(label=_("القسم"), required=False, max_length=100, widget=forms.TextInput(WIDE))
    field_order = ("section", "reason")

    def values(self) -> dict[str, Any]:
        return {"section": tidy(self.cleaned_data["section"])[0]}


class DateForm(BulkForm):
    published_on = forms.DateField(
        label=_("تاريخ النشر"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("يُترك فارغاً لتاريخ غير معروف. ما لا يُعرف من التاريخ يُكتب 1."),
    )
    published_precision = forms.ChoiceField(label=_("دقة التاريخ"), choices=Precision.choices)
    field_order = ("published_on", "published_precision", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, precision = cleaned.get("published_on"), cleaned.get("published_precision", Precision.UNKNOWN)
        if "published_on" in cleaned and bool(day) == (precision == Precision.UNKNOWN):
            raise ValidationError(_("لكل تاريخ دقة (يوم أو شهر أو سنة)، والتاريخ الخالي دقته «غير معروف»."))
        Article(published_on=day, published_precision=precision).clean()
        return cleaned

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data["published_on"]
        return {
            "published_on": day.isoformat() if day else None,
            "published_precision": self.cleaned_data["published_precision"],
        }


class CollectionsForm(BulkForm):
    collections = forms.CharField(
        label=_("المجموعات"),
        widget=forms.TextInput({**WIDE, "list": "bulk-names"}),
        help_text=_("أسماء مجموعات موجودة، بينها فاصلة."),
    )
    field_order = ("collections", "reason")
    model: Any = Collection
    name = "collections"

    def clean_collections(self) -> list[int]:
        return self._keys("collections")

    def _keys(self, name: str) -> list[int]:
        names = _names(self.cleaned_data[name])
        if self.model is Tag and self.may_add_tags:
            return sorted(tag.pk for tag in Tag.objects.named(names))
        return sorted(row.pk for row in _known(self.model, names))

    def values(self) -> dict[str, Any]:
        return {self.name: self.cleaned_data[self.name]}

    @classmethod
    def typed(cls, values: dict[str, Any]) -> dict[str, Any]:
        held = cls.model.objects.filter(pk__in=values[cls.name])
        return {cls.name: "، ".join(held.values_list("name", flat=True))}

    @property
    def names(self) -> list[str]:
        return list(self.model.objects.order_by("name").values_list("name", flat=True)[:500])


class TagsForm(CollectionsForm):
    collections = None  # type: ignore[assignment]
    tags = forms.CharField(
        label=_("الوسوم"),
        widget=forms.TextInput({**WIDE, "list": "bulk-names"}),
        help_text=_("كلمات المكتب، بينها فاصلة. لا يراها القراء."),
    )
    field_order = ("tags", "reason")
    model = Tag
    name = "tags"

    def clean_tags(self) -> list[int]:
        return self._keys("tags")


class NewTagsForm(TagsForm):
    may_add_tags = True


class TakingDownForm(forms.ModelForm):
    """What a demand says; its reason is that of the history."""

    class Meta:
        model = Takedown
        fields = ("reason", "public_sentence", "is_legal", "requester", "note")
        widgets = {
            "public_sentence": forms.TextInput(attrs=WIDE),
            "requester": forms.TextInput(attrs=WIDE),
            "note": PlainTextarea(attrs={**OWN_DIRECTION, "rows": 4}),
        }

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        sentence = said.pop("public_sentence")
        return {**said, "sentence": sentence}

    @classmethod
    def typed(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {}


class ExportForm(BulkForm):
    form = forms.ChoiceField(label=_("صيغة الملف"), choices=files.LABELS)
    reason = None  # type: ignore[assignment]

    def values(self) -> dict[str, Any]:
        return {"form": self.cleaned_data["form"]}


FORMS: dict[str, Any] = {
    actions.SET_SOURCE: SourceForm,
    actions.SET_AUTHOR: AuthorForm,
    actions.SET_SECTION: SectionForm,
    actions.SET_DATE: DateForm,
    actions.ADD_COLLECTIONS: CollectionsForm,
    actions.REMOVE_COLLECTIONS: CollectionsForm,
    actions.ADD_TAGS: NewTagsForm,
    actions.REMOVE_TAGS: TagsForm,
    actions.TAKE_DOWN_ALL: TakingDownForm,
    actions.EXPORT: ExportForm,
}


def _names(written: str) -> list[str]:
    names = [name for part in BETWEEN_NAMES.split(written) if (name := " ".join(part.split()))]
    if not names:
        raise ValidationError(_("اكتب اسماً واحداً على الأقل."))
    if len(names) > MOST_NAMES or any(len(name) > 100 for name in names):
        raise ValidationError(_("الأسماء كثيرة أو طويلة."))
    return names


def _known(model: Any, names: Iterable[str]) -> list[Any]:
    """The rows of these names in any spelling; raises ValidationError for a name that none has."""
    keys = {name_key(name)[:200]: name for name in names}
    held = {row.name_key: row for row in model.objects.filter(name_key__in=keys)}
    if missing := [name for key, name in keys.items() if key not in held]:
        raise ValidationError(_("لا شيء بهذا الاسم: «%(name)s»."), params={"name": missing[0]})
    return list(held.values())
