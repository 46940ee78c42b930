"""Derive the text of articles again from their stored captures, by the rules in force."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from articles.importing.options import ItemReport, Summary
from articles.importing.records import Note
from articles.importing.reextraction import FAILURES, OUTCOMES, reextract
from articles.importing.reports import WrongReport, report_file
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.importing.store.rereading import Reread
from articles.importing.store.ruling import TooManyRules
from articles.management.import_command import FATAL, MOST_MESSAGES, SOME_FAILED, ImportCommand, positive
from articles.management.progress import progress_bar
from articles.management.text_changes import lines
from articles.models.article import Article, ArticleQuerySet
from articles.models.capture import Capture
from articles.models.import_run import ImportRun
from articles.models.source import Source

EPILOG = """
examples:
  manage.py reextract_articles --outdated --dry-run
  manage.py reextract_articles --source الأفق
  manage.py reextract_articles --article 7h3k9m2p4q --dry-run

outcomes:
  changed          another text or field came out; what it said before is kept as a version
  unchanged        the same came out
  protected        only fields that a curator corrected would be others: they stay
  not_extractable  no article comes out any more: it stays as it is
  missing          the bytes of the capture are not in the store: it stays as it is
  damaged          they are damaged (verify_archive tells more): it stays as it is
  no_capture       a curator wrote the article

exit status: 0 all well, 1 nothing (more) could be done, 2 some were not_extractable, missing or damaged
"""


class Command(ImportCommand):
    help = (
        "Derive the text of articles again from their stored captures, by the extractor and the rules in force. What "
        "curators corrected stays; what changes is kept as a version. Stopped anywhere, it is run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument("--source", default="", metavar="SLUG", help="only the articles of this source")
        parser.add_argument(
            "--run", type=positive, metavar="N", help="only articles with a capture of this run"
        )
        parser.add_argument("--article", default="", metavar="PUBLIC_ID", help="only this article")
        parser.add_argument(
            "--outdated", action="store_true", help="only what another extractor or other rules read last"
        )
        parser.add_argument("--limit", type=positive, metavar="N", help="derive no more than N articles")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change, word by word; change nothing"
        )
        parser.add_argument(
            "--report", default="", metavar="FILE", help="write what became of each to FILE.json or FILE.csv"
        )
        parser.add_argument(
            "--no-index",
            action="store_false",
            dest="index",
            help="leave the index to `manage.py update_index`",
        )

    def handle(self, *args: Any, **given: Any) -> None:
        self.verbosity, self.messages = given["verbosity"], 0
        try:
            summary = self._reextract(_articles(given), given)
        except (Busy, TooManyRules, WrongReport) as error:
            raise CommandError(str(error), returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again to go on", returncode=FATAL) from None
        self._totals(summary, dry_run=given["dry_run"])
        if not given["dry_run"]:
            self._index(now=given["index"])
        if failed := sum(summary.counts[outcome] for outcome in FAILURES):
            raise CommandError(f"{failed:,} articles could not be derived again", returncode=SOME_FAILED)

    def _reextract(self, articles: ArticleQuerySet, given: dict[str, Any]) -> Summary:
        summary, total = Summary(), articles.count()
        shows_changes = given["dry_run"] or self.verbosity > 1
        with ExitStack() as stack:
            report = stack.enter_context(report_file(Path(given["report"]))) if given["report"] else None
            limit = given["limit"] if not given["outdated"] else None
            bar = stack.enter_context(progress_bar(min(total, limit or total), " articles", self.stderr))

            def done(reread: Reread) -> None:
                if report:
                    report.item(_item(reread))
                if shows_changes and reread.changes and self.verbosity > 0:
                    bar.clear()
                    self._show_changes(reread)
                if reread.outcome in FAILURES or reread.message:
                    bar.clear()
                    self._tell_message(reread)

            summary.counts = reextract(
                articles,
                store=CaptureStore(settings.CAPTURES_DIR),
                outdated=given["outdated"],
                limit=given["limit"],
                dry_run=given["dry_run"],
                report=done,
                progress=bar.update,
            )
            if report:
                report.totals(summary)
        return summary

    def _show_changes(self, reread: Reread) -> None:
        self.stdout.write(f"{reread.public_id} {reread.title}")
        for line in lines(reread.changes):
            self.stdout.write(line)
        if reread.kept:
            self.stdout.write(f"  kept as a curator gave them: {', '.join(reread.kept)}")

    def _tell_message(self, reread: Reread) -> None:
        """Show what went wrong; after the first fifty, only that there are more."""
        self.messages += 1
        if self.messages <= MOST_MESSAGES:
            self.stderr.write(f"{reread.public_id} {reread.title}: {reread.outcome}: {reread.message}")
        elif self.messages == MOST_MESSAGES + 1:
            self.stderr.write("... and more; --report FILE.csv lists them all")

    def _totals(self, summary: Summary, *, dry_run: bool) -> None:
        if self.verbosity == 0:
            return
        if dry_run:
            self.stdout.write("dry run: nothing was written")
        for outcome in OUTCOMES:
            self.stdout.write(f"{outcome:<16}{summary.counts[outcome]:>12,}")
        self.stdout.write(f"{'derived again':<16}{summary.read:>12,}")


def _articles(given: dict[str, Any]) -> ArticleQuerySet:
    """The articles that the options choose; raises CommandError where one of them names nothing."""
    articles = Article.objects.all()
    if slug := given["source"]:
        source = Source.objects.filter(slug=slug).first()
        if source is None:
            raise CommandError(
                f"no source '{slug}': its slug stands in the address of its page", returncode=FATAL
            )
        articles = articles.filter(source=source)
    if number := given["run"]:
        if not ImportRun.objects.filter(pk=number).exists():
            raise CommandError(f"no run {number}; `manage.py import_runs list` lists them", returncode=FATAL)
        captured = Capture.objects.filter(run=number, article__isnull=False)
        articles = articles.filter(pk__in=captured.values("article"))
    if public_id := given["article"]:
        articles = articles.filter(public_id=public_id)
        if not articles.exists():
            raise CommandError(f"no article '{public_id}' among them", returncode=FATAL)
    return articles


def _item(reread: Reread) -> ItemReport:
    changes = tuple(Note(name, f"{before} → {after}") for name, (before, after) in reread.changes.items())
    kept = tuple(Note("kept", name) for name in reread.kept)
    return ItemReport(
        origin=reread.origin,
        locator=reread.locator,
        outcome=reread.outcome,
        message=reread.message,
        public_id=reread.public_id,
        title=reread.title,
        notes=(*changes, *kept),
    )
