"""What stands below the title of a hit, written in one step: a page holds up to a hundred of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.search.dates import iso_date
from articles.search.results import Hit, Passage
from articles.templatetags.dates import written_date
from articles.templatetags.marking import marked_passage

register = template.Library()

LONGEST_AUTHOR = 80  # characters


@register.filter
def fact_items(hit: Hit) -> SafeString:
    """Source, date, author and what is to be known of the title, as the items of a list."""
    return SafeString("\n".join([f"<li>{fact}</li>" for fact in _facts(hit)]))


def _facts(hit: Hit) -> Iterator[str]:
    if hit.source:
        yield f'<a href="{escape(hit.source_url)}"><bdi>{escape(hit.source)}</bdi></a>'
    yield _day(hit.published_on, hit.published_precision, from_crawl=hit.date_is_from_crawl)
    if hit.author:
        author = (
            hit.author if len(hit.author) <= LONGEST_AUTHOR else truncatechars(hit.author, LONGEST_AUTHOR)
        )
        yield f"<bdi>{escape(author)}</bdi>"
    if hit.title_is_derived:
        yield f"<bdi>{escape(gettext('عنوان مستخرج'))}</bdi>"


def _day(day: date | None, precision: str, *, from_crawl: bool) -> str:
    """The date as `_date.html` writes it."""
    crawled = f"{escape(gettext('تاريخ الالتقاط'))} " if from_crawl else ""
    written = escape(written_date(day, precision))
    dated = f'<time datetime="{iso_date(day, precision)}">{written}</time>' if day else written
    return f"<bdi>{crawled}{dated}</bdi>"


@register.filter
def passage_paragraphs(passages: Iterable[Passage]) -> SafeString:
    """The passages of a hit, a paragraph each."""
    return SafeString("\n".join([f"<p>{marked_passage(passage)}</p>" for passage in passages]))
