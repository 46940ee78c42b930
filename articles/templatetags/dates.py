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
from hijridate import Gregorian, Hijri

from articles.models.article import Precision
from articles.preferences import MONTH_NAMES, current
from articles.search.dates import iso_date
from articles.templatetags.digits import digits
from articles.templatetags.setting import kept

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
@kept
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
def event_day(moment: datetime) -> str:
    """The day of an event of the archive itself, in the site's time zone."""
    return written_date(timezone.localtime(moment).date(), Precision.DAY)


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
    converted, language = in_hijri(day), language_of_names()
    if converted is None:
        return ""
    day_of_month, year = digits(converted.day), digits(converted.year)
    return f"{day_of_month} {converted.month_name(language)} {year} {converted.notation(language)}"


SHORT_WEEKDAYS = (
    _("اثنين"),
    _("ثلاثاء"),
    _("أربعاء"),
    _("خميس"),
    _("جمعة"),
    _("سبت"),
    _("أحد"),
)


@register.filter
def short_weekday(number: int) -> str:
    """A day of the week at the head of a column, 0 for Monday."""
    return str(SHORT_WEEKDAYS[number])


@register.filter
def written_year(year: int) -> str:
    """A year in the reader's digits, never in groups."""
    return digits(year)


@register.filter
@kept
def written_period(period: str) -> str:
    """A year «2015» or a month «2015-07» in words.

    >>> written_period("2015"), written_period("2015-07")
    ('2015', 'تموز / يوليو 2015')
    """
    year, _dash, month = period.partition("-")
    return written_date(date(int(year), int(month or 1), 1), Precision.MONTH if month else Precision.YEAR)


@register.filter
def month_number(period: str) -> int:
    """The number of a month «2015-07»."""
    return int(period.partition("-")[2])


@register.filter
def hijri_number(day: date) -> int | None:
    """The day of the Hijri month; None outside the tables."""
    converted = in_hijri(day)
    return converted.day if converted else None


@register.filter
def hijri_month_name(month: int) -> str:
    """The name of Hijri month 1 to 12."""
    return Hijri(1440, month, 1).month_name(language_of_names())


@register.filter
def hijri_span(first: date, last: date) -> str:
    """The Hijri months that a stretch of days lies in; empty outside the tables.

    >>> hijri_span(date(2017, 2, 1), date(2017, 2, 28))
    'جمادى الأولى – جمادى الآخرة 1438 هـ'
    """
    begins, ends = in_hijri(first), in_hijri(last)
    if not begins or not ends:
        return ""
    language = language_of_names()
    names = [f"{begins.month_name(language)}"]
    if begins.year != ends.year:
        names[0] += f" {written_year(begins.year)}"
    if (begins.year, begins.month) != (ends.year, ends.month):
        names.append(ends.month_name(language))
    return f"{' – '.join(names)} {written_year(ends.year)} {ends.notation(language)}"


def in_hijri(day: date) -> Hijri | None:
    try:
        return Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return None


def language_of_names() -> Literal["ar", "en"]:
    return "en" if get_language() == "en" else "ar"
