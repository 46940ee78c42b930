"""Between derived articles and rows: the columns of an article, and how a newer text changes an older row."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from articles.importing.fingerprints import Fingerprints
from articles.importing.records import Evidence, ExtractedArticle, RelatedLink
from articles.models import evidence
from articles.models.article import Article

# Columns that a newer text may change; identity, status and everything curators add stay.
CHANGEABLE = (
    *(
        "title",
        "title_is_derived",
        "body",
        "author",
        "source",
        "section",
        "language",
        "dateline",
        "city",
        "country",
    ),
    *("published_on", "published_precision", "url", "url_digest", "external_id", "text_digest"),
    *("related_links", "evidence", "confidence", "corrected", "stale_since", "updated_at"),
)
NOT_KEPT = {"stale_since", "confidence", "corrected"}
# Of those, what comes back when the text before does; the index has marks of its own, and the rest tells of evidence.
KEPT = {
    field.name: field
    for field in Article._meta.concrete_fields
    if field.name in CHANGEABLE and field.name not in NOT_KEPT
}
IDENTIFYING = ("url", "url_digest", "external_id")
CURATOR = evidence.CURATOR  # the place of evidence that `articles.curation` gives a corrected field
# Columns that go with another.
FOLLOWERS = {"title": ("title_is_derived",), "published_on": ("published_precision",), "url": ("url_digest",)}


def columns(article: ExtractedArticle, fingerprints: Fingerprints) -> dict[str, Any]:
    """The columns that come from the text itself; the source is a row of its own."""
    return {
        "title": article.title,
        "title_is_derived": article.title_is_derived,
        "body": article.body,
        "author": article.author,
        "section": article.section,
        "language": article.language,
        "dateline": article.dateline,
        "city": article.city,
        "country": article.country,
        "published_on": article.published.day,
        "published_precision": article.published.precision,
        "url": article.url,
        "url_digest": fingerprints.url,
        "external_id": article.external_id,
        "text_digest": fingerprints.text,
        "related_links": [_link(link) for link in article.related_links],
        "evidence": {name: _evidence(shown) for name, shown in article.evidence.items()},
    }


def change(row: Article, values: dict[str, Any]) -> None:
    """Set what the newer text says; what it is silent about stays, and so does what a curator gave.

    `text_digest` becomes that of the newer text as it came in: by it, the next import knows the text again.
    """
    older = {name: shown.get("place", "") for name, shown in row.evidence.items()}
    newer = {name: shown["place"] for name, shown in values["evidence"].items()}
    fixed = {name for name, place in older.items() if place == CURATOR} | _stand_ins(older, newer)
    kept = fixed | {follower for name in fixed for follower in FOLLOWERS.get(name, ())}
    said = {name: value for name, value in values.items() if value or name == "title_is_derived"}
    if not values["published_on"]:
        said.pop("published_precision", None)
    shown = {name: evidence for name, evidence in values["evidence"].items() if name not in fixed}
    for name, value in {**said, "evidence": {**row.evidence, **shown}}.items():
        if name not in kept:
            setattr(row, name, value)
    row.touch()


def as_json(row: Article) -> dict[str, Any]:
    """The columns that a newer text may change, as JSON keeps them."""
    return {name: _json(getattr(row, column.attname)) for name, column in KEPT.items()}


def from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that `as_json` wrote, as an update of the row takes them."""
    back = {KEPT[name].attname: KEPT[name].to_python(value) for name, value in values.items() if name in KEPT}
    return back | (evidence.told_by(back["evidence"]) if "evidence" in back else {})


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def reread(row: Article, values: dict[str, Any]) -> None:
    """Set what the very bytes that the text came from say when they are read again: what they no longer say goes.

    What a curator gave stays, and so does an address or a number of the record where the bytes name none any more:
    by them the next import knows the article.
    """
    fixed = {name: shown for name, shown in row.evidence.items() if shown.get("place") == CURATOR}
    kept = {name for name in fixed} | {follower for name in fixed for follower in FOLLOWERS.get(name, ())}
    silent = {name for name in IDENTIFYING if not values.get(name)}
    held = {name: row.evidence[name] for name in silent if name in row.evidence}
    for name, value in values.items():
        if name not in kept | silent:
            setattr(row, name, value)
    row.evidence = {**values["evidence"], **held, **fixed}
    row.touch()


def _stand_ins(older: Mapping[str, str], newer: Mapping[str, str]) -> set[str]:
    """Fields for which the newer text has only a makeshift and the older one the real thing."""
    return {
        name
        for name, makeshift in (("title", "first sentence"), ("published_on", "crawl"))
        if newer.get(name) == makeshift and older.get(name, makeshift) != makeshift
    }


def _link(link: RelatedLink) -> dict[str, str]:
    return {"title": link.title, "url": link.url} if link.url else {"title": link.title}


def _evidence(shown: Evidence) -> dict[str, Any]:
    """As Article documents it: {"place": ..., "text": ...}, and how sure it is where it is not."""
    doubt = {"confidence": shown.confidence} if shown.confidence < 1 else {}
    return {"place": shown.place, "text": shown.text, **doubt}
