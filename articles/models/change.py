"""The history of what curators keep: which fields a change gave other values, who made it and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.import_run import ImportRun


class Kind(models.TextChoices):
    """What a change was made to."""

    ARTICLE = "article", _("مقال")
    SOURCE = "source", _("مصدر")
    COLLECTION = "collection", _("مجموعة")
    SYNONYMS = "synonyms", _("مجموعة أسماء")
    RULES = "rules", _("قواعد استخراج")
    KEPT_WORD = "kept_word", _("كلمة تُبحث كما هي")


class Change(models.Model):
    """One change of one row: `fields` is {"title": ["before", "after"]}, values as JSON holds them.

    `key` is the row's; the history outlives the row. Rows named are their keys: a source, collections. A body is the
    number of the version that holds it, {"version": 3}, so that no text is kept twice.
    """

    kind = models.CharField(_("النوع"), max_length=10, choices=Kind)
    key = models.BigIntegerField(_("المفتاح"))
    label = models.CharField(_("العنوان"), max_length=200)
    fields = models.JSONField(_("الحقول"), default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("المحرر"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    run = models.ForeignKey(
        ImportRun,
        verbose_name=_("عملية الاستيراد"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("السبب"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("في"), default=timezone.now)

    class Meta:
        verbose_name = _("تغيير")
        verbose_name_plural = _("التغييرات")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "key", "-id"], name="change_by_row")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="change_kind_known")]

    def __str__(self) -> str:
        return self.label
