"""What is left of an article that was merged into another: its public id, and by what an import would know it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.source import Source


class ArticleRedirect(models.Model):
    """One merged article. `article` is the one it leads to now: a chain of merges is resolved when it is made.

    Its versions stand among those of `article`, their numbers higher by `version_offset`. The columns from `url` to
    `text_digest` are those by which an import recognises the text. `held` is what undoing the merge needs; it names
    rows by their keys and never leaves this database.
    """

    public_id = models.CharField(_("المعرّف"), max_length=16, unique=True)
    article = models.ForeignKey(
        Article, verbose_name=_("المقال"), on_delete=models.PROTECT, related_name="redirects"
    )
    version_offset = models.PositiveIntegerField(_("ما تزيد به أرقام صيغه"), default=0)
    title = models.CharField(_("العنوان"), max_length=500, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("المصدر"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    url = models.TextField(_("الرابط الأصلي"), blank=True)
    url_digest = models.CharField(_("بصمة الرابط"), max_length=64, blank=True)
    external_id = models.CharField(_("رقم السجل الأصلي"), max_length=200, blank=True)
    text_digest = models.CharField(_("بصمة النص"), max_length=64, blank=True)
    reason = models.CharField(_("السبب"), max_length=300, blank=True)
    merged_at = models.DateTimeField(_("دُمج في"), default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("دمجه"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    held = models.JSONField(_("ما كان"), default=dict, blank=True, editable=False)

    class Meta:
        verbose_name = _("مقال مدموج")
        verbose_name_plural = _("مقالات مدموجة")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["url_digest"], name="redirect_by_address", condition=~Q(url_digest="")),
            models.Index(fields=["external_id"], name="redirect_by_record", condition=~Q(external_id="")),
            models.Index(fields=["text_digest"], name="redirect_by_text"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.public_id})"
