"""The advanced form: boxes that write the query, which the results page then shows in its own box."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from articles.forms import SearchForm
from articles.search.advanced import FIELDS, Boxes, UnreadableDate, written
from articles.search.fields import FIELDS as NAMED_FIELDS
from articles.search.measures import DEFAULT_DISTANCE, MAX_DISTANCE
from articles.search.parser import MAX_LENGTH
from articles.search.syntax import Level
from articles.templatetags.ways import level_explained, level_label
from articles.views.caching import page
from articles.views.choices import kept_parameters

ASKED = "write"  # the name of the button: with it in the address the boxes are to be read
NO_DATE = _("لم يُفهم هذا التاريخ. اكتب مثلاً: 2015 أو تموز 2015 أو 21/7/2015 أو رمضان 1436.")


def words_field(label: Any, hint: Any = "") -> forms.CharField:
    field = forms.CharField(required=False, max_length=MAX_LENGTH, label=label, help_text=hint)
    field.widget.attrs |= {"dir": "auto"}
    return field


class AdvancedForm(forms.Form):
    """The boxes; those named like a field of the query language are looked for in it."""

    query = words_field(_("هذه الكلمات كلها"), _("وتصلح هنا كل علامات البحث."))
    phrase = words_field(_("هذه العبارة بنصها"), "«…»")
    any = words_field(_("أيّ من هذه الكلمات"), "أو")
    none = words_field(_("دون هذه الكلمات"), "ليس")
    near = words_field(_("كلمات متقاربة"), "قرب/5")
    distance = forms.IntegerField(
        required=False, min_value=0, max_value=MAX_DISTANCE, label=_("لا يفصل بينها أكثر من")
    )
    since = words_field(_("من تاريخ"), _("سنة أو شهر أو يوم، ميلادياً أو هجرياً."))
    until = words_field(_("إلى تاريخ"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in NAMED_FIELDS:
            if row.field in FIELDS:
                self.fields[row.name] = words_field(_(row.spellings[0]), f"{row.spellings[0]}:")

    def boxes(self) -> Boxes:
        given = self.cleaned_data
        distance = given["distance"]
        return Boxes(
            **{name: given[name] for name in ("query", "phrase", "any", "none", "near", "since", "until")},
            distance=DEFAULT_DISTANCE if distance is None else distance,
            fields=tuple((field, given[field.value]) for field in FIELDS if given[field.value]),
        )


@page
def advanced(request: HttpRequest) -> HttpResponse:
    """The form, or the way to the results of what is in it; filters and order of the search one came from stay."""
    asked = SearchForm(request.GET).as_request()
    form = AdvancedForm(request.GET if ASKED in request.GET else None, initial={"query": asked.text})
    if form.is_bound and form.is_valid():
        try:
            text = written(form.boxes(), localdate())
        except UnreadableDate as problem:
            form.add_error(str(problem), NO_DATE)
        else:
            return HttpResponseRedirect(
                f"{reverse('articles:search')}?{asked.with_text(text).query_string()}"
            )
    context = {
        "form": form,
        "kept": [pair for pair in kept_parameters(asked) if pair[0] != "level"],
        "levels": [(level.value, level_label(level), level_explained(level)) for level in Level],
        "level": asked.level.value,
        "write": ASKED,
    }
    return render(request, "articles/search/advanced.html", context)
