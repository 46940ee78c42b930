"""Build the search index anew beside the live one, then switch to it at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.progress import progress_bar
from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.contract import EngineProblem


class Command(BaseCommand):
    help = "Build the search index anew beside the live one and switch to it; searches go on meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--wait", type=float, default=60.0, metavar="SECONDS", help="how long to wait for another writer (60)"
        )
        parser.add_argument(
            "--noinput", action="store_false", dest="interactive", help="accepted for scripts; nothing is ever asked"
        )

    def handle(self, *args: Any, wait: float, **options: Any) -> None:
        try:
            with progress_bar(Article.objects.count(), " articles", self.stderr) as bar:
                report = indexing.rebuild(wait=wait, progress=bar.update)
        except EngineProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{report.indexed} indexed, {report.removed} removed, {report.waiting} waiting")
        if report.problem:
            raise CommandError(report.problem)
