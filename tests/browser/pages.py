"""One address of every type of page, for tests and pictures that look at them all."""

from urllib.parse import quote

from articles.models.article import Article, Status
from articles.models.source import Source
from articles.models.story import StoryMember
from articles.models.version import ArticleVersion

MOSUL = quote("الموصل")
SAME_EVERYWHERE = {
    "home": "/",
    "results": f"/search/?q={MOSUL}",
    "results-narrowed": f"/search/?q={MOSUL}&year=2017&sort=newest",
    "results-compact": f"/search/?q={MOSUL}&view=compact",
    "results-none": f"/search/?q={quote('قسطرلاب')}",
    "results-mended": f"/search/?q={quote('(الموصل أو')}",
    "help": "/search/help/",
    "advanced": f"/search/advanced/?q={MOSUL}",
    "advanced-mended": f"/search/advanced/?write=1&since={quote('متى')}",
    "preferences": "/preferences/",
    "sources": "/sources/",
    "authors": "/authors/",
    "dates": "/dates/",
    "undated": "/dates/undated/",
    "on-this-day": "/on-this-day/?month=2&day=14",
    "collections": "/collections/",
    "not-held": "/url/https://example.org/" + quote("غير محفوظ"),
    "not-found": "/no/such/page/",
}


def addresses() -> dict[str, str]:
    """A path by the name of the page's type, in an archive that has captures, collections and something on الموصل."""
    article = Article.objects.visible().filter(title__contains="الموصل", captures__isnull=False).first()
    assert article
    return SAME_EVERYWHERE | _around(article) | _where_there_is_one()


def _around(article: Article) -> dict[str, str]:
    """The pages of one article, and those it stands on."""
    own, day = article.get_absolute_url(), article.published_on
    source, capture = Source.objects.filter(articles__isnull=False).first(), article.captures.first()
    collection = article.collections.first()
    assert source
    assert capture
    found = {
        "article": f"{own}?q={MOSUL}",
        "cite": f"{own}cite/",
        "captures": f"{own}captures/",
        "capture": f"{own}captures/{capture.sha256}/",
        "source": source.get_absolute_url(),
    }
    if article.author:
        found["author"] = f"/authors/{quote(article.author)}/"
    if collection:
        found["collection"] = collection.get_absolute_url()
    if day:
        found["year"] = f"/dates/{day.year}/"
        found["month"] = f"{found['year']}{day.month}/"
        found["day"] = f"{found['month']}{day.day}/"
    return found


def _where_there_is_one() -> dict[str, str]:
    """An article with versions, one with copies, and one that was withdrawn."""
    found: dict[str, str] = {}
    visible = Article.objects.visible()
    if changed := ArticleVersion.objects.filter(number=2, article__in=visible).first():
        found["versions"] = f"{changed.article.get_absolute_url()}versions/"
        found["version"] = f"{found['versions']}2/"
    if told := StoryMember.objects.filter(article__in=visible).first():
        found["copies"] = told.article.get_absolute_url()
        found["results-grouped"] = f"/search/?q={quote(told.article.title.split()[0])}&copies=group"
    if gone := Article.objects.filter(status=Status.WITHDRAWN).first():
        found["gone"] = gone.get_absolute_url()
    return found
