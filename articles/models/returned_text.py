"""Texts that were taken down and came in again, under another address or number."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.takedown import Takedown


class ReturnedTextQuerySet(models.QuerySet["ReturnedText"]):
    def undecided(self) -> "ReturnedTextQuerySet":
        """Those that nobody has decided of."""
        return self.filter(decided_at__isnull=True)


class ReturnedText(models.Model):
    """A new article that says what an article says which stands taken down.

    It waits in review, and nobody can publish it before somebody who may take articles down decided: that it is taken
    down too, or that it is another text.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("المقال"), on_delete=models.CASCADE, related_name="returned_text"
    )
    takedown = models.ForeignKey(
        Takedown, verbose_name=_("الحجب"), on_delete=models.CASCADE, related_name="returns"
    )
    similarity = models.FloatField(_("التشابه"), default=1)
    found_at = models.DateTimeField(_("جاء في"), auto_now_add=True)
    decided_at = models.DateTimeField(_("بُتّ فيه في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("بتّ فيه"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ReturnedTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("نص محجوب عاد")
        verbose_name_plural = _("نصوص محجوبة عادت")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-id"], name="returned_text_waiting", condition=Q(decided_at__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.article)
