"""The jobs that wait, done one after the other by one process at a time.

The lock is the system's and dies with its holder: a job that is «running» while nobody holds it was interrupted, and
whoever takes the lock next goes on with it.
"""

import fcntl
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone, translation

from articles.jobs.kind import JobKind
from articles.jobs.kinds import KINDS
from articles.jobs.work import Refused, Stopped, Work
from articles.models.job import Job, JobState
from articles.search import indexing

logger = logging.getLogger(__name__)

LOCK = "jobs.lock"


class AtWork(Exception):
    """Another process does the jobs."""


@contextmanager
def only_worker() -> Iterator[None]:
    """Be the one that does the jobs; raises AtWork at once where another is."""
    with _lock_file().open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AtWork from error
        yield


def is_at_work() -> bool:
    """Whether a process does the jobs now."""
    try:
        with only_worker():
            return False
    except AtWork:
        return True


def _lock_file() -> Path:
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / LOCK


def do_waiting(kinds: Mapping[str, JobKind] = KINDS) -> int:
    """Do all jobs that wait; how many were done. Raises AtWork.

    Whoever asks for a job after the last look and finds the lock held relies on the look after it is let go.
    """
    count = 0
    while Job.objects.to_do().exists():
        with only_worker():
            while job := Job.objects.to_do().select_related("actor").first():
                do_job(job, kinds)
                count += 1
    return count


def do_job(job: Job, kinds: Mapping[str, JobKind] = KINDS) -> None:
    """Do one job, in the language of the archive; whatever comes of it is written on the job."""
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, started_at=job.started_at or timezone.now())
    with translation.override(settings.LANGUAGE_CODE):
        state, problem = _outcome(job, kinds)
    Job.objects.filter(pk=job.pk).update(state=state, problem=problem, finished_at=timezone.now())
    kind = kinds.get(job.kind)
    if kind and kind.is_indexed:
        indexing.index_stale(wait=60.0)  # a busy index is reported on every page of the desk


def _outcome(job: Job, kinds: Mapping[str, JobKind]) -> tuple[JobState, str]:
    if job.kind not in kinds:
        return JobState.FAILED, f"no work is called {job.kind}"
    try:
        kinds[job.kind].do(Work(job))
    except Stopped:
        return JobState.STOPPED, ""
    except Refused as refusal:
        return JobState.FAILED, str(refusal)
    except (
        ArithmeticError,
        AttributeError,
        DatabaseError,
        LookupError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        return JobState.FAILED, f"{type(error).__name__}: {error}"
    return JobState.FINISHED, ""
