"""Writes a chunk of items to the database: all in one transaction, or item by item where the database refuses one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from articles.importing.cleaning import storable
from articles.importing.fingerprints import Fingerprints, url_digest
from articles.importing.records import ExtractedArticle, Note, WebCapture
from articles.importing.store import rows, wordings
from articles.importing.store.known import KnownArticle
from articles.importing.store.returning import Return, TakenDownTexts
from articles.models.article import Article, Status
from articles.models.capture import Capture
from articles.models.collection import Collection
from articles.models.import_run import ImportItem, ImportRun, Outcome
from articles.models.returned_text import ReturnedText
from articles.models.source import Source

REFUSALS = (IntegrityError, DataError)
HEARD = (Outcome.CAPTURED, Outcome.UPDATED)  # what may bring another wording of an article
NO_FINGERPRINTS = Fingerprints("", "")
MOST_SOURCES = 10_000  # remembered; a column of other things than outlets must not fill the memory


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of an item, in the store under their digest; `row` is their capture from an earlier attempt.

    `extractor` says how they were read, once they were.
    """

    sha256: str
    size: int
    media_type: str
    charset: str
    row: int | None = None
    extractor: str = ""


@dataclass(slots=True)
class Entry:
    """One item and what is to become of it.

    `article` is what was derived from it. Where the archive knows the article, `known` says which; where an
    earlier entry of the same chunk is the same article, `twin` does. `before` are columns that its text changed;
    `returned` says that a new article is a text which stands taken down.
    """

    origin: str
    locator: str
    outcome: str = ""
    code: str = ""
    message: str = ""
    notes: tuple[Note, ...] = ()
    content: Bytes | None = None
    web: WebCapture | None = None
    title: str = ""
    article: ExtractedArticle | None = None
    fingerprints: Fingerprints = NO_FINGERPRINTS
    known: KnownArticle | None = None
    twin: "Entry | None" = None
    public_id: str = ""
    row: Article | None = None
    capture: Capture | None = None
    before: dict[str, Any] = field(default_factory=dict)
    returned: Return | None = None

    def fail(self, code: str, message: str) -> None:
        self.outcome, self.code, self.message = Outcome.FAILED, code, message
        self.article = self.known = self.twin = self.row = None
        self.public_id = ""

    @property
    def merged_from(self) -> int:
        """The merged article that the item is of, by its redirect; 0 for none."""
        known = self.known or (self.twin.known if self.twin else None)
        return known.merged_from if known else 0

    @property
    def is_heard(self) -> bool:
        """Whether it may say what its article says: a merged article's words are another's now."""
        return bool(self.article and self.article_key and not self.merged_from)

    @property
    def article_key(self) -> int | None:
        """The key of the article the item is, once it is written."""
        if self.twin:
            return self.twin.article_key
        if self.known:
            return self.known.key
        return self.row.pk if self.row else None


class ChunkWriter:
    """Writes the chunks of one run, and its counts with them; remembers the sources it has met."""

    def __init__(self, run: ImportRun, status: str, collections: Sequence[Collection]) -> None:
        self.run = run
        self.status = Status(status)
        self.collections = collections
        self.sources: dict[str, Source] = {}
        self.taken_down = TakenDownTexts()
        self.counts: Counter[str] = Counter()

    def write(self, entries: Sequence[Entry]) -> None:
        """Write the entries and count them; unchanged ones leave no row.

        An entry that the database refuses becomes a failed one; its bytes are kept and its outcome is told.
        """
        try:
            with transaction.atomic():
                self._insert(entries)
                counts = self._count(entries)
        except REFUSALS:
            self._forget(entries)
            with transaction.atomic():
                for entry in entries:
                    self._write_one(entry)
                counts = self._count(entries)
        self.counts = counts

    def _count(self, entries: Sequence[Entry]) -> Counter[str]:
        counts = self.counts + Counter(str(entry.outcome) for entry in entries)
        ImportRun.objects.filter(pk=self.run.pk).update(read=counts.total(), **counts)
        return counts

    def _write_one(self, entry: Entry) -> None:
        if entry.twin and entry.twin.outcome == Outcome.FAILED:
            entry.fail("database_error", f"the article it repeats ({entry.twin.locator}) could not be stored")
        try:
            with transaction.atomic():
                self._insert([entry])
        except REFUSALS as error:
            self._forget([entry])
            entry.fail("database_error", str(error))
            with transaction.atomic():
                self._insert([entry])

    def _forget(self, entries: Iterable[Entry]) -> None:
        """Drop what a rolled-back transaction had made."""
        self.sources.clear()
        for entry in entries:
            entry.row = entry.capture = None
            entry.before = {}

    def _insert(self, entries: Sequence[Entry]) -> None:
        now = timezone.now()
        entries = [entry for entry in entries if entry.outcome != Outcome.UNCHANGED]
        self._fail_deleted(entries)
        fresh = [entry for entry in entries if entry.outcome == Outcome.NEW and entry.article]
        self._look_for_returns(fresh)
        for entry in fresh:
            status = Status.IN_REVIEW if entry.returned else self.status
            entry.row = Article(status=status, stale_since=now, **self._values(entry))
        Article.objects.bulk_create([entry.row for entry in fresh if entry.row])
        self._keep_returns(fresh)
        heard = [entry for entry in entries if entry.outcome in HEARD and entry.is_heard]
        histories = wordings.read(entry.article_key for entry in heard if entry.article_key)
        self._update([entry for entry in heard if entry.outcome == Outcome.UPDATED])
        self._collect(entries, now)
        self._insert_captures([entry for entry in entries if entry.content])
        self._write_versions(heard, histories)
        ImportItem.objects.bulk_create([self._item(entry) for entry in entries])
        for entry in entries:
            entry.public_id = entry.row.public_id if entry.row else entry.public_id
            entry.public_id = entry.twin.public_id if entry.twin else entry.public_id

    def _look_for_returns(self, fresh: Sequence[Entry]) -> None:
        """New articles that say what stands taken down are not published, and say why in their item."""
        if fresh:
            self.taken_down.refresh()
        for entry in fresh:
            if entry.article and not entry.returned:
                entry.returned = self.taken_down.returned(entry.article, entry.fingerprints.text)
                if entry.returned:
                    entry.notes = (*entry.notes, Note("taken_down_text", entry.returned.public_id))

    def _keep_returns(self, fresh: Sequence[Entry]) -> None:
        ReturnedText.objects.bulk_create(
            ReturnedText(
                article=entry.row, takedown_id=entry.returned.takedown, similarity=entry.returned.similarity
            )
            for entry in fresh
            if entry.row and entry.returned
        )

    def _fail_deleted(self, entries: Sequence[Entry]) -> None:
        """An article that was there when the chunk was looked up may have been deleted since."""
        known = {entry.known.key for entry in entries if entry.known}
        gone = (
            known - set(Article.objects.filter(pk__in=known).values_list("pk", flat=True)) if known else set()
        )
        for entry in entries:
            if entry.known and entry.known.key in gone:
                entry.fail("database_error", "the article was deleted while the import ran; import again")

    def _update(self, entries: Sequence[Entry]) -> None:
        held = Article.objects.in_bulk([entry.article_key for entry in entries])
        for entry in entries:
            row = held[entry.article_key or 0]
            before = rows.as_json(row)
            rows.change(row, self._values(entry))
            row.save(update_fields=rows.CHANGEABLE)
            after = rows.as_json(row)
            entry.before = {name: value for name, value in before.items() if value != after[name]}

    def _write_versions(self, entries: Sequence[Entry], histories: wordings.Histories) -> None:
        """What the captures say that their articles did not say before, in the order they came in."""
        for entry in entries:
            if entry.twin and entry.twin.row and entry.twin.capture:
                histories.begin(entry.twin.row.pk, entry.twin.capture)
        for entry in entries:
            if entry.article and entry.article_key and entry.capture:
                histories.hear(entry.article_key, entry.article, entry.capture)
        histories.write()

    def _collect(self, entries: Sequence[Entry], now: datetime) -> None:
        """Put new, captured and updated articles into the run's collections."""
        keys = {key for entry in entries if entry.article and (key := entry.article_key)}
        if not self.collections or not keys:
            return
        membership = Article.collections.through
        membership.objects.bulk_create(
            [
                membership(article_id=key, collection=collection)
                for key in keys
                for collection in self.collections
            ],
            ignore_conflicts=True,
        )
        Article.objects.filter(pk__in=keys).update(stale_since=now)

    def _insert_captures(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.content:
                entry.capture = self._capture(entry, entry.content)
        Capture.objects.bulk_create(
            [entry.capture for entry in entries if entry.capture and not entry.capture.pk]
        )
        for entry in entries:
            if entry.content and entry.content.row and entry.article:
                Capture.objects.filter(pk=entry.content.row).update(
                    article=entry.article_key, run=self.run, extractor=entry.content.extractor
                )

    def _capture(self, entry: Entry, content: Bytes) -> Capture:
        article, web = entry.article, entry.web
        url = web.address if web else article.url if article else ""
        moment = web.captured_at if web else article.captured_at if article else None
        return Capture(
            pk=content.row,
            article_id=entry.article_key if article else None,
            merged_from_id=entry.merged_from or None,
            run=self.run,
            sha256=content.sha256,
            size=content.size,
            media_type=content.media_type,
            charset=content.charset,
            url=storable(url),
            url_digest=url_digest(url),
            captured_at=moment,
            origin=entry.origin,
            locator=entry.locator,
            extractor=content.extractor if article else "",
            details=dict(web.details) if web else {},
        )

    def _item(self, entry: Entry) -> ImportItem:
        return ImportItem(
            run=self.run,
            origin=entry.origin,
            locator=entry.locator,
            outcome=entry.outcome,
            code=entry.code,
            message=entry.message,
            notes=[asdict(note) for note in entry.notes],
            article_id=entry.article_key,
            before=entry.before,
        )

    def _values(self, entry: Entry) -> dict[str, Any]:
        if entry.article is None:
            return {}
        return rows.columns(entry.article, entry.fingerprints) | {
            "source": self._source(entry.article.source)
        }

    def _source(self, name: str) -> Source | None:
        if not name:
            return None
        source = self.sources.get(name)
        if source is None:
            if len(self.sources) >= MOST_SOURCES:
                self.sources.clear()
            source = self.sources[name] = Source.objects.named(name)
        return source
