"""Import articles from files, folders, archives, crawls, feeds and standard input, or from addresses of the web."""

import sys
from argparse import ArgumentTypeError
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from articles.importing import inputs
from articles.importing.charsets import DECLARABLE, declarable
from articles.importing.columns import FIELDS, WrongMap, parse_map
from articles.importing.fetching.client import Client
from articles.importing.fetching.items import Fetching
from articles.importing.fetching.validators import Validators
from articles.importing.inputs import MissingInput
from articles.importing.meter import Meter
from articles.importing.options import ImportOptions, Summary
from articles.importing.readers import FORMATS
from articles.importing.readers.web import HTML, PAGES, PLAIN, XHTML, WebFilter
from articles.importing.reading import ReadOptions, read
from articles.importing.run import import_items
from articles.management.import_command import (
    EXIT_STATUS,
    FATAL,
    ImportCommand,
    add_filing,
    add_running,
    filing_options,
    positive,
)
from articles.management.restoring import end, export_among, restore_export

TAKEN = (HTML, XHTML, PLAIN)
EPILOG = f"""
{EXIT_STATUS}

examples:
  manage.py import_articles seeds/
  manage.py import_articles crawls/*.warc.gz --report crawls.csv
  manage.py import_articles news.zip --dry-run --report report.csv
  manage.py import_articles dump.csv --map "full text=body" --source "جريدة الأفق"
  manage.py import_articles --url https://example.org/news/12
  manage.py import_articles /backup/2026-11-22    (what export_archive wrote: restored as it was)
  cat news.jsonl | manage.py import_articles - --format jsonl

docs/importing.md tells formats, fields, outcomes and codes.
"""


class Command(ImportCommand):
    help = (
        "Import articles from .txt, .json, .jsonl, .csv and .html files, WARC, ARC and WACZ crawls, RSS and Atom "
        "feeds, folders, globs, archives (.zip, .tar, .gz) of all these, standard input, and addresses of the web."
    )
    client: Client | None = None  # a test gives its own

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file, a folder, a glob, an archive, or - for standard input",
        )
        parser.add_argument(
            "--url", action="append", default=[], metavar="URL", dest="urls",
            help="a page or a feed to fetch, as its robots.txt allows; may be given again",
        )  # fmt: skip
        _add_reading(parser)
        add_filing(parser)
        add_running(parser)

    def handle(self, *args: Any, paths: list[str], urls: list[str], **given: Any) -> None:
        if not paths and not urls:
            raise CommandError("give at least one PATH or --url", returncode=FATAL)
        try:
            options, paths = _import_options(given), inputs.expand(paths)
        except (MissingInput, WrongMap) as error:
            raise CommandError(str(error), returncode=FATAL) from error
        if folder := export_among(paths, given, urls):
            self._restore(folder, given)
            return
        fetching = Fetching(self.client or Client(), Validators(settings.DATA_DIR / "fetched"))
        meter = Meter.of(paths)
        files = read(paths, options.reading, stdin=sys.stdin.buffer, meter=meter)
        items = chain(files, fetching.items(urls))

        def verb(**how: Any) -> Summary:
            summary = import_items(items, [*map(inputs.printable, paths), *urls], **how)
            if not options.dry_run and not summary.stopped:
                fetching.settle()
            return summary

        self.run_import(verb, options, given, meter)

    def _restore(self, folder: Path, given: dict[str, Any]) -> None:
        self.verbosity = given["verbosity"]
        done = restore_export(self, folder, dry_run=given["dry_run"], verbosity=self.verbosity)
        if not given["dry_run"]:
            self._index(now=given["index"])
        end(done)


def _add_reading(parser: CommandParser) -> None:
    reading = parser.add_argument_group("reading")
    reading.add_argument(
        "--format",
        choices=FORMATS,
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
    reading.add_argument(
        "--http-status", type=_statuses, metavar="CODES", default=WebFilter().statuses,
        help="of responses in crawls that are pages, parted by commas; others are passed over (200,203)",
    )  # fmt: skip
    reading.add_argument(
        "--media-type", type=_media_types, metavar="TYPES", default=PAGES,
        help=f"of responses in crawls that are pages, parted by commas, of {', '.join(TAKEN)}; others are passed over "
        f"({','.join(PAGES)})",
    )  # fmt: skip
    reading.add_argument("--limit", type=positive, metavar="N", help="read no more than N items")


def _import_options(given: dict[str, Any]) -> ImportOptions:
    web = WebFilter(given["http_status"], given["media_type"])
    return ImportOptions(
        reading=ReadOptions(given["format"], given["encoding"] or "", web),
        column_map=parse_map(given["map"]),
        limit=given["limit"],
        **filing_options(given),
    )


def _statuses(text: str) -> tuple[int, ...]:
    codes = [code.strip() for code in text.split(",")]
    if not all(code.isascii() and code.isdigit() and 100 <= int(code) <= 599 for code in codes):
        raise ArgumentTypeError(f"'{text}' are no HTTP statuses; write numbers such as 200,404")
    return tuple(map(int, codes))


def _media_types(text: str) -> tuple[str, ...]:
    kinds = tuple(kind.strip().lower() for kind in text.split(","))
    if wrong := [kind for kind in kinds if kind not in TAKEN]:
        raise ArgumentTypeError(f"'{wrong[0]}' is no type of pages; use one of {', '.join(TAKEN)}")
    return kinds


def _encoding(name: str) -> str:
    try:
        return declarable(name)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
