"""One address of every type of page, for tests and pictures that look at them all."""

from urllib.parse import quote

from articles.models.article import Article, Status
from articles.models.source import Source
from articles.models.story import StoryMember
from articles.models.version import ArticleVersion

MOSUL = quote("الموصل")


def addresses() -> dict[str, str]:
    """A path by the name of the page's type, in an archive that has captures, collections and something on الموصل."""
    article = Article.objects.visible().filter(title__contains="الموصل", captures__isnull=False).first()
    source = Source.objects.filter(articles__isnull=False).first()
    assert article
    assert source
    capture = article.captures.first()
    assert capture
    own = article.get_absolute_url()
    collection = article.collections.first()
    day = article.published_on
    found = {
        "home": "/",
        "results": f"/search/?q={MOSUL}",
        "results-narrowed": f"/search/?q={MOSUL}&year={day.year if day else 2017}&sort=newest",
        "results-none": f"/search/?q={quote('قسطرلاب')}",
        "results-mended": f"/search/?q={quote('(الموصل أو')}",
        "help": "/search/help/",
        "advanced": f"/search/advanced/?q={MOSUL}",
        "advanced-mended": f"/search/advanced/?write=1&since={quote('متى')}",
        "preferences": "/preferences/",
        "results-compact": f"/search/?q={MOSUL}&view=compact",
        "article": f"{own}?q={MOSUL}",
        "cite": f"{own}cite/",
        "captures": f"{own}captures/",
        "capture": f"{own}captures/{capture.sha256}/",
        "sources": "/sources/",
        "source": source.get_absolute_url(),
        "authors": "/authors/",
        "dates": "/dates/",
        "undated": "/dates/undated/",
        "on-this-day": "/on-this-day/?month=2&day=14",
        "collections": "/collections/",
        "not-held": "/url/https://example.org/" + quote("غير محفوظ"),
        "not-found": "/no/such/page/",
    }
    if article.author:
        found["author"] = f"/authors/{quote(article.author)}/"
    changed = ArticleVersion.objects.filter(number=2, article__in=Article.objects.visible()).first()
    if changed:
        versions = f"{changed.article.get_absolute_url()}versions/"
        found |= {"versions": versions, "version": f"{versions}2/"}
    told = StoryMember.objects.filter(article__in=Article.objects.visible()).first()
    if told:
        found["copies"] = told.article.get_absolute_url()
        found["results-grouped"] = f"/search/?q={quote(told.article.title.split()[0])}&copies=group"
    gone = Article.objects.filter(status=Status.WITHDRAWN).first()
    if gone:
        found["gone"] = gone.get_absolute_url()
    if day:
        found |= {
            "year": f"/dates/{day.year}/",
            "month": f"/dates/{day.year}/{day.month}/",
            "day": f"/dates/{day.year}/{day.month}/{day.day}/",
        }
    if collection:
        found["collection"] = collection.get_absolute_url()
    return found
