"""Find lines that repeat across the articles of a source, and propose them to its curator."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from articles.importing.store.repeating import Found, articles_to_read, find_repeated_lines
from articles.management.import_command import FATAL, ImportCommand
from articles.management.progress import progress_bar
from articles.models.source import Source

EPILOG = """
Nothing is dropped: what is found waits for a curator under «الأسطر المتكررة» in the admin.

exit status: 0 all well, 1 nothing (more) could be done
"""


class Command(ImportCommand):
    help = (
        "Find lines that stand in five articles of a source or more, and in 5 % of them, and propose them to its "
        "curator as no part of any article. What a curator decided before stays decided."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument("--source", default="", metavar="SLUG", help="only the articles of this source")

    def handle(self, *args: Any, source: str, **given: Any) -> None:
        chosen = Source.objects.filter(slug=source).first() if source else None
        if source and chosen is None:
            raise CommandError(
                f"no source '{source}': its slug stands in the address of its page", returncode=FATAL
            )
        try:
            with progress_bar(articles_to_read(chosen), " articles", self.stderr) as bar:
                for found in find_repeated_lines(source=chosen, progress=bar.update):
                    if given["verbosity"] > 0 and found.proposals:
                        bar.clear()
                        self._show_found(found)
        except DatabaseError as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again", returncode=FATAL) from None

    def _show_found(self, found: Found) -> None:
        at_least = " at least" if found.slack else ""
        self.stdout.write(
            f"{found.source.slug}: {len(found.proposals):,} lines repeat in {found.articles:,} articles, "
            f"{found.new:,} of them new"
        )
        for proposal in found.proposals[:10]:
            self.stdout.write(f"{proposal.pages:>8,}{at_least}  {proposal.line}")
        if len(found.proposals) > 10:
            self.stdout.write(f"{'':>8}  and {len(found.proposals) - 10:,} more")
