"""What the archive holds already of the items of a chunk, asked in a few queries for all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.importing.fingerprints import Fingerprints
from articles.importing.readers.web import HTTP_BLOCK
from articles.importing.records import ExtractedArticle, Revisit, WebCapture
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.redirect import ArticleRedirect
from articles.models.source import name_key

# What makes two items one article: ("url", digest), ("record", source, id) or ("text", source, digest).
Identity = tuple[str, ...]
KINDS = (("url", "url_digest"), ("record", "external_id"), ("text", "text_digest"))
BATCH = 500  # values in one query; SQLite takes no more than 999


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article of the archive; `merged_from` is the redirect of the merged one that an item is of, 0 for none."""

    key: int
    public_id: str
    merged_from: int = 0


@dataclass(frozen=True, slots=True)
class KnownCapture:
    """A row for bytes kept before; without an article where none could be made of them."""

    key: int
    origin: str
    locator: str
    article: KnownArticle | None
    address: str = ""
    captured_at: datetime | None = None

    def is_of(self, web: WebCapture | None) -> bool:
        """Whether these very bytes are this capture again; of the web, address and moment count as well."""
        if web is None or self.address != web.address:
            return web is None
        return web.is_timeless or self.captured_at == web.captured_at


def identity_of(article: ExtractedArticle, fingerprints: Fingerprints) -> Identity:
    """By address; without one, by the record's own number; without that, by the words. Numbers and words count
    within one source.
    """
    if fingerprints.url:
        return ("url", fingerprints.url)
    source = name_key(article.source)[:200]
    if article.external_id:
        return ("record", source, article.external_id)
    return ("text", source, fingerprints.text)


def captures(digests: Iterable[str]) -> dict[str, list[KnownCapture]]:
    """The captures of each digest that has any."""
    found: dict[str, list[KnownCapture]] = {}
    for batch in _batches(sorted(set(digests))):
        # Without an order: asked for one, SQLite walks the whole table in it instead of looking the digests up.
        rows = Capture.objects.filter(sha256__in=batch).order_by()
        for sha256, key, origin, locator, article, public_id, url, moment in rows.values_list(
            *("sha256", "pk", "origin", "locator", "article_id", "article__public_id", "url", "captured_at")
        ):
            known = KnownArticle(article, public_id) if article else None
            capture = KnownCapture(key, origin, locator, known, url, moment)
            found.setdefault(sha256, []).append(capture)
    return found


def original(revisit: Revisit) -> str:
    """The digest of the bytes that a revisit speaks of; empty when the archive does not hold them."""
    if revisit.captured_at is None:
        return ""
    rows = Capture.objects.filter(captured_at=revisit.captured_at, url=revisit.address)
    pages = rows.exclude(media_type=HTTP_BLOCK).order_by(
        "pk"
    )  # a damaged record is kept whole, as evidence only
    return pages.values_list("sha256", flat=True).first() or ""


def articles(identities: Iterable[Identity]) -> dict[Identity, KnownArticle]:
    """The article of each identity that has one; the oldest where there are several."""
    wanted = set(identities)
    found: dict[Identity, KnownArticle] = {}
    for identity, known in _rows(wanted):
        if identity in wanted and (identity not in found or known.key < found[identity].key):
            found[identity] = known
    return _merged(wanted - found.keys()) | found


def _merged(wanted: set[Identity]) -> dict[Identity, KnownArticle]:
    """The articles into which those of these identities were merged."""
    found: dict[Identity, KnownArticle] = {}
    if not ArticleRedirect.objects.exists():
        return found
    for kind, column in KINDS:
        values = sorted({identity[-1] for identity in wanted if identity[0] == kind})
        for batch in _batches(values):
            rows = ArticleRedirect.objects.filter(**{f"{column}__in": batch}).exclude(**{column: ""})
            for redirect, key, public_id, source, value in rows.order_by("-pk").values_list(
                "pk", "article", "article__public_id", "source__name_key", column
            ):
                identity = (kind, value) if kind == "url" else (kind, source or "", value)
                if identity in wanted:
                    found[identity] = KnownArticle(key, public_id, redirect)
    return found


def _rows(wanted: set[Identity]) -> Iterator[tuple[Identity, KnownArticle]]:
    for kind, column in KINDS:
        values = sorted({identity[-1] for identity in wanted if identity[0] == kind})
        for batch in _batches(values):
            # Two of the indexes leave empty values out, and are used only where the query does so as well.
            rows = Article.objects.filter(**{f"{column}__in": batch}).exclude(**{column: ""}).order_by()
            for key, public_id, source, value in rows.values_list(
                "pk", "public_id", "source__name_key", column
            ):
                identity = (kind, value) if kind == "url" else (kind, source or "", value)
                yield identity, KnownArticle(key, public_id)


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]
