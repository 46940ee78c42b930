"""What an article said at one time: its text before and after every change of it, whoever made it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Precision
from articles.models.capture import Capture
from articles.models.import_run import ImportRun


class Cause(models.TextChoices):
    """What brought a version: the words of a capture, a reading of one by newer rules, or a curator."""

    CAPTURE = "capture", _("نسخة ملتقطة")
    EXTRACTION = "extraction", _("إعادة استخراج")
    CURATOR = "curator", _("تصحيح محرر")


class ArticleVersion(models.Model):
    """One text of an article, numbered from 1 in the order of time.

    An article that never changed has no versions: the first change writes what it said before as number 1. The latest
    version need not be what the article shows: an import that only captures leaves the text that stands, and a curator
    chooses. `base` is the number of the version that it changes: what the newspaper said last, or what a curator
    corrected; empty for number 1. `was_headline_changed` and `were_numbers_changed` compare with it; the change is
    silent where a newspaper made it without telling its readers, and `reviewed_at` takes it from the queue.
    `merged_from` names the merged article that it is of.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("رقم الصيغة"))
    base = models.PositiveIntegerField(_("قورنت بالصيغة"), null=True, blank=True)
    cause = models.CharField(_("مصدر الصيغة"), max_length=10, choices=Cause)
    title = models.CharField(_("العنوان"), max_length=500)
    body = models.TextField(_("المتن"), blank=True)
    author = models.CharField(_("الكاتب"), max_length=300, blank=True)
    section = models.CharField(_("القسم"), max_length=100, blank=True)
    dateline = models.CharField(_("سطر المكان والتاريخ"), max_length=500, blank=True)
    published_on = models.DateField(_("تاريخ النشر"), null=True, blank=True)
    published_precision = models.CharField(
        _("دقة التاريخ"), max_length=8, choices=Precision, default=Precision.UNKNOWN
    )
    text_digest = models.CharField(_("بصمة النص"), max_length=64, blank=True, editable=False)
    was_headline_changed = models.BooleanField(_("تغيّر العنوان"), default=False)
    were_numbers_changed = models.BooleanField(_("تغيّرت أرقام"), default=False)
    is_silent = models.BooleanField(_("تعديل صامت"), default=False)
    reviewed_at = models.DateTimeField(_("روجع في"), null=True, blank=True)
    capture = models.ForeignKey(
        Capture,
        verbose_name=_("النسخة الملتقطة"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
    )
    run = models.ForeignKey(
        ImportRun,
        verbose_name=_("عملية الاستيراد"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("المحرر"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_from = models.ForeignKey(
        "articles.ArticleRedirect",
        verbose_name=_("جاءت من مقال مدموج"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="versions",
    )
    made_at = models.DateTimeField(_("سُجّلت في"), auto_now_add=True)

    class Meta:
        verbose_name = _("صيغة مقال")
        verbose_name_plural = _("صيغ المقالات")
        ordering = ["article", "number"]
        indexes = [
            models.Index(
                fields=["-id"],
                name="version_silent_queue",
                condition=Q(is_silent=True, reviewed_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_numbers_are_unique"),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="version_cause_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
