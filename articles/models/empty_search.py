"""What readers searched for in vain. Nothing says who they were, and no moment is kept, only days."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST = 100  # characters of a query; a longer one is a pasted text


class EmptySearch(models.Model):
    """One query that found nothing, under every spelling of it: `key` is its folded words, `text` one of its spellings.

    `found` is what it finds now, since a curator had it asked again; `dismissed_at` takes it from the queue.
    """

    key = models.CharField(_("مفتاح البحث"), max_length=LONGEST, unique=True, editable=False)
    text = models.CharField(_("ما بُحث عنه"), max_length=LONGEST)
    count = models.PositiveIntegerField(_("عدد المرات"), default=0)
    first_on = models.DateField(_("أول مرة"))
    last_on = models.DateField(_("آخر مرة"))
    found = models.PositiveIntegerField(_("ما يجده الآن"), default=0)
    asked_again_at = models.DateTimeField(_("أُعيد البحث في"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("صُرف النظر عنه في"), null=True, blank=True)

    class Meta:
        verbose_name = _("بحث بلا نتائج")
        verbose_name_plural = _("عمليات بحث بلا نتائج")
        ordering = ["-count", "-last_on", "-pk"]
        indexes = [
            models.Index(
                fields=["-count", "-last_on", "-id"],
                name="empty_search_queue",
                condition=Q(dismissed_at__isnull=True, found=0),
            ),
            models.Index(fields=["count", "last_on"], name="empty_search_rarest"),
        ]

    def __str__(self) -> str:
        return self.text
