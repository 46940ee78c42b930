"""What an import did: one run, and what became of every item it read."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of one item read; the counts of a run by outcome sum to the items read."""

    NEW = "new", _("جديد")
    CAPTURED = "captured", _("نسخة جديدة")
    UPDATED = "updated", _("محدّث")
    UNCHANGED = "unchanged", _("دون تغيير")
    DUPLICATE = "duplicate", _("مكرر")
    REJECTED = "rejected", _("مرفوض")
    FAILED = "failed", _("تعذّر")


class RunState(models.TextChoices):
    RUNNING = "running", _("جارٍ")
    FINISHED = "finished", _("مكتمل")
    STOPPED = "stopped", _("توقف")


class ImportRun(models.Model):
    """One call of `import_articles`. A run still «running» whose process is gone was interrupted.

    `was_here` is false for a run that came with a restored archive: its files are not read again, they may name
    anything on this machine.
    """

    started_at = models.DateTimeField(_("بدأ في"), auto_now_add=True)
    finished_at = models.DateTimeField(_("انتهى في"), null=True, blank=True)
    state = models.CharField(_("الحالة"), max_length=10, choices=RunState, default=RunState.RUNNING)
    undone_at = models.DateTimeField(_("أُلغي في"), null=True, blank=True)
    was_here = models.BooleanField(_("جرت هنا"), default=False, editable=False)
    inputs = models.JSONField(_("المدخلات"), default=list)
    options = models.JSONField(_("الخيارات"), default=dict, blank=True)
    read = models.PositiveIntegerField(_("قُرئ"), default=0)
    new = models.PositiveIntegerField(_("جديد"), default=0)
    captured = models.PositiveIntegerField(_("نسخة جديدة"), default=0)
    updated = models.PositiveIntegerField(_("محدّث"), default=0)
    unchanged = models.PositiveIntegerField(_("دون تغيير"), default=0)
    duplicate = models.PositiveIntegerField(_("مكرر"), default=0)
    rejected = models.PositiveIntegerField(_("مرفوض"), default=0)
    failed = models.PositiveIntegerField(_("تعذّر"), default=0)

    class Meta:
        verbose_name = _("عملية استيراد")
        verbose_name_plural = _("عمليات الاستيراد")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    read=F("new")
                    + F("captured")
                    + F("updated")
                    + F("unchanged")
                    + F("duplicate")
                    + F("rejected")
                    + F("failed")
                ),
                name="import_counts_sum_to_read",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.started_at:%Y-%m-%d %H:%M}"


class ImportItem(models.Model):
    """What became of one item: kept for all but unchanged ones, which their run only counts.

    Where its text was taken over, `before` are the columns of the article that it changed, as they were. `mended_by` is
    the later run in which an item that failed came through.
    """

    run = models.ForeignKey(
        ImportRun, verbose_name=_("عملية الاستيراد"), on_delete=models.CASCADE, related_name="items"
    )
    origin = models.TextField(_("الملف"))
    locator = models.CharField(_("الموضع في الملف"), max_length=200, blank=True)
    outcome = models.CharField(_("النتيجة"), max_length=10, choices=Outcome)
    code = models.CharField(_("الرمز"), max_length=50, blank=True)
    message = models.TextField(_("البيان"), blank=True)
    notes = models.JSONField(_("ملاحظات"), default=list, blank=True)
    article = models.ForeignKey(
        "articles.Article",
        verbose_name=_("المقال"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_items",
    )
    before = models.JSONField(_("ما كان قبل"), default=dict, blank=True, editable=False)
    mended_by = models.ForeignKey(
        ImportRun,
        verbose_name=_("نجح في"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mended",
        editable=False,
    )

    class Meta:
        verbose_name = _("عنصر مستورد")
        verbose_name_plural = _("العناصر المستوردة")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "outcome"], name="import_item_by_outcome"),
            models.Index(fields=["run", "article"], name="import_item_by_article"),
            models.Index(
                fields=["-id"],
                name="import_item_to_mend",
                condition=Q(outcome="failed", mended_by__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="import_item_outcome_known")
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.locator}".strip()
