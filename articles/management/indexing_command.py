"""What the commands that write to the search index share."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.progress import progress_bar
from articles.search.engines.contract import EngineProblem
from articles.search.indexing import IndexReport


def add_wait(parser: CommandParser) -> None:
    parser.add_argument(
        "--wait", type=float, default=60.0, metavar="SECONDS", help="how long to wait for another writer (60)"
    )


def run_indexing(command: BaseCommand, verb: Callable[..., IndexReport], total: int, wait: float) -> None:
    """Run `verb` under a progress bar of `total` articles and report; raises CommandError where it cannot finish."""
    try:
        with progress_bar(total, " articles", command.stderr) as bar:
            report = verb(wait=wait, progress=bar.update)
    except EngineProblem as problem:
        raise CommandError(str(problem)) from problem
    command.stdout.write(f"{report.indexed} indexed, {report.removed} removed, {report.waiting} waiting")
    if report.problem:
        raise CommandError(report.problem)
