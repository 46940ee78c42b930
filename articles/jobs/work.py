"""A job at work: what it was asked for, and how it tells how far it is."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles.models.job import Job, JobChunk

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WORDS = 0.5  # how often a job without chunks writes down how far it is


class Stopped(Exception):
    """Somebody asked the job to stop; what it did so far stays."""


class Refused(Exception):
    """A chunk, or a whole job, that cannot be done as asked; the message says why, in the language of the desk."""


@dataclass(slots=True)
class Work:
    """What the verb of a job is given.

    `done` and `counts` go on where an interrupted run left them when the job has chunks, and begin anew otherwise.
    """

    job: Job
    done: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _told_at: float = 0.0

    @property
    def options(self) -> Mapping[str, Any]:
        return self.job.options

    @property
    def actor(self) -> User | None:
        """Who asked for it; None once the account is gone."""
        return self.job.actor

    def each_chunk(
        self, change: Callable[[list[int]], Mapping[str, int]], *, in_transaction: bool = True
    ) -> None:
        """Have `change` done to the keys of every chunk, each in a transaction; it returns counts by outcome.

        A chunk of which it raises Refused stays as it was, and the job goes on. What takes long before it writes may
        hold transactions of its own, where doing a chunk again does no harm. Raises Stopped.
        """
        held = Job.objects.get(pk=self.job.pk)
        self.done, self.counts = held.done, Counter(held.counts)
        while chunk := JobChunk.objects.filter(job=self.job, is_done=False).first():
            self._stop_where_asked()
            try:
                with transaction.atomic() if in_transaction else nullcontext():
                    self.counts.update(change(chunk.keys))
                    self._close(chunk)
            except Refused as refusal:
                self.counts["refused"] += len(chunk.keys)
                with transaction.atomic():
                    self._close(chunk, str(refusal))

    def _close(self, chunk: JobChunk, problem: str = "") -> None:
        self.done += len(chunk.keys)
        JobChunk.objects.filter(pk=chunk.pk).update(is_done=True, problem=problem)
        self._write()

    def advance(self, done: int = 1, *, total: int | None = None, **counts: int) -> None:
        """So much more is done, with such outcomes. Raises Stopped where somebody asked for it."""
        self.done += done
        self.counts.update(counts)
        if total is not None:
            self.job.total = total
        if time.monotonic() - self._told_at > SECONDS_BETWEEN_WORDS:
            self._write()
            self._stop_where_asked()

    def settle(self, **result: Any) -> None:
        """Write down how far it is now, and what the job made."""
        self.job.result = {**self.job.result, **result}
        Job.objects.filter(pk=self.job.pk).update(result=self.job.result)
        self._write()

    def _write(self) -> None:
        self._told_at = time.monotonic()
        Job.objects.filter(pk=self.job.pk).update(
            done=self.done, total=self.job.total, counts=dict(self.counts)
        )

    def _stop_where_asked(self) -> None:
        if Job.objects.filter(pk=self.job.pk, is_to_stop=True).exists():
            raise Stopped
