"""How to cite an article: every style on one page, and the files that reference managers take."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation

from articles.citations import bibtex, csl, ris
from articles.citations.record import CitedArticle
from articles.citations.styles import STYLES
from articles.models.article import Article, Precision
from articles.search.highlighting import marked_paragraphs
from articles.templatetags.addresses import is_web_address
from articles.templatetags.dates import written_date
from articles.views.caching import page
from articles.views.gone import of_article

# The last part of a file's address, how the file is made, and what it is.
FILES = {
    "bib": (bibtex.bibtex, bibtex.MEDIA_TYPE),
    "ris": (ris.ris, ris.MEDIA_TYPE),
    "json": (csl.csl, csl.MEDIA_TYPE),
}
LONGEST_NUMBER = 6  # digits


@page
@of_article
def cite(request: HttpRequest, public_id: str) -> HttpResponse:
    """One article in every style, or one of its paragraphs with `?p=3`."""
    shown = visible_article(public_id)
    count = paragraph_count(shown)
    cited = cited_article(request, shown, paragraph=asked_paragraph(request, count))
    context = {
        "article": shown,
        "cited": cited,
        "paragraphs": count,
        "citations": [(name, style(cited)) for name, style in STYLES.items()],
        "files": [(form, make(cited)) for form, (make, _type) in FILES.items()],
    }
    return render(request, "articles/cite.html", context)


@page
@of_article
def cite_file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The citation as a file: `bib`, `ris` or `json`."""
    if form not in FILES:
        raise Http404
    shown = visible_article(public_id)
    make, media_type = FILES[form]
    cited = cited_article(request, shown, paragraph=asked_paragraph(request, paragraph_count(shown)))
    return HttpResponse(
        make(cited),
        content_type=f"{media_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{shown.public_id}.{form}"',
            "X-Robots-Tag": "noindex",
        },
    )


def visible_article(public_id: str) -> Article:
    return get_object_or_404(
        Article.objects.visible().select_related("source", "story_member"), public_id=public_id
    )


def paragraph_count(article: Article) -> int:
    return len(marked_paragraphs(article.body, ()))


def asked_paragraph(request: HttpRequest, count: int) -> int:
    """The number of the paragraph to cite; 0 for the whole article, and for a paragraph that it does not have."""
    asked = request.GET.get("p", "")
    number = int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else 0
    return number if number <= count else 0


def cited_article(request: HttpRequest, article: Article, *, paragraph: int = 0) -> CitedArticle:
    """What is cited of an article today. The Arabic style is Arabic in every language of the interface."""
    today = timezone.localdate()
    with translation.override("ar"):
        written = written_date(article.published_on, article.published_precision)
        accessed = written_date(today, Precision.DAY)
    anchor = f"#p{paragraph}" if paragraph else ""
    return CitedArticle(
        public_id=article.public_id,
        title=article.title,
        url=request.build_absolute_uri(article.get_absolute_url()) + anchor,
        archive=settings.SITE_NAME,
        accessed=today,
        written_access=accessed,
        written_date=written,
        title_is_derived=article.title_is_derived,
        author=article.author,
        source=article.source.name if article.source else "",
        section=article.section,
        language=article.language,
        day=article.published_on,
        precision=article.published_precision,
        date_is_from_crawl=article.date_is_from_crawl,
        original_url=article.url if is_web_address(article.url) else "",
        paragraph=paragraph,
    )
