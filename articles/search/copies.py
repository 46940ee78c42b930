"""The copies of a story that a hit stands for, as the page lists them."""

from collections.abc import Mapping

from articles.models.article import Article
from articles.search.engines.contract import Found
from articles.search.request import Copies, SearchRequest
from articles.search.results import NO_COPIES, OtherCopies, OtherCopy

MOST_LISTED = 30  # of one hit: the best; the page says how many more there are


def copies_of(found: Found, request: SearchRequest) -> Mapping[int, OtherCopies]:
    """By the key of each hit the copies it stands for where they are grouped; one query."""
    if request.copies is not Copies.GROUP:
        return {}
    listed = {hit: others[:MOST_LISTED] for hit, others in found.others.items() if others}
    if not listed:
        return {}
    wanted = {key for hit, others in listed.items() for key in (hit, *others)}
    rows = Article.objects.visible_among(wanted).select_related("source", "story_member")
    articles = rows.defer("body", "related_links").in_bulk()
    return {
        hit: _others(hit, [key for key in others if key in articles], len(found.others[hit]), articles)
        for hit, others in listed.items()
    }


def _others(hit: int, keys: list[int], count: int, articles: Mapping[int, Article]) -> OtherCopies:
    if not keys:
        return NO_COPIES
    in_time = sorted(keys, key=lambda key: (_day(articles[key]), key))
    return OtherCopies(
        tuple(_copy(articles[key]) for key in in_time),
        more=max(0, count - MOST_LISTED),
        is_reviewed=all(_is_reviewed(articles[key]) for key in (hit, *keys) if key in articles),
    )


def _copy(article: Article) -> OtherCopy:
    source = article.source
    return OtherCopy(
        public_id=article.public_id,
        url=article.get_absolute_url(),
        title=article.title,
        language=article.language,
        source=source.name if source else "",
        published_on=article.published_on,
        published_precision=article.published_precision,
        date_is_from_crawl=article.date_is_from_crawl,
    )


def _day(article: Article) -> str:
    """For sorting: the undated last."""
    return article.published_on.isoformat() if article.published_on else "~"


def _is_reviewed(article: Article) -> bool:
    member = getattr(article, "story_member", None)
    return bool(member and member.is_reviewed)
