"""The import, its steps in order.

1 read   2 is the digest known?   3 keep the bytes   4 extract and clean   5 which article is it?
6 write articles, captures and outcomes, one transaction a chunk   7 report

Bytes reach the disk before the rows that speak of them, and an item is reported only when its chunk is committed:
killed at any moment, an import has stored what it reported, and goes on where it stopped when it is run again.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import IO

from django.utils import timezone

from articles.importing import inputs, reading
from articles.importing.cleaning import storable
from articles.importing.codes import is_rejection
from articles.importing.columns import Plan
from articles.importing.deriving import complete
from articles.importing.fingerprints import bytes_digest, fingerprints
from articles.importing.limits import CHUNK_BYTES, CHUNK_ITEMS
from articles.importing.options import ERRORS, ImportOptions, ItemReport, Summary
from articles.importing.reading import Item
from articles.importing.records import (
    PassedOver,
    RawDocument,
    Rejected,
    Revisit,
    Unreadable,
)
from articles.importing.second_process import Answer, Derivers
from articles.importing.store.captures import CaptureStore
from articles.importing.store.keeping import DryKeeper, Keeper, StoreKeeper, seen
from articles.importing.store.known import Identity, identity_of
from articles.importing.store.lock import only_import
from articles.importing.store.ruling import rule_book
from articles.importing.store.saving import Bytes, Entry
from articles.importing.store.scratch import Scratch
from articles.importing.store.source_names import source_names
from articles.models.import_run import ImportRun, Outcome, RunState

logger = logging.getLogger(__name__)

Report = Callable[[ItemReport], None]
Progress = Callable[[Summary], None]


def import_paths(
    paths: Sequence[str],
    *,
    options: ImportOptions,
    store: CaptureStore,
    stdin: IO[bytes],
    report: Report | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Import what the paths hold; `report` hears of every item, `progress` of every chunk.

    Raises MissingInput, Busy, TooManyRules, OSError and Django's database errors; what was reported by then is stored.
    """
    paths = inputs.expand(paths)
    items = reading.read(paths, options.reading, stdin=stdin)
    names = [inputs.printable(path) for path in paths]
    return import_items(items, names, options=options, store=store, report=report, progress=progress)


def import_items(
    items: Iterator[Item | PassedOver],
    names: Sequence[str],
    *,
    options: ImportOptions,
    store: CaptureStore,
    report: Report | None = None,
    progress: Progress | None = None,
    opened: Callable[[ImportRun], object] | None = None,
) -> Summary:
    """Import items, however they were come by; `names` say of what, for the list of runs.

    `opened` hears of the run before anything is stored. Raises as `import_paths` does.
    """
    summary = Summary()
    if options.dry_run:
        with closing(Scratch()) as scratch:
            _Import(options, DryKeeper(scratch, store), summary, report, progress).run(items)
        return summary
    with only_import(store.folder):
        run = _open_run(names, options)
        summary.run_number = run.pk
        if opened:
            opened(run)
        state = RunState.STOPPED
        try:
            _Import(options, StoreKeeper(store, run, options), summary, report, progress).run(items)
            state = RunState.STOPPED if summary.stopped else RunState.FINISHED
        finally:
            ImportRun.objects.filter(pk=run.pk).update(state=state, finished_at=timezone.now())
    return summary


def _open_run(names: Sequence[str], options: ImportOptions) -> ImportRun:
    """A new run. We hold the lock: a run that still counts as running was killed."""
    ImportRun.objects.filter(state=RunState.RUNNING).update(
        state=RunState.STOPPED, finished_at=timezone.now()
    )
    return ImportRun.objects.create(inputs=list(names), options=options.as_json(), was_here=True)


@dataclass(slots=True)
class _Work:
    """An item on its way, and what is to become of it."""

    item: Item
    entry: Entry
    digest: str
    same: Entry | None = None  # an earlier item of the chunk with the same bytes

    @classmethod
    def of(cls, item: Item) -> "_Work":
        digest = bytes_digest(item.content) if item.content else ""
        entry = Entry(item.origin, item.locator, web=item.web)
        if digest:
            entry.content = Bytes(digest, len(item.content), item.media_type, item.charset)
        return cls(item, entry, digest)


class _Import:
    def __init__(
        self,
        options: ImportOptions,
        keeper: Keeper,
        summary: Summary,
        report: Report | None,
        progress: Progress | None,
    ) -> None:
        self.options = options
        self.keeper = keeper
        self.summary = summary
        self.report = report
        self.progress = progress
        self.plan = Plan(options.column_map)
        self.book = rule_book()
        self.names = source_names()
        self.derivers = Derivers(self.plan, self.book)

    def run(self, items: Iterator[Item | PassedOver]) -> None:
        with closing(self.derivers):
            self._run(items)

    def _run(self, items: Iterator[Item | PassedOver]) -> None:
        for chunk in self._chunks(items):
            self._import_chunk([_Work.of(item) for item in chunk])
            if self.progress:
                self.progress(self.summary)
            if self._limit_reached(self.summary.errors):
                self.summary.stopped = True
                break
        self.summary.unused_columns = self.plan.unused()

    def _chunks(self, items: Iterator[Item | PassedOver]) -> Iterator[list[Item]]:
        """Items in groups bounded in number and in bytes, up to the limit; files passed over are counted."""
        chunk: list[Item] = []
        size = taken = 0
        for item in items:
            if isinstance(item, PassedOver):
                self.summary.pass_over(item)
                continue
            if isinstance(item, RawDocument) and item.revisit:
                item = self._revisited(item, item.revisit, chunk)
            chunk.append(item)
            size += len(item.content)
            taken += 1
            if len(chunk) == CHUNK_ITEMS or size >= CHUNK_BYTES or taken == self.options.limit:
                yield chunk
                chunk, size = [], 0
            if taken == self.options.limit:
                return
        if chunk:
            yield chunk

    def _revisited(self, item: RawDocument, revisit: Revisit, chunk: Sequence[Item]) -> Item:
        """A revisit with the bytes it speaks of: those of an item of this chunk, or of one stored before."""
        for other in reversed(chunk):
            if isinstance(other, RawDocument) and other.web and revisit.is_of(other.web):
                return replace(
                    item, content=other.content, charset=other.charset, media_type=other.media_type
                )
        content = self.keeper.original(revisit)
        if content is not None:
            return replace(item, content=content)
        message = f"the page it repeats is not in the archive; import the crawl that captured {revisit.address} first"
        return Unreadable(item.origin, item.locator, "revisit_unresolved", storable(message), web=item.web)

    def _import_chunk(self, works: list[_Work]) -> None:
        self._recognise(works)
        waiting = [work for work in works if work.entry.outcome != Outcome.UNCHANGED]
        fresh = self.keeper.keep({work.digest: work.item.content for work in waiting if work.digest})
        self._extract_all([work for work in waiting if not work.same])
        self._identify(waiting)
        works = self._up_to_limit(works)
        entries = [work.entry for work in works]
        needed = {entry.content.sha256 for entry in entries if entry.content}
        self.keeper.discard(fresh - needed)
        self.keeper.write(entries)
        self._tell(entries)

    def _recognise(self, works: list[_Work]) -> None:
        """Items whose very bytes made an article before are unchanged."""
        known = self.keeper.captures([(work.digest, work.item.web) for work in works if work.digest])
        first: dict[str, Entry] = {}
        for work in works:
            entry, rows = work.entry, known.get(work.digest, ())
            article = next((row.article for row in rows if row.article and row.is_of(entry.web)), None)
            if article:
                entry.outcome, entry.known, entry.public_id = Outcome.UNCHANGED, article, article.public_id
            elif entry.content:
                place = (entry.origin, entry.locator)
                row = next((row.key for row in rows if (row.origin, row.locator) == place), None)
                entry.content = replace(entry.content, row=row)
                work.same = first.setdefault(seen(work.digest, entry.web), entry)
                first.setdefault(work.digest, entry)
                if work.same is entry:
                    work.same = None
                elif (work.same.origin, work.same.locator) == place:  # the file was given twice
                    entry.content = None

    def _extract_all(self, works: list[_Work]) -> None:
        """What the items hold; many pages of HTML are shared with a second process."""
        documents: list[tuple[_Work, RawDocument]] = []
        for work in works:
            item, entry = work.item, work.entry
            if item.web and item.content:
                self.keeper.remember(item.web, item.content)
            if isinstance(item, Unreadable):
                entry.outcome = Outcome.REJECTED if is_rejection(item.code) else Outcome.FAILED
                entry.code, entry.message = item.code, item.message
            else:
                documents.append((work, item))
        answers = self.derivers.derive([item for _work, item in documents])
        for (work, item), answer in zip(documents, answers, strict=True):
            self._take(work.entry, item, answer)

    def _take(self, entry: Entry, item: RawDocument, answer: Answer) -> None:
        """What was derived from an item, into its entry."""
        if isinstance(answer, Exception):
            logger.error("extraction failed: %s %s", item.origin, item.locator, exc_info=answer)
            entry.fail("extraction_error", storable(f"{type(answer).__name__}: {answer}"))
            return
        derived = complete(answer, item, self.book, given=self.options.source)
        found = derived.found
        if entry.content:
            entry.content = replace(entry.content, charset=derived.charset, extractor=derived.extractor)
        if isinstance(found, Rejected):
            entry.outcome, entry.code, entry.message = Outcome.REJECTED, found.code, storable(found.message)
            return
        entry.article = self.names.under_own_name(found)
        entry.notes = entry.article.notes
        entry.title = entry.article.title
        entry.fingerprints = fingerprints(entry.article.url, entry.article.title, entry.article.body)

    def _identify(self, works: list[_Work]) -> None:
        """Which article each item is: one the archive knows, one of this chunk, or a new one."""
        identities = {
            id(work): identity_of(work.entry.article, work.entry.fingerprints)
            for work in works
            if work.entry.article
        }
        known = self.keeper.articles(identities.values())
        made: dict[Identity, Entry] = {}
        for work in works:
            identity = identities.get(id(work))
            if work.same:
                _repeat(work.entry, work.same)
            elif identity:
                entry = work.entry
                entry.known, entry.twin = known.get(identity), made.get(identity)
                self._decide(entry)
                made.setdefault(identity, entry)

    def _decide(self, entry: Entry) -> None:
        if not entry.known and not entry.twin:
            entry.outcome = Outcome.NEW
            return
        entry.public_id = entry.known.public_id if entry.known else ""
        if entry.known:
            entry.twin = None
        match self.options.on_duplicate:
            case "skip":
                entry.outcome, entry.article, entry.content = Outcome.DUPLICATE, None, None
            case "update" if not entry.merged_from:
                entry.outcome = Outcome.UPDATED
            case _:
                entry.outcome = Outcome.CAPTURED

    def _up_to_limit(self, works: list[_Work]) -> list[_Work]:
        """The items up to the one that reaches the limit of errors."""
        errors = self.summary.errors
        for place, work in enumerate(works, start=1):
            errors += work.entry.outcome in ERRORS
            if self._limit_reached(errors):
                return works[:place]
        return works

    def _limit_reached(self, errors: int) -> bool:
        return self.options.most_errors is not None and errors >= self.options.most_errors

    def _tell(self, entries: list[Entry]) -> None:
        for entry in entries:
            self.summary.counts[str(entry.outcome)] += 1
            if self.report:
                public_id = entry.public_id or (entry.twin.public_id if entry.twin else "")
                self.report(
                    ItemReport(
                        entry.origin,
                        entry.locator,
                        str(entry.outcome),
                        entry.code,
                        entry.message,
                        public_id,
                        entry.title,
                        entry.notes,
                    )
                )


def _repeat(entry: Entry, same: Entry) -> None:
    """An item with the very bytes of an earlier one in the chunk."""
    if same.article:
        entry.outcome, entry.twin = Outcome.UNCHANGED, same
        return
    entry.outcome, entry.code, entry.message = same.outcome, same.code, same.message
    entry.known, entry.twin, entry.public_id = same.known, same.twin, same.public_id
    if same.outcome == Outcome.DUPLICATE:
        entry.content = None
