"""The export, its steps in order.

1 hold one state of the database   2 rows as lines, captures as WARC   3 manifest   4 the place of the folder is taken

Nothing stands in its place before everything is in it. Memory is that of a few rows and one capture.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from articles.exporting import bag, wacz
from articles.exporting.bag import FileFacts, Payload
from articles.exporting.capture_files import FILES, WEB, CaptureFiles
from articles.exporting.lines import line
from articles.exporting.store.capture_rows import LeavingCapture, has_pages, leaving_captures
from articles.exporting.store.choice import Choice
from articles.exporting.store.reading import leaving
from articles.exporting.store.snapshot import snapshot
from articles.exporting.store.tables import CAPTURES, Table
from articles.exporting.wacz import Listing
from articles.importing import naming
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore

MAX_WARC_SIZE = 1_000_000_000  # bytes; what archives recommend

Report = Callable[[str], None]
Progress = Callable[[int], object]


class NoPages(Exception):
    """A WACZ is asked for, and no capture that leaves is of the web."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    published_only: bool = False
    since: datetime | None = None
    max_warc_size: int = MAX_WARC_SIZE
    wacz: Path | None = None

    @property
    def choice(self) -> Choice:
        return Choice(self.published_only, self.since)


@dataclass(slots=True)
class Exported:
    """What an export holds. `missing` are captures whose bytes the store does not have as they were."""

    counts: Counter[str] = field(default_factory=Counter)
    size: int = 0
    missing: int = 0


def export(
    folder: Path,
    *,
    options: ExportOptions,
    store: CaptureStore,
    report: Report | None = None,
    progress: Progress | None = None,
    started: Progress | None = None,
) -> Exported:
    """Write an export into a folder that is empty or not there yet.

    `report` hears of captures without bytes, `started` of the number of rows, `progress` of every row. Raises
    NoRoom, NoPages, OSError and Django's database errors; nothing stands in the folder's place then.
    """
    done = Exported()
    with _wacz_beside(options.wacz, folder) as wacz_part, bag.written_beside(folder) as part, snapshot():
        writer = _Writer(part, options, store, done, report or _ignored, progress or _ignored)
        if wacz_part and not has_pages(options.choice):
            raise NoPages("no capture that leaves is of the web: there is nothing to put into a WACZ")
        if started:
            started(sum(options.choice.rows(table).count() for table in options.choice.tables))
        writer.write(wacz_part)
    return done


def _ignored(_told: object) -> None:
    pass


@contextmanager
def _wacz_beside(path: Path | None, folder: Path) -> Iterator[Path | None]:
    """A file that takes the place of `path` when everything else has its place."""
    if path is None:
        yield None
        return
    if path.exists():
        raise bag.NoRoom(f"{path} is there already")
    if path.resolve().is_relative_to(folder.resolve()):
        raise bag.NoRoom(f"{path} cannot stand in the folder of the export")
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@dataclass(slots=True)
class _Writer:
    folder: Path
    options: ExportOptions
    store: CaptureStore
    done: Exported
    report: Report
    progress: Progress
    files: list[FileFacts] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)  # digests whose bytes the store does not have

    def write(self, wacz_path: Path | None) -> None:
        with closing(Listing()) as listing:
            for table in self.options.choice.tables:
                if table is CAPTURES:
                    self._write_captures(listing if wacz_path else None)
                else:
                    self._write_table(table)
            if wacz_path:
                crawls = sorted((self.folder / "data" / "captures").glob(f"{WEB}-*.warc.gz"))
                wacz.write(wacz_path, crawls, listing)
        self.done.size = sum(file.size for file in self.files)
        since = self.options.since.isoformat() if self.options.since else None
        facts = {"scope": self.options.choice.scope, "since": since, "counts": dict(self.done.counts)}
        bag.close(self.folder, self.files, facts)

    def _write_table(self, table: Table) -> None:
        payload = Payload(self.folder, table.path)
        self.done.counts[table.name] = 0
        for row in leaving(self.options.choice, table):
            payload.write(line(row))
            self.done.counts[table.name] += 1
            self.progress(1)
        self.files.append(payload.close())

    def _write_captures(self, listing: Listing | None) -> None:
        payload = Payload(self.folder, CAPTURES.path)
        series = {
            is_web: CaptureFiles(self.folder, name, self.options.max_warc_size)
            for is_web, name in ((True, WEB), (False, FILES))
        }
        self.done.counts[CAPTURES.name] = 0
        for capture in leaving_captures(self.options.choice):
            self._write_capture(capture, series[capture.is_web], payload, listing)
            self.done.counts[CAPTURES.name] += 1
            self.progress(1)
        self.files.append(payload.close())
        for files in series.values():
            self.files += files.close()

    def _write_capture(
        self, capture: LeavingCapture, files: CaptureFiles, payload: Payload, listing: Listing | None
    ) -> None:
        row = capture.row
        content = None if capture.first else self._content(row["sha256"], str(row["origin"]))
        place = None
        if content is not None or (capture.first and row["sha256"] not in self.lost):
            place = files.add(capture.obtained, content, row["size"], capture.first)
        else:
            self.done.missing += 1
        if place and listing and capture.is_web:
            listing.add(capture.obtained, capture.title, place)
        if self.options.published_only:
            row["origin"] = naming.without_folders(row["origin"])
        payload.write(line({**row, "warc": place.as_json() if place else None}))

    def _content(self, sha256: str, origin: str) -> bytes | None:
        """The bytes of a digest; None, and word of it, where the store does not have them in good order."""
        try:
            return self.store.read(sha256)
        except (CaptureMissing, CaptureDamaged) as error:
            self.report(f"{origin}: {error}")
            self.lost.add(sha256)
            return None
