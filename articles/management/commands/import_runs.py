"""List the runs of import, show one, and take back what one added."""

import sys
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from articles.importing.options import ERRORS, OUTCOMES
from articles.importing.store import undoing
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.importing.store.undoing import Kept, Undone
from articles.management.import_command import FATAL, MOST_MESSAGES, ImportCommand, positive
from articles.management.progress import progress_bar
from articles.models.import_run import ImportItem, ImportRun

SOME_STAY = 2
MOST_RUNS = 20
LONGEST_INPUTS = 60
EPILOG = """
examples:
  manage.py import_runs list
  manage.py import_runs show 12
  manage.py import_runs undo 12 --dry-run

docs/importing.md tells what `undo` takes back, and what stays.
"""
UNDO_EPILOG = """
exit status: 0 all is taken back, 1 nothing (more) could be done, 2 some items stay; they are listed with the reason
"""


class Command(ImportCommand):
    help = "List the runs of import, show what one did, or take back what it added."

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list | show RUN | undo RUN")
        listing = verbs.add_parser("list", help="the latest runs, newest first")
        listing.add_argument("--limit", type=positive, default=MOST_RUNS, metavar="N", help=f"({MOST_RUNS})")
        showing = verbs.add_parser("show", help="the counts of a run, and what was rejected or failed")
        showing.add_argument(
            "--limit", type=positive, default=MOST_MESSAGES, metavar="N",
            help=f"of rejected and failed items ({MOST_MESSAGES})",
        )  # fmt: skip
        undo = verbs.add_parser("undo", help="take back what a run added and nobody worked on since")
        _add_undoing(undo)
        for verb in (showing, undo):
            verb.add_argument("run", type=positive, metavar="RUN", help="its number in the list")
        for verb, epilog in ((listing, ""), (showing, ""), (undo, UNDO_EPILOG)):
            self.prepare(verb, epilog)

    def handle(self, *args: Any, verb: str, **given: Any) -> None:
        self.verbosity = given["verbosity"]
        if verb == "list":
            self._list(given["limit"])
            return
        run = ImportRun.objects.filter(pk=given["run"]).first()
        if run is None:
            raise CommandError(
                f"no run {given['run']}; `manage.py import_runs list` lists them", returncode=FATAL
            )
        if verb == "show":
            self._show_run(run, given["limit"])
        else:
            self._undo(run, given)

    def _list(self, limit: int) -> None:
        self.stdout.write(
            f"{'run':>6}  {'started':<16}  {'state':<8} {'read':>9} {'new':>9} {'errors':>7}  of what"
        )
        for run in ImportRun.objects.order_by("-pk")[:limit]:
            errors = run.rejected + run.failed
            self.stdout.write(
                f"{run.pk:>6}  {_moment(run.started_at)}  {_state(run):<8} {run.read:>9,} {run.new:>9,} {errors:>7,}"
                f"  {_inputs(run)}"
            )

    def _show_run(self, run: ImportRun, limit: int) -> None:
        ended = f" to {_moment(run.finished_at)}" if run.finished_at else ""
        self.stdout.write(f"run {run.pk}: {_state(run)}, {_moment(run.started_at)}{ended}")
        if run.undone_at:
            self.stdout.write(f"undone at {_moment(run.undone_at)}; the counts are those of the import")
        for given in run.inputs:
            self.stdout.write(f"  {given}")
        for outcome in OUTCOMES:
            self.stdout.write(f"{outcome:<10}{getattr(run, outcome):>12,}")
        self.stdout.write(f"{'read':<10}{run.read:>12,}")
        self._show_errors(run, limit)

    def _show_errors(self, run: ImportRun, limit: int) -> None:
        items = ImportItem.objects.filter(run=run, outcome__in=ERRORS).order_by("pk")
        for item in islice(items.iterator(), limit):
            self.stdout.write(f"{item}: {item.outcome} ({item.code}): {item.message}")
        errors = run.rejected + run.failed
        if errors > limit:
            self.stdout.write(f"... and {errors - limit:,} more; --limit {errors} shows them all")

    def _undo(self, run: ImportRun, given: dict[str, Any]) -> None:
        try:
            done = self._undo_or_preview(run, given)
        except Busy as error:
            raise CommandError(f"{error}; undo the run when it is done", returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; run the same command again to go on", returncode=FATAL) from None
        if done.kept:
            raise CommandError(f"{done.kept:,} items stay, for the reasons above", returncode=SOME_STAY)

    def _undo_or_preview(self, run: ImportRun, given: dict[str, Any]) -> Undone:
        if given["dry_run"]:
            planned = undoing.preview(run, report=self._tell_kept)
            self._say("dry run: nothing was changed; undoing the run would take back", planned)
            return planned
        planned = undoing.preview(run)
        if given["interactive"]:
            self._say(f"undoing run {run.pk} takes back", planned)
            self._ask()
        with progress_bar(planned.captures, " captures", self.stderr) as bar:

            def stays(kept: Kept) -> None:
                bar.clear()
                self._tell_kept(kept)

            done = undoing.undo(
                run, store=CaptureStore(settings.CAPTURES_DIR), report=stays, progress=bar.update
            )
        self._say("taken back:", done)
        if self.verbosity > 0:
            self.stdout.write(f"{done.files:,} files left the store")
        self._tell_fetched(run)
        self._index(now=given["index"])
        return done

    def _ask(self) -> None:
        self.stdout.write("There is no way back but to import again. Go on? Type yes: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() != "yes":
            raise CommandError("nothing was changed; --noinput does not ask", returncode=FATAL)

    def _say(self, words: str, undone: Undone) -> None:
        if self.verbosity > 0:
            self.stdout.write(
                f"{words} {undone.articles:,} articles and {undone.captures:,} captures; {undone.kept:,} items stay"
                + (f"; {undone.restored:,} articles say what they said before" if undone.restored else "")
            )

    def _tell_kept(self, kept: Kept) -> None:
        place = f"{kept.origin} {kept.locator}".strip()
        self.stderr.write(f"{place}: stays as {kept.public_id}: {kept.reason}")

    def _tell_fetched(self, run: ImportRun) -> None:
        """A server that is asked only for a newer version does not send what was taken back again."""
        folder = settings.DATA_DIR / "fetched"
        if folder.exists() and any(given.startswith(("http://", "https://")) for given in run.inputs):
            self.stderr.write(f"to fetch again what has not changed since, remove {folder} first")


def _add_undoing(parser: CommandParser) -> None:
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="say what would be taken back and what would stay; change nothing",
    )
    parser.add_argument(
        "--noinput", "--no-input", action="store_false", dest="interactive", help="do not ask before doing it"
    )
    parser.add_argument(
        "--no-index", action="store_false", dest="index", help="leave the index to `manage.py update_index`"
    )


def _state(run: ImportRun) -> str:
    return "undone" if run.undone_at else run.state


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _inputs(run: ImportRun) -> str:
    """The first of the inputs, and how many more there are."""
    first = str(run.inputs[0]) if run.inputs else ""
    shown = first if len(first) <= LONGEST_INPUTS else f"{first[: LONGEST_INPUTS - 3]}..."
    return f"{shown} and {len(run.inputs) - 1:,} more" if len(run.inputs) > 1 else shown
