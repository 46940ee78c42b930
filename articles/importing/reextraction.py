"""Text derived again from stored captures, by the rules in force.

1 which capture is the text from?   2 read its bytes   3 derive   4 what would change?
5 write the changes of a portion, with a version of each and the mark for the index, in one transaction

Nothing is kept between portions: stopped anywhere, it is run again.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace

from articles.importing.captured import Stored, document
from articles.importing.columns import Plan
from articles.importing.deriving import Derived, complete
from articles.importing.limits import CHUNK_BYTES
from articles.importing.readers.web import PAGES
from articles.importing.records import RawDocument, Rejected, Unreadable
from articles.importing.rule_book import RuleBook, extractor
from articles.importing.second_process import Answer, Derivers, answer
from articles.importing.store import rereading
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore
from articles.importing.store.lock import only_import
from articles.importing.store.rereading import Reading, Reread
from articles.importing.store.ruling import rule_book
from articles.importing.store.witnesses import Witness, witnesses
from articles.models.article import ArticleQuerySet
from articles.models.capture import Capture

logger = logging.getLogger(__name__)

MOST_READ = 4 * 1024 * 1024  # bytes of a capture that is read while somebody waits
BATCH = 200  # articles at a time; enough pages to be worth a second process
CHANGED, UNCHANGED, PROTECTED = rereading.CHANGED, rereading.UNCHANGED, rereading.PROTECTED
NOT_EXTRACTABLE, MISSING, DAMAGED, NO_CAPTURE = "not_extractable", "missing", "damaged", "no_capture"
OUTCOMES = (CHANGED, UNCHANGED, PROTECTED, NOT_EXTRACTABLE, MISSING, DAMAGED, NO_CAPTURE)
FAILURES = (NOT_EXTRACTABLE, MISSING, DAMAGED)

Report = Callable[[Reread], None]
Progress = Callable[[int], object]


def reextract(
    articles: ArticleQuerySet,
    *,
    store: CaptureStore,
    outdated: bool = False,
    limit: int | None = None,
    dry_run: bool = False,
    alone: bool = False,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Counter[str]:
    """Derive the text of some articles again; how many there were of each outcome.

    With `outdated`, only of those whose capture was read by another extractor or other rules. `limit` bounds the
    articles that are derived; `alone` starts no second process: in a request. `report` hears of each, when it is
    written. Raises Busy while an import is at work, TooManyRules, OSError and Django's database errors.
    """
    with nullcontext() if dry_run else only_import(store.folder):
        book = rule_book()
        with closing(Derivers(Plan({}), book)) as derivers:
            derivers.is_alone = alone
            work = _Work(store, book, derivers, outdated, dry_run)
            counts: Counter[str] = Counter()
            for portion in work.portions(articles, limit, progress):
                for reread in work.reread(portion):
                    counts[reread.outcome] += 1
                    if report:
                        report(reread)
                if progress:
                    progress(len(portion))
    return counts


def read_again(article: int, capture: Capture | None, store: CaptureStore) -> Reading | Reread:
    """What the rules in force make of one capture of an article; nothing is written.

    Without a capture, of the one that its text came from. A capture of more than MOST_READ bytes is not read.
    """
    witness = witnesses([article])[0]
    if capture and (witness.capture is None or capture.pk != witness.capture.pk):
        options = capture.run.options if capture.run else {}
        witness = replace(witness, capture=capture, column_map=options.get("column_map") or {})
    if witness.capture and witness.capture.size > MOST_READ:
        return Reread(NOT_EXTRACTABLE, message=f"more than {MOST_READ:,} bytes")
    book = rule_book()
    with closing(Derivers(Plan({}), book)) as derivers:
        item = _Work(store, book, derivers, outdated=False, dry_run=True).document(witness)
    if isinstance(item, Reread):
        return item
    return _reading(witness, item, answer(item, Plan(witness.column_map), book), book)


@dataclass(slots=True)
class _Work:
    store: CaptureStore
    book: RuleBook
    derivers: Derivers
    outdated: bool
    dry_run: bool

    def portions(
        self, articles: ArticleQuerySet, limit: int | None, progress: Progress | None
    ) -> Iterator[list[Witness]]:
        """The articles to derive, bounded in number and in bytes; `progress` hears of those passed by."""
        left = limit
        for keys in _keys(articles):
            found = witnesses(keys)
            wanted = [witness for witness in found if not self.outdated or self._is_outdated(witness)]
            wanted = wanted[:left]
            if progress and len(wanted) < len(keys):
                progress(len(keys) - len(wanted))
            yield from _portions(wanted)
            left = None if left is None else left - len(wanted)
            if left == 0:
                return

    def reread(self, portion: Sequence[Witness]) -> list[Reread]:
        """What became of the articles of a portion, once that is written."""
        failed: dict[int, Reread] = {}
        documents: list[tuple[Witness, RawDocument]] = []
        for witness in portion:
            found = self.document(witness)
            if isinstance(found, Reread):
                failed[witness.article] = found
            else:
                documents.append((witness, found))
        readings: dict[int, Reading] = {}
        for (witness, item), derived in zip(documents, self._derive(documents), strict=True):
            read = _reading(witness, item, derived, self.book)
            if isinstance(read, Reread):
                failed[witness.article] = read
            else:
                readings[witness.article] = read
        told = rereading.write(readings, failed, dry_run=self.dry_run)
        captures = {witness.article: witness.capture for witness in portion}
        return [_placed(reread, captures[key]) for key, reread in told]

    def _is_outdated(self, witness: Witness) -> bool:
        capture = witness.capture
        if capture is None:
            return False
        address = capture.url if capture.media_type in PAGES else ""
        name = witness.corrected or witness.source
        return capture.extractor != extractor(self.book.rules_for(address, name))

    def document(self, witness: Witness) -> RawDocument | Reread:
        capture = witness.capture
        if capture is None:
            return Reread(NO_CAPTURE, message="no capture tells where its text is from")
        try:
            content = self.store.read(capture.sha256)
        except CaptureMissing as error:
            return Reread(MISSING, message=str(error))
        except CaptureDamaged as error:
            return Reread(DAMAGED, message=str(error))
        item = document(
            Stored(
                capture.origin,
                capture.locator,
                content,
                capture.media_type,
                capture.charset,
                capture.url,
                capture.captured_at,
                capture.details,
            )
        )
        if isinstance(item, Unreadable):
            return Reread(NOT_EXTRACTABLE, message=f"{item.code}: {item.message}")
        return item

    def _derive(self, documents: Sequence[tuple[Witness, RawDocument]]) -> list[Answer]:
        """Pages may go to the second process; each record is read as its own run was told to."""
        pages = [item for _witness, item in documents if item.media_type in PAGES]
        of_pages = iter(self.derivers.derive(pages))
        return [
            next(of_pages) if item.media_type in PAGES else answer(item, Plan(witness.column_map), self.book)
            for witness, item in documents
        ]


def _placed(reread: Reread, capture: Capture | None) -> Reread:
    return replace(reread, origin=capture.origin, locator=capture.locator) if capture else reread


def _reading(witness: Witness, item: RawDocument, derived: Answer, book: RuleBook) -> Reading | Reread:
    """What is to be written of an article, or why nothing is."""
    if isinstance(derived, Exception):
        logger.error("extraction failed: %s %s", item.origin, item.locator, exc_info=derived)
        return Reread(NOT_EXTRACTABLE, message=f"extraction_error: {type(derived).__name__}: {derived}")
    whole: Derived = complete(derived, item, book, given=witness.given, outlet=witness.corrected)
    if isinstance(whole.found, Rejected):
        return Reread(NOT_EXTRACTABLE, message=f"{whole.found.code}: {whole.found.message}")
    return Reading(witness, whole.found, whole.extractor)


def _keys(articles: ArticleQuerySet) -> Iterator[list[int]]:
    last = 0
    while keys := list(articles.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]


def _portions(found: Sequence[Witness]) -> Iterator[list[Witness]]:
    portion: list[Witness] = []
    size = 0
    for witness in found:
        portion.append(witness)
        size += witness.capture.size if witness.capture else 0
        if size >= CHUNK_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
