"""Search help, written from the parser's own table of operators: what it says is what the parser does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from articles.search.fields import FIELDS
from articles.search.operators import OPERATORS, Operator, Section
from articles.views.caching import page

HEADINGS = {
    Section.WORDS: (_("كلمات تجمعها وتستثنيها"), _("ما يُكتب بين الكلمات، ويعمل بالعربية والإنجليزية معاً.")),
    Section.LETTERS: (_("حروف الكلمة"), _("الكلمة تُطلب بكل صيغها، إلا أن تطلب أقل من ذلك أو أكثر.")),
    Section.NEARNESS: (_("العبارة والقرب"), _("أين تقع الكلمات بعضها من بعض، وكم مرة.")),
    Section.DATES: (_("التواريخ"), _("بعد «التاريخ:»، بالأرقام العربية أو الهندية، وبأسماء الشهور كلها.")),
}


@page
def search_help(request: HttpRequest) -> HttpResponse:
    sections = [
        {"name": section, "title": title, "text": text, "rows": _rows(section)}
        for section, (title, text) in HEADINGS.items()
    ]
    return render(request, "articles/search/help.html", {"sections": sections, "fields": FIELDS})


def _rows(section: Section) -> list[Operator]:
    return [row for row in OPERATORS if row.section is section]
