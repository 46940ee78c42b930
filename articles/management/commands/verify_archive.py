"""Read every stored capture again and compare the database with the store; nothing is changed."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError

from articles.importing.options import ItemReport, Summary
from articles.importing.reports import WrongReport, report_file
from articles.importing.store import verifying
from articles.importing.store.captures import CaptureStore
from articles.importing.store.lock import Busy
from articles.management.import_command import FATAL, MOST_MESSAGES, ImportCommand, positive
from articles.management.progress import progress_bar
from articles.models.capture import Capture

FINDINGS = 2
WITHOUT = "published_without_capture"
EPILOG = """
exit status: 0 all sound, 1 it could not be verified (to the end), 2 something was found

what is found, on standard error and in --report:
  missing      the store has no file of the capture
  damaged      the file is broken, or holds other bytes than its name says
  unreadable   the file cannot be opened or read
  wrong_size   the bytes are sound, and the capture says another size
  orphan       a file in the store that no capture names

docs/importing.md tells how to mend them.
"""


class Command(ImportCommand):
    help = (
        "Read the bytes of every capture again, check them against their SHA-256, and list files in the store that "
        "no capture names. Nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.prepare(parser, EPILOG)
        parser.add_argument(
            "--limit", type=positive, metavar="N", help="read no more than the first N captures"
        )
        parser.add_argument(
            "--report", default="", metavar="FILE", help="write all that is found to FILE.json or FILE.csv"
        )

    def handle(self, *args: Any, limit: int | None, report: str, **given: Any) -> None:
        self.verbosity, self.messages = given["verbosity"], 0
        try:
            summary = self._verify(limit, report)
        except Busy as error:
            raise CommandError(
                f"files that no capture names were not looked for: {error}; verify again when it is done",
                returncode=FATAL,
            ) from error
        except WrongReport as error:
            raise CommandError(str(error), returncode=FATAL) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{type(error).__name__}: {error}", returncode=FATAL) from error
        except KeyboardInterrupt:
            raise CommandError("stopped before the end", returncode=FATAL) from None
        self._totals(summary)
        self._end(summary.counts)

    def _verify(self, limit: int | None, report_path: str) -> Summary:
        store, total = CaptureStore(settings.CAPTURES_DIR), Capture.objects.count()
        summary = Summary()
        with ExitStack() as stack:
            report = stack.enter_context(report_file(Path(report_path))) if report_path else None
            bar = stack.enter_context(progress_bar(min(total, limit or total), " captures", self.stderr))

            def found(finding: ItemReport) -> None:
                if report:
                    report.item(finding)
                bar.clear()
                self._tell(finding)

            summary.counts = verifying.verify_captures(store, limit=limit, report=found, progress=bar.update)
            summary.counts[verifying.ORPHAN] = verifying.find_orphans(store, report=found)
            summary.passed_over[WITHOUT] = verifying.published_without_capture()
            if report:
                report.totals(summary)
        return summary

    def _tell(self, done: ItemReport) -> None:
        """Show a finding; after the first fifty, only that there are more."""
        self.messages += 1
        if self.messages <= MOST_MESSAGES:
            self.stderr.write(f"{f'{done.origin} {done.locator}'.strip()}: {done.outcome}: {done.message}")
        elif self.messages == MOST_MESSAGES + 1:
            self.stderr.write("... and more; --report FILE.csv lists them all")

    def _totals(self, summary: Summary) -> None:
        if self.verbosity == 0:
            return
        for verdict in (*verifying.VERDICTS, verifying.ORPHAN):
            self.stdout.write(f"{verdict:<12}{summary.counts[verdict]:>12,}")
        if without := summary.passed_over[WITHOUT]:
            self.stdout.write(
                f"{without:,} published articles have no capture: nothing of them could be verified"
            )

    def _end(self, counts: Counter[str]) -> None:
        """End with the status that EPILOG tells, and say how to mend what was found."""
        findings = counts.total() - counts[verifying.SOUND]
        if not findings:
            return
        folder = settings.CAPTURES_DIR
        advice = [f"{findings:,} findings"]
        if counts[verifying.MISSING] or counts[verifying.DAMAGED]:
            advice.append(f"copy missing and damaged files from a backup of {folder}")
        if counts[verifying.UNREADABLE]:
            advice.append(f"look at the permissions and the disk of {folder}")
        if counts[verifying.ORPHAN]:
            advice.append("orphans harm nothing and may be deleted")
        raise CommandError("; ".join(advice), returncode=FINDINGS)
