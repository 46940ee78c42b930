"""A job asked for: written down in the caller's transaction, and done by a process started once that is through."""

import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models.job import OPEN, Job, JobChunk, JobState

DRAFTS_KEPT = timedelta(days=1)
DRAFTS_OF_ONE = 10


def ask(
    kind: str,
    title: str,
    *,
    by: User,
    options: dict[str, Any] | None = None,
    keys: Iterable[int] | None = None,
) -> Job:
    """A job of the `kind` for the rows of `keys`, as they are now; without keys the work finds its own."""
    job = Job.objects.ask(kind, title, by=by, options=options, keys=keys)
    transaction.on_commit(start_worker)
    return job


@transaction.atomic
def draft(
    kind: str, title: str, *, by: User, keys: Iterable[int], options: dict[str, Any] | None = None
) -> Job:
    """A job to be looked at first, with its rows fixed. Drafts that nobody came back to go."""
    old = Job.objects.filter(state=JobState.DRAFT, asked_at__lt=timezone.now() - DRAFTS_KEPT)
    own = Job.objects.filter(state=JobState.DRAFT, actor=by).order_by("-pk").values_list("pk", flat=True)
    Job.objects.filter(pk__in=[*old.values_list("pk", flat=True), *own[DRAFTS_OF_ONE - 1 :]]).delete()
    return Job.objects.ask(kind, title, by=by, options=options, keys=keys, state=JobState.DRAFT)


@transaction.atomic
def confirm(job: Job, options: dict[str, Any]) -> bool:
    """Have a draft done as it was looked at; false where it is none any more."""
    drafts = Job.objects.filter(pk=job.pk, state=JobState.DRAFT)
    if not drafts.update(state=JobState.WAITING, options=options, asked_at=timezone.now()):
        return False
    transaction.on_commit(start_worker)
    return True


def stop(job: Job) -> None:
    """Ask a job to stop: at once where nobody began it, at the next chunk otherwise."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not waiting.update(state=JobState.STOPPED, finished_at=timezone.now()):
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(is_to_stop=True)


@transaction.atomic
def go_on(job: Job) -> None:
    """Have a job that is not at work go on where it is; chunks that were refused are tried again."""
    JobChunk.objects.filter(job=job).exclude(problem="").update(is_done=False, problem="")
    refused = job.counts.pop("refused", 0)
    Job.objects.filter(pk=job.pk).exclude(state__in=OPEN).update(
        state=JobState.WAITING,
        is_to_stop=False,
        problem="",
        finished_at=None,
        counts=job.counts,
        done=max(0, job.done - refused),
    )
    transaction.on_commit(start_worker)


def start_worker() -> None:
    """Start a process that does the jobs and ends when there are none; one that finds another at work ends at once."""
    if settings.JOBS != "start":
        return
    subprocess.Popen(  # noqa: S603 - our own program, and nothing that anyone typed
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_jobs"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
