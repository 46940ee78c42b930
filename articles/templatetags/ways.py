"""Names of levels and of reasons, for what a results page offers beside its hits, and the forms that were searched."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.search.results import WordForm
from articles.search.syntax import Level
from articles.templatetags.counts import number

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


@register.filter
def form_items(forms: Iterable[WordForm]) -> SafeString:
    """The forms of a word as the items of a list, each with the link that drops it or takes it back."""
    remove, restore = escape(gettext("أزل")), escape(gettext("أعد"))
    return SafeString("\n".join([f"<li>{_form(form, remove, restore)}</li>" for form in forms]))


def _form(form: WordForm, remove: str, restore: str) -> str:
    text = escape(form.text)
    held = f'<bdi>{text}</bdi> <span class="number">{escape(number(form.count))}</span>'
    if not form.query_string:
        return f'<span class="pill">{held}</span>'
    href = escape(form.query_string)
    if form.dropped:
        words = f'<span class="hidden-text">{restore} </span><bdi class="dropped">{text}</bdi>'
        return f'<a class="pill" href="?{href}">{words} <span aria-hidden="true">+</span></a>'
    words = f'<span class="hidden-text">{remove} </span>{held}'
    cross = '<span class="chip-remove" aria-hidden="true">×</span>'
    return f'<a class="pill chosen" href="?{href}">{words} {cross}</a>'
