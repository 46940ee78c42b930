"""Where the fields of an article came from, as a curator reads it."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.evidence import CURATOR

# The places that articles/importing names.
PLACES = {
    "byline": _("سطر الكاتب"),
    "copyright line": _("سطر الحقوق"),
    "crawl": _("يوم الالتقاط"),
    "dateline": _("سطر المكان"),
    "first line": _("السطر الأول"),
    "first sentence": _("الجملة الأولى"),
    "line above the text": _("سطر قبل النص"),
    "line below the text": _("سطر بعد النص"),
    "--source": _("خيار المصدر عند الاستيراد"),
    CURATOR: _("المحرّر"),
    # Of pages
    "address": _("الرابط"),
    "article element": _("عنصر المقال"),
    "author link": _("رابط الكاتب"),
    "canonical link": _("الرابط الأصلي في الصفحة"),
    "capture": _("وقت الالتقاط"),
    "date line": _("سطر التاريخ"),
    "densest element": _("أكثف عناصر الصفحة نصاً"),
    "densest element under the headline": _("أكثف العناصر تحت العنوان"),
    "element abbr": _("عنصر الوقت في الصفحة"),
    "element time": _("عنصر الوقت في الصفحة"),
    "end of the text": _("آخر النص"),
    "heading": _("عنوان الصفحة"),
    "issue line": _("سطر العدد"),
    "line in the window title": _("سطر في عنوان النافذة"),
    "line of change": _("سطر التحديث"),
    "named author": _("عنصر سُمّي كاتباً"),
    "named date": _("عنصر سُمّي تاريخاً"),
    "named element": _("عنصر سُمّي نصاً"),
    "text under the headline": _("النص تحت العنوان"),
    "trafilatura": _("مستخرج عام"),
    "window title": _("عنوان النافذة"),
}
# What comes before the name of a tag, a property or a selector.
FAMILIES = {
    "JSON-LD ": _("بيانات JSON-LD: %(name)s"),
    "Open Graph ": _("وسم Open Graph: %(name)s"),
    "meta tag ": _("وسم meta: %(name)s"),
    "microdata ": _("بيانات microdata: %(name)s"),
    "source rule ": _("قاعدة المصدر: %(name)s"),
}
COLUMN = "column "
FSI, PDI = "\u2068", "\u2069"  # around a name of the web: «.by» would be shown as «by.»


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A field's name, the place its value was found in, and the text that stood there."""

    field: str
    place: str
    text: str


def shown_evidence(article: Article) -> list[ShownEvidence]:
    return [
        ShownEvidence(field_name(name), place_name(found.get("place", "")), found.get("text", ""))
        for name, found in article.evidence.items()
    ]


def field_name(name: str) -> str:
    """The field as the forms of articles and captures call it."""
    for model in (Article, Capture):
        fields = {field.name: field for field in model._meta.concrete_fields}
        if name in fields:
            return str(fields[name].verbose_name)
    return name


def place_name(place: str) -> str:
    """The place in the curator's language; a column keeps the name it has in the file."""
    if place.startswith(COLUMN):
        return gettext("العمود «%(name)s»") % {"name": place.removeprefix(COLUMN)}
    for family, label in FAMILIES.items():
        if place.startswith(family):
            return str(label) % {"name": f"{FSI}{place.removeprefix(family)}{PDI}"}
    return str(PLACES.get(place, place))
