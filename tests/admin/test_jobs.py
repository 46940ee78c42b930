"""The desk of jobs: how far one is, for whoever asked for it, with the buttons that stop it and go on."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.jobs import asking
from articles.models.job import Job, JobState
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db


def asked_by(name: str) -> Job:
    return asking.ask("none", "نشر 3 مقالات", by=User.objects.get(username=name), keys=[1, 2, 3])


def test_the_page_of_a_job_says_how_far_it_is_and_offers_to_stop_it(desk: Desk) -> None:
    page = desk.open(asked_by("admin")).content.decode()
    assert "أُنجز 0 من 3" in page
    assert 'value="0"' in page
    assert "أوقفها" in page


def test_a_job_that_was_stopped_can_be_gone_on_with(desk: Desk) -> None:
    job = asked_by("admin")
    desk.post(reverse("admin:articles_job_stop", args=[job.pk]), {})
    job.refresh_from_db()
    assert job.state == JobState.STOPPED
    assert "أكملها" in desk.open(job).content.decode()

    desk.post(reverse("admin:articles_job_go_on", args=[job.pk]), {})
    job.refresh_from_db()
    assert job.state == JobState.WAITING


def test_the_part_that_changes_is_asked_for_alone(desk: Desk) -> None:
    job = asked_by("admin")
    Job.objects.filter(pk=job.pk).update(state=JobState.FINISHED, done=3, counts={"refused": 3})
    part = desk.get(reverse("admin:articles_job_progress", args=[job.pk])).content.decode()
    assert 'data-open="no"' in part
    assert "بقي كما كان" in part
    assert "<html" not in part


def test_a_job_is_for_whoever_asked_for_it(desk: Desk, looker: Desk) -> None:
    job, own = asked_by("admin"), asked_by("زائر")
    progress = reverse("admin:articles_job_progress", args=[job.pk])
    assert looker.client.get(progress).status_code == 403
    assert looker.client.post(reverse("admin:articles_job_stop", args=[job.pk])).status_code == 403
    assert looker.open(own).status_code == 200
    job.refresh_from_db()
    assert not job.is_to_stop
    assert job.state == JobState.WAITING


def test_the_list_of_jobs_takes_a_constant_number_of_queries(
    desk: Desk, django_assert_max_num_queries: object
) -> None:
    for _number in range(30):
        asked_by("admin")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page = desk.listed("job")
    assert len(page.result_list) == 30
