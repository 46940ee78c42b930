"""The other outlets that published an article's text, and what differs there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from articles.arabic.analysis import SURFACE, terms
from articles.models.article import Article, Precision
from articles.models.story import StoryMember

MOST_LISTED = 30
NOT_SHOWN = ("article__body", "article__related_links")


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """Another article with this text. `longer` and `shorter` are numbers of words; one of them is 0."""

    article: Article
    has_other_headline: bool
    longer: int
    shorter: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class PublishedCopies:
    """The published copies of an article in order of time; `more` are not listed.

    `is_first` says that the article itself is of the earliest day known, `tied` that several are.
    """

    listed: tuple[PublishedCopy, ...]
    more: int
    is_reviewed: bool
    is_first: bool
    tied: bool


def published_copies(shown: Article) -> PublishedCopies | None:
    """The copies of an article that anyone may read; None where there are none.

    At most two queries, and none for most articles: `shown` brings its `story_member` along.
    """
    own: StoryMember | None = getattr(shown, "story_member", None)
    if own is None:
        return None
    members = StoryMember.objects.filter(story=own.story_id, article__in=Article.objects.visible())
    others = members.exclude(article=shown).select_related("article__source").defer(*NOT_SHOWN)
    rows = list(others.order_by(F("article__published_on").asc(nulls_last=True), "pk")[: MOST_LISTED + 1])
    if not rows:
        return None
    more = others.count() - MOST_LISTED if len(rows) > MOST_LISTED else 0
    rows = rows[:MOST_LISTED]
    first = _first_day([shown, *(row.article for row in rows)])
    return PublishedCopies(
        listed=tuple(_copy(row, own, shown, first) for row in rows),
        more=more,
        is_reviewed=own.is_reviewed and all(row.is_reviewed for row in rows),
        is_first=_appeared_on(shown, first),
        tied=sum(_appeared_on(article, first) for article in (shown, *(row.article for row in rows))) > 1,
    )


def _copy(row: StoryMember, own: StoryMember, shown: Article, first: date | None) -> PublishedCopy:
    difference = row.words - own.words
    return PublishedCopy(
        article=row.article,
        has_other_headline=terms(row.article.title, SURFACE) != terms(shown.title, SURFACE),
        longer=max(0, difference),
        shorter=max(0, -difference),
        is_first=_appeared_on(row.article, first),
    )


def _first_day(articles: Sequence[Article]) -> date | None:
    """The earliest day of publication: the day of a crawl is none, nor is a month."""
    days = [article.published_on for article in articles if article.published_on and _has_day(article)]
    return min(days, default=None)


def _appeared_on(article: Article, day: date | None) -> bool:
    return day is not None and article.published_on == day and _has_day(article)


def _has_day(article: Article) -> bool:
    return article.published_precision == Precision.DAY and not article.date_is_from_crawl
