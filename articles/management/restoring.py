"""What import_articles does with an export: it is restored as it is, and nothing else is imported with it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.exporting.restoring import Hearing, Restored, restore
from articles.exporting.verifying import BadExport, Export, is_export, opened
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.management.import_command import FATAL, SOME_FAILED
from articles.management.progress import progress_bar

# Options that say how items become articles: nothing becomes one here.
OF_ITEMS = ("format", "encoding", "map", "limit", "source", "collection", "max_errors", "report")


def export_among(paths: Sequence[str], given: Mapping[str, Any], others: Sequence[str]) -> Path | None:
    """The export that is to be restored, if there is one; raises CommandError where more is asked than that."""
    exports = [Path(path) for path in paths if is_export(Path(path))]
    if not exports:
        return None
    if len(paths) > 1 or others:
        raise CommandError(f"{exports[0]} is an export: it is restored by itself", returncode=FATAL)
    changed = [f"--{name.replace('_', '-')}" for name in OF_ITEMS if given[name]]
    changed += ["--status"] if given["status"] != "published" else []
    changed += ["--on-duplicate"] if given["on_duplicate"] != "capture" else []
    if changed:
        message = f"{exports[0]} is an export, and restored as it is: {', '.join(changed)} cannot be followed"
        raise CommandError(message, returncode=FATAL)
    return exports[0]


def restore_export(command: BaseCommand, folder: Path, *, dry_run: bool, verbosity: int) -> Restored:
    """Restore an export under progress bars and report; raises CommandError where it cannot be done."""
    try:
        export = opened(folder)
        done = _restored(command, export, dry_run=dry_run)
    except (BadExport, Busy) as error:
        raise CommandError(str(error), returncode=FATAL) from error
    except (OSError, DatabaseError) as error:
        raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
    except KeyboardInterrupt:
        raise CommandError("stopped; run the same command again to go on", returncode=FATAL) from None
    if verbosity:
        _tell(command, export, done, dry_run=dry_run)
    return done


def end(done: Restored) -> None:
    """Raise CommandError where something of the export could not be restored."""
    if left := done.left.total():
        message = f"{left:,} stories or pairs name articles that are not here, or are in a story already"
        raise CommandError(message, returncode=SOME_FAILED)


def _restored(command: BaseCommand, export: Export, *, dry_run: bool) -> Restored:
    total = sum(export.counts.values())
    with (
        progress_bar(export.size, "B verified", command.stderr) as verified,
        progress_bar(total, " rows", command.stderr) as restored,
    ):
        return restore(
            export,
            store=CaptureStore(settings.CAPTURES_DIR),
            dry_run=dry_run,
            hearing=Hearing(verified.update, restored.update),
        )


def _tell(command: BaseCommand, export: Export, done: Restored, *, dry_run: bool) -> None:
    if dry_run:
        command.stdout.write("dry run: nothing was written")
    command.stdout.write(f"{'':<18}{'restored':>12}{'known':>12}")
    for name in export.counts:
        command.stdout.write(f"{name:<18}{done.restored[name]:>12,}{done.known[name]:>12,}")
    if done.without_bytes:
        command.stdout.write(f"{done.without_bytes:,} captures have no bytes in the export")
    if done.nobody:
        command.stderr.write(
            f"no account here for {', '.join(done.nobody)}: what they decided is restored without their name"
        )
