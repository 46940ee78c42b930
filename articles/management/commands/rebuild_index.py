"""Build the search index anew beside the live one, then switch to it at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.management.indexing_command import add_wait, run_indexing
from articles.models.article import Article
from articles.search import indexing


class Command(BaseCommand):
    help = "Build the search index anew beside the live one and switch to it; searches go on meanwhile."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_wait(parser)

    def handle(self, *args: Any, wait: float, **options: Any) -> None:
        run_indexing(self, indexing.rebuild, Article.objects.count(), wait)
