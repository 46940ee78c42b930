"""Names of facets and of their values in the reader's language."""

from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.search.request import FacetName
from articles.search.results import Chip, Facet, FacetValue
from articles.templatetags.counts import number
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


@register.filter
def facet_items(facet: Facet) -> SafeString:
    """The values of a facet as the items of a list, written in one step: a page holds dozens."""
    widen, exclude = escape(gettext("أضف إلى المختار")), escape(gettext("استبعد"))
    return SafeString("\n".join([_item(facet.name, value, widen, exclude) for value in facet.values]))


def _item(name: FacetName, value: FacetValue, widen: str, exclude: str) -> str:
    label = escape(facet_label(value, name))
    current = ' aria-current="true"' if value.selected else ""
    turns = _turn(value.widening, f"{widen}: {label}", "+") + _turn(
        value.excluding, f"{exclude}: {label}", "−"
    )
    return (
        f'<li><a href="?{escape(value.query_string)}"{current}><span class="facet-label"><bdi>{label}</bdi></span> '
        f'<span class="number">{escape(number(value.count))}</span></a>{turns}</li>'
    )


def _turn(query_string: str, title: str, sign: str) -> str:
    """A link beside a value that turns the search otherwise; `title` is escaped already."""
    if not query_string:
        return ""
    return f'<a class="turn" href="?{escape(query_string)}" title="{title}"><span aria-hidden="true">{sign}</span></a>'


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
