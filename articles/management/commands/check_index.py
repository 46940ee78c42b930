"""Compare the search index with its checksums and with the database; nothing is changed."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from articles.management.import_command import FATAL, ImportCommand
from articles.management.progress import progress_bar
from articles.models.article import Article, Status
from articles.search.engines.contract import EngineProblem
from articles.search.index_check import SHOWN, IndexCheck, check_index

FINDINGS = 2
EPILOG = """
exit status: 0 all well, 1 it could not be checked, 2 something is to be done; the last line says which command to run

  damaged      a file of the index is not what was written
  missing      articles that the index should hold and does not
  gone         articles that the index holds and the database does not
  different    articles that the index holds with another status
  twice        articles that the index holds more than once
  waiting      changes that the index has not seen yet: no fault, update_index writes them
"""
LISTS = ("missing", "gone", "different", "twice")


class Command(ImportCommand):
    help = (
        "Read every file of the search index, check it against its checksums, and compare what it holds with the "
        "database. Nothing is changed; searches and writers go on meanwhile."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument("--json", action="store_true", help="print all that was found as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with progress_bar(Article.objects.count(), " articles", self.stderr) as bar:
                found = check_index(bar.update)
        except (EngineProblem, DatabaseError, OSError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(found), "run": found.advice}, ensure_ascii=False))
        else:
            self._print(found)
        if found.advice:
            raise CommandError(f"run {found.advice}", returncode=FINDINGS)

    def _print(self, found: IndexCheck) -> None:
        self.stdout.write(f"{'':<12}{'database':>12}{'index':>12}")
        for status in Status.values:
            self.stdout.write(
                f"{status:<12}{found.in_database.get(status, 0):>12,}{found.in_index.get(status, 0):>12,}"
            )
        for name in LISTS:
            keys: list[int] = getattr(found, name)
            first = (
                f"   {', '.join(map(str, keys[:SHOWN]))}{', ...' if len(keys) > SHOWN else ''}"
                if keys
                else ""
            )
            self.stdout.write(f"{name:<12}{len(keys):>12,}{first}")
        self.stdout.write(f"{'waiting':<12}{found.waiting:>12,}")
        self.stdout.write(f"{found.segments:,} segments, {found.size:,} bytes, every checksum read")
        for line in (found.problem, *found.damage):
            if line:
                self.stdout.write(line)
        if not found.rules and not found.problem:
            self.stdout.write("the index was built by other analysis rules or with other fields")
