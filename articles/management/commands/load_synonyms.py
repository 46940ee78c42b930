"""Take the other names that come with the archive into its database."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.search.names import load_shipped
from articles.search.shipped_names import read_shipped


class Command(BaseCommand):
    help = (
        "Load the other names that come with the archive (articles/search/data/names.txt). "
        "Run it as often as you like: what a curator has edited or switched off stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        report = load_shipped(read_shipped())
        self.stdout.write(f"{report.added} groups added, {report.updated} updated, {report.kept} kept")
