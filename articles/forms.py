"""The search form: one state of the results page as it stands in the URL."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from articles.arabic.numerals import to_ascii_digits
from articles.search.engines.contract import Cursor, cursor_of
from articles.search.request import (
    DEFAULT_PAGE_SIZE,
    EXCLUDING,
    PAGE_SIZES,
    Copies,
    FacetName,
    Filters,
    Need,
    SearchRequest,
    Sort,
    View,
)
from articles.search.syntax import Level

MAX_VALUES = 20  # of one facet, in one search
MAX_DROPPED = 40

YEAR = RegexValidator(r"^[1-9][0-9]{3}\Z", _("السنة تُكتب بأربعة أرقام، مثل 2015؛ فلم يُصفَّ بالسنة."))
MONTH = RegexValidator(r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])\Z", _("الشهر يُكتب هكذا: 2015-07؛ فلم يُصفَّ بالشهر."))
SHORT = MaxLengthValidator(300, _("في العنوان قيمة أطول مما يُبحث عنه؛ فتُركت."))
TOO_MANY = _("قيم المرشّح الواحد في البحث الواحد عشرون على الأكثر؛ فأُخذ أولها.")


class ValuesField(forms.Field):
    """A parameter that may be repeated. Values that make no sense are left out, and the reader is told."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *validators: Any, most: int = MAX_VALUES) -> None:
        super().__init__(required=False)
        self.each = validators
        self.most = most

    def clean(self, value: Any) -> tuple[str, ...]:
        """The distinct values; raises ValidationError, whose `params` hold the good ones."""
        given = list(dict.fromkeys(text.strip() for text in value or () if text.strip()))
        complaints: list[Any] = [TOO_MANY] if len(given) > self.most else []
        good = [text for text in given[: self.most] if self._is_good(text, complaints)]
        if complaints:
            raise ValidationError(complaints[0], params={"good": tuple(good)})
        return tuple(good)

    def _is_good(self, value: str, complaints: list[Any]) -> bool:
        try:
            for validate in self.each:
                validate(value)
        except ValidationError as error:
            complaints.append(error.message)
            return False
        return True


class PeriodsField(ValuesField):
    """Years or months, in any digits."""

    def clean(self, value: Any) -> tuple[str, ...]:
        return super().clean([to_ascii_digits(text) for text in value or ()])


def facet_field(facet: FacetName) -> ValuesField:
    match facet:
        case FacetName.YEAR:
            return PeriodsField(YEAR)
        case FacetName.MONTH:
            return PeriodsField(MONTH)
    return ValuesField(SHORT)


def choices(values: Iterable[Any]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class SearchForm(forms.Form):
    """Whatever is in the URL becomes a search; what makes no sense there is left out and said."""

    q = forms.CharField(required=False)
    drop = ValuesField(SHORT, most=MAX_DROPPED)
    level = forms.ChoiceField(
        choices=choices(Level),
        required=False,
        error_messages={"invalid_choice": _("درجة المطابقة هذه غير معروفة؛ فبُحث بالمرادفات.")},
    )
    need = forms.ChoiceField(
        choices=choices(Need),
        required=False,
        error_messages={"invalid_choice": _("لا يُطلب إلا كل الكلمات أو أيّ منها؛ فطُلبت كلها.")},
    )
    view = forms.ChoiceField(
        choices=choices(View),
        required=False,
        error_messages={"invalid_choice": _("طريقة العرض هذه غير معروفة؛ فعُرضت النتائج بمقتطفاتها.")},
    )
    copies = forms.ChoiceField(
        choices=choices(Copies),
        required=False,
        error_messages={"invalid_choice": _("النسخ تُعرض كلها أو تُجمع أو تُخفى؛ فعُرضت كلها.")},
    )
    sort = forms.ChoiceField(
        choices=choices(Sort),
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
    after = forms.CharField(required=False)
    size = forms.TypedChoiceField(
        coerce=int,
        choices=[(size, size) for size in PAGE_SIZES],
        required=False,
        error_messages={"invalid_choice": _("عدد النتائج في الصفحة غير متاح؛ فعُرض العدد المعتاد.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for facet in FacetName:
            self.fields[facet.value] = facet_field(facet)
            self.fields[EXCLUDING + facet.value] = facet_field(facet)

    def clean_after(self) -> Cursor | None:
        """The place after which the hits begin; no part of the request, for only the link to the next page has it."""
        text = self.cleaned_data["after"]
        try:
            return cursor_of(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(
                _("موضع المتابعة في هذا الرابط غير صالح؛ ابدأ من الصفحة الأولى."), code="cursor"
            ) from error

    def as_request(self) -> SearchRequest:
        """The search asked for, with defaults in the place of what is not valid."""
        self.is_valid()
        given = self.cleaned_data
        return SearchRequest(
            text=given.get("q", ""),
            filters=self._filters(""),
            excluded=self._filters(EXCLUDING),
            level=Level(given.get("level") or Level.SYNONYMS),
            need=Need(given.get("need") or Need.ALL),
            dropped=self._values("drop"),
            copies=Copies(given.get("copies") or Copies.SHOW),
            view=View(given.get("view") or View.FULL),
            sort=Sort(given.get("sort") or Sort.RELEVANCE),
            page=given.get("page") or 1,
            page_size=given.get("size") or DEFAULT_PAGE_SIZE,
        )

    def _filters(self, prefix: str) -> Filters:
        """The values of each facet in order: one search has one address, however its values were given."""
        given = {facet: self._values(prefix + facet.value) for facet in FacetName}
        return {facet: tuple(sorted(values)) for facet, values in given.items() if values}

    def _values(self, name: str) -> tuple[str, ...]:
        """The values of a repeated parameter that make sense, whether or not others among them did."""
        if name in self.cleaned_data:
            values: tuple[str, ...] = self.cleaned_data[name]
            return values
        complaint = self.errors.as_data()[name][0]
        return complaint.params["good"] if complaint.params else ()

    @property
    def corrections(self) -> list[str]:
        """What was left out of the search, and why."""
        return list(dict.fromkeys(str(message) for messages in self.errors.values() for message in messages))
