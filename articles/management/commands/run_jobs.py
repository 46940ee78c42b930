"""Do the work that curators asked for at the desk."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from articles.jobs.running import AtWork, do_waiting

SECONDS_BETWEEN_LOOKS = 2.0


class Command(BaseCommand):
    help = (
        "Do the jobs that curators asked for at the desk, one after the other, and end when there are none. The site "
        "starts this by itself; with JOBS=wait it leaves that to you, and --stay keeps a worker looking."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stay", action="store_true", help="go on looking for jobs until stopped")

    def handle(self, *args: Any, stay: bool, **options: Any) -> None:
        try:
            count = self._do()
            while stay:
                time.sleep(SECONDS_BETWEEN_LOOKS)
                close_old_connections()
                count += self._do()
        except KeyboardInterrupt:
            return
        if options["verbosity"] > 0:
            self.stdout.write(f"{count} jobs done")

    def _do(self) -> int:
        try:
            return do_waiting()
        except AtWork:
            return 0
