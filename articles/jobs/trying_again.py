"""Items of an import that did not come through, tried again: from the file where it still stands, or the bytes kept.

Each run's items make one new run with the options of the old. A file is named by a run that went on here, never by one
that a restored archive brought along: such a run may name anything on this machine.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing import reading
from articles.importing.captured import Stored, document
from articles.importing.options import ERRORS, ImportOptions, ItemReport
from articles.importing.readers.web import WebFilter
from articles.importing.reading import Item, ReadOptions
from articles.importing.run import import_items
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore
from articles.importing.store.lock import Busy
from articles.jobs import asking
from articles.jobs.kind import JobKind
from articles.jobs.work import Refused, Work
from articles.models.capture import Capture
from articles.models.import_run import ImportItem, ImportRun
from articles.models.job import Job

NAME = "try_again"
MOST = 10_000  # items of one job
MENDED, FAILED_AGAIN, GONE = "mended", "failed_again", "gone"
GONE_NOTE = "source_gone"
INSIDE = "!"  # between an archive's name and that of a file in it

Place = tuple[str, str]  # file and place in it


def ask(items: Iterable[int], *, by: User) -> Job:
    """A job that tries these items again; of more than MOST the first."""
    keys = sorted(items)[:MOST]
    title = gettext("تجربة ما تعذّر استيراده: %(number)s") % {"number": f"{len(keys):,}"}
    return asking.ask(NAME, title, by=by, options={"items": keys})


def do(work: Work) -> None:
    """Try the items of each run; those that came through since are left alone."""
    keys = work.options.get("items", [])
    rows = ImportItem.objects.filter(pk__in=keys, outcome__in=ERRORS, mended_by=None).select_related("run")
    by_run: dict[int, list[ImportItem]] = {}
    for item in rows.defer("before").order_by("run_id", "pk"):
        by_run.setdefault(item.run_id, []).append(item)
    work.advance(0, total=sum(map(len, by_run.values())))
    links = []
    for items in by_run.values():
        trial = _Trial(items[0].run, items)
        made = trial.do()
        work.advance(len(items), **trial.counts)
        if made:
            address = reverse("admin:articles_importrun_change", args=[made])
            links.append(
                {"address": address, "label": gettext("عملية الاستيراد #%(number)s") % {"number": made}}
            )
    work.settle(links=links)


@dataclass(slots=True)
class _Trial:
    """The items of one run, by their places."""

    run: ImportRun
    items: list[ImportItem]
    counts: Counter[str] = field(default_factory=Counter)
    came: dict[int, list[str]] = field(default_factory=dict)  # outcomes, by the item that they are of

    def do(self) -> int | None:
        """The number of the new run; None where nothing of the items was left."""
        found = self._read()
        first = next(found, None)
        if first is None:
            self._tell_gone(self.items)
            return None
        names = sorted({item.origin for item in self.items})
        try:
            summary = import_items(
                _with_first(first, found),
                names,
                options=options_of(self.run.options),
                store=CaptureStore(settings.CAPTURES_DIR),
                report=self._hear,
            )
        except Busy as error:
            raise Refused(gettext("استيراد آخر يجري الآن. أعد المحاولة بعد أن ينتهي.")) from error
        self._settle(summary.run_number)
        return summary.run_number

    def _read(self) -> Iterator[Item]:
        """What is left of the items: of each file those at their places, and of the rest the bytes that were kept."""
        found: set[int] = set()
        for path, items in self._by_file().items():
            wanted = {(item.origin, item.locator): item.pk for item in items}
            left = set(wanted.values())
            for item in reading.read([path], options_of(self.run.options).reading, stdin=io.BytesIO()):
                if not isinstance(item, Item):
                    continue
                key = _wanted(wanted, item.origin, item.locator)
                if key is not None:
                    found.add(key)
                    left.discard(key)
                    yield item
                elif not left and all(locator for _origin, locator in wanted):
                    break
        for row in self.items:
            if row.pk not in found and (kept := _kept(row)):
                yield kept

    def _by_file(self) -> dict[str, list[ImportItem]]:
        files: dict[str, list[ImportItem]] = {}
        for item in self.items:
            if self.run.was_here and (path := file_of(item.origin)):
                files.setdefault(path, []).append(item)
        return files

    def _hear(self, report: ItemReport) -> None:
        places = {(item.origin, item.locator): item.pk for item in self.items}
        key = _wanted(places, report.origin, report.locator)
        if key is not None:
            self.came.setdefault(key, []).append(report.outcome)

    def _settle(self, number: int | None) -> None:
        mended = [key for key, outcomes in self.came.items() if not set(outcomes) & set(ERRORS)]
        ImportItem.objects.filter(pk__in=mended).update(mended_by=number)
        self.counts.update({MENDED: len(mended), FAILED_AGAIN: len(self.came) - len(mended)})
        self._tell_gone([item for item in self.items if item.pk not in self.came])

    def _tell_gone(self, items: list[ImportItem]) -> None:
        """Say on the items themselves that there is nothing left to try."""
        self.counts[GONE] += len(items)
        for item in items:
            if all(note.get("code") != GONE_NOTE for note in item.notes):
                item.notes = [*item.notes, {"code": GONE_NOTE, "text": item.origin}]
        ImportItem.objects.bulk_update(items, ["notes"], batch_size=200)


def _with_first(first: Item, rest: Iterator[Item]) -> Iterator[Item]:
    yield first
    yield from rest


def _wanted(wanted: Mapping[Place, int], origin: str, locator: str) -> int | None:
    """The item that one read now is: at the same place, or anything in a file that could not be read at all."""
    if (origin, locator) in wanted:
        return wanted[origin, locator]
    while True:
        if (origin, "") in wanted:
            return wanted[origin, ""]
        origin, inside, _member = origin.rpartition(INSIDE)
        if not inside:
            return None


def file_of(origin: str) -> str:
    """The file on disk that an origin names, itself or the archive it is in; empty where there is none.

    >>> file_of("/nowhere/a.zip!b.json")
    ''
    """
    while origin:
        if Path(origin).is_file():
            return origin
        origin = origin.rpartition(INSIDE)[0]
    return ""


def _kept(row: ImportItem) -> Item | None:
    """The item made of the bytes that were kept of it."""
    capture = Capture.objects.filter(
        run=row.run_id, origin=row.origin, locator=row.locator, article=None
    ).first()
    if capture is None:
        return None
    try:
        content = CaptureStore(settings.CAPTURES_DIR).read(capture.sha256)
    except (CaptureMissing, CaptureDamaged):
        return None
    return document(
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


def options_of(kept: Mapping[str, Any]) -> ImportOptions:
    """The options that a run kept, without its limits: these items are all that is wanted."""
    told = kept.get("reading") or {}
    web = told.get("web") or {}
    return ImportOptions(
        reading=ReadOptions(
            told.get("format") or "",
            told.get("encoding") or "",
            WebFilter(**{name: tuple(value) for name, value in web.items()}),
        ),
        column_map=kept.get("column_map") or {},
        source=kept.get("source") or "",
        collections=tuple(kept.get("collections") or ()),
        status=kept.get("status") or "draft",
        on_duplicate=kept.get("on_duplicate") or "capture",
    )


KINDS = (
    JobKind(
        NAME,
        do,
        {MENDED: _("نجح"), FAILED_AGAIN: _("تعذّر ثانية"), GONE: _("لم يبق منه شيء يُقرأ")},
    ),
)
