"""One address of every type of page, for tests and pictures that look at them all."""

from urllib.parse import quote

from articles.models.article import Article
from articles.models.source import Source

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
        "article": f"{own}?q={MOSUL}",
        "captures": f"{own}captures/",
        "capture": f"{own}captures/{capture.sha256}/",
        "sources": "/sources/",
        "source": source.get_absolute_url(),
        "dates": "/dates/",
        "collections": "/collections/",
        "not-held": "/url/https://example.org/" + quote("غير محفوظ"),
        "not-found": "/no/such/page/",
    }
    if day:
        found |= {
            "year": f"/dates/{day.year}/",
            "month": f"/dates/{day.year}/{day.month}/",
            "day": f"/dates/{day.year}/{day.month}/{day.day}/",
        }
    if collection:
        found["collection"] = collection.get_absolute_url()
    return found
