"""Jobs are done chunk by chunk, survive their process, and can be stopped and gone on with."""

from collections.abc import Mapping

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles.jobs import asking
from articles.jobs.kind import JobKind
from articles.jobs.running import AtWork, do_waiting, is_at_work, only_worker
from articles.jobs.work import Refused, Work
from articles.models.article import Article, Status
from articles.models.job import CHUNK, Job, JobChunk, JobState
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def withdraw(work: Work) -> None:
    def change(keys: list[int]) -> Mapping[str, int]:
        count = Article.objects.filter(pk__in=keys).change(status=Status.WITHDRAWN)
        if Article.objects.filter(pk__in=keys, title=work.options.get("refused", "")).exists():
            raise Refused("فيها مقال لا يُحجب")
        if Article.objects.filter(pk__in=keys, title=work.options.get("broken", "")).exists():
            raise ValueError("broken")
        if Article.objects.filter(pk__in=keys, title=work.options.get("stopped", "")).exists():
            asking.stop(work.job)
        return {"changed": count}

    work.each_chunk(change)


KINDS = {"withdraw": JobKind("withdraw", withdraw, {"changed": "تغيّر"})}


@pytest.fixture
def curator() -> User:
    return User.objects.create_user("سعاد", is_staff=True)


@pytest.fixture
def keys() -> list[int]:
    return [make_article(f"خبر {number}").pk for number in range(2 * CHUNK + 3)]


def ask(curator: User, keys: list[int], **options: str) -> Job:
    return asking.ask("withdraw", "حجب", by=curator, keys=keys, options=options)


def published() -> int:
    return Article.objects.filter(status=Status.PUBLISHED).count()


def test_a_job_changes_the_rows_that_were_chosen_and_counts_them(curator: User, keys: list[int]) -> None:
    ask(curator, keys[:-1])

    assert do_waiting(KINDS) == 1

    job = Job.objects.get()
    assert (job.state, job.done, job.total, job.counts) == (
        JobState.FINISHED, len(keys) - 1, len(keys) - 1, {"changed": len(keys) - 1},
    )  # fmt: skip
    assert published() == 1
    assert not Article.objects.needing_index().exists()


def test_a_chunk_that_is_refused_stays_whole_and_the_others_are_done(curator: User, keys: list[int]) -> None:
    ask(curator, keys, refused=f"خبر {CHUNK}")
    do_waiting(KINDS)

    job = Job.objects.get()
    assert job.state == JobState.FINISHED
    assert job.counts == {"changed": CHUNK + 3, "refused": CHUNK}
    assert published() == CHUNK
    assert list(JobChunk.objects.exclude(problem="").values_list("number", flat=True)) == [1]


def test_what_was_refused_is_tried_again_when_the_job_is_gone_on_with(curator: User, keys: list[int]) -> None:
    job = ask(curator, keys, refused=f"خبر {CHUNK}")
    do_waiting(KINDS)
    Article.objects.filter(title=f"خبر {CHUNK}").update(title="خبر آخر")
    job.refresh_from_db()
    asking.go_on(job)
    do_waiting(KINDS)

    job.refresh_from_db()
    assert (job.state, job.done, job.counts) == (JobState.FINISHED, len(keys), {"changed": len(keys)})
    assert published() == 0


def test_a_job_that_breaks_says_so_keeps_its_chunks_and_goes_on_from_there(
    curator: User, keys: list[int]
) -> None:
    job = ask(curator, keys, broken=f"خبر {2 * CHUNK}")
    do_waiting(KINDS)
    job.refresh_from_db()
    assert (job.state, job.problem, job.done) == (JobState.FAILED, "ValueError: broken", 2 * CHUNK)
    assert published() == 3

    Job.objects.update(options={})
    asking.go_on(job)
    do_waiting(KINDS)
    job.refresh_from_db()
    assert (job.state, job.done, published()) == (JobState.FINISHED, len(keys), 0)


def test_a_job_stops_after_the_chunk_it_is_at(curator: User, keys: list[int]) -> None:
    ask(curator, keys, stopped="خبر 0")
    do_waiting(KINDS)

    assert Job.objects.get().state == JobState.STOPPED
    assert published() == len(keys) - CHUNK


def test_a_job_that_nobody_began_stops_at_once(curator: User, keys: list[int]) -> None:
    job = ask(curator, keys)
    asking.stop(job)

    assert do_waiting(KINDS) == 0
    assert published() == len(keys)


def test_an_interrupted_job_is_gone_on_with_by_the_next_worker(curator: User, keys: list[int]) -> None:
    ask(curator, keys)
    first = JobChunk.objects.get(number=0)
    Article.objects.filter(pk__in=first.keys).change(status=Status.WITHDRAWN)
    JobChunk.objects.filter(pk=first.pk).update(is_done=True)
    Job.objects.update(state=JobState.RUNNING, done=CHUNK, counts={"changed": CHUNK})

    do_waiting(KINDS)
    job = Job.objects.get()
    assert (job.state, job.done, job.counts) == (JobState.FINISHED, len(keys), {"changed": len(keys)})


def test_one_process_does_the_jobs(curator: User, keys: list[int]) -> None:
    ask(curator, keys)
    with only_worker():
        assert is_at_work()
        with pytest.raises(AtWork):
            do_waiting(KINDS)
        call_command("run_jobs", verbosity=0)
    assert not is_at_work()
    assert published() == len(keys)


def test_a_job_of_a_kind_that_is_gone_fails_and_says_so(curator: User) -> None:
    asking.ask("no such work", "عمل", by=curator)
    do_waiting(KINDS)
    assert Job.objects.get().problem == "no work is called no such work"


def test_a_job_is_started_once_its_request_is_through(
    curator: User, keys: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        ask(curator, keys)
    assert waiting == [asking.start_worker]
