"""Files that a curator sent to be imported: staged, looked at, imported, and taken back as a whole."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.import_run import ImportRun
from articles.models.job import Job

FOLDER = "uploads"


class UploadState(models.TextChoices):
    STAGED = "staged", _("تُقرأ للمعاينة")
    PREVIEWED = "previewed", _("جاهز للاستيراد")
    IMPORTING = "importing", _("يُستورد")
    IMPORTED = "imported", _("استُورد")
    UNDONE = "undone", _("أُلغي استيراده")
    DISCARDED = "discarded", _("تُخلّص منه")


class Upload(models.Model):
    """One sending of files. They stand in a folder of their own until they are imported or discarded.

    `options` are those of the import, as the form gave them; `preview` are its counts by outcome as of the last look.
    An import that was interrupted and gone on with has several runs.
    """

    label = models.CharField(_("الملفات"), max_length=300)
    size = models.PositiveBigIntegerField(_("الحجم"), default=0)
    options = models.JSONField(_("الخيارات"), default=dict, blank=True)
    state = models.CharField(_("الحالة"), max_length=10, choices=UploadState, default=UploadState.STAGED)
    preview = models.JSONField(_("المعاينة"), default=dict, blank=True)
    job = models.ForeignKey(
        Job, verbose_name=_("المهمة"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    runs = models.ManyToManyField(
        ImportRun, verbose_name=_("عمليات الاستيراد"), blank=True, related_name="uploads"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("أرسلها"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("أُرسلت في"), auto_now_add=True)

    class Meta:
        verbose_name = _("ملفات مرسلة")
        verbose_name_plural = _("الملفات المرسلة")
        ordering = ["-pk"]
        permissions = [("undo_import", _("إلغاء عمليات الاستيراد"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_known")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def folder(self) -> Path:
        """Where its files and its preview stand."""
        return Path(settings.DATA_DIR) / FOLDER / str(self.pk)

    @property
    def files(self) -> list[Path]:
        """The files sent, in the order of their names; none once they are gone."""
        return sorted((self.folder / "files").glob("*")) if self.pk else []

    def drop_files(self) -> None:
        shutil.rmtree(self.folder / "files", ignore_errors=True)
