"""The way back, its steps in order.

1 hold every file against the manifest   2 look for rows that cannot stand beside those that are here
3 write the rows, table by table, the bytes of captures before their rows

What is here already is known and left as it is, so an interrupted restoration goes on when it is run again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction

from articles.exporting import records, verifying
from articles.exporting.lines import Row, batches, rows
from articles.exporting.store import rows_back
from articles.exporting.store.rows_back import References
from articles.exporting.store.tables import CAPTURES, ITEMS, RUNS, TABLES, BadRow, Table
from articles.exporting.verifying import BadExport, Export
from articles.importing.fingerprints import bytes_digest
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import only_import
from articles.models.import_run import ImportItem

SHOWN = 10

Progress = Callable[[int], object]
Numbered = Sequence[tuple[int, Row]]


@dataclass(slots=True)
class Restored:
    """What became of the rows of each table; `left` could not be made here. `nobody` are accounts that are missing."""

    restored: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    without_bytes: int = 0
    nobody: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who hears of the bytes verified and of the rows restored."""

    bytes: Progress | None = None
    rows: Progress | None = None


def restore(
    export: Export, *, store: CaptureStore, dry_run: bool = False, hearing: Hearing | None = None
) -> Restored:
    """Put an export into this archive; in a dry run, only say what would be.

    Raises BadExport before anything is written where a file is damaged or rows collide; Busy, OSError and Django's
    database errors. What was written by then is in order.
    """
    hearing = hearing or Hearing()
    verifying.verify(export, hearing.bytes)
    with only_import(store.folder):
        _refuse_collisions(export)
        restoring = _Restoring(export, store, hearing.rows, dry_run)
        for table in TABLES:
            if export.has(table.path):
                restoring.table(table)
        if not dry_run:
            rows_back.count_on_from_numbers()
    restoring.done.nobody = sorted(restoring.references.nobody)
    return restoring.done


def _refuse_collisions(export: Export) -> None:
    """Raise BadExport for rows that are new here and share what no two rows may with others."""
    problems = []
    for table in TABLES:
        if not (table.alone and export.has(table.path) and table.model._default_manager.exists()):
            continue
        for batch in batches(export.folder / table.path):
            with _told(table, batch):
                names = rows_back.taken(table, [row for _number, row in batch])
            problems += [f"{table.name} {name}: its {table.alone} is another's here" for name in names]
            if len(problems) > SHOWN:
                break
    if problems:
        more = "; and more" if len(problems) > SHOWN else ""
        raise BadExport(
            f"this archive is not empty, and rows collide: {'; '.join(problems[:SHOWN])}{more}. Restore into an "
            "empty archive, or withdraw and delete these rows here first"
        )


@contextmanager
def _told(table: Table, batch: Numbered) -> Iterator[None]:
    """Say which lines a problem is in."""
    try:
        yield
    except (BadRow, records.BadRecord, IntegrityError, DataError, KeyError, TypeError) as error:
        first, last = batch[0][0], batch[-1][0]
        raise BadExport(f"{table.path} lines {first} to {last}: {type(error).__name__}: {error}") from error


class _Restoring:
    def __init__(self, export: Export, store: CaptureStore, progress: Progress | None, dry_run: bool) -> None:
        self.export = export
        self.store = store
        self.progress = progress
        self.dry_run = dry_run
        self.references = References()
        self.done = Restored()

    def table(self, table: Table) -> None:
        path = self.export.folder / table.path
        if table is ITEMS:
            self._items(path)
            return
        for batch in batches(path):
            with _told(table, batch):
                self._batch(table, batch)
            if self.progress:
                self.progress(len(batch))

    def _batch(self, table: Table, batch: Numbered) -> None:
        lines = [row for _number, row in batch]
        known = rows_back.known(table, lines)
        fresh = [row for row, is_known in zip(lines, known, strict=True) if not is_known]
        unfit = [False] * len(fresh) if self.dry_run else rows_back.unfit(table, fresh)
        fit = [row for row, is_unfit in zip(fresh, unfit, strict=True) if not is_unfit]
        self.done.known[table.name] += len(lines) - len(fresh)
        self.done.left[table.name] += len(fresh) - len(fit)
        self.done.restored[table.name] += len(fit)
        if table is CAPTURES:
            self._bytes(lines)
        if not self.dry_run:
            with transaction.atomic():
                rows_back.insert(table, fit, self.references)
        if table is RUNS:
            self.references.runs.update(rows_back.run_keys(lines))

    def _bytes(self, lines: Sequence[Row]) -> None:
        """Bring bytes to the disk that the store does not have; records that repeat others have none."""
        for row in lines:
            place = row.get("warc")
            if not place:
                self.done.without_bytes += 1
            elif not self.dry_run and place["type"] != "revisit" and not self.store.has(row["sha256"]):
                self.store.write(row["sha256"], self._content(row, place))
        self.store.sync()

    def _content(self, row: Row, place: dict[str, Any]) -> bytes:
        if not self.export.has(place["file"]):
            raise BadRow(f"{place['file']!r} is not in the manifest")
        with (self.export.folder / place["file"]).open("rb") as file:
            file.seek(place["offset"])
            packed = file.read(min(place["length"], records.LARGEST))
        content = records.payload(packed, row["size"])
        if bytes_digest(content) != row["sha256"]:
            raise BadRow(f"the record at {place['offset']} of {place['file']} does not hold {row['sha256']}")
        return content

    def _items(self, path: Path) -> None:
        """The items of a run, in their order: those here already are its first ones."""
        for number, of_run in groupby(rows(path), key=lambda numbered: numbered[1].get("run")):
            run = self.references.runs.get(number) if isinstance(number, int) else None
            there = ImportItem.objects.filter(run=run).count() if run else 0
            self._items_of_run(of_run, there)

    def _items_of_run(self, of_run: Iterator[tuple[int, Row]], there: int) -> None:
        batch: list[tuple[int, Row]] = []
        for numbered in of_run:
            if there:
                there -= 1
                self.done.known[ITEMS.name] += 1
                continue
            batch.append(numbered)
            if len(batch) == BATCH:
                self._write_items(batch)
                batch = []
        if batch:
            self._write_items(batch)

    def _write_items(self, batch: Numbered) -> None:
        with _told(ITEMS, batch):
            if not self.dry_run:
                with transaction.atomic():
                    rows_back.insert(ITEMS, [row for _number, row in batch], self.references)
        self.done.restored[ITEMS.name] += len(batch)
        if self.progress:
            self.progress(len(batch))


BATCH = 500  # items in a transaction
