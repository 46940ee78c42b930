"""Write the archive, or what readers see of it, as a folder that any tool can read."""

from argparse import ArgumentTypeError
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from articles.exporting.bag import NoRoom
from articles.exporting.run import MAX_WARC_SIZE, Exported, ExportOptions, NoPages, export
from articles.importing.store.captures import CaptureStore
from articles.management.import_command import FATAL, ImportCommand
from articles.management.progress import progress_bar

SOME_MISSING = 2
UNITS = {"K": 10**3, "M": 10**6, "G": 10**9}
EPILOG = """
By default everything leaves that the archive holds, drafts and withdrawn articles among it, with the names of curators:
a backup for operators. --published-only leaves out whatever readers do not see, and may be given to others. Accounts,
passwords and the log of the admin never leave.

exit status: 0 all well, 1 nothing was written, 2 written, but the bytes of some captures are missing

examples:
  manage.py export_archive /backup/2026-11-22
  manage.py export_archive /gifts/archive --published-only --wacz /gifts/archive.wacz
  manage.py import_articles /backup/2026-11-22    (back into an archive)

docs/export.md tells what is in the folder.
"""


class Command(ImportCommand):
    help = (
        "Write the archive as a folder that any tool can read: JSON lines, WARC files and a manifest of them (a "
        "BagIt bag)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument(
            "folder", type=Path, metavar="FOLDER", help="where nothing stands yet, or an empty folder"
        )
        parser.add_argument(
            "--wacz", type=Path, metavar="FILE", help="write the captures of the web as a WACZ too"
        )
        parser.add_argument(
            "--published-only", action="store_true", help="only what readers see, to be given to others"
        )
        parser.add_argument(
            "--since", type=_moment, metavar="DATE",
            help="only articles changed and captures stored since (2026-11-01 or 2026-11-01T12:00); sources, "
            "collections, rules and runs go whole",
        )  # fmt: skip
        parser.add_argument(
            "--max-warc-size", type=_size, default=MAX_WARC_SIZE, metavar="SIZE",
            help="begin a new WARC file when one has reached it, such as 200M (1G)",
        )  # fmt: skip

    def handle(self, *args: Any, folder: Path, **given: Any) -> None:
        options = ExportOptions(
            given["published_only"], given["since"], given["max_warc_size"], given["wacz"]
        )
        try:
            done = self._export(folder, options)
        except (NoRoom, NoPages) as error:
            raise CommandError(str(error), returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; nothing was written", returncode=FATAL) from None
        if given["verbosity"]:
            self._totals(done)
        if done.missing:
            message = (
                f"the bytes of {done.missing:,} captures are missing; `manage.py verify_archive` tells more"
            )
            raise CommandError(message, returncode=SOME_MISSING)

    def _export(self, folder: Path, options: ExportOptions) -> Exported:
        with ExitStack() as stack:
            bar = stack.enter_context(progress_bar(None, " rows", self.stderr))

            def missing(message: str) -> None:
                bar.clear()
                self.stderr.write(message)

            def started(total: int) -> None:
                bar.reset(total=total)

            return export(
                folder.absolute(),
                options=options,
                store=CaptureStore(settings.CAPTURES_DIR),
                report=missing,
                progress=bar.update,
                started=started,
            )

    def _totals(self, done: Exported) -> None:
        for name, count in done.counts.items():
            self.stdout.write(f"{name:<18}{count:>12,}")
        self.stdout.write(f"{'bytes':<18}{done.size:>12,}")


def _moment(text: str) -> datetime:
    """A date, or a date and a time, of the archive's own time zone where it tells none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is no date; write it as 2026-11-01 or 2026-11-01T12:00") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _size(text: str) -> int:
    number, unit = (text[:-1], text[-1].upper()) if text[-1:].upper() in UNITS else (text, "")
    if not (number.isascii() and number.isdigit() and int(number)):
        raise ArgumentTypeError(f"'{text}' is no size; write it as 500M or 2G")
    return int(number) * UNITS.get(unit, 1)
