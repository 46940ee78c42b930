"""Files sent by curators: kept aside, read for a preview that writes nothing, imported, and taken back as a whole."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path, PurePath
from typing import IO, Any, Protocol

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from articles.importing.columns import parse_map
from articles.importing.inputs import InputFile, opener
from articles.importing.meter import Meter
from articles.importing.options import ImportOptions, ItemReport, Summary
from articles.importing.reading import ReadOptions, read_files
from articles.importing.reports import report_file
from articles.importing.run import import_items
from articles.importing.store import undoing
from articles.importing.store.captures import CaptureStore
from articles.importing.store.undoing import Kept, Undone
from articles.models.import_run import ImportRun
from articles.models.upload import FOLDER, Upload, UploadState

EXAMPLES = 30  # items of each outcome that the preview shows
LONGEST_NAME = 120  # characters of a file's name; its end, which tells the format, stays
KEPT = timedelta(days=30)  # files that nobody imported or discarded
PREVIEW = "preview.csv"
REPORT = "report.csv"

Progress = Callable[[Summary, Meter], object]


class Sent(Protocol):
    """A file as a request holds it."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterator[bytes]: ...


def stage(files: Iterable[Sent], options: Mapping[str, Any], *, by: User) -> Upload:
    """Keep the files in a folder of their own; raises OSError where the disk does not take them."""
    upload = Upload.objects.create(options=dict(options), actor=by)
    folder = upload.folder / "files"
    try:
        folder.mkdir(parents=True)
        names = [_write(sent, folder, number) for number, sent in enumerate(files, 1)]
    except OSError:
        shutil.rmtree(upload.folder, ignore_errors=True)
        upload.delete()
        raise
    upload.label = "، ".join(names)[:300]
    upload.size = sum(path.stat().st_size for path in upload.files)
    upload.save(update_fields=["label", "size"])
    _drop_forgotten()
    return upload


def _write(sent: Sent, folder: Path, number: int) -> str:
    name = file_name(sent.name or "")
    place = folder / name
    if place.exists():
        place = folder / f"{number}-{name}"
    with place.open("xb") as file:
        for piece in sent.chunks():
            file.write(piece)
    return place.name


def file_name(name: str) -> str:
    """A name for a file sent: nothing of a path, nothing hidden, its end kept where it is too long.

    >>> file_name("../../أخبار.csv"), file_name(".ssh"), file_name("")
    ('أخبار.csv', 'ssh', 'file')
    """
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    plain = plain.strip(" .")
    while len(plain.encode()) > LONGEST_NAME * 2:
        plain = plain[1:]
    return plain or "file"


def _drop_forgotten() -> None:
    """Files that nobody came back for make room."""
    old = Upload.objects.filter(
        state__in=(UploadState.STAGED, UploadState.PREVIEWED), sent_at__lt=timezone.now() - KEPT
    )
    for upload in old:
        discard(upload)


def discard(upload: Upload) -> None:
    """Let the files go without importing them."""
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.DISCARDED)
    upload.drop_files()


def options_of(upload: Upload, *, dry_run: bool) -> ImportOptions:
    """What the form said, as the import takes it; raises WrongMap."""
    given = upload.options
    return ImportOptions(
        reading=ReadOptions(given.get("format", ""), given.get("encoding", "")),
        column_map=parse_map(given.get("map", ())),
        source=given.get("source", ""),
        collections=tuple(given.get("collections", ())),
        status=given.get("status", "draft"),
        on_duplicate=given.get("on_duplicate", "capture"),
        dry_run=dry_run,
    )


def _items(upload: Upload, options: ImportOptions, meter: Meter) -> Any:
    """What the files hold. They are named by the number of their upload, whatever the folder of the data is called."""
    files = [InputFile(f"{FOLDER}/{upload.pk}/{path.name}", path.name, opener(path)) for path in upload.files]
    return read_files(files, options.reading, meter=meter)


def preview(upload: Upload, progress: Progress | None = None) -> None:
    """Read everything and write nothing; what would become of it stands in the upload and in a file beside it.

    Raises what an import raises.
    """
    options = options_of(upload, dry_run=True)
    meter = Meter.of([str(path) for path in upload.files])
    examples: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    codes: Counter[str] = Counter()
    with report_file(upload.folder / PREVIEW) as report:

        def hear(item: ItemReport) -> None:
            report.item(item)
            if item.code:
                codes[item.code] += 1
            if len(examples[item.outcome]) < EXAMPLES:
                examples[item.outcome].append(_example(item))

        summary = import_items(
            _items(upload, options, meter),
            [upload.label],
            options=options,
            store=CaptureStore(settings.CAPTURES_DIR),
            report=hear,
            progress=_with_meter(progress, meter),
        )
        report.totals(summary)
    found = {
        "counts": dict(summary.counts),
        "examples": examples,
        "codes": dict(codes),
        "passed_over": dict(summary.passed_over),
        "passed_examples": [file.origin for file in summary.passed_examples],
        "unused_columns": summary.unused_columns,
    }
    Upload.objects.filter(pk=upload.pk).update(
        preview=json.loads(json.dumps(found)), state=UploadState.PREVIEWED
    )


def _with_meter(progress: Progress | None, meter: Meter) -> Callable[[Summary], None]:
    def tell(summary: Summary) -> None:
        if progress:
            progress(summary, meter)

    return tell


def _example(item: ItemReport) -> dict[str, str]:
    told = asdict(item)
    shown = ("origin", "locator", "code", "message", "public_id", "title")
    return {name: str(told[name])[:300] for name in shown}


def bring_in(upload: Upload, progress: Progress | None = None) -> Summary:
    """Import the files; where it was interrupted, what was stored is unchanged. Raises what an import raises."""
    options = options_of(upload, dry_run=False)
    meter = Meter.of([str(path) for path in upload.files])
    with report_file(upload.folder / REPORT) as report:
        summary = import_items(
            _items(upload, options, meter),
            [upload.label],
            options=options,
            store=CaptureStore(settings.CAPTURES_DIR),
            report=report.item,
            progress=_with_meter(progress, meter),
            opened=upload.runs.add,
        )
        report.totals(summary)
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.IMPORTED)
    if not summary.errors:  # what failed may be tried again
        upload.drop_files()
    return summary


def take_back(
    runs: Iterable[ImportRun],
    *,
    report: Callable[[Kept], None] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Undone:
    """Undo the runs, the latest first; raises Busy."""
    whole = Undone()
    store = CaptureStore(settings.CAPTURES_DIR)
    for run in sorted(runs, key=lambda run: -run.pk):
        done = undoing.undo(run, store=store, report=report, progress=progress)
        for name in ("articles", "captures", "kept", "files", "restored"):
            setattr(whole, name, getattr(whole, name) + getattr(done, name))
    return whole


def open_report(upload: Upload, name: str) -> IO[bytes]:
    """The preview or the report of an upload, whole; raises FileNotFoundError."""
    return (upload.folder / name).open("rb")
