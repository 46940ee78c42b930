"""Bring the search index up to date with the articles that changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.management.indexing_command import add_wait, run_indexing
from articles.search import indexing


class Command(BaseCommand):
    help = (
        "Write the articles that changed since the last indexing to the search index. "
        "An index that is missing, or was built by other analysis rules, is built anew."
    )
    # The check that asks for a rebuild must not stand in the way of indexing.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_wait(parser)

    def handle(self, *args: Any, wait: float, **options: Any) -> None:
        run_indexing(self, indexing.bring_up_to_date, indexing.waiting(), wait)
