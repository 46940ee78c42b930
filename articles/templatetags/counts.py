"""Counts with their noun: Arabic has six forms, which the catalogue of `locale/ar` holds."""

from django import template
from django.utils.translation import ngettext

from articles.templatetags.digits import digits
from articles.templatetags.setting import kept

register = template.Library()


@register.filter
def number(count: int) -> str:
    """In groups of three, in the digits of the reader's choice.

    >>> number(31030)
    '31,030'
    """
    return digits(f"{count:,}")


@register.filter
@kept
def articles(count: int) -> str:
    return ngettext("مقال واحد", "%(number)s مقال", count) % {"number": number(count)}


@register.filter
def sources(count: int) -> str:
    return ngettext("مصدر واحد", "%(number)s مصدر", count) % {"number": number(count)}


@register.filter
def authors(count: int) -> str:
    return ngettext("كاتب واحد", "%(number)s كاتب", count) % {"number": number(count)}


@register.filter
def filters(count: int) -> str:
    return ngettext("مرشّح واحد", "%(number)s مرشّح", count) % {"number": number(count)}


@register.filter
def marks(count: int) -> str:
    return ngettext("كلمة واحدة مظلّلة", "%(number)s كلمة مظلّلة", count) % {"number": number(count)}


@register.filter
def more_values(count: int) -> str:
    return ngettext("وقيمة أخرى", "و%(number)s قيمة أخرى", count) % {"number": number(count)}


@register.filter
def copies(count: int) -> str:
    return ngettext("نسخة واحدة", "%(number)s نسخة", count) % {"number": number(count)}


@register.filter
def other_copies(count: int) -> str:
    return ngettext("ونسخة أخرى", "و%(number)s نسخة أخرى", count) % {"number": number(count)}


@register.filter
def words(count: int) -> str:
    return ngettext("كلمة واحدة", "%(number)s كلمة", count) % {"number": number(count)}


@register.filter
@kept
def times(count: int) -> str:
    return ngettext("مرة واحدة", "%(number)s مرة", count) % {"number": number(count)}


@register.filter
def versions(count: int) -> str:
    return ngettext("صيغة واحدة", "%(number)s صيغة", count) % {"number": number(count)}


@register.filter
def unchanged_paragraphs(count: int) -> str:
    return ngettext("فقرة واحدة بلا تغيير", "%(number)s فقرة بلا تغيير", count) % {"number": number(count)}


@register.filter
def seconds(milliseconds: float) -> str:
    """How long something took, in seconds.

    >>> seconds(11.4)
    '0.011'
    """
    return digits(f"{milliseconds / 1000:.3f}")
