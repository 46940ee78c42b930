"""What the commands that import share: options, progress, totals, and how they end."""

import sys
import time
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import DatabaseError

from articles.importing.cleaning import storable
from articles.importing.columns import WrongMap
from articles.importing.inputs import MissingInput
from articles.importing.meter import Meter
from articles.importing.options import (
    ERRORS,
    ON_DUPLICATE,
    OUTCOMES,
    STATUSES,
    ImportOptions,
    ItemReport,
    Summary,
)
from articles.importing.reports import WrongReport, report_file
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.importing.store.ruling import TooManyRules
from articles.management.progress import progress_bar
from articles.search import indexing

FATAL, SOME_FAILED = 1, 2
MOST_MESSAGES = 50  # on the terminal; --report has them all
EXIT_STATUS = "exit status: 0 all well, 1 nothing (more) could be done, 2 some items were rejected or failed"

# What a command hands over: the store, what to call for every item and every chunk; the import's summary comes back.
Import = Callable[..., Summary]


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    pass


class ImportCommand(BaseCommand):
    """A command that imports: `self.run_import` wraps a verb of `articles.importing.run`."""

    # An index built by other rules keeps nobody from importing; update_index says what to do about it.
    requires_system_checks: list[str] = []

    def prepare(self, parser: CommandParser, epilog: str) -> None:
        parser.formatter_class = _Formatter
        parser.epilog = epilog
        # argparse ends with 2 for a wrong option, which is our word for «some items failed».
        parser.error = partial(_refuse, parser)  # type: ignore[method-assign]

    def run_import(
        self, verb: Import, options: ImportOptions, given: dict[str, Any], meter: Meter | None = None
    ) -> None:
        """Import, report and index; ends the command with the status that EXIT_STATUS tells.

        `meter` tells how much of the input is left, where that is known.
        """
        self.verbosity = given["verbosity"]
        self.messages = 0
        try:
            summary = self._import(verb, options, given["report"], meter or Meter())
        except (MissingInput, Busy, TooManyRules, WrongMap, WrongReport) as error:
            raise CommandError(str(error), returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again to go on", returncode=FATAL) from None
        self._show(summary, dry_run=options.dry_run)
        if not options.dry_run:
            self._index(now=given["index"])
        if summary.errors:
            raise CommandError(f"{summary.errors:,} items were rejected or failed", returncode=SOME_FAILED)

    def _import(self, verb: Import, options: ImportOptions, report_path: str, meter: Meter) -> Summary:
        with ExitStack() as stack:
            report = stack.enter_context(report_file(Path(report_path))) if report_path else None
            by_bytes = bool(meter.total) and options.limit is None
            total, unit = (meter.total, "B") if by_bytes else (options.limit, " items")
            bar = stack.enter_context(progress_bar(total, unit, self.stderr))
            begun = time.monotonic()

            def item(done: ItemReport) -> None:
                if report:
                    report.item(done)
                if done.outcome in ERRORS:
                    bar.clear()
                    self._tell(done)

            def chunk(summary: Summary) -> None:
                if by_bytes:
                    rate = summary.read / max(time.monotonic() - begun, 0.001)
                    bar.set_postfix_str(f"{summary.read:,} items, {rate:,.0f}/s", refresh=False)
                bar.update((meter.position if by_bytes else summary.read) - bar.n)

            summary = verb(
                options=options, store=CaptureStore(settings.CAPTURES_DIR), report=item, progress=chunk
            )
            if report:
                report.totals(summary)
        return summary

    def _tell(self, done: ItemReport) -> None:
        """Show an error as it happens; after the first fifty, only that there are more."""
        self.messages += 1
        if self.messages <= MOST_MESSAGES:
            place = f"{done.origin} {done.locator}".strip()
            self.stderr.write(f"{place}: {done.outcome} ({done.code}): {done.message}")
        elif self.messages == MOST_MESSAGES + 1:
            self.stderr.write("... and more; --report FILE.csv lists them all")

    def _show(self, summary: Summary, *, dry_run: bool) -> None:
        for column in summary.unused_columns:
            self.stderr.write(f"--map: no record had a column '{column}'")
        if summary.stopped:
            self.stderr.write("stopped at the limit of errors; what came before is stored")
        if self.verbosity == 0:
            return
        for reason, count in summary.passed_over.items():
            names = [file.origin for file in summary.passed_examples if file.reason == reason]
            more = ", ..." if count > len(names) else ""
            self.stderr.write(f"{count:,} passed over ({reason}): {', '.join(names)}{more}")
        if dry_run:
            self.stdout.write("dry run: nothing was written")
        for outcome in OUTCOMES:
            self.stdout.write(f"{outcome:<10}{summary.counts[outcome]:>12,}")
        self.stdout.write(f"{'read':<10}{summary.read:>12,}")

    def _index(self, *, now: bool) -> None:
        waiting = indexing.waiting()
        if not now or not waiting:
            return
        with progress_bar(waiting, " articles", self.stderr) as bar:
            report = indexing.index_stale(progress=bar.update)
        if self.verbosity > 0:
            self.stdout.write(f"{'indexed':<10}{report.indexed:>12,}")
        if report.problem:
            self.stderr.write(
                f"{report.problem} ({report.waiting:,} articles wait for `manage.py update_index`)"
            )


def add_filing(parser: CommandParser) -> None:
    filing = parser.add_argument_group("filing")
    filing.add_argument(
        "--source", default="", metavar="NAME", help="the outlet of items that name none themselves"
    )
    filing.add_argument(
        "--collection", action="append", default=[], metavar="NAME",
        help="put new, captured and updated articles into it; may be given again",
    )  # fmt: skip
    filing.add_argument(
        "--status",
        choices=STATUSES,
        default="published",
        help="of new articles: readers see published ones (published)",
    )
    filing.add_argument(
        "--on-duplicate", choices=ON_DUPLICATE, default="capture",
        help="an article the archive knows, with other bytes: keep them as a capture and leave the text (capture), "
        "keep nothing (skip), or keep them and take over the text (update)",
    )  # fmt: skip


def add_running(parser: CommandParser) -> None:
    running = parser.add_argument_group("running")
    running.add_argument(
        "--dry-run", action="store_true", help="read everything, report what would happen, write nothing"
    )
    running.add_argument(
        "--on-error",
        choices=("continue", "stop"),
        default="continue",
        help="at an item that is rejected or fails (continue)",
    )
    running.add_argument(
        "--max-errors", type=positive, metavar="N", help="stop at the Nth item that is rejected or fails"
    )
    running.add_argument(
        "--report",
        default="",
        metavar="FILE",
        help="write what became of every item to FILE.json or FILE.csv",
    )
    running.add_argument(
        "--no-index", action="store_false", dest="index", help="leave indexing to `manage.py update_index`"
    )


def filing_options(given: dict[str, Any]) -> dict[str, Any]:
    """What `add_filing` and `add_running` were given, as ImportOptions takes it."""
    return {
        "source": storable(given["source"].strip()),
        "collections": tuple(storable(name) for name in given["collection"] if name.strip()),
        "status": given["status"],
        "on_duplicate": given["on_duplicate"],
        "most_errors": 1 if given["on_error"] == "stop" else given["max_errors"],
        "dry_run": given["dry_run"],
    }


def _refuse(parser: CommandParser, message: str) -> NoReturn:
    if not parser.called_from_command_line:
        raise CommandError(f"Error: {message}")
    parser.print_usage(sys.stderr)
    parser.exit(FATAL, f"{parser.prog}: error: {message}\n")


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"'{text}' is no number above 0")
    return int(text)
