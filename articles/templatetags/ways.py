"""Names of levels and of reasons, for what a results page offers beside its hits."""

from django import template
from django.utils.translation import gettext_lazy as _

from articles.search.syntax import Level

register = template.Library()

LEVELS = {
    Level.LITERAL: (_("حرفي"), _("الحروف كما كُتبت، والتشكيل والتطويل وحدهما لا يُحسبان")),
    Level.NORMALISED: (_("مطبّع"), _("تُهمل فروق الإملاء: أ وا، ة وه، ى وي")),
    Level.STEM: (_("جذع"), _("كل صور الكلمة: المفرد والجمع وما اتصل بها")),
    Level.SYNONYMS: (_("مرادفات"), _("كل صور الكلمة وأسماؤها الأخرى")),
}
KINDS = {
    "literal": _("كما كُتبت"),
    "normalised": _("بإملاء آخر"),
    "stem": _("صورة أخرى"),
    "kept": _("كما هي، متصلةً بغيرها"),
    "name": _("اسم آخر"),
    "wildcard": _("على النمط"),
    "fuzzy": _("إملاء قريب"),
    "root": _("من الجذر"),
}
FIELDS = {
    "title": _("في العنوان"),
    "body": _("في المتن"),
    "lead": _("في المقدمة"),
    "source": _("في المصدر"),
    "author": _("في اسم الكاتب"),
    "section": _("في القسم"),
    "place": _("في المكان"),
    "collection": _("في المجموعة"),
}
ALTERNATIVES = {
    "any": _("لا مقال يجمع كل الكلمات. بأيٍّ منها:"),
    "spelling": _("هل تقصد:"),
    "layout": _("هل كانت لوحة المفاتيح على لغة أخرى؟ هل تقصد:"),
    "arabizi": _("بالحروف العربية:"),
    "latin": _("بالحروف العربية:"),
    "split": _("بكلمات منفصلة:"),
    "joined": _("بكلمة متصلة:"),
}


@register.filter
def level_label(level: Level) -> str:
    return str(LEVELS[level][0])


@register.filter
def level_explained(level: Level) -> str:
    """What a level lets differ, in one line."""
    return str(LEVELS[level][1])


@register.filter
def kind_label(kind: str) -> str:
    return str(KINDS[kind])


@register.filter
def field_label(field: str) -> str:
    return str(FIELDS[field])


@register.filter
def alternative_label(reason: str) -> str:
    """The words before another search that is offered."""
    return str(ALTERNATIVES[reason])
