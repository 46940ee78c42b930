"""The search form: one state of the results page as it stands in the URL."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.arabic.numerals import to_ascii_digits
from articles.search.request import DEFAULT_PAGE_SIZE, PAGE_SIZES, FacetName, SearchRequest, Sort


class PeriodField(forms.RegexField):
    """A year or a month, in any digits."""

    def to_python(self, value: Any) -> str:
        return to_ascii_digits(super().to_python(value) or "")


class SearchForm(forms.Form):
    """Whatever is in the URL becomes a search; what makes no sense there is left out and said."""

    q = forms.CharField(required=False)
    source = forms.CharField(required=False, max_length=200)
    year = PeriodField(
        r"^[1-9][0-9]{3}\Z",
        required=False,
        error_messages={"invalid": _("السنة تُكتب بأربعة أرقام، مثل 2015؛ فلم يُصفَّ بالسنة.")},
    )
    month = PeriodField(
        r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])\Z",
        required=False,
        error_messages={"invalid": _("الشهر يُكتب هكذا: 2015-07؛ فلم يُصفَّ بالشهر.")},
    )
    author = forms.CharField(required=False, max_length=300)
    collection = forms.CharField(required=False, max_length=200)
    sort = forms.ChoiceField(
        choices=[(sort.value, sort.value) for sort in Sort],
        required=False,
        error_messages={"invalid_choice": _("هذا الترتيب غير معروف؛ فرُتبت النتائج بحسب الصلة.")},
    )
    page = forms.IntegerField(
        min_value=1,
        required=False,
        error_messages={
            "invalid": _("رقم الصفحة غير صالح؛ فعُرضت الصفحة الأولى."),
            "min_value": _("رقم الصفحة غير صالح؛ فعُرضت الصفحة الأولى."),
        },
    )
    size = forms.TypedChoiceField(
        coerce=int,
        choices=[(size, size) for size in PAGE_SIZES],
        required=False,
        error_messages={"invalid_choice": _("عدد النتائج في الصفحة غير متاح؛ فعُرض العدد المعتاد.")},
    )

    def as_request(self) -> SearchRequest:
        """The search asked for, with defaults in the place of what is not valid."""
        self.is_valid()
        given = self.cleaned_data
        return SearchRequest(
            text=given.get("q", ""),
            filters={name: given[name] for name in FacetName if given.get(name)},
            sort=Sort(given.get("sort") or Sort.RELEVANCE),
            page=given.get("page") or 1,
            page_size=given.get("size") or DEFAULT_PAGE_SIZE,
        )

    @property
    def corrections(self) -> list[str]:
        """What was left out of the search, and why."""
        return [str(message) for messages in self.errors.values() for message in messages]
