"""Bring the search index up to date with the articles that changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.progress import progress_bar
from articles.search import indexing


class Command(BaseCommand):
    help = "Write the articles that changed since the last indexing to the search index."
    # The check that asks for a rebuild must not stand in the way of indexing.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait", type=float, default=60.0, metavar="SECONDS", help="how long to wait for another writer (60)"
        )

    def handle(self, *args: Any, wait: float, **options: Any) -> None:
        with progress_bar(indexing.waiting(), " articles", self.stderr) as bar:
            report = indexing.index_stale(wait=wait, progress=bar.update)
        self.stdout.write(f"{report.indexed} indexed, {report.removed} removed, {report.waiting} waiting")
        if report.problem:
            raise CommandError(report.problem)
