"""Dates as readers write them: as much as is known, with both names of the month, and Hijri beside.

Arabic shows the Levantine and the Egyptian name of a month unless its reader chose those of one region; English has
its own.
"""

from datetime import date, datetime
from typing import Literal

from django import template
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from hijridate import Gregorian

from articles.models.article import Precision
from articles.preferences import MONTH_NAMES, current
from articles.search.dates import iso_date
from articles.templatetags.digits import digits

register = template.Library()
register.filter("iso_date", iso_date)

MONTHS = (
    _("كانون الثاني / يناير"),
    _("شباط / فبراير"),
    _("آذار / مارس"),
    _("نيسان / أبريل"),
    _("أيار / مايو"),
    _("حزيران / يونيو"),
    _("تموز / يوليو"),
    _("آب / أغسطس"),
    _("أيلول / سبتمبر"),
    _("تشرين الأول / أكتوبر"),
    _("تشرين الثاني / نوفمبر"),
    _("كانون الأول / ديسمبر"),
)


@register.filter
def month_name(month: int) -> str:
    """The name or names of month 1 to 12, as the reader knows them."""
    names = MONTH_NAMES.get(current().months) if get_language() == "ar" else None
    return names[month - 1] if names else str(MONTHS[month - 1])


@register.filter
def written_date(day: date | None, precision: str = Precision.DAY) -> str:
    """A date as far as it is known.

    >>> written_date(date(2017, 2, 14), "day")
    '14 شباط / فبراير 2017'
    >>> written_date(date(2017, 2, 1), "month")
    'شباط / فبراير 2017'
    >>> written_date(date(2017, 1, 1), "year")
    '2017'
    """
    if day is None or precision == Precision.UNKNOWN:
        return gettext("بلا تاريخ")
    if precision == Precision.YEAR:
        return digits(day.year)
    month = f"{month_name(day.month)} {digits(day.year)}"
    return month if precision == Precision.MONTH else f"{digits(day.day)} {month}"


@register.filter
def written_moment(moment: datetime) -> str:
    """The day and the time of an event of the archive itself, in the site's time zone, which is named."""
    local = timezone.localtime(moment)
    time_of_day = digits(f"{local:%H:%M}")
    return f"{written_date(local.date())} {time_of_day} {local:%Z}"


@register.filter
def weekday(day: date) -> str:
    """The day of the week."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def hijri(day: date | None, precision: str = Precision.DAY) -> str:
    """The day in the Umm al-Qura calendar; empty where the day is unknown, before 1343 or after 1500 AH.

    >>> hijri(date(2017, 2, 14), "day")
    '17 جمادى الأولى 1438 هـ'
    >>> hijri(date(1900, 1, 1), "day")
    ''
    """
    if day is None or precision != Precision.DAY:
        return ""
    try:
        converted = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return ""
    language: Literal["ar", "en"] = "en" if get_language() == "en" else "ar"
    day_of_month, year = digits(converted.day), digits(converted.year)
    return f"{day_of_month} {converted.month_name(language)} {year} {converted.notation(language)}"
