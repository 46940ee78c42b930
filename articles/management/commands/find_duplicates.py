"""Find the articles that are copies of one text, and write the stories they make."""

import csv
import json
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.duplicates.folder import Busy
from articles.duplicates.grouping import Group
from articles.management.progress import progress_bar
from articles.models.article import Article
from articles.search import indexing
from articles.story_finding import Search, find_duplicates

COLUMNS = ("story", "lead", "similarity", "words", "public_id", "source", "date", "title")


class Command(BaseCommand):
    help = (
        "Find articles that are copies of one text (what an agency sent and several outlets carried) and keep them as "
        "stories for curators to confirm. Only new and changed articles are read and compared with all others."
    )
    # An index built by other rules keeps nobody from finding copies.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--since", type=_moment, metavar="WHEN",
            help="compare only articles added or changed since this date or moment (with all others)",
        )  # fmt: skip
        which.add_argument(
            "--all", action="store_true", dest="afresh",
            help="forget what earlier searches found out, and read and compare everything again",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="count the stories, write none")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="write every story found to FILE.jsonl or FILE.csv"
        )

    def handle(
        self,
        *args: Any,
        since: datetime | None,
        afresh: bool,
        dry_run: bool,
        report: Path | None,
        **given: Any,
    ) -> None:
        try:
            with ExitStack() as stack:
                write = stack.enter_context(_report(report)) if report else None
                bar = stack.enter_context(progress_bar(None, "", self.stderr))

                def tell(step: str, done: int, total: int) -> None:
                    bar.set_description_str(step, refresh=False)
                    bar.total, bar.n = total, done
                    bar.refresh()

                search = find_duplicates(
                    settings.DATA_DIR / "duplicates",
                    since=since, afresh=afresh, dry_run=dry_run, tell=tell, found=write,
                )  # fmt: skip
        except (Busy, OSError, DatabaseError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again to go on") from None
        self._say(search, dry_run=dry_run)

    def _say(self, search: Search, *, dry_run: bool) -> None:
        done = search.written
        if dry_run:
            self.stdout.write("dry run: no story was written")
        self.stdout.write(
            f"{search.read:,} articles read, {search.compared:,} texts compared, {search.pairs:,} pairs alike"
        )
        self.stdout.write(
            f"{done.stories:,} stories with {done.copies:,} copies: "
            f"{done.new:,} new, {done.changed:,} changed, {done.gone:,} gone"
        )
        if waiting := indexing.waiting():
            self.stdout.write(f"{waiting:,} articles wait for `manage.py update_index`")


def _moment(text: str) -> datetime:
    try:
        day = parse_date(text)
        moment = datetime(day.year, day.month, day.day) if day else parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ArgumentTypeError(f"'{text}' is no date (2026-01-31) and no moment (2026-01-31T12:00)")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


@contextmanager
def _report(path: Path) -> Iterator[Callable[[Group], None]]:
    """A file of one line a copy, written as the stories are found."""
    if path.suffix.lower() not in (".jsonl", ".csv"):
        raise CommandError(f"--report {path}: the name must end in .jsonl or .csv")
    is_csv = path.suffix.lower() == ".csv"
    # Excel reads Arabic in a CSV file only behind a byte order mark.
    with path.open("w", encoding="utf-8-sig" if is_csv else "utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS) if is_csv else None
        if table:
            table.writeheader()
        count = 0

        def write(group: Group) -> None:
            nonlocal count
            count += 1
            for row in _report_rows(count, group):
                if table:
                    table.writerow({name: _defused(value) for name, value in row.items()})
                else:
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")

        yield write


def _report_rows(number: int, group: Group) -> Iterator[dict[str, Any]]:
    shown = Article.objects.select_related("source").only(
        "public_id", "title", "published_on", "source__name"
    )
    articles = shown.in_bulk({group.lead, *(copy.key for copy in group.copies)})
    for copy in group.copies:
        if article := articles.get(copy.key):
            yield {
                "story": number,
                "lead": articles[group.lead].public_id if group.lead in articles else "",
                "similarity": round(copy.similarity, 3),
                "words": copy.length,
                "public_id": article.public_id,
                "source": article.source.name if article.source else "",
                "date": article.published_on.isoformat() if article.published_on else "",
                "title": article.title,
            }


def _defused(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )
