"""The store against the database: every capture read again, and files that no capture names. Changes nothing."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from articles.importing.options import ItemReport
from articles.importing.store.captures import CaptureDamaged, CaptureMissing, CaptureStore
from articles.importing.store.lock import LOCK, only_import
from articles.models.article import Article
from articles.models.capture import Capture

SOUND, MISSING, DAMAGED, UNREADABLE = "sound", "missing", "damaged", "unreadable"
WRONG_SIZE = "wrong_size"  # the bytes are sound, and their row says another size
ORPHAN = "orphan"
VERDICTS = (SOUND, MISSING, DAMAGED, UNREADABLE, WRONG_SIZE)
BATCH = 500  # captures or files at a time; bounds the memory, and what is asked of the database

Report = Callable[[ItemReport], None]
Progress = Callable[[int], object]


class _Row(NamedTuple):
    key: int
    sha256: str
    size: int
    origin: str
    locator: str
    public_id: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What came of reading the bytes of a digest."""

    verdict: str
    size: int = 0
    message: str = ""


def verify_captures(
    store: CaptureStore,
    *,
    limit: int | None = None,
    report: Report | None = None,
    progress: Progress | None = None,
) -> Counter[str]:
    """Read the bytes of every capture, in the order of keys; how many there are of each verdict.

    `report` hears of every capture that is not sound.
    """
    counts: Counter[str] = Counter()
    for rows in _rows(limit):
        findings = _findings(store, rows, progress)
        bad = [key for key, finding in findings.items() if finding]
        there = set(Capture.objects.filter(pk__in=bad).values_list("pk", flat=True))
        # A capture taken back while its bytes were read is neither sound nor a finding.
        findings = {key: finding for key, finding in findings.items() if not finding or key in there}
        counts.update(finding.outcome if finding else SOUND for finding in findings.values())
        for finding in findings.values():
            if finding and report:
                report(finding)
    return counts


def find_orphans(store: CaptureStore, *, report: Report | None = None) -> int:
    """Files in the store that no capture names; their number.

    Raises Busy while an import is at work: it keeps bytes before the rows that name them.
    """
    if not store.folder.exists():
        return 0
    found = 0
    with only_import(store.folder):
        files = _files(store.folder)
        while paths := list(islice(files, BATCH)):
            for orphan in _orphans(store, paths):
                found += 1
                if report:
                    report(orphan)
    return found


def published_without_capture() -> int:
    """Articles that readers see and no bytes vouch for: those that curators wrote, for one."""
    captures = Capture.objects.filter(article=OuterRef("pk"))
    return Article.objects.visible().filter(~Exists(captures)).count()


def _rows(limit: int | None) -> Iterator[list[_Row]]:
    """The captures in the order of keys, in batches, each read when it is wanted."""
    rows = Capture.objects.order_by("pk").values_list(
        *("pk", "sha256", "size", "origin", "locator", "article__public_id")
    )
    last, left = 0, limit
    while batch := [
        _Row(*row) for row in rows.filter(pk__gt=last)[: BATCH if left is None else min(BATCH, left)]
    ]:
        yield batch
        last = batch[-1].key
        left = None if left is None else left - len(batch)


def _findings(
    store: CaptureStore, rows: list[_Row], progress: Progress | None
) -> dict[int, ItemReport | None]:
    """For each row what is wrong with it, if anything; bytes that several of them name are read once."""
    readings: dict[str, _Reading] = {}
    findings: dict[int, ItemReport | None] = {}
    for row in rows:
        reading = readings.get(row.sha256) or _read(store, row.sha256)
        readings[row.sha256] = reading
        findings[row.key] = _judge(row, reading)
        if progress:
            progress(1)
    return findings


def _read(store: CaptureStore, sha256: str) -> _Reading:
    path = store.path(sha256)
    try:
        return _Reading(SOUND, sum(map(len, store.stream(sha256))))
    except CaptureMissing:
        return _Reading(MISSING, message=f"{path} is not there")
    except CaptureDamaged as error:
        return _Reading(DAMAGED, message=str(error))
    except OSError as error:
        return _Reading(UNREADABLE, message=f"{path}: {error.strerror or error}")


def _judge(row: _Row, reading: _Reading) -> ItemReport | None:
    verdict, message = reading.verdict, reading.message
    if verdict == SOUND and reading.size != row.size:
        verdict = WRONG_SIZE
        message = f"{reading.size:,} bytes under {row.sha256}; the capture says {row.size:,}"
    if verdict == SOUND:
        return None
    return ItemReport(row.origin, row.locator, verdict, message=message, public_id=row.public_id or "")


def _files(folder: Path) -> Iterator[Path]:
    """Every file below the folder but the lock, in the order of names."""
    with os.scandir(folder) as listed:
        entries = sorted(listed, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name)
        elif entry.name != LOCK:
            yield folder / entry.name


def _orphans(store: CaptureStore, paths: list[Path]) -> Iterator[ItemReport]:
    digests = {path: path.name.removesuffix(".gz") for path in paths}
    named = set(
        Capture.objects.filter(sha256__in=digests.values()).order_by().values_list("sha256", flat=True)
    )
    for path, digest in digests.items():
        if path.suffix == ".part":
            yield ItemReport(str(path), "", ORPHAN, message="left by an interrupted import")
        elif store.path(digest) != path:
            yield ItemReport(
                str(path), "", ORPHAN, message="not the name of a capture's bytes, or not in its place"
            )
        elif digest not in named:
            yield ItemReport(str(path), "", ORPHAN, message="no capture names it")
