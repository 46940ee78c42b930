"""The evidence: bytes as they were obtained, when, from where, and where in which file they stood."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.importing.fingerprints import url_digest
from articles.models.article import Article
from articles.models.import_run import ImportRun


class Capture(models.Model):
    """One obtaining of one item's bytes. The bytes are in the capture store under their SHA-256.

    `article` is empty while (or because) no article could be made of the bytes: evidence is kept first. `details` are
    what a crawl or our own fetch told of the obtaining: {"status": 200, "headers": {...}, "record": "<urn:uuid:...>",
    "digest": "sha1:..."}, each where it is known. `extractor` says which rules made the article of the bytes: the
    version of the extractor and, where the source has rules of its own, their digest («1+3f9a20c4»).
    `merged_from` names the merged article whose address or record it is of.
    """

    article = models.ForeignKey(
        Article,
        verbose_name=_("المقال"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
    )
    run = models.ForeignKey(
        ImportRun,
        verbose_name=_("عملية الاستيراد"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="captures",
    )
    sha256 = models.CharField(_("بصمة SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("الحجم بالبايت"))
    media_type = models.CharField(_("نوع الوسيط"), max_length=100)
    charset = models.CharField(_("ترميز المحارف"), max_length=40, blank=True)
    url = models.TextField(_("الرابط الأصلي"), blank=True)
    url_digest = models.CharField(_("بصمة الرابط"), max_length=64, blank=True, editable=False)
    captured_at = models.DateTimeField(_("وقت الالتقاط"), null=True, blank=True)
    stored_at = models.DateTimeField(_("وقت الحفظ"), auto_now_add=True)
    origin = models.TextField(_("الملف"))
    locator = models.CharField(_("الموضع في الملف"), max_length=200, blank=True)
    extractor = models.CharField(_("قواعد الاستخراج"), max_length=40, blank=True, editable=False)
    merged_from = models.ForeignKey(
        "articles.ArticleRedirect",
        verbose_name=_("جاءت من مقال مدموج"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="captures",
    )
    details = models.JSONField(_("تفاصيل الالتقاط"), default=dict, blank=True)

    class Meta:
        verbose_name = _("نسخة ملتقطة")
        verbose_name_plural = _("النسخ الملتقطة")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["sha256"], name="capture_by_digest"),
            models.Index(fields=["url_digest"], name="capture_by_address", condition=~Q(url_digest="")),
            models.Index(
                fields=["captured_at"], name="capture_by_moment", condition=Q(captured_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sha256", "origin", "locator"], name="capture_one_per_place"),
            models.CheckConstraint(condition=~Q(sha256=""), name="capture_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.locator}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.url_digest = url_digest(self.url)
        super().save(*args, **kwargs)
