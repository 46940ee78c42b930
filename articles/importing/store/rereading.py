"""Writes what was derived again: the changed columns of each article, a version, the mark for the index."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from django.db import transaction

from articles.importing.fingerprints import Fingerprints, fingerprints
from articles.importing.records import ExtractedArticle
from articles.importing.store import rows, versions
from articles.importing.store.rows import CURATOR, FOLLOWERS
from articles.importing.store.witnesses import Witness
from articles.models.article import Article
from articles.models.capture import Capture
from articles.models.source import Source
from articles.models.version import ArticleVersion, Cause

CHANGED, UNCHANGED, PROTECTED, NOT_EXTRACTABLE = "changed", "unchanged", "protected", "not_extractable"
# What a report tells of; digests and marks go along.
SHOWN = (
    *("title", "body", "author", "source", "section", "language", "dateline", "city", "country"),
    *("published_on", "published_precision", "url", "external_id", "related_links", "title_is_derived"),
    "evidence",
)
ADDRESS = ("url", "url_digest")
SAID_BY_CURATORS = set(versions.SAID) - {"text_digest"}
MARKS = ("stale_since", "updated_at")  # set whether or not anything else is


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one article. `changes` are its fields, each before and after; `kept` those that were protected."""

    outcome: str
    public_id: str = ""
    title: str = ""
    origin: str = ""
    locator: str = ""
    message: str = ""
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the capture of an article says when it is read again, and what read it."""

    witness: Witness
    article: ExtractedArticle
    extractor: str


def write(
    readings: Mapping[int, Reading], failed: Mapping[int, Reread], *, dry_run: bool
) -> list[tuple[int, Reread]]:
    """Write the readings in one transaction; what became of each article still there, by key and in order.

    A dry run writes nothing and says the same.
    """
    writer = _Writer(dry_run)
    keys = sorted({*readings, *failed})
    told: list[tuple[int, Reread]] = []
    with nullcontext() if dry_run else transaction.atomic():
        rows_of = Article.objects.all() if dry_run else Article.objects.select_for_update()
        held = rows_of.prefetch_related("source").in_bulk(keys)
        taken = _taken(readings)
        for key, row in sorted(held.items()):
            done = failed.get(key) or writer.write(row, readings[key], taken)
            told.append((key, replace(done, public_id=row.public_id, title=row.title)))
        writer.settle()
    return told


def _taken(readings: Mapping[int, Reading]) -> dict[str, int]:
    """The addresses that the readings name and other articles have: each digest, and whose it is."""
    digests = {digest for reading in readings.values() if (digest := _fingerprints(reading.article).url)}
    found = Article.objects.filter(url_digest__in=digests).exclude(url_digest="").order_by()
    return dict(found.values_list("url_digest", "pk"))


def _fingerprints(article: ExtractedArticle) -> Fingerprints:
    return fingerprints(article.url, article.title, article.body)


class _Writer:
    def __init__(self, dry_run: bool) -> None:
        self.dry_run = dry_run
        self.sources: dict[str, Source] = {}
        self.read: dict[str, list[int]] = {}  # captures by what they were read by

    def write(self, row: Article, reading: Reading, taken: dict[str, int]) -> Reread:
        values = rows.columns(reading.article, _fingerprints(reading.article))
        values["source"] = self._source(reading.article.source)
        fixed = _fixed(row)
        if row.body and not values["body"] and "body" not in fixed:
            return Reread(NOT_EXTRACTABLE, message="no text of an article is left in it")
        message = ""
        digest = values["url_digest"]
        if digest and taken.setdefault(digest, row.pk) != row.pk:
            message = "its address is that of another article: it keeps its own"
            values |= {name: getattr(row, name) for name in ADDRESS}
        before, stored = versions.said_by(row), {name: getattr(row, name) for name in rows.CHANGEABLE}
        shown = self._shown(row)
        kept = tuple(name for name in fixed if name in values and values[name] != getattr(row, name))
        (rows.reread if reading.witness.is_whole else rows.change)(row, values)
        after = self._shown(row)
        changes = {name: (shown[name], after[name]) for name in SHOWN if shown[name] != after[name]}
        if any(getattr(row, name) != stored[name] for name in rows.CHANGEABLE if name not in MARKS):
            self._save(row, reading, before)
        self._note(reading)
        outcome = CHANGED if changes else PROTECTED if kept else UNCHANGED
        return Reread(outcome, message=message, changes=changes, kept=kept)

    def _save(self, row: Article, reading: Reading, before: versions.Said) -> None:
        if self.dry_run:
            return
        after, base = versions.said_by(row), None
        # A version is what the newspaper says; what a curator corrected would pass for its words.
        heard = _heard(row) if SAID_BY_CURATORS & set(_fixed(row)) else None
        if heard:
            before, base = versions.said_in(heard), heard.number
            after = _said_in(reading, after)
        capture = reading.witness.capture
        versions.add(row, before, after, cause=Cause.EXTRACTION, capture=capture, base=base)
        row.save(update_fields=rows.CHANGEABLE)

    def _note(self, reading: Reading) -> None:
        capture = reading.witness.capture
        if capture and capture.extractor != reading.extractor:
            self.read.setdefault(reading.extractor, []).append(capture.pk)

    def settle(self) -> None:
        """Write down what the captures were read by."""
        if self.dry_run:
            return
        for extractor, keys in self.read.items():
            Capture.objects.filter(pk__in=keys).update(extractor=extractor)

    def _source(self, name: str) -> Source | None:
        if not name:
            return None
        if name not in self.sources:
            self.sources[name] = _named(name) if self.dry_run else Source.objects.named(name)
        return self.sources[name]

    def _shown(self, row: Article) -> dict[str, str]:
        """The fields as a report shows them."""
        return {name: _as_text(getattr(row, name)) for name in SHOWN}


def _named(name: str) -> Source:
    """The source of this name, or what it would be: a dry run makes none."""
    return Source.objects.known_as(name) or Source(name=name)


def _fixed(row: Article) -> tuple[str, ...]:
    """The fields that a curator gave, and those that go with them."""
    given = [name for name, shown in row.evidence.items() if shown.get("place") == CURATOR]
    return tuple(given) + tuple(follower for name in given for follower in FOLLOWERS.get(name, ()))


def _heard(row: Article) -> ArticleVersion | None:
    """The latest version that no curator wrote."""
    held = ArticleVersion.objects.filter(article=row, merged_from=None).exclude(cause=Cause.CURATOR)
    return held.order_by("-number").first()


def _said_in(reading: Reading, shown: versions.Said) -> versions.Said:
    """What the capture says; what it is silent about is as the article shows it."""
    values = rows.columns(reading.article, _fingerprints(reading.article))
    said = {name: values[name] for name in versions.SAID if values[name]}
    if not values["published_on"]:
        said.pop("published_precision", None)
    return replace(shown, **said)


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_evidence(shown)}" for name, shown in sorted(value.items()))
    if isinstance(value, list):
        return "\n".join(f"{link.get('title', '')} {link.get('url', '')}".strip() for link in value)
    return "" if value is None else str(value)


def _evidence(shown: Mapping[str, object]) -> str:
    doubt = f" ({shown['confidence']})" if "confidence" in shown else ""
    return f"{shown.get('place', '')}{doubt}: {shown.get('text', '')}"
