"""Names of facets and of their values in the reader's language."""

from datetime import date

from django import template
from django.utils.translation import gettext_lazy as _

from articles.search.request import FacetName
from articles.search.results import Chip, FacetValue
from articles.templatetags.dates import written_date
from articles.templatetags.digits import digits

register = template.Library()

TITLES = {
    FacetName.SOURCE: _("المصدر"),
    FacetName.YEAR: _("السنة"),
    FacetName.MONTH: _("الشهر"),
    FacetName.SECTION: _("القسم"),
    FacetName.PLACE: _("المكان"),
    FacetName.AUTHOR: _("الكاتب"),
    FacetName.COLLECTION: _("المجموعة"),
}


@register.filter
def facet_title(name: FacetName) -> str:
    return str(TITLES[name])


@register.filter
def facet_label(value: FacetValue, name: FacetName) -> str:
    """What to call a value; months are named here, in the reader's language."""
    return label_of(name, value.value, value.label)


@register.filter
def chip_label(chip: Chip) -> str:
    """What to call the value of an active filter."""
    return label_of(chip.facet, chip.value, chip.label)


def label_of(name: FacetName, value: str, label: str) -> str:
    """A month «2015-07» with its names, a year in the reader's digits; other values have the label the search gave.

    >>> label_of(FacetName.MONTH, "2015-07", "2015-07")
    'تموز / يوليو 2015'
    """
    if name is FacetName.YEAR:
        return digits(label)
    if name is not FacetName.MONTH:
        return label
    year, month = value.split("-")
    return written_date(date(int(year), int(month), 1), "month")
