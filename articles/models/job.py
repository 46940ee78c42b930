"""Work that curators ask for and that no request waits for: its state, how far it is, and what it did."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

CHUNK = 200  # articles that a job changes in one transaction
KEYS_ON_SQLITE = (
    "SELECT each.value FROM articles_jobchunk, json_each(articles_jobchunk.keys) AS each "
    "WHERE articles_jobchunk.job_id = %s"
)
KEYS_ON_POSTGRES = (
    "SELECT jsonb_array_elements_text(articles_jobchunk.keys)::bigint FROM articles_jobchunk "
    "WHERE articles_jobchunk.job_id = %s"
)


class JobState(models.TextChoices):
    """A draft is looked at by who asked for it, its rows fixed already; nothing is done before they confirm it."""

    DRAFT = "draft", _("يُعاين")
    WAITING = "waiting", _("ينتظر")
    RUNNING = "running", _("جارٍ")
    FINISHED = "finished", _("اكتمل")
    STOPPED = "stopped", _("أوقفه محرر")
    FAILED = "failed", _("تعثّر")


OPEN = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def to_do(self) -> "JobQuerySet":
        """Jobs that wait or were interrupted, in the order in which they were asked for."""
        return self.filter(state__in=OPEN).order_by("pk")

    @transaction.atomic
    def ask(
        self,
        kind: str,
        title: str,
        *,
        by: Any,
        options: dict[str, Any] | None = None,
        keys: Iterable[int] | None = None,
        state: JobState = JobState.WAITING,
    ) -> "Job":
        """A new job that waits; `keys` are those of the rows it is to change, which are so fixed once and for all."""
        job = self.create(kind=kind, title=title[:300], actor=by, options=options or {}, state=state)
        if keys is not None:
            chunks = [
                JobChunk(job=job, number=number, keys=chunk) for number, chunk in enumerate(_chunks(keys))
            ]
            JobChunk.objects.bulk_create(chunks, batch_size=100)
            job.total = sum(len(chunk.keys) for chunk in chunks)
            job.save(update_fields=["total"])
        return job


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


class Job(models.Model):
    """One job. `kind` names what is done (`jobs/kinds.py`), `options` say how.

    `total` is None where nobody knows how much there is to do. `counts` tell what became of it, by outcome; `result` is
    what the job made, for its page. A job whose process died is still «running», and is gone on with.
    """

    kind = models.CharField(_("العمل"), max_length=40)
    title = models.CharField(_("المهمة"), max_length=300)
    options = models.JSONField(_("الخيارات"), default=dict, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("طلبها"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    state = models.CharField(_("الحالة"), max_length=10, choices=JobState, default=JobState.WAITING)
    is_to_stop = models.BooleanField(_("طُلب إيقافها"), default=False)
    done = models.PositiveIntegerField(_("أُنجز"), default=0)
    total = models.PositiveIntegerField(_("من أصل"), null=True, blank=True)
    counts = models.JSONField(_("الحصيلة"), default=dict, blank=True)
    result = models.JSONField(_("ما نتج"), default=dict, blank=True)
    problem = models.TextField(_("ما تعثّر"), blank=True)
    asked_at = models.DateTimeField(_("طُلبت في"), auto_now_add=True)
    started_at = models.DateTimeField(_("بدأت في"), null=True, blank=True)
    finished_at = models.DateTimeField(_("انتهت في"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("مهمة")
        verbose_name_plural = _("المهمات")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["id"], name="job_open", condition=Q(state__in=["waiting", "running"]))
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known")]

    def __str__(self) -> str:
        return self.title

    def row_keys(self) -> RawSQL:
        """The keys of the rows, for `pk__in`: however many they are, a query names the job alone."""
        sql = KEYS_ON_POSTGRES if connection.vendor == "postgresql" else KEYS_ON_SQLITE
        return RawSQL(sql, [self.pk])  # noqa: S611 - no part of it is anybody's text

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class JobChunk(models.Model):
    """Rows that a job changes in one transaction: all of them or none. `problem` says why it was none."""

    job = models.ForeignKey(Job, verbose_name=_("المهمة"), on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField(_("الرقم"))
    keys = models.JSONField(_("المفاتيح"))
    is_done = models.BooleanField(_("أُنجزت"), default=False)
    problem = models.TextField(_("ما تعثّر"), blank=True)

    class Meta:
        verbose_name = _("دفعة من مهمة")
        verbose_name_plural = _("دفعات المهمات")
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="job_chunk_once")]

    def __str__(self) -> str:
        return f"{self.job_id}.{self.number}"
