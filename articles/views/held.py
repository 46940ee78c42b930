"""What the archive holds of an address: its article, and the captures of it that anyone may see.

An address is asked for as a reader types or copies it: with http or https, with neither, encoded or not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from django.http import HttpRequest

from articles.importing import addresses
from articles.importing.fingerprints import url_digest
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.redirect import ArticleRedirect

MOST_CAPTURES = 5_000  # of one address in one answer: the newest
NUL = "\0"  # no text of a database
# Servers and proxies make one slash of the two.
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):/+", re.IGNORECASE)
SHOWN = (
    "sha256",
    "size",
    "media_type",
    "url",
    "captured_at",
    "details",
    "article__public_id",
    "article__url",
)


@dataclass(frozen=True)
class Asked:
    """An address as it was asked for.

    >>> Asked("http:/example.org/a").written
    ['http://example.org/a', 'https://example.org/a']
    >>> Asked("example.org/a").written[0], Asked("ftp://example.org/a").written
    ('https://example.org/a', [])
    """

    text: str

    @classmethod
    def of(cls, request: HttpRequest, original: str) -> "Asked":
        """The address in the path of a request; its query string is the address's own."""
        query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace").decode("utf-8", "replace")
        return cls(f"{original}?{query}" if query else original)

    @cached_property
    def written(self) -> list[str]:
        """The address with its scheme, the likeliest first; none for another scheme than the web's."""
        found = SCHEME.match(self.text)
        scheme = found[1].lower() if found else "https"
        if scheme not in addresses.DEFAULT_PORTS or NUL in self.text:
            return []
        bare = self.text[found.end() :] if found else self.text.lstrip("/")
        return [f"{scheme}://{bare}", f"{'http' if scheme == 'https' else 'https'}://{bare}"]

    @cached_property
    def digests(self) -> list[str]:
        return [digest for url in self.written if (digest := url_digest(url))]


def article_at(asked: Asked) -> Article | None:
    """The visible article of an address; else the one last captured there."""
    if not asked.digests:
        return None
    own = {row.url_digest: row for row in Article.objects.visible().filter(url_digest__in=asked.digests)}
    found = next((own[digest] for digest in asked.digests if digest in own), None)
    return found or _merged_at(asked) or _captured_at(asked)


def _merged_at(asked: Asked) -> Article | None:
    """The visible article into which that of the address was merged."""
    merged = ArticleRedirect.objects.filter(url_digest__in=asked.digests).exclude(url_digest="")
    return Article.objects.visible().filter(pk__in=merged.values("article")).order_by("pk").first()


def _captured_at(asked: Asked) -> Article | None:
    captured = Article.objects.visible().filter(captures__url_digest__in=asked.digests)
    return captured.order_by(F("captures__captured_at").desc(nulls_last=True), "-captures__pk").first()


def captures_at(asked: Asked) -> list[Capture]:
    """The dated captures of an address that belong to visible articles, in time order; at most MOST_CAPTURES."""
    if not asked.digests:
        return []
    newest = Capture.objects.filter(article__in=_articles_at(asked), captured_at__isnull=False)
    rows = newest.select_related("article").only(*SHOWN).order_by("-captured_at", "-pk")[:MOST_CAPTURES]
    return [row for row in reversed(rows) if url_digest(address_of(row)) in asked.digests]


def _articles_at(asked: Asked) -> list[int]:
    visible = Article.objects.visible().order_by()
    own = visible.filter(url_digest__in=asked.digests).values_list("pk", flat=True)
    captured = visible.filter(captures__url_digest__in=asked.digests).values_list("pk", flat=True)
    return list(own.union(captured))


def address_of(capture: Capture) -> str:
    """Where the bytes were obtained: a capture without an address of its own has its article's."""
    return capture.url or (capture.article.url if capture.article else "")


def normal_addresses(captures: list[Capture]) -> Iterator[str]:
    """The addresses of the dated captures, each once, in one spelling: each has a TimeMap."""
    found = (addresses.normalize(address_of(capture)) for capture in captures if capture.captured_at)
    yield from filter(None, dict.fromkeys(found))
