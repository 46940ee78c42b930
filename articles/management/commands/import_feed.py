"""Import the entries of feeds, fetched from the web with the manners of a guest."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from articles.importing.fetching.client import Client
from articles.importing.fetching.items import Fetching
from articles.importing.fetching.validators import Validators
from articles.importing.options import ImportOptions, Summary
from articles.importing.run import import_items
from articles.management.import_command import (
    EXIT_STATUS,
    ImportCommand,
    add_filing,
    add_running,
    filing_options,
)

EPILOG = f"""
{EXIT_STATUS}

A feed that has not changed since it was fetched last is not sent again by its server, and an entry that is known
adds nothing: run the command as often as you like, from cron for example.

  manage.py import_feed https://example.org/rss.xml --source "جريدة الأفق" --collection "خلاصات"
"""


class Command(ImportCommand):
    help = "Fetch RSS or Atom feeds and import their entries."
    client: Client | None = None  # a test gives its own

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument("urls", nargs="+", metavar="URL", help="the address of a feed")
        add_filing(parser)
        add_running(parser)

    def handle(self, *args: Any, urls: list[str], **given: Any) -> None:
        options = ImportOptions(**filing_options(given))
        fetching = Fetching(
            self.client or Client(), Validators(settings.DATA_DIR / "fetched"), feeds_only=True
        )

        def verb(**how: Any) -> Summary:
            summary = import_items(fetching.items(urls), urls, **how)
            if not options.dry_run and not summary.stopped:
                fetching.settle()
            return summary

        self.run_import(verb, options, given)
