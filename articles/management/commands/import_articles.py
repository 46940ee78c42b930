"""Import articles from files, folders, archives and standard input."""

import sys
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, DjangoHelpFormatter
from django.db import DatabaseError

from articles.importing.charsets import DECLARABLE, declarable
from articles.importing.cleaning import storable
from articles.importing.columns import FIELDS, WrongMap, parse_map
from articles.importing.inputs import MissingInput
from articles.importing.options import (
    ERRORS,
    ON_DUPLICATE,
    OUTCOMES,
    STATUSES,
    ImportOptions,
    ItemReport,
    Summary,
)
from articles.importing.readers import READERS
from articles.importing.reading import ReadOptions
from articles.importing.reports import WrongReport, report_file
from articles.importing.run import import_paths
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.management.progress import progress_bar
from articles.search import indexing

FATAL, SOME_FAILED = 1, 2
MOST_MESSAGES = 50  # on the terminal; --report has them all

EPILOG = """
exit status: 0 all well, 1 nothing (more) could be done, 2 some items were rejected or failed

examples:
  manage.py import_articles seeds/
  manage.py import_articles news.zip --dry-run --report report.csv
  manage.py import_articles dump.csv --map "full text=body" --source "جريدة الأفق"
  cat news.jsonl | manage.py import_articles - --format jsonl

docs/importing.md tells formats, fields, outcomes and codes.
"""


class _Formatter(DjangoHelpFormatter, RawDescriptionHelpFormatter):
    pass


class Command(BaseCommand):
    help = "Import articles from .txt, .json, .jsonl and .csv files, folders, globs, .zip files and standard input."
    # An index built by other rules keeps nobody from importing; update_index says what to do about it.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = _Formatter
        parser.epilog = EPILOG
        # argparse ends with 2 for a wrong option, which is our word for «some items failed».
        parser.error = partial(_refuse, parser)  # type: ignore[method-assign]
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="a file, a folder, a glob, a .zip, or - for standard input",
        )
        _add_reading(parser)
        _add_filing(parser)
        _add_running(parser)

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        self.verbosity = options["verbosity"]
        self.messages = 0
        try:
            summary = self._import(paths, _import_options(options), options["report"])
        except (MissingInput, Busy, WrongMap, WrongReport) as error:
            raise CommandError(str(error), returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again to go on", returncode=FATAL) from None
        self._show(summary, dry_run=options["dry_run"])
        if not options["dry_run"]:
            self._index(now=options["index"])
        if summary.errors:
            raise CommandError(f"{summary.errors:,} items were rejected or failed", returncode=SOME_FAILED)

    def _import(self, paths: list[str], options: ImportOptions, report_path: str) -> Summary:
        with ExitStack() as stack:
            report = stack.enter_context(report_file(Path(report_path))) if report_path else None
            bar = stack.enter_context(progress_bar(options.limit, " items", self.stderr))

            def item(done: ItemReport) -> None:
                if report:
                    report.item(done)
                if done.outcome in ERRORS:
                    bar.clear()
                    self._tell(done)

            summary = import_paths(
                paths,
                options=options,
                store=CaptureStore(settings.CAPTURES_DIR),
                stdin=sys.stdin.buffer,
                report=item,
                progress=lambda summary: bar.update(summary.read - bar.n),
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


def _add_reading(parser: CommandParser) -> None:
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--format",
        choices=list(READERS),
        default="",
        help="of all inputs; told by name and content otherwise",
    )
    reading.add_argument(
        "--encoding",
        type=_encoding,
        help=f"of all inputs ({', '.join(DECLARABLE)}); told by content otherwise",
    )
    reading.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD",
        help=f"which field a column holds, again for each; fields: {', '.join(FIELDS)}; COLUMN= ignores it",
    )  # fmt: skip
    reading.add_argument("--limit", type=_positive, metavar="N", help="read no more than N items")


def _add_filing(parser: CommandParser) -> None:
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


def _add_running(parser: CommandParser) -> None:
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
        "--max-errors", type=_positive, metavar="N", help="stop at the Nth item that is rejected or fails"
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


def _import_options(options: dict[str, Any]) -> ImportOptions:
    return ImportOptions(
        reading=ReadOptions(options["format"], options["encoding"] or ""),
        column_map=parse_map(options["map"]),
        source=storable(options["source"].strip()),
        collections=tuple(storable(name) for name in options["collection"] if name.strip()),
        status=options["status"],
        on_duplicate=options["on_duplicate"],
        most_errors=1 if options["on_error"] == "stop" else options["max_errors"],
        limit=options["limit"],
        dry_run=options["dry_run"],
    )


def _refuse(parser: CommandParser, message: str) -> NoReturn:
    if not parser.called_from_command_line:
        raise CommandError(f"Error: {message}")
    parser.print_usage(sys.stderr)
    parser.exit(FATAL, f"{parser.prog}: error: {message}\n")


def _encoding(name: str) -> str:
    try:
        return declarable(name)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"'{text}' is no number above 0")
    return int(text)
